"""Every view of a hand-over, with ordinary and with the worst input, against the checker."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.refs import DecisionRef
from bot.views.asked import Asked
from bot.views.blocks import Message
from bot.views.handover_modals import build_decide_modal, build_return_modal
from bot.views.handover_notices import (
    build_ack_message,
    build_ack_over_message,
    build_ack_reminder,
    build_handover_notice,
    build_pressed_handover,
)
from bot.views.handovers import build_request_message
from bot.views.steps import build_step_message
from playbooks.acknowledgements import acknowledgements
from playbooks.calendars import Facts, WorkCalendar
from playbooks.events import Event, EventKind
from playbooks.receiving import handover_levels
from playbooks.records import Evidence, Move, Version
from playbooks.run import Run, Step, StepStatus
from playbooks.texts import LANGUAGES
from tests.bot.views.checking import faults_of
from tests.bot.views.nasty import LONG
from tests.factories import AT, HEAD, LEAD, OWNER, a_playbook, a_run, a_step, a_told_step

FACTS = Facts(WorkCalendar("CN"), {})
CROWD = tuple(f"U0{n:04}" for n in range(25))


def a_handed_run(language: str, text: str, criteria: int, moves: tuple[Move, ...]) -> Run:
    """A run whose step was handed in twice and came to the end of these moves."""
    agreed = {
        "to": "head", "sponsor": "controller",
        "criteria": [{"id": f"c{n}", "text": f"{n} {text}"} for n in range(criteria)],
    }  # fmt: skip
    told = a_told_step(handover=agreed, title=text, deliverable={"title": text})
    proof = tuple(Evidence("link", f"https://e.com/{n}", text, OWNER, AT) for n in range(9))
    versions = tuple(
        Version(n, OWNER, AT, levels=("handover",), evidence=proof, comment=text) for n in (1, 2)
    )
    step = a_step(status=StepStatus.DECIDING, versions=versions, moves=moves, evidence=proof)
    return a_run(step, playbook=a_playbook(told), name=text, language=language)


def moves_of(text: str) -> tuple[Move, ...]:
    """Returned twice, decided, read by some."""
    return (
        Move("return", HEAD, AT, 1, "handover", text, criterion="c0", items=(text,) * 20),
        Move("ask", HEAD, AT, 2, "handover", text, to=OWNER),
        Move("return", HEAD, AT, 2, "handover", text, criterion="c0"),
        Move("decide", LEAD, AT, 2, "decision", text, verdict="remark", people=CROWD),
        Move("ack", CROWD[0], AT, 2, "ack"),
    )


def every_view(language: str, text: str, criteria: int) -> Iterator[Message | dict[str, Any]]:
    moves = moves_of(text)
    for count in range(len(moves) + 1):
        run = a_handed_run(language, text, criteria, moves[:count])
        [step] = run.steps
        yield from cards(run, step, language)
        for level in handover_levels(run, step, step.versions[-1]):
            for reader in ("", LEAD, HEAD, "U0OTHER"):
                asked = Asked(run, step, step.versions[-1], level, FACTS, language, reader)
                yield build_request_message(asked, AT)
                yield build_request_message(asked, AT + timedelta(hours=1))
            nobody = replace(asked, run=replace(run, people={"controller": (OWNER,)}, lead=OWNER))
            yield build_request_message(nobody, AT)
            for rung in ("remind", "escalate"):
                told = {"level": level.level, "rung": rung, "version": 2, "to": HEAD}
                event = Event(EventKind.APPROVAL_PRESSED, AT, "clock", step.key, told)
                yield build_pressed_handover(run, step, event, language)
    yield from said(run, step, language)


def cards(run: Run, step: Step, language: str) -> Iterator[Message]:
    for status in (StepStatus.ACTIVE, StepStatus.DECIDING, StepStatus.DONE):
        shown = replace(step, status=status, closed_at=AT, closed_by=OWNER)
        yield build_step_message(run, shown, AT, language)


def said(run: Run, step: Step, language: str) -> Iterator[Message | dict[str, Any]]:
    ref = DecisionRef(run.id, step.key, 2, "decision")
    yield build_return_modal(run, step, ref, language)
    yield build_decide_modal(run, step, ref, language, LEAD)
    for move in (*step.moves, *(replace(step.moves[3], verdict=v) for v in ("accept", "return"))):
        for private in (True, False):
            if move.kind in {"return", "decide"}:
                notice = build_handover_notice(run, step, move, language, private=private)
                yield from (notice,) if notice else ()
    [told] = acknowledgements(step)
    for person in CROWD[:2]:
        yield build_ack_message(run, step, told, person, language)
        yield build_ack_reminder(run, step, told, person, language)
    yield build_ack_over_message(run, step, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("text", "criteria"), [("Codes are complete", 2), (LONG, 20)])
def test_slack_takes_every_view_of_a_hand_over(language: str, text: str, criteria: int) -> None:
    for shown in every_view(language, text, criteria):
        assert faults_of(shown) == []
