"""Let a person act on what the bot offers: commands, elements, forms, shortcuts, Home."""

from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy

from bot.sandbox.checker.acks import check_ack
from bot.sandbox.checker.faults import Fault
from bot.sandbox.delivery.envelopes import Delivery, Envelope
from bot.sandbox.people import payloads
from bot.sandbox.people.answers import answer_command, answer_submission
from bot.sandbox.people.forms import check_form
from bot.sandbox.shapes import InteractionFailed, Json
from bot.sandbox.state.channels import Channel
from bot.sandbox.state.elements import STATELESS, interactive, values
from bot.sandbox.state.views import Shown
from bot.sandbox.state.workspace import Workspace

Note = Callable[[list[Fault], str], list[Fault]]


class Acts:
    """Turn people's acts into payloads and show how the bot answers."""

    def __init__(self, space: Workspace, delivery: Delivery, note: Note) -> None:
        self._space, self._delivery, self._note = space, delivery, note
        self.busy: dict[str, int] = {}

    async def command(self, user: str, channel_id: str, line: str) -> Json:
        """Run a slash command and return the answer's body."""
        channel = self._space.channel(channel_id)
        name, _, text = line.strip().partition(" ")
        payload = payloads.command(self._space, user, channel, name, text.strip())
        body = await self._send(user, Envelope("slash_commands", payload, True))
        self._check("slash_commands", body)
        answer_command(self._space, user, channel_id, body)
        return body

    async def act_on_message(
        self, user: str, channel: Channel, message: Json, place: Json, value: Json
    ) -> None:
        """Use an element of a message; `place` holds block_id and action_id."""
        state = values(message.get("blocks", []))
        action = self._action(message.get("blocks", []), place, value)
        _keep(state, action, value)
        payload = payloads.message_action(self._space, user, channel, message, action, state)
        await self._send(user, Envelope("interactive", payload))

    async def act_on_view(self, shown: Shown, place: Json, value: Json, held: Json) -> None:
        """Use an element of a view, with what the other inputs hold."""
        state = shown.view["state"]["values"]
        merge(state, held)
        action = self._action(shown.view["blocks"], place, value)
        _keep(state, action, value)
        payload = payloads.view_action(self._space, shown.user, shown.view, action, shown.channel)
        await self._send(shown.user, Envelope("interactive", payload))

    async def submit(self, shown: Shown, held: Json) -> dict[str, str] | None:
        """Submit a form; return what must be mended, or nothing when it was taken."""
        merge(shown.view["state"]["values"], held)
        problems = check_form(shown.view)
        if problems:
            return problems
        view = deepcopy(shown.view)
        payload = payloads.submission(self._space, shown.user, view, shown.channel)
        body = await self._send(shown.user, Envelope("interactive", payload, True))
        self._check("view_submission", body, view)
        return answer_submission(self._space, shown, body)

    async def close(self, shown: Shown) -> None:
        """Close a modal; the bot hears of it if it asked to."""
        everything = bool(shown.view["clear_on_close"])
        gone = self._space.views.close(shown, whole_stack=everything)
        self._space.changes.bump()
        for one in gone:
            if one.view["notify_on_close"]:
                payload = payloads.closed(self._space, one.user, one.view, cleared=everything)
                # Slack tells nobody when an app does not answer this.
                with suppress(InteractionFailed):
                    await self._send(one.user, Envelope("interactive", payload))

    async def shortcut(self, user: str, callback_id: str) -> None:
        """Use a global shortcut."""
        payload = payloads.shortcut(self._space, user, callback_id)
        await self._send(user, Envelope("interactive", payload))

    async def message_shortcut(
        self, user: str, callback_id: str, channel: Channel, message: Json
    ) -> None:
        """Use a shortcut on a message."""
        payload = payloads.message_shortcut(self._space, user, callback_id, channel, message)
        await self._send(user, Envelope("interactive", payload))

    def open_home(self, user: str) -> None:
        """Open the bot's Home tab."""
        event: Json = {"type": "app_home_opened", "user": user, "tab": "home"}
        event["channel"] = self._space.im(user).id
        if user in self._space.views.homes:
            event["view"] = deepcopy(self._space.views.homes[user].view)
        self._space.announce(event)

    async def _send(self, user: str, envelope: Envelope) -> Json:
        self.busy[user] = self.busy.get(user, 0) + 1
        self._space.changes.bump()
        try:
            return await self._delivery.send(envelope)
        finally:
            self.busy[user] -= 1
            self._space.changes.bump()

    def _check(self, kind: str, body: Json, view: Json | None = None) -> None:
        faults = self._note(check_ack(kind, body, view), f"ack {kind}")
        if faults:
            raise InteractionFailed("invalid_answer", str(faults[0]))

    def _action(self, blocks: list[Json], place: Json, value: Json) -> Json:
        found: Json = {}
        for block, element in interactive(blocks):
            here = (block["block_id"], element["action_id"])
            if here == (place["block_id"], place["action_id"]):
                found = {k: element[k] for k in ("text", "style", "placeholder") if k in element}
        return found | value | place | {"action_ts": self._space.ids.ts()}


def merge(state: Json, held: Json) -> None:
    """Put what a person entered into a view's state."""
    for block_id, elements in held.items():
        for action_id, value in elements.items():
            if block_id in state and action_id in state[block_id]:
                state[block_id][action_id] = value


def _keep(state: Json, action: Json, value: Json) -> None:
    if value["type"] not in STATELESS:
        state.setdefault(action["block_id"], {})[action["action_id"]] = value
