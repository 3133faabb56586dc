"""The Home as the desk: everything that waits for a person, acted on in place, page by page."""

from playbooks.run import StepStatus
from tests.scenarios import handing, test_phases
from tests.scenarios.agreement import handed_in
from tests.scenarios.reading import Json, buttons, every, words
from tests.scenarios.world import ANNA, CHEN, LI, World


async def home(world: World, person: str = CHEN) -> Json:
    """Somebody's Home, just opened."""
    who = world.sandbox.person(person)
    await who.open_home()
    await world.settle()
    assert who.home
    return who.home


def offered(shown: Json, action: str) -> list[str]:
    """What the buttons of an id act on."""
    return [node["value"] for node in every(shown["blocks"]) if node.get("action_id") == action]


async def test_a_gate_is_passed_on_the_home(world: World) -> None:
    await test_phases.plan_is_over(world)
    shown = await home(world)
    assert {"phase.pass", "phase.hold"} <= set(buttons(shown))
    assert "Dealer day" in words(shown)
    await world.chen.click(shown, "phase.pass")
    await world.settle()
    assert world.told("step", "work")
    assert "phase.pass" not in buttons(world.chen.home or {})


async def test_a_gate_comes_onto_a_home_that_stands_open(world: World) -> None:
    await test_phases.begin(world)
    assert "phase.pass" not in buttons(await home(world))
    await world.finish("brief", world.li, {"question.kind": "online"})
    await world.finish("budget", world.wang)
    assert "phase.pass" in buttons(world.chen.home or {})


async def test_a_gate_is_held_on_the_home_and_stays_there(world: World) -> None:
    await test_phases.plan_is_over(world)
    await world.chen.click(await home(world), "phase.hold")
    assert await world.chen.submit({"reason": "no figures"}) is None
    await world.settle()
    assert "phase.pass" in buttons(world.chen.home or {})


async def test_nobody_else_has_the_gate_on_their_home(world: World) -> None:
    await test_phases.plan_is_over(world)
    assert "phase.pass" not in buttons(await home(world, LI))


async def test_a_decision_is_acknowledged_on_the_home(world: World) -> None:
    await handing.dispute(world)
    assert await handing.decide(
        world, world.wang, verdict="accept", reason="Go with version 2", people=[LI, ANNA]
    ) is None  # fmt: skip
    shown = await home(world, ANNA)
    assert "Go with version 2" in words(shown)
    await world.anna.click(shown, "ack.confirm")
    await world.settle()
    assert "ack.confirm" not in buttons(world.anna.home or {})
    assert "ack.confirm" in buttons(await home(world, LI))


async def test_a_document_is_signed_on_the_home(world: World) -> None:
    await handed_in(world)
    shown = await home(world)
    await world.chen.click(shown, "sign.sign")
    assert await world.chen.submit() is None
    await world.settle()
    assert "sign.sign" not in buttons(world.chen.home or {})
    assert "sign.sign" not in buttons(await home(world))


async def test_what_is_late_stands_apart(world: World) -> None:
    await world.start()
    shown = words(await home(world, LI))
    assert "已逾期" not in shown
    await world.at("2025-11-03")
    assert "已逾期" in words(await home(world, LI))


async def test_eighty_open_things_are_all_reached_page_by_page(world: World) -> None:
    for number in range(16):
        await world.start(name=f"Run {number}", role__designer=LI, role__head=LI)
    rows = await world.bot.reading.work_of(LI, workspace="T0SANDBOX")
    open_ = {f"{run.id}/{s.key}" for run, s in rows if s.status is StepStatus.ACTIVE}
    assert len(open_) >= 80
    shown, seen, pages = await home(world, LI), set[str](), 0
    while True:
        pages += 1
        assert len(shown["blocks"]) <= 100
        seen |= set(offered(shown, "step.done"))
        if str(pages + 1) not in offered(shown, "home.page"):
            break
        await world.li.click(shown, "home.page", value=str(pages + 1))
        await world.settle()
        shown = world.li.home or {}
    assert seen == open_
    assert pages > 1
    assert words(shown).count("Run ") >= 16  # the runs come last


async def test_acting_on_a_page_stays_on_it_and_forms_come_back_to_it(world: World) -> None:
    for number in range(16):
        await world.start(name=f"Run {number}", role__designer=LI, role__head=LI)
    first = await home(world, LI)
    await world.li.click(first, "home.page", value="2")
    await world.settle()
    second = world.li.home or {}
    assert second["private_metadata"] == '{"page": "2"}'
    page = next(one for one in offered(second, "step.done") if one.endswith("/page"))
    await world.li.click(second, "step.done", value=page)
    assert await world.li.submit({"evidence": "https://example.com"}) is None
    await world.settle()
    assert (world.li.home or {})["private_metadata"] == '{"page": "2"}'
    assert page not in offered(world.li.home or {}, "step.done")
    runs = offered(world.li.home or {}, "run.steps")
    await world.li.click(world.li.home or {}, "run.steps", value=runs[0])
    await world.settle()
    assert (world.li.home or {})["private_metadata"] == '{"page": "2"}'
    await world.li.click(world.li.home or {}, "home.page", value="1")
    await world.settle()
    assert (world.li.home or {})["private_metadata"] == '{"page": "1"}'
