"""Steps that come round within a run, and those that somebody opens: each with its own thread."""

from bot.sandbox.person import Person
from tests.scenarios.reading import Json
from tests.scenarios.test_cycles import start
from tests.scenarios.world import CHANNEL, LI, World


def shown(person: Person) -> Json:
    """The modal somebody has open."""
    assert person.modal
    return person.modal


# The series counts from the anchor, Thursday 21 August 2025: Fridays until the summary is due,
# fifteen working days later, on Thursday 11 September.


async def test_each_occurrence_has_its_card_its_thread_and_its_date(world: World) -> None:
    await start(world, repeat=False)
    cards = []
    for friday in ("2025-08-22", "2025-08-29", "2025-09-05"):
        await world.at(friday, "15:00")
        cards.append(world.card("figures"))
        assert f"Note the figures ({len(cards)})" in cards[-1]["text"]
        await world.finish("figures", world.li)
    assert len({card["ts"] for card in cards}) == 3
    assert len(world.told("step", "figures")) == 3  # the next Friday lies behind the summary
    assert [step.key for step in (await world.run()).of("figures")] == [
        "figures.1",
        "figures.2",
        "figures.3",
    ]


async def test_a_reminder_stands_in_the_thread_of_its_own_occurrence(world: World) -> None:
    await start(world, repeat=False)
    await world.at("2025-08-21", "17:00")
    await world.finish("figures", world.li)
    await world.at("2025-08-29", "10:05")
    reminders = [m for m in world.told("reminder", "figures") if "(2)" in m["text"]]
    assert reminders
    assert {message["thread_ts"] for message in reminders} == {world.card("figures")["ts"]}


async def test_somebody_opens_another_one_from_the_runs_steps(world: World) -> None:
    await start(world, repeat=False)
    assert world.told("step", "special") == []
    await world.li.click(world.run_card(), "run.steps")
    await world.li.click(shown(world.li), "step.open")
    assert shown(world.li)["callback_id"] == "step.open"
    assert "2025-08-25" in str(shown(world.li))  # three working days from today
    sent = await world.li.submit({"due_on": "2025-08-27", "note": "What do dealers ask for?"})
    assert sent is None
    await world.settle()
    assert shown(world.li)["callback_id"] == "run.steps"
    card = world.card("special")
    assert "(1)" in card["text"]
    assert f"<@{LI}>" in card["text"]
    assert "What do dealers ask for?" in world.thread(card)[0]["text"]
    assert "(1)" in str(shown(world.li))  # the list behind the form has followed
    await world.li.click(shown(world.li), "step.open")
    assert await world.li.submit() is None
    await world.settle()
    assert "(2)" in world.card("special")["text"]


async def test_a_day_that_has_passed_opens_nothing(world: World) -> None:
    await start(world, repeat=False)
    await world.li.click(world.run_card(), "run.steps")
    await world.li.click(shown(world.li), "step.open")
    errors = await world.li.submit({"due_on": "2025-08-19"})
    assert errors
    assert "这一天已经过去" in errors["due_on"]
    assert world.told("step", "special") == []


async def test_who_has_no_part_in_the_run_opens_nothing(world: World) -> None:
    await start(world, repeat=False)
    await world.anna.click(world.run_card(), "run.steps")
    await world.anna.click(shown(world.anna), "step.open")
    await world.anna.submit({"due_on": "2025-08-27"})
    await world.settle()
    assert world.told("step", "special") == []
    assert "only people with a part in this run" in str(shown(world.anna))
    assert world.told("notice", channel=CHANNEL) == []
