"""A real Bolt app, over real Socket Mode, in the local workspace."""

from typing import Any

import pytest

from bot.sandbox.sandbox import Sandbox

Events = list[dict[str, Any]]


async def start_run(sandbox: Sandbox, name: str) -> dict[str, Any]:
    person = sandbox.person("U0WANG")
    await person.command("/sop start event", channel="C0DEALER")
    assert await person.submit({"name": name}) is None
    await sandbox.until(lambda: sandbox.messages("C0DEALER"))
    return sandbox.messages("C0DEALER")[-1]


async def test_a_command_opens_a_form_that_posts_a_card(sandbox: Sandbox, seen: Events) -> None:
    card = await start_run(sandbox, "Dealer day")
    assert card["text"] == "The run Dealer day begins"
    assert card["metadata"]["event_payload"] == {"key": "run:Dealer day"}
    assert sandbox.person("U0WANG").modal is None
    assert sandbox.refused == []


async def test_a_form_is_preset_to_the_channel_of_the_command(
    sandbox: Sandbox, seen: Events
) -> None:
    person = sandbox.person("U0LI")
    await person.command("/sop start", channel="C0MARKET")
    assert person.modal
    chosen = person.modal["state"]["values"]["channel"]["value"]["selected_conversation"]
    assert chosen == "C0MARKET"


async def test_errors_stay_at_the_field_and_the_form_stays_open(
    sandbox: Sandbox, seen: Events
) -> None:
    person = sandbox.person("U0WANG")
    await person.command("/sop start")
    assert await person.submit({"name": "bad"}) == {"name": "Choose another name."}
    assert person.modal is not None


async def test_an_empty_required_field_never_reaches_the_app(
    sandbox: Sandbox, seen: Events
) -> None:
    person = sandbox.person("U0WANG")
    await person.command("/sop start")
    errors = await person.submit({"name": None})
    assert errors
    assert "required" in errors["name"]


async def test_a_click_edits_the_message_and_answers_privately(
    sandbox: Sandbox, seen: Events
) -> None:
    card = await start_run(sandbox, "Dealer day")
    chen = sandbox.person("U0CHEN")
    await chen.click(card, "step.done")
    await sandbox.until(lambda: sandbox.messages("C0DEALER")[-1]["text"] == "The step is done")
    await sandbox.until(lambda: chen.ephemerals("C0DEALER"))
    assert (
        "blocks" not in sandbox.messages("C0DEALER")[-1]
        or not (sandbox.messages("C0DEALER")[-1]["blocks"])
    )
    assert sandbox.person("U0LI").ephemerals() == []


async def test_a_text_answer_to_a_command_is_private(sandbox: Sandbox, seen: Events) -> None:
    person = sandbox.person("U0ANNA")
    body = await person.command("/sop hello")
    assert body["text"] == "hello yourself"
    assert [one["text"] for one in person.ephemerals("C0DEALER")] == ["hello yourself"]


async def test_the_home_tab_is_published_when_opened(sandbox: Sandbox, seen: Events) -> None:
    person = sandbox.person("U0LI")
    await person.open_home()
    await sandbox.until(lambda: person.home)
    assert person.home
    assert person.home["blocks"][1]["block_id"] == "acts"


async def test_the_app_hears_messages_with_files_where_it_is_a_member(
    sandbox: Sandbox, seen: Events
) -> None:
    person = sandbox.person("U0LI")
    await person.post("C0BRAND", "not for the bot")
    root = await person.post("C0DEALER", "see here")
    await person.post("C0DEALER", "the list", thread_ts=root["ts"], files=[("a.csv", b"x,y")])
    await sandbox.until(lambda: len(seen) == 2)
    assert [event["text"] for event in seen] == ["see here", "the list"]
    assert seen[1]["subtype"] == "file_share"
    assert seen[1]["files"][0]["size"] == 3
    assert seen[1]["thread_ts"] == root["ts"]


async def test_a_missing_button_names_the_ones_there_are(sandbox: Sandbox, seen: Events) -> None:
    card = await start_run(sandbox, "Dealer day")
    with pytest.raises(LookupError, match=r"step\.done"):
        await sandbox.person("U0LI").click(card, "step.undone")
