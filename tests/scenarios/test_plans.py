"""The plan of a run before it is started: played through, and shown to one person."""

from datetime import timedelta
from time import monotonic

from bot.sandbox.person import Person
from tests.scenarios.reading import Json
from tests.scenarios.world import CHANNEL, LI, TODAY, WANG, World


def shown(person: Person) -> Json:
    assert person.modal
    return person.modal


def texts(view: Json) -> list[str]:
    return [block["text"]["text"] for block in view["blocks"] if block["type"] == "section"]


async def see(world: World, by: Person, playbook: str) -> str:
    """Look at the plan of an SOP from the list."""
    await by.command("/sop list", channel=CHANNEL)
    await by.click(by.ephemerals(CHANNEL)[-1], "plan.show", value=playbook)
    await world.settle()
    return "\n".join(texts(shown(by)))


async def test_the_list_shows_a_plan_with_roles_in_place_of_people(world: World) -> None:
    plan = await see(world, world.wang, "tryout")
    assert "*Week of Mon 18 Aug*" in plan
    assert "Wed 20 Aug 10:00 · Designer · opens: Agree the theme" in plan
    assert "· Designer · reminder: Agree the theme" in plan
    assert "Controller: nobody is named." not in plan  # people are named when it is started
    assert await world.runs() == []
    assert world.told("step") == []


async def test_a_plan_speaks_the_readers_language(world: World) -> None:
    plan = await see(world, world.li, "tryout")
    assert "· 设计 · 开始：定主题" in plan


async def test_the_start_form_shows_the_plan_of_what_is_filled_in(world: World) -> None:
    await world.wang.command("/sop start tryout", channel=CHANNEL)
    await world.wang.choose("anchor_on", "2025-08-29")
    await world.wang.choose("role.designer", LI)
    form = shown(world.wang)
    await world.wang.click(form, "plan.show")
    await world.settle()
    plan = "\n".join(texts(shown(world.wang)))
    assert "Event date Fri 29 Aug" in plan
    assert f"<@{LI}> · opens: Agree the theme" in plan
    assert "Head: nobody is named" in plan
    assert "would already be late" in plan
    assert "The busiest day is" in plan
    assert shown(world.wang)["previous_view_id"] == form["id"]  # the form is behind it, unharmed


async def test_the_plan_is_what_is_then_said(world: World) -> None:
    await world.wang.command("/sop start tryout", channel=CHANNEL)
    await world.wang.choose("anchor_on", (TODAY + timedelta(days=90)).isoformat())
    await world.wang.choose("role.designer", LI)
    await world.wang.click(shown(world.wang), "plan.show")
    await world.settle()
    plan = "\n".join(texts(shown(world.wang))).splitlines()
    await world.start()
    for day in ("2025-08-25", "2025-08-27"):
        await world.at(day)
    until = [line for line in plan if " Aug 10:00" in line and line[4:6] <= "27"]
    for kind, word in (("reminder", "reminder"), ("step", "opens")):
        titles = [line.partition(f" · {word}: ")[2] for line in until if f" · {word}: " in line]
        said = [m["metadata"]["event_payload"]["subject"] for m in world.told(kind)]
        told = (await world.run()).playbook.steps_by_id
        assert sorted(titles) == sorted(told[id_].title.to("en") for id_ in said)


async def test_a_long_plan_is_there_within_a_second_and_within_slacks_limits(world: World) -> None:
    started = monotonic()
    plan = await see(world, world.wang, "event")
    assert monotonic() - started < 10  # a second alone; the machine may do much else
    assert plan.count("\n") > 50
    assert len(shown(world.wang)["blocks"]) <= 100


async def test_a_plan_of_what_is_filled_in_wrongly_says_so(world: World) -> None:
    await world.wang.command("/sop start tryout", channel=CHANNEL)
    await world.wang.choose("anchor_on", "2025-08-01")
    await world.wang.click(shown(world.wang), "plan.show")
    await world.settle()
    assert "Nothing was saved" in texts(shown(world.wang))[0]
    assert world.told("notice", channel=WANG) == []
