"""What reaches the bot without Slack's client in between: any value, and the same twice."""

from copy import deepcopy
from typing import Any

from bot.sandbox.delivery.envelopes import Envelope
from bot.sandbox.people import payloads
from bot.sandbox.person import Person
from bot.sandbox.state.elements import MANY, VALUE_KEYS, interactive, options
from tests.scenarios.reading import Json
from tests.scenarios.world import World


def submission(world: World, person: Person, values: Json) -> Json:
    """The form on top as Slack would send it, with these elements' states put in unchecked."""
    shown = world.sandbox.space.views.top(person.id)
    assert shown
    view = deepcopy(shown.view)
    held = view["state"]["values"]
    for name, value in values.items():
        [action_id] = held.get(name) or ["value"]
        held[name] = {action_id: value}
    return payloads.submission(world.sandbox.space, person.id, view, shown.channel)


def fill_in(view: Json, *, person: str, channel: str) -> None:
    """Put something sensible into each field of a form that is empty."""
    sensible: Json = {
        "plain_text_input": "Some words", "number_input": "3", "email_text_input": "a@b.example",
        "url_text_input": "https://example.com/a", "users_select": person,
        "multi_users_select": [person], "conversations_select": channel,
        "datepicker": "2025-11-20", "datetimepicker": 1764554400,
        "file_input": [{"id": "F0FILE", "name": "file.pdf"}],
    }  # fmt: skip
    for block, element in interactive(view["blocks"]):
        if block["block_id"] not in view["state"]["values"]:  # a button holds nothing
            continue
        [held] = view["state"]["values"][block["block_id"]].values()
        key = VALUE_KEYS[element["type"]][0]
        offered = options(element)
        choice = offered if key in MANY else offered[:1] and offered[0]
        held[key] = held[key] or sensible.get(element["type"], choice)


async def deliver(world: World, payload: Json) -> Json:
    """Hand a payload to the bot; returns the body of its answer."""
    takes_answer = payload["type"] == "view_submission"
    return await world.sandbox.delivery.send(Envelope("interactive", payload, takes_answer))


async def forge(world: World, person: Person, values: Json) -> Json:
    """Send the form on top past Slack's own checks; returns the body of the answer."""
    return await deliver(world, submission(world, person, values))


def link(value: Any) -> Json:
    """What a link field holds."""
    return {"type": "url_text_input", "value": value}


class Recorder:
    """Keeps what people's acts send to the bot, so that it can be delivered once more."""

    def __init__(self, world: World) -> None:
        self._delivery = world.sandbox.delivery
        self._send = self._delivery.send
        self.sent: list[Envelope] = []
        self.answers: list[Json] = []

    def __enter__(self) -> "Recorder":
        self._delivery.send = self.send  # type: ignore[method-assign]
        return self

    def __exit__(self, *_: object) -> None:
        self._delivery.send = self._send  # type: ignore[method-assign]

    async def send(self, envelope: Envelope) -> Json:
        """Deliver, and remember."""
        answer = await self._send(envelope)
        if envelope.type != "events_api":
            self.sent.append(deepcopy(envelope))
            self.answers.append(answer)
        return answer

    async def again(self) -> list[Json]:
        """Deliver everything once more, in order, as it was."""
        return [await self._send(envelope) for envelope in self.sent]
