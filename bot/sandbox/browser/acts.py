"""Do what a person does on the page."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from inspect import isawaitable
from typing import TYPE_CHECKING

from bot.sandbox.browser.state import commands, describe_file
from bot.sandbox.shapes import InteractionFailed, Json, SlackError
from bot.sandbox.state.files import StoredFile
from bot.sandbox.state.views import Shown
from bot.sandbox.state.workspace import Ephemeral

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

Act = Callable[[str, Json, list[StoredFile]], Awaitable[Json]]


class PageActs:
    """The acts of the page, by the last part of their address."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox, self._space = sandbox, sandbox.space
        self._acts, self._talk = sandbox.acts, sandbox.talk
        self.done: set[str] = set()
        self.by_name: dict[str, Act] = {
            "message": self._message,
            "upload": self._upload,
            "command": self._command,
            "action": self._action,
            "submit": self._submit,
            "close": self._close,
            "shortcut": self._shortcut,
            "home": self._home,
            "reaction": self._reaction,
            "invite": self._invite,
            "clock": self._clock,
        }

    async def _message(self, user: str, body: Json, files: list[StoredFile]) -> Json:
        channel = self._here(user, body["channel"])
        message = self._talk.post(user, channel, body["text"], body.get("thread_ts"), files)
        return {"ts": message["ts"]}

    async def _upload(self, _user: str, _body: Json, files: list[StoredFile]) -> Json:
        known = [file.as_slack(self._space.url) for file in files]
        return {"files": [file | describe_file(file) for file in known]}

    async def _command(self, user: str, body: Json, _files: list[StoredFile]) -> Json:
        name = body["text"].split(maxsplit=1)[0]
        if name not in commands(self._sandbox.manifest):
            raise InteractionFailed("invalid_command")
        await self._acts.command(user, self._here(user, body["channel"]), body["text"])
        return {}

    async def _action(self, user: str, body: Json, _files: list[StoredFile]) -> Json:
        container = body["container"]
        held = (body.get("state") or {}).get("values", {})
        outer = {"as", "container", "state", "block_id", "action_id"}
        value = {key: body[key] for key in body.keys() - outer}
        place = {key: body[key] for key in ("block_id", "action_id")}
        if body["action_id"] == "step.done":
            self.done.add("done")
        if container["type"] == "view":
            shown = self._space.views.get(container["view_id"])
            await self._acts.act_on_view(shown, place, value, held)
            return {}
        channel = self._space.channel(self._here(user, container["channel"]))
        message = self._ephemeral(user, container["ts"]) or channel.message(container["ts"])
        await self._acts.act_on_message(user, channel, message, place, value)
        return {}

    async def _submit(self, user: str, body: Json, _files: list[StoredFile]) -> Json:
        held = (body.get("state") or {}).get("values", {})
        shown = self._own_view(user, body)
        form = shown.view["callback_id"]
        errors = await self._acts.submit(shown, held)
        if form == "run.start" and not errors:
            self.done.add("start")
        return {"ok": False, "errors": errors} if errors else {}

    async def _close(self, user: str, body: Json, _files: list[StoredFile]) -> Json:
        await self._acts.close(self._own_view(user, body))
        return {}

    async def _shortcut(self, user: str, body: Json, _files: list[StoredFile]) -> Json:
        if body["type"] == "global":
            await self._acts.shortcut(user, body["callback_id"])
            return {}
        channel = self._space.channel(self._here(user, body["channel"]))
        message = channel.message(body["ts"])
        await self._acts.message_shortcut(user, body["callback_id"], channel, message)
        return {}

    async def _home(self, user: str, _body: Json, _files: list[StoredFile]) -> Json:
        self._acts.open_home(user)
        return {}

    async def _reaction(self, user: str, body: Json, _files: list[StoredFile]) -> Json:
        channel = self._here(user, body["channel"])
        self._talk.react(user, channel, body["ts"], body["name"], on=bool(body["on"]))
        return {}

    async def _invite(self, user: str, body: Json, _files: list[StoredFile]) -> Json:
        change = self._talk.invite if body["bot"] else self._talk.remove
        change(body["channel"], user)
        return {}

    async def _clock(self, _user: str, body: Json, _files: list[StoredFile]) -> Json:
        clock = self._sandbox.clock
        if "advance" in body:
            target: datetime | None = clock.now() + timedelta(seconds=float(body["advance"]))
        elif "to" in body:
            target = datetime.fromisoformat(body["to"])
        else:
            found = self._sandbox.next_moment(body["jump"])
            target = await found if isawaitable(found) else found
        if target is None:
            raise SlackError("nothing_due")
        if target < clock.now():
            raise SlackError("clock_backwards")
        self.done.add("clock")
        return {"now": clock.set(target).isoformat()}

    def _here(self, user: str, channel: str) -> str:
        """Return the id of a conversation; a direct message opens when it is first used."""
        return self._space.im(user).id if channel.startswith("D") else channel

    def _ephemeral(self, user: str, ts: str) -> Json | None:
        known: list[Ephemeral] = self._space.ephemerals
        return next((e.message for e in known if e.user == user and e.message["ts"] == ts), None)

    def _own_view(self, user: str, body: Json) -> Shown:
        shown = self._space.views.get(body["view_id"])
        if shown.user != user:
            raise SlackError("not_found")
        return shown
