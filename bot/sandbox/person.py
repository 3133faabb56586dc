"""Act as one person of the workspace, in tests and simulations."""

from copy import deepcopy
from typing import Any

from bot.sandbox.people.acts import Acts
from bot.sandbox.people.talk import Talk
from bot.sandbox.shapes import Json
from bot.sandbox.state.elements import chosen, first_value, interactive
from bot.sandbox.state.views import Shown
from bot.sandbox.state.workspace import Workspace

NOTHING: Any = object()  # None is a value: it empties an input


class Person:
    """What one person sees and does."""

    def __init__(self, space: Workspace, acts: Acts, talk: Talk, user: str) -> None:
        self.id = space.user(user).id
        self._space, self._acts, self._talk = space, acts, talk

    @property
    def modal(self) -> Json | None:
        """Return a copy of the modal on top, as it is now."""
        shown = self._space.views.top(self.id)
        return deepcopy(shown.view) if shown else None

    @property
    def home(self) -> Json | None:
        """Return a copy of the Home tab, if the bot has published one."""
        shown = self._space.views.homes.get(self.id)
        return deepcopy(shown.view) if shown else None

    def ephemerals(self, channel: str | None = None) -> list[Json]:
        """Return copies of the messages only this person sees, oldest first."""
        return [
            deepcopy(one.message)
            for one in self._space.ephemerals
            if one.user == self.id and channel in (None, one.message["channel"])
        ]

    async def command(self, line: str, *, channel: str = "C0DEALER") -> Json:
        """Type a slash command; return the answer's body."""
        return await self._acts.command(self.id, channel, line)

    async def click(
        self,
        where: Json | str,
        action_id: str,
        *,
        channel: str = "",
        value: Any = NOTHING,
        option: str | None = None,
        block_id: str | None = None,
    ) -> None:
        """Use an element of a message (or its ts and `channel`), the Home tab or a modal.

        `value` tells buttons of one action apart, and is what a select or a date gets; `option`
        is the value of a choice (or its unique beginning), in an overflow too.
        """
        if isinstance(where, str):
            where = deepcopy(self._space.channel(channel).message(where))
        block, element = _find(where, action_id, block_id, value)
        simple = option if option is not None else value
        await self._act(where, block, element, chosen(element, simple))

    async def check(self, message: Json, *items: str, on: bool = True) -> None:
        """Tick (or clear) items in the checkboxes of a message, by their values."""
        wanted = set(items)
        for block, element in interactive(message.get("blocks", [])):
            if element["type"] != "checkboxes":
                continue
            here = wanted & {option["value"] for option in element["options"]}
            if here:
                wanted -= here
                ticked = {option["value"] for option in element.get("initial_options", [])}
                after = ticked | here if on else ticked - here
                kept = [o["value"] for o in element["options"] if o["value"] in after]
                await self._act(message, block, element, chosen(element, kept))
        if wanted:
            raise LookupError(f"no checkbox for {sorted(wanted)}")

    async def choose(self, block_id: str, value: Any, *, action_id: str | None = None) -> None:
        """Change an input of the modal that tells the bot at once."""
        view = self._top().view
        for block, element in interactive(view["blocks"]):
            if block["block_id"] == block_id and action_id in (None, element["action_id"]):
                await self._act(view, block, element, chosen(element, value))
                return
        raise LookupError(f"no element in block {block_id}; there are {_blocks(view)}")

    async def submit(self, values: dict[str, Any] | None = None) -> dict[str, str] | None:
        """Fill in inputs by block_id and submit the modal; return its errors, if any."""
        shown = self._top()
        held: Json = {}
        for block_id, value in (values or {}).items():
            found = [b for b in shown.view["blocks"] if b["block_id"] == block_id]
            if not found or "element" not in found[0]:
                raise LookupError(f"no input {block_id}; there are {_blocks(shown.view)}")
            element = found[0]["element"]
            held[block_id] = {element["action_id"]: self._entered(element, value)}
        return await self._acts.submit(shown, held)

    def _entered(self, element: Json, value: Any) -> Json:
        if element["type"] == "file_input":
            files = [self._talk.upload(self.id, name, content) for name, content in value]
            return first_value(element) | {"files": [f.as_slack(self._space.url) for f in files]}
        return chosen(element, value)

    async def close(self) -> None:
        """Close the modal on top."""
        await self._acts.close(self._top())

    async def shortcut(self, callback_id: str, *, message: Json | None = None) -> None:
        """Use a shortcut, on a message if one is given."""
        if message is None:
            await self._acts.shortcut(self.id, callback_id)
            return
        channel = self._space.channel(message["channel"])
        await self._acts.message_shortcut(self.id, callback_id, channel, message)

    async def open_home(self) -> None:
        """Open the Home tab."""
        self._acts.open_home(self.id)

    async def post(
        self,
        channel: str,
        text: str,
        *,
        thread_ts: str | None = None,
        files: list[tuple[str, bytes]] | None = None,
    ) -> Json:
        """Write a message, with files, and return a copy of it."""
        stored = [self._talk.upload(self.id, name, content) for name, content in files or []]
        return deepcopy(self._talk.post(self.id, channel, text, thread_ts, stored))

    async def replace_file(self, file: str, content: bytes) -> None:
        """Give a file another content."""
        self._talk.replace_file(file, content)

    async def delete_file(self, file: str) -> None:
        """Delete a file."""
        self._talk.delete_file(file)

    async def direct(self, text: str) -> Json:
        """Write to the bot in a direct message."""
        return await self.post(self._space.im(self.id).id, text)

    async def react(self, message: Json, name: str, *, on: bool = True) -> None:
        """Add or take away a reaction."""
        self._talk.react(self.id, message["channel"], message["ts"], name, on=on)

    async def invite_bot(self, channel: str) -> None:
        """Bring the bot into a channel."""
        self._talk.invite(channel, by=self.id)

    async def remove_bot(self, channel: str) -> None:
        """Take the bot out of a channel."""
        self._talk.remove(channel, by=self.id)

    async def archive(self, channel: str, *, archived: bool = True) -> None:
        """Archive a channel, or bring it back."""
        self._talk.archive(channel, by=self.id, archived=archived)

    async def _act(self, where: Json, block: Json, element: Json, value: Json) -> None:
        place = {"block_id": block["block_id"], "action_id": element["action_id"]}
        if where["type"] == "message":
            channel = self._space.channel(where["channel"])
            await self._acts.act_on_message(self.id, channel, where, place, value)
        else:
            await self._acts.act_on_view(self._space.views.get(where["id"]), place, value, {})

    def _top(self) -> Shown:
        shown = self._space.views.top(self.id)
        if shown is None:
            raise LookupError(f"{self.id} has no modal open")
        return shown


def _find(where: Json, action_id: str, block_id: str | None, value: Any) -> tuple[Json, Json]:
    known = list(interactive(where.get("blocks", [])))
    found = [
        (block, element)
        for block, element in known
        if element["action_id"] == action_id and block_id in (None, block["block_id"])
    ]
    if value is not NOTHING and len(found) > 1:
        found = [(b, e) for b, e in found if e["type"] != "button" or e.get("value") == value]
    if not found:
        offered = [(e["action_id"], e.get("value")) for _, e in known]
        raise LookupError(f"no {action_id} (value {value!r}) here; there are {offered}")
    return found[0]


def _blocks(view: Json) -> list[str]:
    return [block["block_id"] for block in view["blocks"]]
