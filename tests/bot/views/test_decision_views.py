"""Every view of questions and decisions, with ordinary and with the worst input."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal

import pytest

from bot.refs import DecisionRef
from bot.views.approval_modals import (
    build_answer_form,
    build_ask_modal,
    build_changes_modal,
    build_delegate_modal,
    build_override_modal,
    build_reject_modal,
)
from bot.views.approvals import build_approval_message
from bot.views.asked import Asked
from bot.views.blocks import Message
from bot.views.decision_notices import (
    build_answers_message,
    build_decided_message,
    build_gate_message,
    build_note_message,
    build_overridden_message,
    build_pressed_message,
    build_undone_message,
)
from bot.views.done_modal import build_done_modal, pages_of
from bot.views.steps import build_step_message
from playbooks.events import Event, EventKind
from playbooks.levels import later_levels
from playbooks.records import Move
from playbooks.run import Run, RunStatus, Step, StepStatus
from playbooks.texts import LANGUAGES
from tests.bot.views.checking import faults_of, texts
from tests.bot.views.nasty import LONG
from tests.bot.views.nasty_decisions import FACTS, a_reviewed_run, after, every_move
from tests.factories import AT, HEAD, LEAD, OWNER

Shown = Message | dict[str, Any]
Rung = Literal["remind", "backup", "escalate", "lapse"]
RUNGS: tuple[Rung, ...] = ("remind", "backup", "escalate", "lapse")
SOON = AT + timedelta(minutes=1)


def states_of(run: Run, words: str) -> Iterator[Run]:
    """The run with its request open, asked about, half decided, decided in every way, ended."""
    version = len(run.steps[1].versions)
    yield run
    for move in every_move(words, version):
        yield after(run, move)
        yield after(run, move, status=StepStatus.ACTIVE)
    yield after(run, Move("approve", HEAD, AT, version, "all"), status=StepStatus.DECIDING)
    yield after(run, status=StepStatus.DONE, closed_at=AT, closed_by=OWNER)
    yield replace(run, status=RunStatus.CANCELLED, ended_at=AT, ended_by=LEAD)
    yield replace(run, people={"controller": (OWNER,)}, lead=OWNER)  # nobody may decide


def requests(run: Run, language: str) -> Iterator[Message]:
    step = run.steps[1]
    for version in step.versions:
        for level in later_levels(run, step, version):
            for reader in ("", HEAD, LEAD, "U0NOBODY"):
                asked = Asked(run, step, version, level, FACTS, language, reader=reader)
                yield build_approval_message(asked, SOON)
                yield build_approval_message(asked, AT + timedelta(days=9))


def presses(step: Step) -> Iterator[Event]:
    told = {"level": "any", "version": len(step.versions)}
    for rung in RUNGS:
        for to in (HEAD, LEAD, OWNER):
            facts = told | {"rung": rung, "to": to}
            yield Event(EventKind.APPROVAL_PRESSED, AT, "clock", step.key, facts)


def _elsewhere(words: str, version: int) -> Move:
    return replace(every_move(words, version)[1], opens="brief")


def notices(run: Run, words: str, language: str) -> Iterator[Message]:
    step = run.steps[1]
    version = step.versions[-1]
    for move in (*every_move(words, version.number), _elsewhere(words, version.number)):
        if told := build_decided_message(run, step, move, language):
            yield told
        yield build_note_message(run, step, move, language)
    facts = {"level": "any", "version": version.number}
    yield build_undone_message(
        run, step, Event(EventKind.DECISION_UNDONE, AT, HEAD, step.key, facts), language
    )
    yield from (build_pressed_message(run, step, press, language) for press in presses(step))
    for one in step.versions:
        if told := build_answers_message(run, step, one, language):
            yield told
    for override in step.overrides:
        yield build_overridden_message(run, step, override, language)


def forms(run: Run, step: Step, words: str, language: str) -> Iterator[Shown]:
    ref = DecisionRef(run.id, step.key, len(step.versions), "any")
    simple: list[Callable[[Run, Step, DecisionRef, str], dict[str, Any]]] = [
        build_changes_modal, build_ask_modal, build_reject_modal, build_delegate_modal,
    ]  # fmt: skip
    for build in simple:
        yield build(run, step, ref, language)
    question = Move("ask", HEAD, AT, 1, "any", text=words)
    yield build_answer_form(run, step, ref, question, language)
    for gate in run.told(step).questions[8:10]:
        yield build_override_modal(run, step, gate, language)
    for lacks in (False, True):
        for page in range(len(pages_of(run, step))):
            yield build_done_modal(run, step, language, page, lacks=lacks)
        yield build_done_modal(run, step, language, None, lacks=lacks)


def every_view(words: str, language: str) -> Iterator[Shown]:
    run = a_reviewed_run(language, words)
    for state in states_of(run, words):
        yield from requests(state, language)
        yield build_step_message(state, state.steps[1], AT, language)
        yield from notices(state, words, language)
    version = len(run.steps[1].versions)
    back = after(run, *every_move(words, version)[1:2], status=StepStatus.ACTIVE)
    for state in (run, back, after(back, overrides=(), status=StepStatus.ACTIVE)):
        yield from forms(state, state.steps[1], words, language)
        yield build_gate_message(state, state.steps[1], language)
        yield build_step_message(state, state.steps[1], AT, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", ["Logo larger", LONG], ids=["plain", "worst"])
def test_slack_takes_every_view_of_a_decision(words: str, language: str) -> None:
    for shown in every_view(words, language):
        assert faults_of(shown) == []


def test_the_first_person_mentioned_in_a_request_is_who_decides() -> None:
    run = a_reviewed_run("en", "Logo larger")
    step = run.steps[1]
    [level, *_] = later_levels(run, step, step.versions[-1])
    for language in LANGUAGES:
        for reader in ("", HEAD):
            asked = Asked(run, step, step.versions[-1], level, FACTS, language, reader=reader)
            text = build_approval_message(asked, SOON).text
            assert text[text.index("<@") :].startswith(f"<@{HEAD}>")


def test_a_note_in_confidence_is_in_no_view_but_its_own() -> None:
    run = a_reviewed_run("en", "Logo larger")
    secret = Move(
        "changes", HEAD, AT, 3, "any", text="Larger", items=("Larger",), note="Between us"
    )
    run = after(run, secret, status=StepStatus.ACTIVE)
    step = run.steps[1]
    views = [
        *requests(run, "en"), build_step_message(run, step, AT, "en"),
        build_decided_message(run, step, secret, "en"), *forms(run, step, "x", "en"),
    ]  # fmt: skip
    seen = "\n".join(texts(shown) + getattr(shown, "text", "") for shown in views if shown)
    assert "Larger" in seen
    assert "Between us" not in seen
    assert "Between us" in texts(build_note_message(run, step, secret, "en"))
