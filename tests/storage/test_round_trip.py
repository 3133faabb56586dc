"""Whatever a run holds comes back from the database."""

import string
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone
from itertools import count
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError

from playbooks.records import Answer, GateMove, Move, MoveKind, Override, Pause, Version
from playbooks.run import (
    Change,
    Comment,
    Event,
    EventKind,
    Evidence,
    Run,
    RunStatus,
    Step,
    StepStatus,
    Tick,
)
from storage.database import Database
from tests.storage.factories import HERE, PLAYBOOK

# PostgreSQL has no place for NUL in a text, and Slack sends none.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
words = st.text(string.ascii_lowercase, min_size=1, max_size=8)
moments = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001  (hypothesis wants naive bounds)
    max_value=datetime(2090, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(-timedelta(hours=5))]),
)
maybe = st.none() | moments
ticks = st.builds(Tick, item=texts, by=texts, at=moments)
evidence = st.builds(
    Evidence, value=texts, title=texts, by=texts, at=moments, has_file=st.booleans()
)
comments = st.builds(Comment, text=texts, by=texts, at=moments)
gates = st.builds(
    GateMove, phase=words, kind=st.sampled_from(["asked", "held", "overridden"]), by=texts,
    at=moments, reason=texts, to=texts,
)  # fmt: skip
pauses = st.builds(Pause, at=moments, by=texts, reason=texts, until=maybe)
counts = st.integers(0, 2**31 - 1)
several = st.lists(texts, max_size=3).map(tuple)
numbered: dict[str, st.SearchStrategy[int]] = {"version": counts}
answers = st.builds(
    Answer, question=texts, value=texts, by=texts, at=moments, quote=texts, **numbered
)
overrides = st.builds(Override, question=texts, reason=texts, by=texts, at=moments, **numbered)
versions = st.builds(
    Version, number=counts, by=texts, at=moments, owner=texts, levels=several,
    evidence=st.lists(evidence, max_size=2).map(tuple), comment=texts, replies=several,
    digest=texts,
)  # fmt: skip
moves = st.builds(
    Move, kind=st.sampled_from(get_args(MoveKind)), by=texts, at=moments, level=texts, text=texts,
    of=texts, to=texts, items=several, opens=texts, note=texts, undone=st.booleans(), **numbered,
)  # fmt: skip
steps = st.builds(
    Step,
    key=words,
    id=st.sampled_from(["brief", "post"]),
    occurrence=counts,
    role=texts,
    owner=texts,
    reach=texts,
    status=st.sampled_from(StepStatus),
    due_at=maybe,
    due_planned=st.booleans(),
    due_by_hand=st.booleans(),
    compressed=st.booleans(),
    remind_at=maybe,
    reminded=counts,
    active_at=maybe,
    closed_at=maybe,
    closed_by=texts,
    reason=texts,
    help_by=texts,
    ticks=st.lists(ticks, max_size=3).map(tuple),
    evidence=st.lists(evidence, max_size=3).map(tuple),
    comments=st.lists(comments, max_size=3).map(tuple),
    answers=st.lists(answers, max_size=3).map(tuple),
    overrides=st.lists(overrides, max_size=3).map(tuple),
    versions=st.lists(versions, max_size=3).map(tuple),
    moves=st.lists(moves, max_size=3).map(tuple),
    rounds=counts,
)
step_lists = st.lists(steps, max_size=4, unique_by=lambda step: step.key).map(tuple)
numbers = count()
runs = st.builds(
    Run,
    id=st.builds(lambda: f"r{next(numbers)}"),  # an example may be tried again
    workspace=st.just(HERE),
    playbook=st.just(PLAYBOOK),
    version=st.just("v1"),
    name=texts,
    channel=texts,
    language=texts,
    calendar=texts,
    zone=texts,
    start_on=st.dates(),
    anchor_on=st.none() | st.dates(),
    lead=texts,
    people=st.dictionaries(texts, st.lists(texts, max_size=3).map(tuple), max_size=3),
    outsiders=st.dictionaries(texts, texts, max_size=3),
    params=st.dictionaries(texts, texts, max_size=3),
    started_by=texts,
    started_at=moments,
    tier=texts,
    stand_in=texts,
    status=st.sampled_from(RunStatus),
    redraw_at=maybe,
    gates=st.lists(gates, max_size=3).map(tuple),
    gate_at=maybe,
    pauses=st.lists(pauses, max_size=3).map(tuple),
    ended_at=maybe,
    ended_by=texts,
    reason=texts,
    steps=step_lists,
)
facts = st.dictionaries(texts, texts | st.integers() | st.none() | st.lists(texts), max_size=3)
events = st.builds(
    Event, kind=st.sampled_from(EventKind), at=moments, by=texts, step=texts, facts=facts
)
thorough = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@thorough
@given(run=runs, happened=st.lists(events, max_size=3).map(tuple))
def test_a_run_and_its_events_come_back_as_they_went(
    database: Database, run: Run, happened: tuple[Event, ...]
) -> None:
    database.run_now(lambda tx: tx.runs.add(Change(run, happened)))
    assert database.run_now(lambda tx: tx.runs.get(run.id, workspace=HERE)) == run
    assert database.run_now(lambda tx: tx.events.history(run.id, workspace=HERE)) == list(happened)


@thorough
@given(run=runs, change=step_lists)
def test_changed_steps_come_back_as_they_went(
    database: Database, run: Run, change: tuple[Step, ...]
) -> None:
    by_key = {step.key: step for step in (*run.steps, *change)}
    names = [field.name for field in fields(Run)]
    later = Run(**{n: getattr(run, n) for n in names} | {"steps": tuple(by_key.values())})
    database.run_now(lambda tx: tx.runs.add(Change(run, ())))
    database.run_now(lambda tx: tx.runs.save(Change(later, ())))
    assert database.run_now(lambda tx: tx.runs.get(run.id, workspace=HERE)) == later


def test_moments_come_back_in_utc(database: Database) -> None:
    there = timezone(timedelta(hours=8))
    at = datetime(2026, 3, 2, 17, 30, tzinfo=there)
    database.run_now(lambda tx: tx.receipts.first_time("k", workspace=HERE, at=at))
    lease = {"workspace": HERE, "run_id": "", "kind": "run", "subject": "", "channel": "C1"}
    message = database.run_now(lambda tx: tx.messages.claim("k", at=at, **lease))
    assert message.sending_at == at
    assert message.sending_at.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 3, 2, 17, 30)  # noqa: DTZ001  (that is the point)
    with pytest.raises(StatementError, match="a moment needs a time zone"):
        database.run_now(lambda tx: tx.receipts.first_time("k", workspace=HERE, at=naive))
