"""Leave: the deputy accepts, open steps go to them and come back."""

import pytest

from tests.scenarios.leaving import agree, answer, direct, set_away
from tests.scenarios.reading import buttons, field, fields, words
from tests.scenarios.world import ANNA, BOT, CHANNEL, CHEN, LI, WANG, World


async def owners(world: World) -> dict[str, tuple[str, str]]:
    """Who owns the steps under way, and for whom."""
    run = await world.run()
    return {s.key: (s.owner, s.stands_for) for s in run.steps if s.status == "active"}


async def test_a_planned_leave_is_agreed_reroutes_on_its_first_day_and_ends(world: World) -> None:
    await world.start()
    mine = {key for key, (owner, _) in (await owners(world)).items() if owner == LI}
    await agree(world, world.li, "2025-08-25", "2025-08-26", world.anna)
    assert all(owner != ANNA for owner, _ in (await owners(world)).values())
    [asked] = direct(world, world.anna)
    assert "stand in for" in words(asked)
    await world.at("2025-08-25", "15:00")  # nine in Berlin
    now = await owners(world)
    assert mine
    assert {key for key, whose in now.items() if whose == (ANNA, LI)} == mine
    [_, listed] = direct(world, world.anna)
    assert words(listed).count("\n") >= len(mine)
    card = world.card("page")
    assert f"<@{ANNA}> for <@{LI}>, away until Tue 26 Aug" in card["text"]
    await world.at("2025-08-27", "09:30")
    assert {key for key, whose in (await owners(world)).items() if whose == (LI, "")} == mine
    assert "for <@" not in world.card("page")["text"]
    assert "欢迎回来" in direct(world, world.li)[-1]["text"]
    assert buttons(direct(world, world.anna)[0]) == []


async def test_until_the_deputy_accepts_the_backup_or_the_lead_has_it(world: World) -> None:
    await world.start()
    assert await set_away(world, world.li, "2025-08-20", "2025-08-22", ANNA) is None
    assert world.li.modal
    assert f"<@{WANG}>" in words(world.li.modal)
    assert set((await owners(world)).values()) <= {(WANG, LI), (WANG, ""), (CHEN, "")}
    [listed] = direct(world, world.wang)
    assert "This is with you now" in words(listed)
    await world.li.close()
    await answer(world, world.anna)
    assert (await world.step("page")).owner == ANNA
    assert f"<@{ANNA}>" in direct(world, world.li)[-1]["text"]


async def test_a_decline_tells_the_person_and_the_lead_to_name_another(world: World) -> None:
    await world.start()
    await set_away(world, world.li, "2025-08-20", "2025-08-22", ANNA)
    await world.li.close()
    await answer(world, world.anna, accepts=False)
    assert (await world.step("page")).owner == WANG
    assert "cannot stand in" in direct(world, world.wang)[-1]["text"]
    told = direct(world, world.li)[-1]
    await world.li.click(told, "away.change")
    assert await world.li.submit({"deputy": CHEN}) is None
    await world.settle()
    await world.li.close()
    await answer(world, world.chen)
    assert (await world.step("page")).owner == CHEN
    [first] = direct(world, world.anna)
    assert buttons(first) == []


async def test_i_am_back_brings_everything_back_at_once(world: World) -> None:
    await world.start()
    await agree(world, world.li, "2025-08-20", "2025-08-29", world.anna)
    assert (await world.step("page")).stands_for == LI
    await world.li.command("/sop 请假", channel=CHANNEL)
    shown = world.li.ephemerals()[-1]
    assert {"away.change", "away.back", "away.leaver"} <= set(buttons(shown))
    await world.li.click(shown, "away.back")
    await world.settle()
    assert (await world.step("page")).owner == LI
    assert buttons(direct(world, world.anna)[0]) == []
    await world.li.command("/sop away")
    assert world.li.modal
    assert field(world.li.modal, "deputy")["initial_user"] == ANNA


async def test_a_deputy_who_is_away_is_skipped_for_theirs(world: World) -> None:
    await world.start()
    await agree(world, world.li, "2025-08-20", "2025-08-29", world.anna)
    await agree(world, world.anna, "2025-08-20", "2025-08-22", world.chen)
    assert (await world.step("page")).owner == CHEN
    assert (await world.step("page")).stands_for == LI
    await agree(world, world.chen, "2025-08-20", "2025-08-22", world.li)  # round in a circle
    assert (await world.step("page")).owner == WANG
    await world.at("2025-08-25", "15:00")
    assert (await world.step("page")).owner == ANNA


async def test_the_person_away_and_their_deputy_and_the_lead_may_act(world: World) -> None:
    await world.start()
    await agree(world, world.li, "2025-08-20", "2025-08-29", world.anna)
    await world.finish("plain", world.li)
    assert (await world.step("plain")).closed_by == LI
    assert (await world.step("plain")).stands_for == LI
    await world.choose(world.anna, "page", "step.skip")
    assert await world.anna.submit({"reason": "Not wanted"}) is None
    await world.settle()
    assert (await world.step("page")).closed_by == ANNA


async def test_a_step_handed_to_somebody_away_goes_to_their_deputy(world: World) -> None:
    await world.start()
    await agree(world, world.li, "2025-08-20", "2025-08-29", world.anna)
    await world.choose(world.wang, "packing", "step.assign")
    assert await world.wang.submit({"person": LI}) is None
    await world.settle()
    packing = await world.step("packing")
    assert (packing.owner, packing.stands_for) == (ANNA, LI)
    await world.choose(world.wang, "packing", "step.assign")
    errors = await world.wang.submit({"person": LI})
    assert errors
    assert "is away" in errors["person"]


async def test_what_was_handed_on_by_hand_does_not_come_back(world: World) -> None:
    await world.start()
    await agree(world, world.li, "2025-08-20", "2025-08-21", world.anna)
    await world.choose(world.anna, "page", "step.assign")
    assert await world.anna.submit({"person": CHEN}) is None
    await world.settle()
    await world.at("2025-08-22", "10:00")
    page = await world.step("page")
    assert (page.owner, page.owner_from, page.stands_for) == (CHEN, "assigned", "")


@pytest.mark.parametrize(("values", "where"), [
    ({"until_on": "2025-08-24"}, "until_on"),
    ({"from_on": "2025-08-19"}, "from_on"),
    ({"from_on": "2027-08-19", "until_on": "2027-08-20"}, "from_on"),
    ({"deputy": LI}, "deputy"),
    ({"deputy": BOT}, "deputy"),
    ({"deputy": "U0NOBODY"}, "deputy"),
])  # fmt: skip
async def test_what_makes_no_sense_is_told_at_its_field(
    world: World, values: dict[str, str], where: str
) -> None:
    await world.start()
    await world.li.command("/sop away")
    filled = {"from_on": "2025-08-25", "until_on": "2025-08-26", "deputy": ANNA} | values
    errors = await world.li.submit(filled)
    assert errors
    assert where in errors
    assert direct(world, world.anna) == []


async def test_only_who_leads_may_say_that_others_are_away(world: World) -> None:
    await world.start()
    await world.li.command("/sop away", channel=CHANNEL)
    assert world.li.modal
    assert "person" not in fields(world.li.modal)
    await world.li.close()
    await world.wang.command("/sop away", channel=CHANNEL)
    assert world.wang.modal
    assert field(world.wang.modal, "person")["initial_user"] == WANG
    errors = await world.wang.submit({
        "person": ANNA, "from_on": "2025-08-25", "until_on": "2025-08-26", "deputy": LI
    })  # fmt: skip
    assert errors
    assert "person" in errors


async def test_only_the_deputy_answers(world: World) -> None:
    await world.start()
    await set_away(world, world.li, "2025-08-25", "2025-08-26", ANNA)
    [leave] = await world.bot.database.run(
        lambda tx: tx.leaves.open_of([LI], workspace="T0SANDBOX")
    )
    assert leave.state == "asked"
    shown = direct(world, world.anna)[0]
    await world.anna.click(shown, "away.accept")
    await world.settle()
    await world.anna.click(direct(world, world.anna)[0], "away.decline")
    await world.settle()
    [leave] = await world.bot.database.run(
        lambda tx: tx.leaves.open_of([LI], workspace="T0SANDBOX")
    )
    assert leave.state == "declined"
