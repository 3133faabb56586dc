"""A person in the tests presses, ticks, fills in and closes as a real one would."""

import asyncio
import re
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.sandbox import Sandbox
from bot.sandbox.shapes import SlackError
from tests.sandbox.samples import TEXT, actions, button, element, field, modal, options, section
from tests.sandbox.small_bot import connected

Json = dict[str, Any]
BOXES = section(
    block_id="boxes",
    accessory=element("checkboxes", options=options(3), initial_options=options(1))
    | {"action_id": "item.toggle"},
)


def listening_app(sandbox: Sandbox, heard: list[Json]) -> AsyncApp:
    """Build an app that acknowledges everything and keeps the bodies."""
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    app = AsyncApp(client=client)

    async def keep(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    for listen in (app.action, app.view, app.view_closed, app.shortcut):
        listen(re.compile(".*"))(keep)
    return app


@pytest.fixture
async def heard(sandbox: Sandbox) -> Any:
    bodies: list[Json] = []
    async with connected(sandbox, listening_app(sandbox, bodies)):
        yield bodies


async def post_card(sandbox: Sandbox, client: AsyncWebClient, *blocks: Json) -> Json:
    await client.chat_postMessage(channel="C0DEALER", text=TEXT, blocks=list(blocks))
    return sandbox.messages("C0DEALER")[-1]


async def test_ticking_sends_all_that_is_ticked(
    sandbox: Sandbox, client: AsyncWebClient, heard: list[Json]
) -> None:
    card = await post_card(sandbox, client, BOXES)
    await sandbox.person("U0LI").check(card, "2")
    action = heard[0]["actions"][0]
    assert [one["value"] for one in action["selected_options"]] == ["0", "2"]
    assert heard[0]["state"]["values"]["boxes"]["item.toggle"]["selected_options"]
    with pytest.raises(LookupError):
        await sandbox.person("U0LI").check(card, "9")


async def test_a_menu_entry_is_found_by_its_beginning(
    sandbox: Sandbox, client: AsyncWebClient, heard: list[Json]
) -> None:
    menu = element("overflow") | {
        "action_id": "step.menu",
        "options": [o | {"value": f"step.skip:{n}"} for n, o in enumerate(options(1))]
        + [o | {"value": "step.assign:1"} for o in options(2)[1:]],
    }
    card = await post_card(sandbox, client, actions(menu))
    await sandbox.person("U0LI").click(card, "step.menu", option="step.skip")
    assert heard[0]["actions"][0]["selected_option"]["value"] == "step.skip:0"


async def test_buttons_of_one_action_differ_by_value(
    sandbox: Sandbox, client: AsyncWebClient, heard: list[Json]
) -> None:
    card = await post_card(sandbox, client, actions(button(value="a")), actions(button(value="b")))
    await sandbox.person("U0LI").click(card, "step.done", value="b")
    await sandbox.person("U0LI").click(card["ts"], "step.done", channel="C0DEALER", value="a")
    assert [body["actions"][0]["value"] for body in heard] == ["b", "a"]
    assert heard[0]["container"]["message_ts"] == card["ts"]
    assert "metadata" not in heard[0]["message"]


FORM = modal(
    field(element("users_select"), block_id="lead"),
    field(element("multi_users_select"), block_id="team"),
    field(element("datepicker"), block_id="on"),
    field(element("number_input", is_decimal_allowed=False, max_value="9"), block_id="count"),
    field(element("radio_buttons", options=options(2)), block_id="gate"),
    field(element("file_input"), block_id="proof", optional=True),
    field(element("plain_text_input"), block_id="note", optional=True),
    notify_on_close=True,
)
FILLED = {"lead": "U0LI", "team": ["U0ANNA"], "on": "2025-11-20", "count": 3, "gate": "1"}


async def open_form(sandbox: Sandbox, client: AsyncWebClient) -> None:
    trigger = sandbox.space.triggers.issue("U0WANG")
    await client.views_open(trigger_id=trigger, view=FORM)


async def test_simple_values_take_slacks_shapes(
    sandbox: Sandbox, client: AsyncWebClient, heard: list[Json]
) -> None:
    await open_form(sandbox, client)
    proof = {"proof": [("a.pdf", b"%PDF")]}
    assert await sandbox.person("U0WANG").submit(FILLED | proof) is None
    values = heard[0]["view"]["state"]["values"]
    assert values["lead"]["value"] == {"type": "users_select", "selected_user": "U0LI"}
    assert values["team"]["value"]["selected_users"] == ["U0ANNA"]
    assert values["on"]["value"]["selected_date"] == "2025-11-20"
    assert values["count"]["value"]["value"] == "3"
    assert values["gate"]["value"]["selected_option"]["value"] == "1"
    assert values["proof"]["value"]["files"][0]["name"] == "a.pdf"
    assert values["note"]["value"]["value"] is None


async def test_the_form_itself_refuses_what_is_out_of_range(
    sandbox: Sandbox, client: AsyncWebClient, heard: list[Json]
) -> None:
    await open_form(sandbox, client)
    errors = await sandbox.person("U0WANG").submit(FILLED | {"count": 12})
    assert errors == {"count": "Enter 9 or less."}
    assert heard == []


async def test_closing_a_form_is_told(
    sandbox: Sandbox, client: AsyncWebClient, heard: list[Json]
) -> None:
    await open_form(sandbox, client)
    await sandbox.person("U0WANG").close()
    assert heard[0]["type"] == "view_closed"
    assert sandbox.person("U0WANG").modal is None


async def test_values_survive_an_update_where_the_ids_stay(
    sandbox: Sandbox, client: AsyncWebClient, heard: list[Json]
) -> None:
    await open_form(sandbox, client)
    person = sandbox.person("U0WANG")
    await person.choose("lead", "U0CHEN")
    assert person.modal
    await client.views_update(view_id=person.modal["id"], view=FORM)
    assert person.modal["state"]["values"]["lead"]["value"]["selected_user"] == "U0CHEN"
    assert heard[0]["container"]["type"] == "view"


async def test_shortcuts_carry_the_message(
    sandbox: Sandbox, client: AsyncWebClient, heard: list[Json]
) -> None:
    card = await post_card(sandbox, client, section())
    await sandbox.person("U0LI").shortcut("run.start")
    await sandbox.person("U0LI").shortcut("message.evidence", message=card)
    assert [body["type"] for body in heard] == ["shortcut", "message_action"]
    assert heard[1]["message"]["text"] == TEXT


async def test_a_response_url_works_five_times(
    sandbox: Sandbox, client: AsyncWebClient, heard: list[Json]
) -> None:
    card = await post_card(sandbox, client, actions())
    person = sandbox.person("U0LI")
    await person.click(card, "step.done")
    hook = heard[0]["response_url"].rsplit("/", 1)[1]
    for _ in range(5):
        sandbox.space.hooks.use(hook)
    with pytest.raises(SlackError, match="used_url"):
        sandbox.space.hooks.use(hook)
    await person.click(card, "step.done")
    sandbox.clock.advance(31 * 60)
    with pytest.raises(SlackError, match="expired_url"):
        sandbox.space.hooks.use(heard[1]["response_url"].rsplit("/", 1)[1])


async def test_waiting_gives_up_after_its_time(sandbox: Sandbox) -> None:
    with pytest.raises(TimeoutError):
        await sandbox.until(lambda: False, timeout=0.05)


async def test_waiting_ends_with_the_change(sandbox: Sandbox) -> None:
    waiting = asyncio.create_task(sandbox.until(lambda: sandbox.messages("C0DEALER")))
    await sandbox.person("U0LI").post("C0DEALER", "hello")
    assert [one["text"] for one in await waiting] == ["hello"]
