"""What is said of frozen and changed content, with the worst input, in three languages."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.views.amendments import (
    build_lapsed_message,
    build_question_message,
    build_stands_message,
    build_yours_again_message,
    questioned,
)
from bot.views.approvals import build_approval_message
from bot.views.asked import Asked
from bot.views.blocks import Message
from bot.views.frozen import frozen_link
from bot.views.step_modals import build_evidence_modal
from bot.views.steps import build_step_message
from playbooks.amendments import is_bound
from playbooks.calendars import Facts, WorkCalendar
from playbooks.records import Evidence, Frozen, Move, Version
from playbooks.run import Run, Step, StepStatus
from playbooks.texts import LANGUAGES
from tests.bot.views.checking import faults_of
from tests.bot.views.nasty import LONG
from tests.factories import AT, HEAD, LEAD, OWNER, a_playbook, a_run, a_step, a_told_step

NAME = f"*<!channel>* & {LONG}"
STATES: tuple[Frozen, ...] = ("", "kept", "large", "lost", "gone")


def pieces() -> tuple[Evidence, ...]:
    link = Evidence("link", "https://example.com", NAME, OWNER, AT)
    return (*(_piece(state) for state in STATES), link)


def _piece(state: Frozen) -> Evidence:
    digest = "a" * 64 if state else ""
    return Evidence("file", f"F{state}", NAME, OWNER, AT, frozen=state, digest=digest, size=9)


def changes() -> tuple[Move, ...]:
    one = Move("amend", OWNER, AT, 1, text=NAME, to=HEAD, before="b" * 64, after="c" * 64)
    return (
        replace(one, what="added"), replace(one, what="replaced"), replace(one, what="deleted"),
    )  # fmt: skip


def a_submitted(status: StepStatus, policy: str, *moves: Move) -> Run:
    told = a_told_step(
        deliverable={"title": "The visual", "kind": "file"},
        approvals=[{"level": "head", "by": "head"}], **{"on-change": policy},
    )  # fmt: skip
    version = Version(1, OWNER, AT, levels=("head",), evidence=pieces(), digest="d")
    approved = (Move("approve", HEAD, AT, 1, "head"),) if status is StepStatus.DONE else ()
    step = a_step(
        status=status, versions=(version,), moves=(*approved, *moves), evidence=pieces(),
        closed_at=AT, closed_by=OWNER,
    )  # fmt: skip
    return a_run(step, playbook=a_playbook(told))


def cards(run: Run, language: str) -> Iterator[Message]:
    [step] = run.steps
    level = run.told(step).approvals[0]
    facts = Facts(WorkCalendar("CN"))
    yield build_step_message(run, step, AT, language)
    for reader in ("", HEAD):
        asked = Asked(run, step, step.versions[-1], level, facts, language, reader=reader)
        yield build_approval_message(asked, AT + timedelta(days=1))


def notices(run: Run, step: Step, language: str) -> Iterator[Message]:
    for asked in questioned(step, bound=is_bound(run, step)):
        yield build_question_message(run, step, asked, language, direct=True)
        yield build_question_message(run, step, replace(asked, is_open=False), language)
    yield build_yours_again_message(run, step, 1, changes(), language)
    yield build_lapsed_message(run, step, 1, changes(), language)
    for people in ([], [LEAD, HEAD]):
        yield build_stands_message(run, step, 1, changes(), people, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", [StepStatus.DECIDING, StepStatus.DONE, StepStatus.ACTIVE])
@pytest.mark.parametrize("answer", ["", "minor", "material"])
def test_slack_takes_every_view(status: StepStatus, answer: str, language: str) -> None:
    answers = (Move(answer, HEAD, AT, 1),) if answer else ()  # type: ignore[arg-type]
    run = a_submitted(status, "ask", *changes(), *answers)
    [step] = run.steps
    for shown in (*cards(run, language), *notices(run, step, language)):
        assert faults_of(shown) == []
        assert "<!channel>" not in str(shown)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("policy", ["reset", "notify", "ask"])
def test_the_evidence_form_says_what_adding_means(policy: str, language: str) -> None:
    plain = build_evidence_modal(*subject(a_submitted(StepStatus.ACTIVE, policy)), language)
    warned = build_evidence_modal(*subject(a_submitted(StepStatus.DECIDING, policy)), language)
    assert faults_of(warned) == []
    assert len(str(warned["blocks"][0])) > len(str(plain["blocks"][0])) + 20


def subject(run: Run) -> tuple[Run, Step]:
    return run, run.steps[0]


def test_every_state_of_a_piece_reads_differently() -> None:
    for language in LANGUAGES:
        said = {frozen_link(piece, language).rpartition("·")[2] for piece in pieces()}
        assert len(said) == len(pieces())
