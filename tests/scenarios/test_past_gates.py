"""A gate that is open asks nobody to override it any more."""

from tests.scenarios.reading import buttons
from tests.scenarios.reviewing import VISUAL, send, start_review
from tests.scenarios.world import World


async def test_the_button_of_a_gate_goes_when_the_gate_is_open(world: World) -> None:
    await start_review(world)
    await world.finish("brief", world.wang)
    closed = VISUAL | {"question.claim": "no"}
    await world.finish("visual", world.li, closed)
    gate = world.thread(world.card("visual"))[-1]
    await world.chen.click(gate, "gate.override")
    assert await send(world, world.chen, {"reason": "Agreed by phone"}) is None
    over = world.thread(world.card("visual"))[0]
    assert over["ts"] == gate["ts"]
    assert buttons(over) == []
    assert over["text"].startswith("🔵 *Key visual*")
    assert over["metadata"] == gate["metadata"]


async def test_the_button_of_a_gate_goes_when_its_answer_is_another(world: World) -> None:
    await start_review(world)
    await world.finish("brief", world.wang)
    await world.finish("visual", world.li, VISUAL | {"question.claim": "no"})
    gate = world.thread(world.card("visual"))[-1]
    assert buttons(gate) == ["gate.override"]
    await world.finish("visual", world.li, VISUAL)
    assert buttons(world.thread(world.card("visual"))[0]) == []
