"""Finish a step: its boxes, Done, and what the form asks for."""

import asyncio

from bot.words.catalogue import say
from playbooks.run import StepStatus
from tests.scenarios.reading import buttons, field, fields, ticked, words
from tests.scenarios.world import CHEN, LI, WANG, World, moment


async def test_boxes_are_ticked_and_cleared_and_everybody_sees_it(world: World) -> None:
    await world.start()
    await world.li.check(world.card("venue"), "contract", "plan")
    await world.settle()
    assert ticked(world.card("venue")) == {"contract", "plan"}
    await world.wang.check(world.card("venue"), "contract", on=False)
    await world.settle()
    assert ticked(world.card("venue")) == {"plan"}
    assert (await world.step("venue")).ticked() == {"plan"}


async def test_more_than_ten_boxes_stand_in_groups_that_do_not_clear_each_other(
    world: World,
) -> None:
    await world.start()
    groups = [b for b in world.card("packing")["blocks"] if "#" in b.get("block_id", "")]
    assert [len(group["elements"][0]["options"]) for group in groups] == [10, 3]
    await world.wang.check(world.card("packing"), "b02", "b12")
    await world.settle()
    await world.wang.check(world.card("packing"), "b13")
    await world.settle()
    assert ticked(world.card("packing")) == {"b02", "b12", "b13"}


async def test_a_box_ticked_by_somebody_else_is_taken_back_and_they_hear_whose_turn_it_is(
    world: World,
) -> None:
    await world.start()
    before = world.card("venue")
    ids = [block["block_id"] for block in before["blocks"]]
    await world.anna.check(before, "contract")
    await world.settle()
    card = world.card("venue")
    assert ticked(card) == set()
    # Slack's client keeps what was ticked as long as the block keeps its id.
    assert [block["block_id"] for block in card["blocks"]] != ids
    [answer] = world.whispers(world.anna)
    assert f"<@{LI}>" in answer
    assert f"<@{WANG}>" in answer
    assert (await world.step("venue")).ticks == ()
    await world.li.check(card, "contract")
    await world.settle()
    assert ticked(world.card("venue")) == {"contract"}


async def test_done_without_anything_to_fill_in_closes_at_once(world: World) -> None:
    await world.start()
    await world.li.click(world.card("plain"), "step.done")
    assert world.li.modal is None
    await world.settle()
    card = world.card("plain")
    assert card["text"].startswith("✅")
    assert "step.done" not in buttons(card)
    step = await world.step("plain")
    assert (step.status, step.closed_by) == (StepStatus.DONE, LI)


async def test_what_waited_opens_with_a_card_and_a_date_of_its_own(world: World) -> None:
    await world.start()
    assert world.told("step", "after") == []
    await world.finish("plain", world.li)
    assert f"<@{CHEN}>" in world.card("after")["text"]
    assert (await world.step("after")).due_at == moment("2025-08-22", "18:00", "Asia/Taipei")


async def test_two_clicks_on_done_close_once_and_the_second_hears_by_whom(world: World) -> None:
    await world.start()
    card = world.card("plain")
    await asyncio.gather(world.li.click(card, "step.done"), world.li.click(card, "step.done"))
    await world.settle()
    assert len(world.told("step", "after")) == 1
    [answer] = world.whispers(world.li)
    assert f"<@{LI}>" in answer


async def test_done_by_somebody_else_says_whose_turn_it_is_in_the_reader_s_language(
    world: World,
) -> None:
    await world.start()
    for person, language in {world.anna: "en", world.chen: "zh-Hant"}.items():
        await person.click(world.card("plain"), "step.done")
        await world.settle()
        [answer] = world.whispers(person)
        facts = {"owner": f"<@{LI}>", "lead": f"<@{WANG}>"}
        assert answer == say(language, "refused.not_yours", **facts)
    assert (await world.step("plain")).status is StepStatus.ACTIVE


async def test_the_done_form_asks_for_open_boxes_and_evidence(world: World) -> None:
    await world.start()
    await world.li.check(world.card("venue"), "contract")
    await world.settle()
    await world.li.click(world.card("venue"), "step.done")
    form = world.li.modal
    assert form
    assert form["callback_id"] == "step.done"
    assert fields(form) == ["items", "evidence", "comment"]
    assert [o["value"] for o in field(form, "items")["options"]] == ["deposit"]
    assert field(form, "evidence")["type"] == "file_input"
    missing = await world.li.submit({"items": ["deposit"]})
    assert set(missing or {}) == {"evidence"}
    sent = {"items": ["deposit"], "evidence": [("contract.pdf", b"%PDF")], "comment": "Signed!"}
    assert await world.li.submit(sent) is None
    await world.settle()
    step = await world.step("venue")
    assert step.status is StepStatus.DONE
    assert [(e.kind, e.title) for e in step.evidence] == [("file", "contract.pdf")]
    assert "contract.pdf" in world.card("venue")["text"]
    assert "Signed!" in world.thread(world.card("venue"))[-1]["text"]


async def test_boxes_left_open_in_the_form_are_told_at_their_field(world: World) -> None:
    await world.start()
    await world.wang.click(world.card("packing"), "step.done")
    form = world.wang.modal
    assert form
    assert fields(form) == ["items", "items.2", "comment"]
    some = {"items": ["b01"], "items.2": ["b11", "b12", "b13"]}
    errors = await world.wang.submit(some)
    assert errors == {"items": say("en", "refused.items_open", n=9)}
    every = [f"b{n:02}" for n in range(1, 11)]
    assert await world.wang.submit(some | {"items": every}) is None
    await world.settle()
    assert (await world.step("packing")).status is StepStatus.DONE


async def test_a_text_and_a_link_are_handed_in_with_done(world: World) -> None:
    await world.start()
    await world.finish("motto", world.chen, {"evidence": "Light that <pays> back"})
    await world.finish("page", world.li, {"evidence": "https://example.com/a/page?x=1&y=2"})
    assert "Light that &lt;pays&gt; back" in world.card("motto")["text"]
    assert "<https://example.com/a/page?x=1&amp;y=2|" in world.card("page")["text"]


async def test_a_form_sent_after_somebody_else_has_closed_the_step_says_so(world: World) -> None:
    await world.start()
    await world.chen.click(world.card("motto"), "step.done")
    await world.finish("motto", world.wang, {"evidence": "Mine"})
    assert await world.chen.submit({"evidence": "Too late"}) is None
    assert world.chen.modal
    assert f"<@{WANG}>" in words(world.chen.modal)
    assert [e.value for e in (await world.step("motto")).evidence] == ["Mine"]
