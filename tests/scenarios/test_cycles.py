"""Runs that start by themselves: when, with whom, and what people decide about the next one."""

import asyncio
from copy import deepcopy

import pytest

from playbooks.run import EventKind, Run, RunStatus, StepStatus
from playbooks.schedules import Schedule
from tests.scenarios.reading import Json
from tests.scenarios.world import CHANNEL, CHEN, LI, WANG, World

ROLES = {"role.designer": LI, "role.head": CHEN}
# Today is Wednesday 20 August 2025; the first working day of September is Monday the 1st.


async def start(
    world: World, playbook: str = "monthly", values: Json | None = None, *, repeat: bool = True
) -> Run:
    """Start a run that repeats; Wang leads, Chen is head."""
    form: Json = {"name": "Lamps", "language": "en"} | ROLES | (values or {})
    if playbook == "monthly":
        form["anchor_on"] = "2025-08-21"
    await world.wang.command(f"/sop start {playbook}", channel=CHANNEL)
    if not repeat:
        form["repeat"] = []
    assert await world.wang.submit(form) is None
    await world.settle()
    return await world.run()


async def schedule(world: World) -> Schedule:
    [(found, _)] = await world.bot.schedules.all(workspace="T0SANDBOX")
    return found


async def names(world: World) -> list[str]:
    return sorted(run.name for run in await world.runs())


def notices(world: World, channel: str = CHANNEL) -> list[str]:
    return [message["text"] for message in world.told("notice", channel=channel)]


async def ask(world: World, reason: str = "The fair takes all of us.") -> None:
    """Let Wang ask to leave the next one out."""
    await world.wang.command("/sop list", channel=CHANNEL)
    shown = world.wang.ephemerals(CHANNEL)[-1]
    await world.wang.click(shown, "cycle.menu", option="cycle.skip ")
    assert await world.wang.submit({"reason": reason}) is None
    await world.settle()


async def test_the_form_says_when_it_starts_again(world: World) -> None:
    await world.wang.command("/sop start monthly")
    assert "Starts again on Mon 1 Sep, 09:30" in str(world.wang.modal)
    await world.wang.choose("start_on", "2025-09-01")  # the first of September is this run's
    assert "Starts again on Thu 9 Oct, 09:30" in str(world.wang.modal)


async def test_a_day_in_a_year_without_published_holidays_is_said_to_be_provisional(
    world: World,
) -> None:
    await world.wang.command("/sop start monthly")
    await world.wang.choose("start_on", "2030-12-20")
    assert "2031's holidays are not published yet; the day may move" in str(world.wang.modal)
    await world.wang.choose("start_on", "2025-09-20")
    assert "not published" not in str(world.wang.modal)


async def test_with_outsiders_in_the_channel_the_lead_alone_reads_of_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = world.sandbox.space.channel(CHANNEL)
    shared = channel.as_slack() | {"is_ext_shared": True}
    monkeypatch.setattr(channel, "as_slack", lambda: shared)
    await start(world, "monthly-skip")
    await world.at("2025-09-01", "09:30")
    assert notices(world) == []
    assert "September 2025 was not started" in notices(world, WANG)[-1]


async def test_the_next_run_starts_in_the_same_channel_with_the_same_people(world: World) -> None:
    first = await start(world, values={"param.focus": "customers"})
    await world.at("2025-09-01", "09:29")
    assert await names(world) == ["Lamps"]
    await world.at("2025-09-01", "09:30")
    assert await names(world) == ["Lamps", "Lamps · September 2025"]
    [second] = [run for run in await world.runs() if run.id != first.id]
    assert (second.channel, second.people, second.params) == (
        first.channel, first.people, {"focus": "customers"},
    )  # fmt: skip
    assert str(second.start_on) == str(second.anchor_on) == "2025-09-01"
    assert "September 2025" in world.run_card()["text"]
    assert notices(world) == []  # it is as it should be: the card says all there is to say
    await world.at("2025-10-09", "09:30")
    assert "Lamps · October 2025" in await names(world)


async def test_a_run_names_its_cycle_in_its_own_language(world: World) -> None:
    await start(world, values={"language": "zh-Hans", "name": "灯具"})
    await world.at("2025-09-01", "09:30")
    assert "灯具 · 2025年9月期" in await names(world)


async def test_nothing_repeats_where_the_box_is_empty(world: World) -> None:
    await start(world, repeat=False)
    assert await world.bot.schedules.all(workspace="T0SANDBOX") == []


async def test_two_processes_start_one_run(world: World) -> None:
    await start(world)
    world.clock.set((await schedule(world)).next_at)
    opened = await asyncio.gather(
        *(world.bot.schedules.open_due(at=world.clock.now()) for _ in range(4))
    )
    await world.settle()
    assert sum(opened) <= 1  # the clock's own look may have been the first
    assert await names(world) == ["Lamps", "Lamps · September 2025"]


async def test_after_downtime_only_the_latest_is_started_and_marked(world: World) -> None:
    await start(world)
    await world.at("2025-11-05", "10:00")
    assert await names(world) == ["Lamps", "Lamps · November 2025"]
    [said] = notices(world)
    assert "was due to start" in said
    assert "2 earlier ones were missed" in said
    assert (await schedule(world)).period.isoformat() == "2025-12-01"


async def test_one_that_is_open_keeps_the_next_from_starting(world: World) -> None:
    await start(world, "monthly-skip")
    await world.at("2025-09-01", "09:30")
    assert await names(world) == ["Lamps"]
    [said] = notices(world)
    assert "September 2025 was not started, because “Lamps” is still open. Next: " in said
    assert notices(world, WANG)[-1] == said
    for step in ("sources", "summary"):
        await world.finish(step, world.wang)
    await world.at("2025-10-09", "09:30")
    assert await names(world) == ["Lamps", "Lamps · October 2025"]


async def test_open_work_is_carried_into_the_next(world: World) -> None:
    first = await start(world, "monthly-carry")
    await world.finish("sources", world.li)
    await world.at("2025-09-01", "09:30")
    closed, opened = sorted(await world.runs(), key=lambda run: run.started_at)
    assert (closed.id, closed.status) == (first.id, RunStatus.FINISHED)
    assert [step.status for step in closed.steps] == [StepStatus.DONE, StepStatus.SKIPPED]
    assert opened.status is RunStatus.ACTIVE
    [said] = notices(world)
    assert said.splitlines() == [
        "Left open in “Lamps”, which is closed now. What still matters goes on here:",
        f"• Sum it up — <@{WANG}>",
    ]
    old = world.told("step", "summary")[0]
    assert "goes on in the next run" in str(old)


async def test_leaving_one_out_needs_the_heads_consent(world: World) -> None:
    await start(world)
    await ask(world)
    [request] = world.told("notice", channel=CHEN)
    assert "asks to skip September 2025" in request["text"] or "2025年9月期" in request["text"]
    assert notices(world) == []
    await world.chen.click(request, "cycle.agree")
    await world.settle()
    [said] = notices(world)
    assert f"September 2025 is skipped. <@{WANG}> asked, <@{CHEN}> agreed." in said
    assert "The fair takes all of us." in said
    assert "actions" not in str(
        [block["type"] for block in world.told("notice", channel=CHEN)[0]["blocks"]]
    )
    await world.at("2025-09-05")
    assert await names(world) == ["Lamps"]
    await world.at("2025-10-09", "09:30")
    assert await names(world) == ["Lamps", "Lamps · October 2025"]


async def test_the_head_may_want_it_to_take_place(world: World) -> None:
    await start(world)
    await ask(world)
    await world.chen.click(world.told("notice", channel=CHEN)[-1], "cycle.disagree")
    await world.settle()
    [said] = notices(world)
    assert "takes place as planned" in said
    await world.at("2025-09-01", "09:30")
    assert "Lamps · September 2025" in await names(world)


async def test_silence_leaves_nothing_out(world: World) -> None:
    await start(world)
    await ask(world)
    await world.at("2025-09-01", "09:30")
    assert "Lamps · September 2025" in await names(world)
    assert "nobody agreed in time to skip it" in notices(world)[0]
    [request] = world.told("notice", channel=CHEN)
    assert "cycle.agree" not in str(request)


async def test_a_lead_with_nobody_above_decides_alone(world: World) -> None:
    await start(world, values={"role.head": WANG})
    await ask(world)
    [said] = notices(world)
    assert f"September 2025 is skipped, says <@{WANG}>. Reason: The fair" in said


async def test_who_is_not_asked_decides_nothing(world: World) -> None:
    await start(world)
    shown = await world.li.command("/sop list")
    assert "cycle.menu" not in str(shown)  # the menu is the lead's
    await ask(world)
    request = deepcopy(world.told("notice", channel=CHEN)[-1])
    found = await schedule(world)
    await world.chen.click(request, "cycle.agree")
    await world.settle()
    await world.chen.click(request, "cycle.disagree")  # an old button tells the truth
    await world.settle()
    assert (await schedule(world)).cycle == found.cycle + 1
    kinds = [event.kind for event in await world.history()]
    assert kinds.count(EventKind.CYCLE_SKIPPED) == 1
    assert EventKind.CYCLE_KEPT not in kinds


async def test_what_is_stopped_starts_no_more_until_it_is_resumed(world: World) -> None:
    await start(world)
    await world.wang.command("/sop list", channel=CHANNEL)
    shown = world.wang.ephemerals(CHANNEL)[-1]
    await world.wang.click(shown, "cycle.menu", option="cycle.stop ")
    await world.settle()
    assert f"<@{WANG}> has stopped it" in notices(world)[-1]
    await world.at("2025-09-05")
    assert await names(world) == ["Lamps"]
    await world.wang.command("/sop list", channel=CHANNEL)
    shown = world.wang.ephemerals(CHANNEL)[-1]
    await world.wang.click(shown, "cycle.resume")
    await world.settle()
    assert "starts by itself again" in notices(world)[-1]
    await world.at("2025-10-09", "09:30")
    assert await names(world) == ["Lamps", "Lamps · October 2025"]


async def test_the_list_tells_what_repeats_and_when(world: World) -> None:
    await start(world)
    shown = await world.wang.command("/sop list")
    assert shown
    assert f"Repeats · *Lamps* · <#{CHANNEL}>" in str(shown)
