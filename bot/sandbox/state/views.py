"""Hold the modals and Home tabs that people have open."""

from collections import defaultdict
from copy import deepcopy
from dataclasses import dataclass

from bot.sandbox.shapes import Json, SlackError
from bot.sandbox.state.blocks import with_ids
from bot.sandbox.state.cast import APP_ID, BOT_ID, TEAM_ID
from bot.sandbox.state.elements import values
from bot.sandbox.state.ids import Ids

STACK_LIMIT = 3


@dataclass
class Shown:
    """A view on one person's screen, opened from a channel."""

    user: str
    view: Json
    channel: str | None = None


class Views:
    """Keep each person's stack of modals, and their Home tab."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self.stacks: dict[str, list[Shown]] = defaultdict(list)
        self.homes: dict[str, Shown] = {}

    def top(self, user: str) -> Shown | None:
        """Return the modal this person sees."""
        return self.stacks[user][-1] if self.stacks[user] else None

    def get(self, view_id: str) -> Shown:
        """Return an open view by its id."""
        for shown in self._all():
            if shown.view["id"] == view_id:
                return shown
        raise SlackError("not_found")

    def by_external_id(self, external_id: str) -> Shown:
        """Return an open view by the id the app gave it."""
        for shown in self._all():
            if external_id and shown.view["external_id"] == external_id:
                return shown
        raise SlackError("not_found")

    def open(self, user: str, view: Json, channel: str | None) -> Json:
        """Show a modal alone."""
        shown = self._show(user, view, channel)
        self.stacks[user] = [shown]
        return shown.view

    def push(self, user: str, view: Json) -> Json:
        """Show a modal on top of the others."""
        stack = self.stacks[user]
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= STACK_LIMIT:
            raise SlackError("push_limit_reached")
        shown = self._show(user, view, stack[-1].channel)
        shown.view["previous_view_id"] = stack[-1].view["id"]
        shown.view["root_view_id"] = stack[0].view["id"]
        stack.append(shown)
        return shown.view

    def update(self, shown: Shown, view: Json, expected_hash: str | None) -> Json:
        """Replace what a view shows; entered values stay where the ids stay."""
        if expected_hash and expected_hash != shown.view["hash"]:
            raise SlackError("hash_conflict")
        self._refuse_duplicate(view, but=shown)
        keep = ("id", "root_view_id", "previous_view_id")
        before = shown.view["state"]["values"]
        fresh = self._complete(view, shown.channel, before)
        shown.view = fresh | {key: shown.view[key] for key in keep}
        return shown.view

    def publish(self, user: str, view: Json, expected_hash: str | None) -> Json:
        """Put a view on a person's Home tab."""
        shown = self.homes.get(user)
        if shown is None:
            shown = self.homes[user] = self._show(user, view, None)
            return shown.view
        return self.update(shown, view, expected_hash)

    def close(self, shown: Shown, *, whole_stack: bool = False) -> list[Shown]:
        """Take a modal (or the whole stack) from the screen and return what went."""
        stack = self.stacks[shown.user]
        gone = [*stack] if whole_stack else [one for one in stack if one is shown]
        self.stacks[shown.user] = [one for one in stack if one not in gone]
        return gone

    def _all(self) -> list[Shown]:
        return [s for stack in self.stacks.values() for s in stack] + list(self.homes.values())

    def _refuse_duplicate(self, view: Json, but: Shown | None = None) -> None:
        external_id = view.get("external_id")
        taken = {one.view["external_id"] for one in self._all() if one is not but}
        if external_id and external_id in taken:
            raise SlackError("duplicate_external_id")

    def _show(self, user: str, view: Json, channel: str | None) -> Shown:
        self._refuse_duplicate(view)
        fresh = self._complete(view, channel, None)
        view_id = self._ids.next("V")
        ids = {"id": view_id, "root_view_id": view_id, "previous_view_id": None}
        return Shown(user, fresh | ids, channel)

    def _complete(self, view: Json, channel: str | None, before: Json | None) -> Json:
        blocks = with_ids(view["blocks"], self._ids)
        defaults: Json = {
            "team_id": TEAM_ID,
            "callback_id": "",
            "private_metadata": "",
            "external_id": "",
            "title": {"type": "plain_text", "text": "SOP Bot"},
            "submit": None,
            "close": None,
            "clear_on_close": False,
            "notify_on_close": False,
        }
        return defaults | deepcopy(view) | {
            "blocks": blocks,
            "state": {"values": values(blocks, before, channel)},
            "hash": self._ids.hash(),
            "app_id": APP_ID,
            "app_installed_team_id": TEAM_ID,
            "bot_id": BOT_ID,
        }  # fmt: skip
