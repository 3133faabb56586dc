"""What counts as handed in: a link must be one, and a step wants its own kind."""

import pytest

from bot.words.catalogue import say
from playbooks.run import StepStatus
from tests.scenarios.forging import forge, link
from tests.scenarios.reading import field, words
from tests.scenarios.world import CHANNEL, World

NO_LINKS = [
    "not a url", "javascript:alert(1)", "ftp://example.com/a", "https://", "https:///page",
    "https://exa mple.com", "https://example.com/a b", "http://[::1", "https://example.com:99999",
    "//example.com", "example.com", "https://...", "file:///etc/x",
]  # fmt: skip


@pytest.mark.parametrize("action", ["step.done", "step.evidence"])
async def test_what_is_no_web_address_is_refused_at_the_field_in_the_reader_s_language(
    world: World, action: str
) -> None:
    await world.start(role__head="U0LI")
    for person, language in ((world.li, "zh-Hans"), (world.wang, "en")):
        if action == "step.done":
            await person.click(world.card("page"), action)
        else:
            await world.choose(person, "page", action)
        for wrong in NO_LINKS:
            answer = await forge(world, person, {"evidence": link(wrong)})
            assert answer == {
                "response_action": "errors",
                "errors": {"evidence": say(language, "refused.link_wrong")},
            }, wrong
        endless = "https://example.com/" + "x" * 2000
        answer = await forge(world, person, {"evidence": link(endless)})
        assert answer["errors"] == {"evidence": say(language, "refused.link_long")}
    step = await world.step("page")
    assert (step.status, step.evidence) == (StepStatus.ACTIVE, ())


async def test_a_link_is_kept_without_what_stands_around_it_and_shown_once(world: World) -> None:
    await world.start()
    await world.choose(world.li, "page", "step.evidence")
    sent = {"evidence": link("  HTTPS://Example.com/a/page?x=1\n")}
    assert await forge(world, world.li, sent) == {}
    await world.settle()
    [piece] = (await world.step("page")).evidence
    assert piece.value == "HTTPS://Example.com/a/page?x=1"
    assert words(world.card("page")).count("example.com · page") == 1


async def test_an_address_that_cannot_be_read_is_not_offered_in_the_thread(world: World) -> None:
    await world.start()
    thread = world.card("page")["ts"]
    await world.li.post(CHANNEL, "<https://[half>", thread_ts=thread)
    await world.settle()
    assert world.li.ephemerals(CHANNEL) == []


async def test_evidence_left_empty_is_told_at_its_field(world: World) -> None:
    await world.start()
    for step, empty in {"page": link(None), "venue": {"type": "file_input", "files": []}}.items():
        await world.choose(world.li, step, "step.evidence")
        answer = await forge(world, world.li, {"evidence": empty})
        assert answer["errors"] == {"evidence": say("zh-Hans", "refused.evidence_none")}


async def test_a_link_does_not_close_a_step_that_wants_a_file_and_is_kept_as_extra(
    world: World,
) -> None:
    await world.start()
    thread = world.card("venue")["ts"]
    await world.li.post(CHANNEL, "<https://example.com/contract>", thread_ts=thread)
    await world.settle()
    await world.li.click(world.li.ephemerals(CHANNEL)[-1], "evidence.keep")
    await world.settle()
    await world.li.click(world.card("venue"), "step.done")
    form = world.li.modal
    assert form
    assert not next(b for b in form["blocks"] if b.get("block_id") == "evidence")["optional"]
    ticks = {"type": "checkboxes", "selected_options": field(form, "items")["options"]}
    answer = await forge(world, world.li, {"items": ticks})
    assert answer["errors"] == {"evidence": say("zh-Hans", "refused.file_missing")}
    sent = {"items": ["contract", "deposit"], "evidence": [("contract.pdf", b"%PDF")]}
    assert await world.li.submit(sent) is None
    await world.settle()
    step = await world.step("venue")
    assert step.status is StepStatus.DONE
    assert [piece.kind for piece in step.evidence] == ["link", "file"]


async def test_a_file_is_not_the_text_or_the_link_that_is_wanted(world: World) -> None:
    await world.start()
    for step, person, key in (("page", world.li, "link"), ("motto", world.chen, "text")):
        await person.post(CHANNEL, "", thread_ts=world.card(step)["ts"], files=[("a.pdf", b"x")])
        await world.settle()
        await person.click(person.ephemerals(CHANNEL)[-1], "evidence.keep")
        await world.settle()
        assert [piece.kind for piece in (await world.step(step)).evidence] == ["file"]
        await person.click(world.card(step), "step.done")
        answer = await forge(world, person, {})
        language = {world.li: "zh-Hans", world.chen: "zh-Hant"}[person]
        assert answer["errors"] == {"evidence": say(language, f"refused.{key}_missing")}


@pytest.mark.parametrize(("files", "closes"), [([("offer.pdf", b"%PDF")], True), ([], False)])
async def test_an_attached_message_is_a_file_only_if_it_carries_one(
    world: World, files: list[tuple[str, bytes]], closes: bool
) -> None:
    run = await world.start()
    await world.li.check(world.card("venue"), "contract", "deposit")
    await world.settle()
    message = await world.anna.post(CHANNEL, "The contract", files=files)
    await world.li.shortcut("message.evidence", message=message)
    assert await world.li.submit({"step": f"{run.id}/venue"}) is None
    await world.settle()
    await world.li.click(world.card("venue"), "step.done")
    await world.settle()
    assert ((await world.step("venue")).status is StepStatus.DONE) is closes
    assert (world.li.modal is None) is closes


async def test_an_attached_message_is_as_good_as_a_link(world: World) -> None:
    run = await world.start()
    message = await world.anna.post(CHANNEL, "It is online")
    await world.li.shortcut("message.evidence", message=message)
    assert await world.li.submit({"step": f"{run.id}/page"}) is None
    await world.settle()
    await world.li.click(world.card("page"), "step.done")
    await world.settle()
    assert (await world.step("page")).status is StepStatus.DONE
