"""One workspace neither sees nor changes what is another's."""

import inspect
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from playbooks.company_days import CompanyDay
from playbooks.documents import Document
from playbooks.leave import Leave, LeaveChange
from playbooks.nudges import Said
from playbooks.people import Person
from playbooks.run import Change
from playbooks.schedules import Schedule
from storage.blobs import Blob
from storage.database import Database, Transaction
from storage.feeds import Feed
from storage.links import Link
from storage.mails import Mail
from tests.storage.factories import (
    AT,
    ELSEWHERE,
    HERE,
    LATER,
    add,
    make_run,
    save,
    submitted,
)

LI = Person(id="ULEAD", name="Li Na")
LONG_AGO = AT - timedelta(days=400)
DAY = CompanyDay(date(2026, 12, 24), works=False, name="Closed")
MESSAGE: dict[str, Any] = {"run_id": "r1", "kind": "run", "subject": "", "channel": "C1"}


def a_link(workspace: str, **facts: Any) -> Link:
    held: dict[str, Any] = {
        "token": "t1", "run_id": "r1", "step": "brief", "purpose": "sign", "version": 1,
        "role": "client", "name": "Zhao", "email": "z@c.example", "made_by": "ULEAD",
        "expires_at": LATER,
    }  # fmt: skip
    return Link(workspace, **{**held, **facts})


def a_mail(workspace: str) -> Mail:
    return Mail(workspace, "m1", "z@c.example", "Subject", "Text", "<p>Text</p>")


def add_document(tx: Transaction, workspace: str, *, chase_at: Any = None) -> None:
    if tx.runs.get("r1", workspace=workspace) is None:
        tx.runs.add(Change(make_run(workspace=workspace), ()))
    tx.documents.save(Document(workspace, "r1", "brief", chase_at=chase_at))


def a_schedule(workspace: str, name: str = "Spring launch") -> Schedule:
    return Schedule(workspace, "s1", "launch", "r1", name, 2, LATER, AT.date())


def add_schedule(tx: Transaction, workspace: str) -> None:
    add_document(tx, workspace)  # and with it its run
    tx.schedules.add(a_schedule(workspace))


def save_schedule(tx: Transaction, workspace: str) -> None:
    tx.schedules.save(a_schedule(workspace, "Other"))


def a_leave(workspace: str, **facts: Any) -> Leave:
    held: dict[str, Any] = {
        "person": "ULEAD", "from_on": AT.date(), "until_on": LATER.date(), "deputy": "UHEAD",
        "state": "asked", "set_by": "ULEAD", "set_at": AT, "turn_at": AT,
    }  # fmt: skip
    return Leave("l1", workspace, **{**held, **facts})


def add_and_save(tx: Transaction, workspace: str) -> None:
    run = make_run(workspace=workspace)
    tx.runs.add(Change(run, ()))
    steps = tuple(replace(step, owner="UOTHER") for step in run.steps)
    tx.runs.save(Change(replace(run, name="Other", steps=steps), ()))


def add_and_hold(tx: Transaction, workspace: str) -> None:
    tx.runs.add(Change(make_run(workspace=workspace), ()))
    tx.blobs.hold("F1", workspace=workspace, run_id="r1", step="other")


ON = AT.date()

# What each question finds in a workspace that has nothing.
QUESTIONS: dict[str, tuple[Callable[[Transaction, str], Any], Any]] = {
    "runs.get": (lambda tx, ws: tx.runs.get("r1", workspace=ws, lock=True), None),
    "runs.active_in": (lambda tx, ws: tx.runs.active_in("C1", workspace=ws), []),
    "runs.led_or_owned": (lambda tx, ws: tx.runs.led_or_owned("ULEAD", workspace=ws), []),
    "runs.open_steps": (lambda tx, ws: tx.runs.open_steps("ULEAD", workspace=ws), []),
    "runs.all": (lambda tx, ws: tx.runs.all(workspace=ws), []),
    "runs.to_decide": (lambda tx, ws: tx.runs.to_decide("UHEAD", workspace=ws), []),
    "events.history": (lambda tx, ws: tx.events.history("r1", workspace=ws), []),
    "events.unannounced": (lambda tx, ws: tx.events.unannounced("r1", workspace=ws), []),
    "messages.get": (lambda tx, ws: tx.messages.get("k", workspace=ws), None),
    "messages.at": (lambda tx, ws: tx.messages.at("C1", "1.1", workspace=ws), None),
    "people.many": (lambda tx, ws: tx.people.many(["ULEAD"], workspace=ws), {}),
    "people.stale": (
        lambda tx, ws: tx.people.stale(["ULEAD"], workspace=ws, before=AT),
        {"ULEAD"},
    ),
    "nudges.said": (lambda tx, ws: tx.nudges.said("ULEAD", workspace=ws, on=ON), []),
    "nudges.runs_for": (
        lambda tx, ws: tx.nudges.runs_for("ULEAD", workspace=ws, until=LATER),
        [],
    ),
    "nudges.digests_naming": (lambda tx, ws: tx.nudges.digests_naming("r1", workspace=ws), []),
    "schedules.get": (lambda tx, ws: tx.schedules.get("s1", workspace=ws, lock=True), None),
    "schedules.all": (lambda tx, ws: tx.schedules.all(workspace=ws), []),
    "documents.get": (lambda tx, ws: tx.documents.get("r1", "brief", workspace=ws), None),
    "documents.of_run": (lambda tx, ws: tx.documents.of_run("r1", workspace=ws), {}),
    "links.pending": (lambda tx, ws: tx.links.pending("r1", workspace=ws), 0),
    "mails.state": (lambda tx, ws: tx.mails.state("m1", workspace=ws), None),
    "counters.last": (lambda tx, ws: tx.counters.last("project", workspace=ws), 0),
    "messages.shown_of": (
        lambda tx, ws: [m.key for m in tx.messages.shown_of("r1", workspace=ws, kinds=["run"])],
        [],
    ),
    "leaves.get": (lambda tx, ws: tx.leaves.get("l1", workspace=ws), None),
    "leaves.open_of": (lambda tx, ws: tx.leaves.open_of(["ULEAD"], workspace=ws), []),
    "leaves.open_for": (lambda tx, ws: tx.leaves.open_for("UHEAD", workspace=ws), []),
    "leaves.last_deputy": (lambda tx, ws: tx.leaves.last_deputy("ULEAD", workspace=ws), ""),
    "leaves.concerned": (lambda tx, ws: tx.leaves.concerned("ULEAD", workspace=ws), []),
    "leaves.playing": (lambda tx, ws: tx.leaves.playing("ULEAD", workspace=ws), []),
    "receipts.seen": (lambda tx, ws: tx.receipts.seen("k", workspace=ws), False),
    "playbooks.get": (lambda tx, ws: tx.playbooks.get("v1", workspace=ws), None),
    "blobs.get": (lambda tx, ws: tx.blobs.get("d1", workspace=ws), None),
    "runs.several": (lambda tx, ws: tx.runs.several(["r1"], workspace=ws), {}),
    "waits.of": (lambda tx, ws: tx.waits.of("UHEAD", "decide", workspace=ws, limit=9), []),
    "company_days.since": (lambda tx, ws: tx.company_days.since(DAY.day, workspace=ws), []),
    "company_days.worked": (lambda tx, ws: tx.company_days.worked(workspace=ws), {}),
    "feeds.made_at": (lambda tx, ws: tx.feeds.made_at(person="ULI", workspace=ws), None),
    "messages.places": (lambda tx, ws: tx.messages.places(["k"], workspace=ws), {}),
    "desk.leads": (lambda tx, ws: tx.desk.leads("ULEAD", workspace=ws), False),
    "desk.steps_of": (
        lambda tx, ws: tx.desk.steps_of("ULEAD", workspace=ws, since=LONG_AGO, limit=9),
        [],
    ),
    "blobs.holders": (lambda tx, ws: tx.blobs.holders("F1", workspace=ws), []),
}

# What, done in a workspace, must leave another as it is.
DEEDS: dict[str, Callable[[Transaction, str], Any]] = {
    "runs.add": lambda tx, ws: tx.runs.add(Change(make_run(workspace=ws, name="Other"), ())),
    "runs.save": add_and_save,
    "events.append": lambda tx, ws: tx.events.append("r1", (), workspace=ws, first=1),
    "events.mark_announced": lambda tx, ws: tx.events.mark_announced(
        "r1", [1], workspace=ws, at=AT
    ),
    "messages.claim": lambda tx, ws: tx.messages.claim("k", workspace=ws, at=LATER, **MESSAGE),
    "messages.shown": lambda tx, ws: tx.messages.shown(
        "k", workspace=ws, ts="9.9", drawn="other", at=LATER
    ),
    "messages.redrawn": lambda tx, ws: tx.messages.redrawn("k", workspace=ws, drawn="other"),
    "messages.forget": lambda tx, ws: tx.messages.forget("k", workspace=ws),
    "people.save": lambda tx, ws: tx.people.save(
        Person(id="ULEAD", name="Other"), workspace=ws, at=LATER
    ),
    "leaves.save": lambda tx, ws: tx.leaves.save(LeaveChange(a_leave(ws, state="ended"))),
    "people.set": lambda tx, ws: tx.people.set(
        Person(id="ULEAD", name="Other", calendar="DE"), workspace=ws
    ),
    "people.choose_language": lambda tx, ws: tx.people.choose_language(
        "ULEAD", workspace=ws, language="zh-Hant"
    ),
    "people.lock": lambda tx, ws: tx.people.lock("ULEAD", workspace=ws),
    "nudges.add": lambda tx, ws: tx.nudges.add(
        "ULEAD", [Said(LATER, "r1", "brief", "thread")], workspace=ws, on=ON
    ),
    "playbooks.save": lambda tx, ws: tx.playbooks.save(
        make_run().playbook, workspace=ws, version="v9", at=AT
    ),
    "schedules.add": add_schedule,
    "schedules.save": save_schedule,
    "documents.save": add_document,
    "links.add": lambda tx, ws: tx.links.add(a_link(ws)),
    "links.save": lambda tx, ws: tx.links.save(a_link(ws, used_at=AT)),
    "links.revoke": lambda tx, ws: tx.links.revoke("r1", "brief", workspace=ws, at=AT),
    "mails.add": lambda tx, ws: tx.mails.add(a_mail(ws), at=AT),
    "mails.sent": lambda tx, ws: tx.mails.sent("m1", workspace=ws, at=AT),
    "mails.failed": lambda tx, ws: tx.mails.failed("m1", workspace=ws),
    "mails.again": lambda tx, ws: tx.mails.again("m1", workspace=ws, at=AT),
    "counters.next": lambda tx, ws: tx.counters.next("project", workspace=ws),
    "queues.lease": lambda tx, ws: tx.queues.lease(
        "C1", workspace=ws, holder="other", at=AT, until=LATER
    ),
    "queues.release": lambda tx, ws: tx.queues.release("C1", workspace=ws, holder="me"),
    "blobs.keep": lambda tx, ws: tx.blobs.keep(
        Blob("d1", 3, "b.pdf", "", b"two"), workspace=ws, at=AT
    ),
    "blobs.hold": add_and_hold,
    "waits.save": lambda tx, ws: tx.waits.save(make_run(workspace=ws)),
    "company_days.put": lambda tx, ws: tx.company_days.put(
        CompanyDay(DAY.day, not DAY.works), workspace=ws
    ),
    "company_days.remove": lambda tx, ws: tx.company_days.remove(DAY.day, workspace=ws),
    "feeds.add": lambda tx, ws: tx.feeds.add(Feed(ws, "f1", "ULI", "", LATER)),
    "feeds.revoke": lambda tx, ws: tx.feeds.revoke(person="ULI", workspace=ws, at=AT),
    "receipts.first_time": lambda tx, ws: tx.receipts.first_time("k", workspace=ws, at=AT),
}
# What the clock asks of every workspace at once, and what a link leads to.
CLOCK = {
    "runs.due_freezes", "runs.due_reminders", "runs.due_acknowledgements", "runs.due_redraws",
    "runs.due_gates", "nudges.people_due", "nudges.next_due", "schedules.due",
    "events.unannounced_runs", "events.unannounced_count", "documents.due_chasers",
    "events.unannounced_leaves", "leaves.due",
    "mails.claim", "mails.given_up", "links.find", "feeds.find",
}  # fmt: skip
# What an operator asks, who has the whole database in hand and knows a run by its id alone.
OPERATOR = {"runs.home_of", "runs.newest"}


@pytest.fixture
def full(database: Database) -> Database:
    """A database where one workspace has something of everything."""

    def fill(tx: Transaction) -> None:
        tx.people.save(LI, workspace=HERE, at=AT)
        tx.leaves.save(LeaveChange(a_leave(HERE)))
        tx.messages.claim("k", workspace=HERE, at=AT, **MESSAGE)
        tx.messages.shown("k", workspace=HERE, ts="1.1", drawn="hash", at=AT)
        add_document(tx, HERE, chase_at=AT)
        add_schedule(tx, HERE)
        tx.links.add(a_link(HERE))
        tx.mails.add(a_mail(HERE), at=AT)
        tx.counters.next("project", workspace=HERE)
        tx.queues.lease("C1", workspace=HERE, holder="me", at=AT, until=LATER)
        tx.receipts.first_time("k", workspace=HERE, at=AT)
        tx.nudges.add("ULEAD", [Said(AT, "r1", "brief", "digest")], workspace=HERE, on=ON)
        tx.blobs.keep(Blob("d1", 3, "a.pdf", "", None), workspace=HERE, at=AT)
        tx.company_days.put(DAY, workspace=HERE)
        tx.feeds.add(Feed(HERE, "f1", "ULI", "", AT))

    deciding = make_run("r2")
    add(database, make_run(), deciding)
    save(database, submitted(deciding))
    database.run_now(fill)
    database.run_now(lambda tx: tx.blobs.hold("F1", workspace=HERE, run_id="r1", step="brief"))
    return database


def answers(database: Database, workspace: str) -> dict[str, Any]:
    found = {name: ask for name, (ask, _) in QUESTIONS.items()}
    return database.run_now(lambda tx: {name: ask(tx, workspace) for name, ask in found.items()})


def test_every_method_is_looked_at_here() -> None:
    names = set()
    database = Database("sqlite://")
    parts = database.run_now(vars)
    for part, repository in parts.items():
        methods = inspect.getmembers(repository, inspect.ismethod)
        names |= {f"{part}.{name}" for name, _ in methods if not name.startswith("_")}
    database.close()
    assert names == QUESTIONS.keys() | DEEDS.keys() | CLOCK | OPERATOR


def test_a_workspace_sees_nothing_of_another(full: Database) -> None:
    there = answers(full, ELSEWHERE)
    assert there == {name: nothing for name, (_, nothing) in QUESTIONS.items()}


def test_a_workspace_sees_all_of_its_own(full: Database) -> None:
    here = answers(full, HERE)
    for name, (_, nothing) in QUESTIONS.items():
        assert here[name] != nothing, name


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_in_one_workspace_leaves_another_alone(full: Database, name: str) -> None:
    before = answers(full, HERE)
    full.run_now(lambda tx: DEEDS[name](tx, ELSEWHERE))
    assert answers(full, HERE) == before
    assert not full.run_now(
        lambda tx: tx.queues.lease("C1", workspace=HERE, holder="b", at=AT, until=LATER)
    )
    assert not full.run_now(lambda tx: tx.receipts.first_time("k", workspace=HERE, at=AT))
