"""Two approvers at the same instant, each in a process of their own: one decision each."""

from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from typing import Any

import pytest

from playbooks.approvals import approve, request_changes
from playbooks.run import Change, EventKind, Refused, Run, StepStatus
from storage.database import Database, Transaction
from tests.playbooks.engine import NINA, WEI
from tests.playbooks.reviewing import (
    FACTS,
    HAN,
    LATER,
    THREE,
    ZOE,
    board,
    drawing,
    submitted,
    which,
)  # fmt: skip

SECONDS = 60
Told = tuple[str, str, str]  # who, what, on which level


def decide(run: Run, told: Told) -> Change:
    by, what, level = told
    if what == "approve":
        return approve(run, which(run, level), FACTS, by=by, at=LATER)
    return request_changes(run, which(run, level), FACTS, comment="x", by=by, at=LATER)


def click(url: str, told: Told, start: Barrier, answers: "Queue[Any]") -> None:
    """What a bot does with a click, in a process of its own."""
    database = Database(url)
    database.run_now(lambda tx: tx.runs.get("R1", workspace="T1"))

    def work(tx: Transaction) -> str:
        run = tx.runs.get("R1", workspace="T1", lock=True)
        assert run
        tx.runs.save(decide(run, told))
        return "done"

    start.wait(SECONDS)
    try:
        answers.put((told, database.run_now(work)))
    except Refused as refused:
        answers.put((told, refused.code))
    database.close()


def at_once(url: str, run: Run, *clicks: Told) -> tuple[Run, dict[Told, list[str]], list[str]]:
    """The run after these clicks, what each was answered, and what is on record."""
    database = Database(url)
    database.run_now(lambda tx: tx.runs.add(Change(run, ())))
    context = get_context("spawn")
    start, answers = context.Barrier(len(clicks)), context.Queue()
    people = [context.Process(target=click, args=(url, told, start, answers)) for told in clicks]
    for person in people:
        person.start()
    heard: dict[Told, list[str]] = {}
    for _ in clicks:
        told, answer = answers.get(timeout=SECONDS)
        heard.setdefault(told, []).append(answer)
    for person in people:
        person.join(SECONDS)
    now = database.run_now(lambda tx: tx.runs.get("R1", workspace="T1"))
    history = database.run_now(lambda tx: tx.events.history("R1", workspace="T1"))
    database.close()
    assert now
    return now, heard, [str(event.kind) for event in history]


def test_two_of_a_level_for_two_both_count_and_the_step_closes_once(url: str) -> None:
    first, second = (HAN, "approve", "board"), (ZOE, "approve", "board")
    run, heard, history = at_once(url, submitted(board(2)), first, second)
    assert heard == {first: ["done"], second: ["done"]}
    assert sorted(move.by for move in drawing(run).moves) == [HAN, ZOE]
    assert drawing(run).status is StepStatus.DONE
    assert history.count(EventKind.STEP_DONE) == 1


@pytest.mark.parametrize("others", ["approve", "changes"])
def test_of_two_where_one_is_enough_the_second_is_told(url: str, others: str) -> None:
    first, second = (HAN, "approve", "board"), (ZOE, others, "board")
    run, heard, history = at_once(url, submitted(board("any")), first, second)
    assert sorted([*heard[first], *heard[second]]) == ["already_decided", "done"]
    assert len(drawing(run).moves) == 1
    assert history.count(EventKind.DECIDED) == 1


def test_one_who_clicks_twice_decides_once(url: str) -> None:
    told = (WEI, "approve", "manager")
    run, heard, history = at_once(url, submitted(*THREE), told, told)
    assert sorted(heard[told]) == ["already_decided", "done"]
    assert [move.by for move in drawing(run).moves] == [WEI]
    assert history.count(EventKind.DECIDED) == 1


def test_a_level_is_not_decided_before_the_one_that_comes_first(url: str) -> None:
    first, second = (WEI, "approve", "manager"), (NINA, "approve", "head")
    run, heard, _ = at_once(url, submitted(*THREE), first, second)
    assert heard[first] == ["done"]
    assert heard[second] in (["done"], ["decides_later"])  # whichever came first
    is_done = heard[second] == ["done"]
    assert drawing(run).status is (StepStatus.DONE if is_done else StepStatus.DECIDING)
    assert [move.by for move in drawing(run).moves] == [WEI, NINA][: 1 + is_done]
