"""Phases through the front door: their objective, their gate, what it locks, and every refusal."""

from copy import deepcopy

import pytest

from bot.sandbox.person import Person
from playbooks.run import RunStatus, StepStatus
from tests.scenarios.reading import Json, buttons, words
from tests.scenarios.world import ANNA, CHANNEL, CHEN, LI, WANG, World


async def begin(world: World, **roles: str) -> None:
    """Wang leads, Li designs, Chen is head, Anna is the boss."""
    errors = await world.fill_start(
        world.wang, {"role.designer": LI, "role.head": CHEN, "role.boss": ANNA,
                     "language": "en"} | roles, playbook="gated",
    )  # fmt: skip
    assert errors is None
    await world.settle()


async def plan_is_over(world: World, kind: str = "online") -> None:
    """Close both steps of the plan."""
    await begin(world)
    await world.finish("brief", world.li, {"question.kind": kind})
    await world.finish("budget", world.wang)


def phase(world: World, id_: str = "plan") -> Json:
    return world.told("notice", id_)[0]


def copies(world: World, person: str, id_: str = "plan") -> list[Json]:
    return world.told("notice", id_, channel=person)


async def press(world: World, by: Person, message: Json, action: str) -> None:
    await by.click(message, action)
    await world.settle()


async def hold(world: World, reason: str = "no figures") -> None:
    await world.chen.click(phase(world), "phase.hold")
    assert await world.chen.submit({"reason": reason}) is None
    await world.settle()


async def test_a_phase_says_what_it_is_for_when_it_opens_and_only_once(world: World) -> None:
    await begin(world)
    [message] = world.told("notice", "plan")
    shown = words(message)
    assert "Phase 1 of 3" in shown
    assert "Objective: The demand is clear" in shown
    assert "2 steps · until" in shown
    assert buttons(message) == []
    assert float(message["ts"]) < float(world.card("brief")["ts"])
    assert world.told("notice", "execute") == []
    assert world.told("notice", "monitor") == []  # neither objective nor gate
    assert "Phase 1 of 3: Plan · The demand is clear" in words(world.run_card())
    await world.finish("budget", world.wang)
    assert len(world.told("notice", "plan")) == 1


async def test_monitoring_is_under_way_while_the_gate_is_shut(world: World) -> None:
    await plan_is_over(world)
    assert (await world.step("watch")).status is StepStatus.ACTIVE
    assert world.told("step", "work") == []
    await world.wang.click(world.run_card(), "run.steps")
    shown = words(world.wang.modal or {})
    assert f"waits for the gate of “Plan”, <@{CHEN}> decides" in shown
    assert f"🟡 Gate: <@{CHEN}> decides now" in shown
    assert f"Gate: <@{CHEN}> decides when all of it is closed" in shown
    card = words(world.run_card())
    assert f"🟡 Gate of Plan — <@{CHEN}> decides" in card
    assert "1 waiting for a decision" in card
    assert "Do the work — after the gate of “Plan”" in card


async def test_the_gate_asks_who_decides_in_the_channel_and_in_a_copy_that_both_change(
    world: World,
) -> None:
    await plan_is_over(world)
    message = phase(world)
    assert message["text"].partition("<@")[2].startswith(CHEN)
    assert "Is the demand clear?" in words(message)
    assert "The demand is clear" in words(message)
    assert "Silence never approves" in words(message)
    assert buttons(message) == ["phase.pass", "phase.hold"]
    [copy] = copies(world, CHEN)
    assert "Dealer day" in copy["text"]
    assert "需求是否明確？" in words(copy)  # Chen reads zh-Hant
    assert copies(world, WANG) == []
    await press(world, world.chen, copy, "phase.pass")
    for shown in (phase(world), copies(world, CHEN)[0]):
        assert shown["text"].startswith("✅")
        assert f"<@{CHEN}>" in shown["text"]
        assert buttons(shown) == ["phase.undo"]
    assert "let it go on" in phase(world)["text"]
    assert (await world.step("work")).status is StepStatus.ACTIVE
    assert len(world.told("step", "work")) == 1
    opened = words(phase(world, "execute"))
    assert "High quality, as planned" in opened
    assert "Phase 2 of 3: Execute" in words(world.run_card())


@pytest.mark.parametrize("action", ["phase.pass", "phase.hold"])
async def test_whoever_has_no_say_is_told_in_private_whose_turn_it_is(
    world: World, action: str
) -> None:
    await plan_is_over(world)
    for person in (world.wang, world.anna):
        await press(world, person, phase(world), action)
        assert person.modal is None
        assert f"“Plan” is <@{CHEN}>'s to decide" in world.whispers(person)[-1]
    assert buttons(phase(world)) == ["phase.pass", "phase.hold"]


async def test_not_yet_asks_why_stays_visible_and_the_lead_hears_of_it(world: World) -> None:
    await plan_is_over(world)
    await world.chen.click(phase(world), "phase.hold")
    assert set(await world.chen.submit({"reason": "  "}) or {}) == {"reason"}
    assert await world.chen.submit({"reason": "no figures <!channel>"}) is None
    await world.settle()
    for shown in (phase(world), copies(world, CHEN)[0]):
        assert "no figures &lt;!channel&gt;" in words(shown)
        assert buttons(shown) == ["phase.pass", "phase.hold"]
    notice = world.thread(phase(world))[-1]
    assert notice["text"].startswith(f"<@{WANG}>")
    assert "no figures" in notice["text"]
    assert (await world.step("work")).status is StepStatus.WAITING
    await press(world, world.chen, phase(world), "phase.pass")
    assert (await world.step("work")).status is StepStatus.ACTIVE


async def test_the_head_role_may_pass_against_a_not_yet_and_the_reason_stays(
    world: World,
) -> None:
    await plan_is_over(world)
    await hold(world)
    await press(world, world.anna, phase(world), "phase.hold")
    assert f"<@{CHEN}>'s to decide" in world.whispers(world.anna)[-1]
    await world.anna.click(phase(world), "phase.pass")
    assert world.anna.modal
    assert "Is the demand clear?" in words(world.anna.modal)
    assert set(await world.anna.submit({"reason": ""}) or {}) == {"reason"}
    assert await world.anna.submit({"reason": "the client signed"}) is None
    await world.settle()
    await world.at("2025-08-28")
    for shown in (phase(world), copies(world, CHEN)[0]):
        assert "the client signed" in words(shown)
        assert "no figures" in words(shown)
        assert f"<@{ANNA}>" in words(shown)
    assert (await world.step("work")).status is StepStatus.ACTIVE


async def test_a_pass_can_be_undone_for_five_minutes_by_whoever_gave_it(world: World) -> None:
    await plan_is_over(world)
    old = deepcopy(phase(world))  # as somebody still sees it
    await press(world, world.chen, old, "phase.pass")
    await press(world, world.wang, phase(world), "phase.undo")
    assert "there is no decision of yours" in world.whispers(world.wang)[-1]
    await press(world, world.chen, phase(world), "phase.undo")
    assert (await world.step("work")).status is StepStatus.WAITING
    assert buttons(phase(world)) == ["phase.pass", "phase.hold"]
    assert "waiting again, for the gate of “Plan”" in world.thread(world.card("work"))[-1]["text"]
    assert "waits for the gate of “Plan”" in world.card("work")["text"]
    await press(world, world.chen, phase(world), "phase.pass")
    await press(world, world.chen, old, "phase.pass")
    assert "放行" in world.whispers(world.chen)[-1]
    stale = deepcopy(phase(world))
    await world.at("2025-08-20", "10:06")
    await press(world, world.chen, stale, "phase.undo")
    assert "5 分鐘" in world.whispers(world.chen)[-1]
    await world.at("2025-08-21", "10:00")
    assert buttons(phase(world)) == []


async def test_once_what_it_opened_is_closed_a_pass_stands(world: World) -> None:
    await plan_is_over(world)
    await press(world, world.chen, phase(world), "phase.pass")
    await world.finish("work", world.li)
    await press(world, world.chen, phase(world), "phase.undo")
    assert "已有步驟完成" in world.whispers(world.chen)[-1]


async def test_a_step_opened_again_has_the_gate_asked_anew(world: World) -> None:
    await plan_is_over(world, kind="live")
    await press(world, world.chen, phase(world), "phase.pass")
    await world.finish("stage", world.li)
    await world.choose(world.wang, "budget", "step.reopen")
    await world.settle()
    assert (await world.step("work")).status is StepStatus.WAITING
    assert (await world.step("stage")).status is StepStatus.DONE
    assert "Objective: The demand is clear" in words(phase(world))
    [first] = copies(world, CHEN)
    assert buttons(first) == []
    assert "重新開啟" in first["text"]
    await world.finish("budget", world.wang)
    first, second = copies(world, CHEN)
    assert buttons(first) == []
    assert buttons(second) == ["phase.pass", "phase.hold"]
    await press(world, world.chen, second, "phase.pass")
    assert (await world.step("work")).status is StepStatus.ACTIVE


async def test_a_copy_of_an_earlier_time_does_not_answer_the_later_question(world: World) -> None:
    await plan_is_over(world)
    old = deepcopy(copies(world, CHEN)[0])
    await world.choose(world.wang, "budget", "step.reopen")
    await world.settle()
    im = world.sandbox.space.im(CHEN).id
    await press(world, world.chen, old, "phase.pass")
    assert "還沒結束" in world.whispers(world.chen, im)[-1]
    await world.finish("budget", world.wang)
    await press(world, world.chen, old, "phase.pass")
    assert "新的請求" in world.whispers(world.chen, im)[-1]
    assert (await world.step("work")).status is StepStatus.WAITING


async def test_who_does_not_answer_is_reminded_and_then_the_lead_hears(world: World) -> None:
    await plan_is_over(world)
    for day in ("21", "22", "25", "26"):
        await world.at(f"2025-08-{day}", "10:30")
    said = [m["text"].partition(" ")[0] for m in world.told("reminder", "plan")]
    assert said == [f"<@{CHEN}>", f"<@{CHEN}>", f"<@{WANG}>"]
    assert all(m["thread_ts"] == phase(world)["ts"] for m in world.told("reminder", "plan"))
    first = world.told("reminder", "plan")[0]
    await press(world, world.chen, first, "phase.pass")
    assert (await world.step("work")).status is StepStatus.ACTIVE
    count = len(world.told("reminder", "plan"))
    await world.at("2025-09-10")
    assert len(world.told("reminder", "plan")) == count


async def test_the_run_goes_on_until_its_last_gate_is_passed(world: World) -> None:
    await plan_is_over(world)
    await press(world, world.chen, phase(world), "phase.pass")
    await world.finish("work", world.li)
    await world.finish("watch", world.wang)
    assert (await world.run()).status is RunStatus.ACTIVE
    stale = deepcopy(phase(world))
    await press(world, world.chen, phase(world, "execute"), "phase.pass")
    assert (await world.run()).status is RunStatus.FINISHED
    assert "let it go on" in phase(world, "execute")["text"]
    assert buttons(phase(world, "execute")) == buttons(phase(world)) == []
    await press(world, world.chen, stale, "phase.undo")
    assert "結束" in world.whispers(world.chen)[-1]


async def test_a_cancelled_run_asks_nobody_any_more(world: World) -> None:
    await plan_is_over(world)
    old = deepcopy(phase(world))  # as somebody still sees it
    await world.wang.click(world.run_card(), "run.menu", option="run.cancel ")
    await world.wang.submit({"reason": "no money"})
    await world.settle()
    assert buttons(phase(world)) == buttons(copies(world, CHEN)[0]) == []
    await press(world, world.chen, old, "phase.pass")
    assert "取消" in world.whispers(world.chen)[-1]
    await world.at("2025-08-28")
    assert world.told("reminder", "plan") == []


async def test_who_takes_over_the_role_gets_the_request(world: World) -> None:
    await plan_is_over(world)
    await world.wang.click(world.run_card(), "run.menu", option="run.roles ")
    assert await world.wang.submit({"role.head": LI}) is None
    await world.settle()
    [copy] = copies(world, LI)
    assert "需求是否明确？" in words(copy)
    assert f"<@{LI}>" in phase(world)["text"]
    await press(world, world.chen, copies(world, CHEN)[0], "phase.pass")
    assert f"<@{LI}>" in world.whispers(world.chen, world.sandbox.space.im(CHEN).id)[-1]
    await press(world, world.li, copy, "phase.pass")
    assert (await world.step("work")).status is StepStatus.ACTIVE


async def test_a_step_that_an_answer_switched_off_says_why(world: World) -> None:
    await plan_is_over(world)
    await world.li.click(world.run_card(), "run.steps")
    assert "哪一种？ 线上" in words(world.li.modal or {})
    assert (await world.step("stage")).status is StepStatus.OFF


@pytest.mark.parametrize(
    ("language", "expected"),
    [("zh-Hans", ("第1阶段", "目标：需求明确", "待放行", "放行")),
     ("zh-Hant", ("第1階段", "目標：需求明確", "待放行", "放行"))],
)  # fmt: skip
async def test_it_reads_the_same_in_chinese(
    world: World, language: str, expected: tuple[str, ...]
) -> None:
    await begin(world, language=language)
    for part in expected[:2]:
        assert part in words(phase(world))
    await world.finish("brief", world.li, {"question.kind": "live"})
    await world.finish("budget", world.wang)
    for part in expected[2:]:
        assert part in words(phase(world))
    assert phase(world, "plan")["channel"] == CHANNEL
