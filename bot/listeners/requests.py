"""One thing somebody did in Slack: who, where, when, and how to answer them."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from json import JSONDecodeError, dumps, loads
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.directory import Directory
from bot.ids import DecisionRef, StepRef
from bot.services.freezing import FreezingService
from bot.services.people import PeopleService
from bot.services.reading import ReadingService
from bot.services.runs import RunService
from bot.slack_errors import code_of
from playbooks.library import Library
from playbooks.people import Person
from playbooks.run import Refused

SHOW_WITHIN = 1.8  # seconds a modal may take; Slack waits three for the whole answer


@dataclass(frozen=True, slots=True)
class Desk:
    """What listeners work with."""

    runs: RunService
    reading: ReadingService
    people: PeopleService
    directory: Directory
    library: Callable[[], Library]
    clock: Clock
    later: Callable[[Coroutine[Any, Any, None]], object]  # slow work, after the answer
    rouse: Callable[[str, str], Coroutine[Any, Any, None]]  # workspace, channel: speak again
    keep_files: Callable[[], Coroutine[Any, Any, None]]  # fetch what was handed in
    freezing: FreezingService


@dataclass(frozen=True, slots=True)
class Request:
    """A click, a command, a form or a shortcut of one person."""

    desk: Desk
    client: AsyncWebClient
    body: dict[str, Any]
    workspace: str
    person: Person
    at: datetime

    @property
    def user(self) -> str:
        """The Slack id of who did it."""
        return self.person.id

    @property
    def language(self) -> str:
        """The language they read."""
        return self.person.language

    @property
    def channel(self) -> str:
        """Where it was done; empty in a modal and on the Home."""
        container = self.body.get("container") or {}
        found = self.body.get("channel_id") or container.get("channel_id")
        return str(found or (self.body.get("channel") or {}).get("id") or "")

    @property
    def action(self) -> dict[str, Any]:
        """What was pressed or chosen."""
        actions = self.body.get("actions") or [{}]
        return dict(actions[0])

    @property
    def action_id(self) -> str:
        """What the button is for; in an overflow menu the chosen option says it."""
        if self.action.get("type") == "overflow":
            option = self.action.get("selected_option") or {}
            return str(option.get("value") or "").partition(" ")[0]
        return str(self.action.get("action_id") or "")

    @property
    def value(self) -> str:
        """What the button or menu option acts on; its id, if a menu's value starts with one."""
        option = self.action.get("selected_option") or {}
        value = str(self.action.get("value") or option.get("value") or "")
        return value.rpartition(" ")[2] if self.action.get("type") == "overflow" else value

    @property
    def ref(self) -> StepRef:
        """The step that was meant; raises Refused where the button names none."""
        return self.step_ref(self.value)

    def step_ref(self, text: str) -> StepRef:
        """The step a text names; raises Refused where it names none."""
        try:
            return StepRef.parse(text)
        except ValueError:
            raise Refused("stale_button") from None

    @property
    def decision(self) -> DecisionRef:
        """The decision that was meant; raises Refused where the button names none."""
        return _decision(self.value)

    @property
    def form_decision(self) -> DecisionRef:
        """The decision a modal is about."""
        return _decision(self.metadata.get("decision", ""))

    @property
    def view(self) -> dict[str, Any]:
        """The modal or Home it was done in."""
        return dict(self.body.get("view") or {})

    @property
    def metadata(self) -> dict[str, str]:
        """The ids that a modal carries."""
        try:
            found = loads(self.view.get("private_metadata") or "{}")
        except JSONDecodeError:
            return {}
        return {key: str(value) for key, value in found.items()} if isinstance(found, dict) else {}

    @property
    def form_ref(self) -> StepRef:
        """The step a modal is about."""
        if not (self.metadata.get("run") and self.metadata.get("step")):
            raise Refused("stale_button")
        return StepRef(self.metadata["run"], self.metadata["step"])

    async def meet(self, *ids: str) -> dict[str, Person]:
        """These people; those not known yet are looked up in Slack."""
        return await self.desk.people.meet(
            [id_ for id_ in ids if id_], ask=self.desk.directory.person, workspace=self.workspace,
            at=self.at,
        )  # fmt: skip

    async def open(self, view: dict[str, Any]) -> None:
        """Show a modal; one opened on the Home remembers it, so that the Home can follow."""
        if self.view.get("type") == "home":
            held = loads(view["private_metadata"]) | {"home": "yes"}
            view = {**view, "private_metadata": dumps(held, ensure_ascii=False)}
        async with asyncio.timeout(SHOW_WITHIN):
            await self.client.views_open(trigger_id=self.body["trigger_id"], view=view)

    async def redraw(self, view: dict[str, Any]) -> None:
        """Replace the modal it was done in, unless it has been closed meanwhile."""
        # Without its hash: of two quick changes the second still names the form before the first.
        try:
            async with asyncio.timeout(SHOW_WITHIN):
                await self.client.views_update(view_id=self.view["id"], view=view)
        except SlackApiError as error:
            if code_of(error) != "not_found":
                raise


def _decision(text: str) -> DecisionRef:
    try:
        return DecisionRef.parse(text)
    except ValueError:
        raise Refused("stale_button") from None
