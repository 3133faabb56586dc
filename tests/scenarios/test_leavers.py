"""Somebody leaves: everything goes to one successor, after a preview."""

from tests.scenarios.leaving import agree, direct
from tests.scenarios.reading import field, fields, words
from tests.scenarios.reviewing import hand_in_visual, start_review
from tests.scenarios.world import ANNA, BOT, CHANNEL, CHEN, LI, WANG, World


async def leave_form(world: World) -> None:
    """Li opens the form that hands everything over."""
    await world.li.command("/sop away", channel=CHANNEL)
    await world.li.click(world.li.modal or {}, "away.leaver")


async def test_everything_goes_in_one_action_after_a_preview(world: World) -> None:
    run = await world.start()
    second = await world.start(name="Second")
    await leave_form(world)
    assert world.li.modal
    assert fields(world.li.modal) == ["successor"]
    assert await world.li.submit({"successor": ANNA}) is None
    assert world.li.modal
    preview = words(world.li.modal)
    assert "Second" in preview
    assert "2 个项目" in preview
    before = {r.id: [s.key for s in r.steps if s.owner == LI] for r in await world.runs()}
    assert await world.li.submit() is None
    await world.settle()
    for one in await world.runs():
        assert all(step.owner != LI for step in one.steps if not step.is_closed)
        assert {s.key for s in one.steps if s.owner == ANNA} == set(before[one.id])
        assert one.people["designer"] == (ANNA,)
    [told] = direct(world, world.anna)
    assert "Second" in words(told)
    lines = [m for m in world.told("notice") if "takes over from" in m["text"]]
    assert {m["metadata"]["event_payload"]["run"] for m in lines} == {run.id, second.id}


async def test_a_lead_hands_over_for_somebody_in_their_runs(world: World) -> None:
    await world.start()
    other = await world.start(world.chen, name="Other", role__controller=CHEN)
    assert other.lead == CHEN
    await world.wang.command("/sop away", channel=CHANNEL)
    await world.wang.click(world.wang.modal or {}, "away.leaver")
    assert world.wang.modal
    assert field(world.wang.modal, "person")["initial_user"] == WANG
    assert await world.wang.submit({"person": LI, "successor": ANNA}) is None
    assert await world.wang.submit() is None
    await world.settle()
    roles = {run.name: run.people["designer"] for run in await world.runs()}
    assert roles == {"Dealer day": (ANNA,), "Other": (LI,)}


async def test_what_would_leave_a_decision_to_nobody_stays_and_the_lead_is_told(
    world: World,
) -> None:
    await start_review(world)
    await hand_in_visual(world)
    await world.li.command("/sop away", channel=CHANNEL)
    await world.li.click(world.li.modal or {}, "away.leaver")
    assert await world.li.submit({"successor": ANNA}) is None  # the manager decides on it
    assert world.li.modal
    assert "仍归" in words(world.li.modal)
    assert await world.li.submit() is None
    await world.settle()
    run = await world.run()
    assert run.people["designer"] == (LI,)
    [line] = [m for m in world.told("notice") if "takes over from" in m["text"]]
    assert f"<@{WANG}>, this stays with <@{LI}>" in line["text"]


async def test_pending_decisions_go_along(world: World) -> None:
    await start_review(world)
    await hand_in_visual(world)
    await world.chen.command("/sop away", channel=CHANNEL)
    await world.chen.close()
    await world.anna.command("/sop away", channel=CHANNEL)
    await world.anna.click(world.anna.modal or {}, "away.leaver")
    assert await world.anna.submit({"successor": WANG}) is None
    assert await world.anna.submit() is None
    await world.settle()
    assert (await world.run()).people["manager"] == (WANG,)
    found = await world.bot.database.run(
        lambda tx: [s.key for _, s in tx.runs.to_decide(WANG, workspace="T0SANDBOX")]
    )
    assert "visual" in found


async def test_who_stands_in_for_others_no_longer_does(world: World) -> None:
    await world.start()
    await agree(world, world.li, "2025-08-20", "2025-08-29", world.anna)
    await world.anna.command("/sop away", channel=CHANNEL)
    await world.anna.click(world.anna.modal or {}, "away.leaver")
    errors = await world.anna.submit({"successor": CHEN})
    assert errors is None
    if (world.anna.modal or {}).get("callback_id") == "away.confirm":
        assert await world.anna.submit() is None
    await world.settle()
    assert (await world.step("page")).stands_for == LI


async def test_nobody_hands_over_to_an_app_to_themselves_or_to_nobody(world: World) -> None:
    await world.start()
    await leave_form(world)
    for wrong in (BOT, LI, "U0NOBODY"):
        errors = await world.li.submit({"successor": wrong})
        assert errors
        assert "successor" in errors
    assert (await world.run()).people["designer"] == (LI,)
