"""What has happened in the demo before its first visitor comes: told through the front door."""

import re
from collections.abc import Awaitable, Callable
from datetime import date, datetime, time
from typing import Any

from bot.sandbox.clock import SandboxClock
from bot.sandbox.person import Person
from bot.sandbox.sandbox import Sandbox
from playbooks.calendars import WorkCalendar, local_moment

Settled = Callable[[], Awaitable[None]]  # until the bot has said what it has to say

CHANNEL = "C0DEALER"
ZONE = "Asia/Shanghai"
CALENDAR = WorkCalendar("CN")
STORY_LASTS = 31  # working days from the start of the run to the first visit
EVENT_IN = 30  # working days from the first visit to the event

NAMES = {"en": "Dealer day Shanghai", "zh-Hans": "上海经销商大会", "zh-Hant": "上海經銷商大會"}
WANG, LI, CHEN, ANNA = "U0WANG", "U0LI", "U0CHEN", "U0ANNA"
ROLES = {
    "role.controller": WANG, "role.head": CHEN, "role.coordinator": LI, "role.designer": LI,
    "role.content_manager": ANNA, "role.brand_manager": ANNA, "role.digital_manager": ANNA,
    "role.finance": ANNA,
}  # fmt: skip
POSTPONED = "postponed"
LINK = "https://files.example.com/dealer-day/"
# Working day of the story, who finishes which step, and the evidence they hand in.
STORY: tuple[tuple[int, str, str, Any], ...] = (
    (1, CHEN, "charter", None),
    (2, WANG, "brief", LINK + "brief"),
    (6, ANNA, "brand-check", LINK + "claim-placement"),
    (10, LI, "budget", POSTPONED),
    (11, LI, "venue", [("venue-contract.pdf", b"%PDF-1.4 demo")]),
    (20, WANG, "rundown", None),
    (23, WANG, "responsibilities", None),
    (30, LI, "budget", None),
)
WAITS = ("budget", CHEN)  # the decision that is left to the visitor
_BLOCKED_BY_YES = {"gaps", "walk"}
_PERSON = re.compile(r"<@(\w+)>")
TICKED = {"invitations": (LI, ("leaders", "staff")), "content": (ANNA, ("slides", "photos"))}


async def play_story(
    workspace: Sandbox, clock: SandboxClock, today: date, language: str, *, settled: Settled
) -> None:
    """Start the run and bring it to where the visitor finds it."""
    await _start(workspace, CALENDAR.shift(today, EVENT_IN), language)
    began = CALENDAR.shift(today, -STORY_LASTS)
    for days, person, step, evidence in STORY:
        clock.set(local_moment(CALENDAR.shift(began, days), time(11), ZONE))
        if evidence == POSTPONED:
            await _postpone(workspace, step, workspace.person(person), clock.now())
            continue
        await finish_step(workspace, workspace.person(person), step, evidence)
        await settled()
        await approve(workspace, step, settled)
    for step, (person, items) in TICKED.items():
        await workspace.person(person).check(await card_of(workspace, step), *items)


async def _postpone(workspace: Sandbox, step: str, person: Person, now: datetime) -> None:
    """Give a step a new date, when the quotes are there."""
    card = await card_of(workspace, step)
    await person.click(card, "step.menu", option="step.reschedule ")
    due_at = local_moment(CALENDAR.shift(now.date(), 25), time(18), ZONE)
    await person.submit({"due_at": int(due_at.timestamp())})


async def _start(workspace: Sandbox, event_on: date, language: str) -> None:
    person = workspace.person(WANG)
    await person.command("/sop start event", channel=CHANNEL)
    await person.choose("anchor_on", event_on.isoformat())
    errors = await person.submit(
        {
            "name": NAMES[language], "anchor_on": event_on.isoformat(), "channel": CHANNEL,
            "language": language, "calendar": "CN", **ROLES,
        }
    )  # fmt: skip
    if errors:
        raise RuntimeError(f"the demo's run was not started: {errors}")


async def card_of(workspace: Sandbox, step: str) -> dict[str, Any]:
    """The latest card of a step, once it is there."""

    def found() -> dict[str, Any] | None:
        cards = (m for m in reversed(workspace.messages(CHANNEL)) if _is_card(m, step))
        return next(cards, None)

    return await workspace.until(found, timeout=30) or {}


def _is_card(message: dict[str, Any], step: str) -> bool:
    told = message.get("metadata", {}).get("event_payload", {})
    return bool(told.get("kind") == "step" and told.get("subject") == step)


async def finish_step(workspace: Sandbox, person: Person, step: str, evidence: Any = None) -> None:
    """Press Done, fill in what the form asks for, and wait until the card says so."""
    card = await card_of(workspace, step)
    await person.click(card, "step.done")
    if form := person.modal:
        errors = await person.submit(filled(form, evidence))
        if errors:
            raise RuntimeError(f"{step} was not finished: {errors}")

    def is_over() -> bool:
        now = next(m for m in workspace.messages(CHANNEL) if m["ts"] == card["ts"])
        return "step.done" not in ids_in(now)

    await workspace.until(is_over, timeout=30)


def ids_in(message: dict[str, Any]) -> set[str]:
    """The ids of a message's buttons and menus."""
    elements = (e for b in message["blocks"] for e in (*b.get("elements", ()), b.get("accessory")))
    return {element["action_id"] for element in elements if element and "action_id" in element}


async def approve(workspace: Sandbox, step: str, settled: Settled) -> None:
    """Let everybody who is asked about a step approve, but for whom the visitor may play."""
    while request := _request(workspace, step):
        decider = _PERSON.findall(request["text"])[0]
        if (step, decider) == WAITS:
            return
        await workspace.person(decider).click(request, "approval.approve")
        await settled()


def _request(workspace: Sandbox, step: str) -> dict[str, Any] | None:
    for message in workspace.space.channel(CHANNEL).messages:
        told = message.get("metadata", {}).get("event_payload", {})
        asks = told.get("kind") == "approval" and told.get("subject") == step
        if asks and "approval.approve" in ids_in(message):
            return dict(message)
    return None


def filled(form: dict[str, Any], evidence: Any) -> dict[str, Any]:
    """Everything the Done form asks for: boxes ticked, questions answered, evidence handed in."""
    values: dict[str, Any] = {}
    for block in form["blocks"]:
        name, element = block.get("block_id", ""), block.get("element", {})
        if name.startswith(("items", "signed")):
            values[name] = [option["value"] for option in element["options"]]
        if name.startswith("question."):
            values[name] = answer_to(name, element)
        if name == "evidence" and evidence is not None:
            values[name] = evidence
    return values


def answer_to(name: str, element: dict[str, Any]) -> str:
    """A short answer that lets the step pass."""
    if element["type"] == "radio_buttons":
        return "no" if name.removeprefix("question.") in _BLOCKED_BY_YES else "yes"
    return "40" if element["type"] == "number_input" else "See the brief."
