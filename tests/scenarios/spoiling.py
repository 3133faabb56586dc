"""Requests that are not quite what Slack sends, or not at all."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from urllib.parse import urlencode

from hypothesis import strategies as st

from bot.sandbox.delivery.envelopes import Envelope
from tests.scenarios.reading import Json
from tests.scenarios.world import ANNA, CHANNEL, WANG, World

FORM = "application/x-www-form-urlencoded"
WRONG: list[Any] = [None, 7, "x", [], {}, [None], True]
DEEP = 5  # how far into a payload something is made wrong

Place = tuple[str | int, ...]


async def story(world: World) -> dict[str, Envelope]:
    """One of each kind of request, as Slack sends it."""
    sent: list[Envelope] = []
    send = world.sandbox.delivery.send

    async def note(envelope: Envelope) -> Json:
        sent.append(envelope)
        return await send(envelope)

    world.sandbox.delivery.send = note  # type: ignore[method-assign]
    await world.start()
    card = world.card("page")
    await world.li.check(world.card("venue"), "contract")
    await world.choose(world.wang, "plain", "step.assign")
    await world.wang.submit({"person": ANNA})
    await world.wang.click(world.run_card(), "run.menu", option="run.roles ")
    await world.wang.submit()
    await world.li.click(card, "step.done")
    await world.li.submit({"evidence": "https://example.com", "comment": "there"})
    message = await world.li.post(CHANNEL, "<https://example.com/a>", thread_ts=card["ts"])
    await world.anna.shortcut("run.start")
    await world.anna.shortcut("message.evidence", message=message)
    await world.li.open_home()
    await world.settle()
    await world.li.click(world.li.home or {}, "home.language", option="en")
    await world.anna.remove_bot(CHANNEL)
    await world.settle()
    world.sandbox.delivery.send = send  # type: ignore[method-assign]
    return {_name(envelope): envelope for envelope in sent}


def _name(envelope: Envelope) -> str:
    payload = envelope.payload
    kind = payload.get("event", payload).get("type", envelope.type)
    view = payload.get("view", {}).get("callback_id", "")
    return f"{kind} {view or [a['action_id'] for a in payload.get('actions', ())]}"


def places(node: Any, here: Place = ()) -> Iterator[Place]:
    """Where something in a payload can be made wrong."""
    if here:
        yield here
    if len(here) >= DEEP or here[-1:] == ("blocks",):
        return
    children: Any = node.items() if isinstance(node, dict) else ()
    for name, child in enumerate(node) if isinstance(node, list) else children:
        yield from places(child, (*here, name))


def spoilt(payload: Json) -> Iterator[tuple[str, Json]]:
    """The payload with one thing missing, or of another kind."""
    for place in places(payload):
        *way, last = place
        for wrong in ["(missing)", *WRONG]:
            copy = deepcopy(payload)
            parent: Any = copy
            for name in way:
                parent = parent[name]
            if wrong == "(missing)":
                del parent[last]
            else:
                parent[last] = wrong
            yield f"{'.'.join(map(str, place))} = {wrong}", copy


def written(envelope: Envelope, payload: Any) -> tuple[str, str]:
    """Body and content type, as Slack writes that kind of request."""
    if envelope.type == "slash_commands":
        return urlencode({key: value for key, value in payload.items() if value is not None}), FORM
    body = json.dumps(payload)
    if envelope.type == "events_api":
        return body, "application/json"
    return urlencode({"payload": body}), FORM


NAMES = st.sampled_from(
    ["type", "actions", "view", "user", "team", "event", "state", "container", "channel", "id",
     "action_id", "callback_id", "trigger_id", "values", "authorizations", "message", "command",
     "user_id", "team_id", "text", "value", "challenge"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["block_actions", "view_submission", "view_closed", "block_suggestion", "shortcut", "/sop",
     "message_action", "event_callback", "message", "url_verification", "ssl_check", "step.done",
     "run.start", "home", WANG, CHANNEL, "\0", "中"]
)  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=25,
)


def bodies() -> st.SearchStrategy[tuple[str, str, str]]:
    """Names, bodies and content types of requests that hold anything at all."""
    as_json = ANYTHING.map(lambda found: ("json", json.dumps(found), "application/json"))
    as_payload = (ANYTHING.map(json.dumps) | st.text(max_size=20) | WORDS).map(
        lambda text: ("payload", urlencode({"payload": text}, errors="replace"), FORM)
    )
    as_form = st.dictionaries(NAMES, WORDS, max_size=6).map(
        lambda fields: ("form", urlencode(fields), FORM)
    )
    return as_json | as_payload | as_form
