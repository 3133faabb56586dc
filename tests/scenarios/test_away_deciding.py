"""An approver on leave: the decision moves, both names stay, nobody holds two levels."""

from playbooks.run import StepStatus
from tests.scenarios.leaving import agree, direct, set_away
from tests.scenarios.reading import buttons, words
from tests.scenarios.reviewing import (
    approve,
    copy,
    hand_in_visual,
    notices,
    request,
    request_changes,
    start_review,
)
from tests.scenarios.world import ANNA, CHANNEL, CHEN, LI, WANG, World

VISUAL = "visual"


async def deciders(world: World) -> list[str]:
    """Who may decide on the visual now."""
    turns = await world.bot.database.run(
        lambda tx: {
            person: [s.key for _, s in tx.runs.to_decide(person, workspace="T0SANDBOX")]
            for person in (WANG, LI, CHEN, ANNA)
        }
    )
    return [person for person, keys in turns.items() if VISUAL in keys]


async def test_a_pending_approval_goes_to_the_deputy_and_comes_back(world: World) -> None:
    await start_review(world)
    await hand_in_visual(world)
    assert await deciders(world) == [ANNA]
    await agree(world, world.anna, "2025-08-20", "2025-08-21", world.wang)
    assert await deciders(world) == [WANG]
    shown = request(world, VISUAL)
    assert f"<@{WANG}> decides for <@{ANNA}>, away until Thu 21 Aug" in words(shown)
    assert "approval.approve" in buttons(copy(world, world.wang, VISUAL))
    assert buttons(copy(world, world.anna, VISUAL)) == []
    [move] = [m for m in (await world.step(VISUAL)).moves if m.kind == "delegate"]
    assert (move.of, move.to, move.by, move.why) == (ANNA, WANG, ANNA, "leave")
    assert not any("handed you" in text for text in notices(world, VISUAL))
    assert "Key visual" in words(direct(world, world.wang)[-1])
    await world.at("2025-08-22", "15:30")  # half past nine in Berlin
    assert await deciders(world) == [ANNA]
    assert "for <@" not in words(request(world, VISUAL))
    await approve(world, world.anna, VISUAL)
    assert await deciders(world) == [CHEN]


async def test_what_the_deputy_decided_stays_decided(world: World) -> None:
    await start_review(world)
    await hand_in_visual(world)
    await agree(world, world.anna, "2025-08-20", "2025-08-21", world.wang)
    await approve(world, world.wang, VISUAL)
    assert await deciders(world) == [CHEN]
    await world.at("2025-08-22", "15:30")
    assert await deciders(world) == [CHEN]
    await approve(world, world.chen, VISUAL)
    assert (await world.step(VISUAL)).status is StepStatus.DONE


async def test_an_approver_who_falls_ill_unannounced_is_stood_for_at_once(world: World) -> None:
    await start_review(world)
    await hand_in_visual(world)
    await world.wang.command("/sop away", channel=CHANNEL)
    errors = await world.wang.submit({
        "person": ANNA, "from_on": "2025-08-20", "until_on": "2025-08-25", "deputy": WANG,
    })  # fmt: skip
    assert errors is None
    await world.settle()
    assert await deciders(world) == [WANG]
    [move] = [m for m in (await world.step(VISUAL)).moves if m.kind == "delegate"]
    assert (move.of, move.to, move.by) == (ANNA, WANG, WANG)
    [told] = direct(world, world.anna)
    assert f"<@{WANG}> has noted that you are away" in told["text"]
    await world.anna.click(told, "away.back")
    await world.settle()
    assert await deciders(world) == [ANNA]
    assert buttons(direct(world, world.anna)[0]) == []


async def test_a_deputy_who_holds_another_level_is_passed_over_and_the_lead_is_told(
    world: World,
) -> None:
    await start_review(world)
    await hand_in_visual(world)
    await agree(world, world.anna, "2025-08-20", "2025-08-21", world.chen)
    assert await deciders(world) == [WANG]  # the backup of the level
    [told] = [text for text in notices(world, VISUAL) if "may not decide here" in text]
    assert f"<@{CHEN}>, who is to stand in" in told
    assert told.startswith(f"<@{WANG}>")
    await approve(world, world.wang, VISUAL)
    assert await deciders(world) == [CHEN]


async def test_the_author_never_decides_as_a_deputy(world: World) -> None:
    await start_review(world)
    await hand_in_visual(world)
    await agree(world, world.anna, "2025-08-20", "2025-08-21", world.li)
    assert await deciders(world) == [WANG]


async def test_where_nobody_may_decide_the_lead_is_asked_to_name_somebody(world: World) -> None:
    await start_review(world, designer=WANG)
    await world.finish("brief", world.wang)
    await world.finish(VISUAL, world.wang, {
        "question.claim": "yes", "question.claim.evidence": "Page 2",
        "evidence": "https://e.com/v", "signed": ["signed"],
    })  # fmt: skip
    await agree(world, world.anna, "2025-08-20", "2025-08-21", world.chen)
    assert await deciders(world) == [ANNA]
    told = [m for m in world.told("notice", VISUAL) if "nobody else here may decide" in m["text"]]
    assert len(told) == 1
    assert buttons(told[0]) == ["approval.delegate"]
    await world.chen.click(told[0], "approval.delegate")  # the lead's own work is no lead's to give
    assert await world.chen.submit({"person": LI}) is None
    await world.settle()
    assert await deciders(world) == [LI]


async def test_a_decision_that_opens_during_the_leave_goes_to_the_deputy(world: World) -> None:
    await start_review(world)
    await agree(world, world.anna, "2025-08-20", "2025-08-25", world.wang)
    await hand_in_visual(world)
    assert await deciders(world) == [WANG]


async def test_an_owner_on_leave_whose_deputy_approves_it_goes_to_somebody_else(
    world: World,
) -> None:
    await start_review(world)
    await world.finish("brief", world.wang)
    await agree(world, world.li, "2025-08-20", "2025-08-25", world.anna)
    step = await world.step(VISUAL)
    assert (step.owner, step.stands_for) == (WANG, LI)  # Anna decides on it
    assert (await world.step("survey")).owner == ANNA


async def test_a_lead_moves_decisions_only_in_the_runs_they_lead(world: World) -> None:
    await start_review(world)
    await hand_in_visual(world)
    await world.fill_start(
        world.li, {"role.designer": ANNA, "role.head": CHEN, "language": "en", "name": "Mine"}
    )
    await world.settle()
    await world.li.command("/sop away", channel=CHANNEL)
    errors = await world.li.submit({
        "person": ANNA, "from_on": "2025-08-20", "until_on": "2025-08-25", "deputy": CHEN,
    })  # fmt: skip
    assert errors is None
    await world.settle()
    assert await deciders(world) == [ANNA]
    [other] = [run for run in await world.runs() if run.name == "Mine"]
    assert {s.owner for s in other.steps if s.stands_for == ANNA} == {CHEN}


async def test_the_same_leave_twice_is_set_once(world: World) -> None:
    await start_review(world)
    assert await set_away(world, world.anna, "2025-08-25", "2025-08-26", WANG) is None
    await world.anna.close()
    await world.anna.command("/sop away", channel=CHANNEL)
    assert world.anna.modal is None
    assert "away.change" in buttons(world.anna.ephemerals()[-1])


async def test_a_step_handed_in_stays_with_who_handed_it_in_until_it_comes_back(
    world: World,
) -> None:
    await start_review(world)
    await hand_in_visual(world)
    await agree(world, world.li, "2025-08-20", "2025-08-25", world.wang)
    assert (await world.step(VISUAL)).owner == LI
    await agree(world, world.anna, "2025-08-20", "2025-08-25", world.wang)
    assert await deciders(world) == [WANG]
    await request_changes(world, world.wang, VISUAL)
    step = await world.step(VISUAL)
    assert (step.owner, step.stands_for) == (WANG, LI)
