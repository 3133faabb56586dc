"""One thing somebody did in Slack: who, where, when, and how to answer them."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from json import JSONDecodeError, dumps, loads
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.listeners.desk import Desk
from bot.refs import DecisionRef, GateRef, StepRef
from bot.services.runs import Receipt
from bot.slack_errors import code_of
from bot.views.blocks import Message
from bot.views.dates import Zones
from playbooks.people import Person
from playbooks.run import Refused

SPENT = {"exchanged_trigger_id", "trigger_exchanged"}  # its two documentations differ


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
    def zones(self) -> Zones:
        """Their own days, for what they alone read."""
        return Zones(reader=self.person.zone)

    @property
    def channel(self) -> str:
        """Where it was done; empty in a modal and on the Home."""
        found = self.body.get("channel_id") or self.container.get("channel_id")
        return str(found or dict_of(self.body.get("channel")).get("id") or "")

    @property
    def container(self) -> dict[str, Any]:
        """The message or view it was done in, as Slack names it."""
        return dict_of(self.body.get("container"))

    @property
    def action(self) -> dict[str, Any]:
        """What was pressed or chosen."""
        actions = self.body.get("actions")
        return dict_of(actions[0]) if isinstance(actions, list) and actions else {}

    @property
    def action_id(self) -> str:
        """What the button is for; in an overflow menu the chosen option says it."""
        if self.action.get("type") == "overflow":
            option = dict_of(self.action.get("selected_option"))
            return str(option.get("value") or "").partition(" ")[0]
        return str(self.action.get("action_id") or "")

    @property
    def value(self) -> str:
        """What the button or menu option acts on; its id, if a menu's value starts with one."""
        option = dict_of(self.action.get("selected_option"))
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
    def gate(self) -> GateRef:
        """The gate that was meant; raises Refused where the button names none."""
        return _gate(self.value)

    @property
    def form_gate(self) -> GateRef:
        """The gate a modal is about."""
        return _gate(self.metadata.get("gate", ""))

    @property
    def view(self) -> dict[str, Any]:
        """The modal or Home it was done in."""
        return dict_of(self.body.get("view"))

    @property
    def metadata(self) -> dict[str, str]:
        """The ids that a modal carries."""
        try:
            found = loads(str(self.view.get("private_metadata") or "{}"))
        except (JSONDecodeError, RecursionError):
            return {}
        return {key: str(value) for key, value in dict_of(found).items()}

    @property
    def home_page(self) -> int:
        """The page of the Home they are on, or have opened this form on."""
        page = self.metadata.get("page" if self.view.get("type") == "home" else "home", "")
        return int(page) if page.isdecimal() and len(page) < 4 else 1

    @property
    def form_ref(self) -> StepRef:
        """The step a modal is about."""
        if not (self.metadata.get("run") and self.metadata.get("step")):
            raise Refused("stale_button")
        return StepRef(self.metadata["run"], self.metadata["step"])

    @property
    def receipt(self) -> Receipt | None:
        """What Slack repeats when it delivers the same once more, and no second click has.

        A form that was taken is closed: sent again unchanged, its answer was lost. Another hash
        tells that we have drawn it anew, such as a page that came back because others undid it.
        """
        view, trigger = self.view, self.body.get("trigger_id")
        told = [trigger, self.body.get("actions")]
        if self.body.get("type") == "view_submission":
            told = [view.get(key) for key in ("id", "hash", "private_metadata", "state")]
        if not told[0]:
            return None
        same = dumps([self.user, *told], sort_keys=True)
        return Receipt(sha256(same.encode()).hexdigest(), self.at)

    async def meet(self, *ids: str) -> dict[str, Person]:
        """These people; those not known yet are looked up in Slack."""
        return await self.desk.people.meet(
            [id_ for id_ in ids if id_], ask=self.desk.directory.person, workspace=self.workspace,
            at=self.at,
        )  # fmt: skip

    async def whisper(self, channel: str, message: Message, *, thread_ts: str = "") -> None:
        """Say something in a channel or thread that this person alone sees."""
        await self.client.chat_postEphemeral(
            channel=channel, user=self.user, text=message.text, blocks=message.blocks,
            thread_ts=thread_ts or None,
        )  # fmt: skip

    async def introduced(self) -> "Request":
        """The same by somebody we know; raises Refused where a person should be named."""
        if not self.user:
            if self.body.get("type") == "event_callback":
                return self
            raise Refused("stale_button")
        known = await self.meet(self.user)
        return replace(self, person=known.get(self.user, self.person))

    async def open(self, view: dict[str, Any]) -> str:
        """Show a modal; one opened on the Home remembers it, so that the Home can follow.

        Returns the modal's id; empty where this click has its modal, because it came twice.
        """
        trigger = self.body.get("trigger_id")
        if not trigger:
            raise Refused("stale_button")
        if self.view.get("type") == "home":
            view = _from_home(view, self.home_page)
        try:
            shown = await self.client.views_open(trigger_id=str(trigger), view=view)
        except SlackApiError as error:
            if code_of(error) not in SPENT:
                raise
            return ""
        if self.receipt:
            await self.desk.reading.first_time(
                self.receipt.key, workspace=self.workspace, at=self.at
            )
        return str(shown["view"]["id"])

    def following(self, view: dict[str, Any]) -> dict[str, Any]:
        """The form that follows this one; it remembers the Home that the first was opened on."""
        return _from_home(view, self.home_page) if self.metadata.get("home") else view

    async def redraw(self, view: dict[str, Any], view_id: str = "") -> None:
        """Replace the modal it was done in, or another, unless it has been closed meanwhile."""
        # Without its hash: of two quick changes the second still names the form before the first.
        try:
            await self.client.views_update(view_id=view_id or str(self.view.get("id")), view=view)
        except SlackApiError as error:
            if code_of(error) != "not_found":
                raise


def _from_home(view: dict[str, Any], page: int) -> dict[str, Any]:
    held = loads(view["private_metadata"]) | {"home": str(page)}
    return {**view, "private_metadata": dumps(held, ensure_ascii=False)}


def _decision(text: str) -> DecisionRef:
    try:
        return DecisionRef.parse(text)
    except ValueError:
        raise Refused("stale_button") from None


def _gate(text: str) -> GateRef:
    try:
        return GateRef.parse(text)
    except ValueError:
        raise Refused("stale_button") from None


def dict_of(found: Any) -> dict[str, Any]:
    """A part of what Slack sent; empty where it is not what it should be."""
    return found if isinstance(found, dict) else {}
