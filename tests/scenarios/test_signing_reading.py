"""Whoever decides on a document reads it first, wherever the request reaches them."""

import pytest

from tests.scenarios.agreement import fill, request_for_approval, started
from tests.scenarios.reading import field, words
from tests.scenarios.world import CHEN, LI, World


@pytest.mark.parametrize("place", ["thread", "direct"])
async def test_a_document_is_read_from_the_request_to_decide_on_it(
    world: World, place: str
) -> None:
    await started(world)
    await fill(world)
    await world.finish("confirm", world.wang)
    copy = world.told("approval", "confirm", LI)[-1]
    asked = request_for_approval(world) if place == "thread" else copy
    await world.li.click(asked, "sign.read")
    assert world.li.modal
    assert world.li.modal["callback_id"] == "sign.read"
    assert "More dealers" in words(world.li.modal)
    await world.li.close()
    await world.li.click(asked, "approval.approve")
    await world.settle()
    assert "approval.approve" not in str(request_for_approval(world)["blocks"])


async def test_who_asks_for_a_document_that_nobody_filled_in_is_told_so(world: World) -> None:
    assert await world.fill_start(world.wang, {"role.head": CHEN}, playbook="event") is None
    await world.settle()
    items = ["controller", "project", "channel", "size"]
    await world.finish("charter", world.chen, {"items": items, "question.time": "yes"})
    await world.wang.click(world.told("approval", "charter")[-1], "approval.approve")
    await world.settle()
    await world.wang.click(world.card("brief"), "step.done")
    assert world.wang.modal
    boxes = [option["value"] for option in field(world.wang.modal, "items")["options"]]
    answers = {"question.relation": "Closer", "question.guests": "90", "question.worth": "yes"}
    handed = {"items": boxes, "evidence": "https://files.example.com/brief", **answers}
    assert await world.wang.submit(handed) is None
    await world.settle()
    await world.chen.click(world.told("approval", "brief")[-1], "sign.read")
    await world.settle()
    assert world.chen.modal is None
    assert world.whispers(world.chen)[-1].startswith("沒有開啟：文件尚未填寫")
