"""Evidence from where people talk: threads, messages, the card."""

from bot.sandbox.delivery.envelopes import Envelope
from playbooks.run import StepStatus
from tests.scenarios.reading import buttons, field, fields, words
from tests.scenarios.world import ANNA, CHANNEL, LI, PRIVATE, World


async def test_what_the_owner_posts_in_the_thread_is_offered_once_and_kept_on_a_click(
    world: World,
) -> None:
    await world.start()
    thread = world.card("page")["ts"]
    await world.anna.post(CHANNEL, "<https://example.com/anna>", thread_ts=thread)
    await world.li.post(CHANNEL, "no link here", thread_ts=thread)
    await world.li.post(CHANNEL, "<https://example.com/elsewhere>")
    await world.settle()
    assert world.li.ephemerals() == []
    assert world.anna.ephemerals() == []
    posted = await world.li.post(CHANNEL, "see <https://example.com/p/draft|it>", thread_ts=thread)
    await world.settle()
    event = next(
        e.payload for e in world.sandbox.events.sent if e.payload["event"].get("ts") == posted["ts"]
    )
    again = Envelope("events_api", event, retry_attempt=1, retry_reason="timeout")
    await world.sandbox.delivery.send(again)
    await world.settle()
    [offer] = world.li.ephemerals(CHANNEL)
    assert offer["thread_ts"] == thread
    await world.li.click(offer, "evidence.keep")
    await world.settle()
    assert [e.value for e in (await world.step("page")).evidence] == ["https://example.com/p/draft"]
    assert "example.com" in words(world.card("page"))
    [kept] = world.li.ephemerals(CHANNEL)
    assert "blocks" not in kept or buttons(kept) == []


async def test_a_file_in_the_thread_is_offered_by_its_name(world: World) -> None:
    await world.start()
    thread = world.card("venue")["ts"]
    await world.li.post(CHANNEL, "", thread_ts=thread, files=[("floor.pdf", b"%PDF")])
    await world.settle()
    [offer] = world.li.ephemerals(CHANNEL)
    assert "floor.pdf" in offer["text"]
    await world.li.click(offer, "evidence.keep")
    await world.settle()
    [piece] = (await world.step("venue")).evidence
    assert (piece.kind, piece.title) == ("file", "floor.pdf")
    await world.li.click(world.card("venue"), "step.done")
    assert world.li.modal
    evidence = next(b for b in world.li.modal["blocks"] if b.get("block_id") == "evidence")
    assert evidence["optional"]


async def test_nothing_is_offered_in_the_thread_of_a_closed_step(world: World) -> None:
    await world.start()
    await world.finish("plain", world.li)
    await world.li.post(CHANNEL, "<https://e.com/x>", thread_ts=world.card("plain")["ts"])
    await world.settle()
    assert world.li.ephemerals() == []


async def test_any_message_is_attached_to_a_step_by_the_shortcut(world: World) -> None:
    await world.start()
    message = await world.anna.post(CHANNEL, "The printer says yes\nsecond line")
    await world.li.shortcut("message.evidence", message=message)
    form = world.li.modal
    assert form
    assert fields(form) == ["step", "title"]
    offered = [o["value"].rpartition("/")[2] for o in field(form, "step")["options"]]
    assert set(offered) == {"plain", "venue", "packing", "motto", "page", "print"}
    run = await world.run()
    assert await world.li.submit({"step": f"{run.id}/print"}) is None
    await world.settle()
    [piece] = (await world.step("print")).evidence
    assert (piece.kind, piece.title) == ("message", "The printer says yes")
    assert piece.value in world.card("print")["text"] + words(world.card("print"))
    await world.li.shortcut("message.evidence", message=message)
    assert await world.li.submit({"step": f"{run.id}/print"}) is None
    await world.settle()
    assert len((await world.step("print")).evidence) == 1


async def test_a_message_the_bot_cannot_see_is_refused_with_a_way_out(world: World) -> None:
    await world.start()
    message = await world.anna.post(PRIVATE, "secret")
    await world.anna.shortcut("message.evidence", message=message)
    assert world.anna.modal is not None
    await world.li.shortcut("message.evidence", message=message)
    assert await world.li.submit() is None
    assert world.li.modal
    assert "/invite" in words(world.li.modal)
    assert all(step.evidence == () for step in (await world.run()).steps)


async def test_evidence_is_added_from_the_card_without_closing_the_step(world: World) -> None:
    await world.start()
    await world.choose(world.anna, "page", "step.evidence")
    sent = {"evidence": "https://example.com/p", "title": "Our <page>"}
    assert await world.anna.submit(sent) is None
    await world.settle()
    assert (await world.step("page")).status is StepStatus.ACTIVE
    assert "<https://example.com/p|Our &lt;page&gt;>" in words(world.card("page"))


async def test_a_link_of_the_thread_is_kept_as_it_was_written_unless_it_is_beyond_reason(
    world: World,
) -> None:
    await world.start()
    thread = world.card("page")["ts"]
    endless = "https://example.com/" + "x" * 1970
    await world.li.post(CHANNEL, f"<{endless}>", thread_ts=thread)
    await world.settle()
    assert world.li.ephemerals(CHANNEL) == []
    await world.li.post(CHANNEL, "<https://example.com/a?x=1&amp;y=2>", thread_ts=thread)
    await world.settle()
    [offer] = world.li.ephemerals(CHANNEL)
    await world.li.click(offer, "evidence.keep")
    await world.settle()
    [piece] = (await world.step("page")).evidence
    assert piece.value == "https://example.com/a?x=1&y=2"


async def test_of_those_who_merely_talk_in_the_channel_nothing_is_kept(world: World) -> None:
    await world.start()
    await world.anna.post(CHANNEL, "see <https://example.com>")
    await world.settle()
    met = await world.bot.database.run(lambda tx: tx.people.many([LI, ANNA], workspace="T0SANDBOX"))
    assert set(met) == {LI}
