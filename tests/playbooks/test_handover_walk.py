"""No sequence of clicks closes a step that is handed over unless that version was accepted."""

from collections import Counter

import pytest

from playbooks.acknowledgements import acknowledgements, next_asking
from playbooks.handovers import returns
from playbooks.levels import standing
from playbooks.run import Step, StepStatus
from tests.playbooks.engine import FACTS
from tests.playbooks.handed import prices
from tests.playbooks.handover_walk import Walk

CLICKS = 80


def walked(seeds: range) -> Counter[str]:
    """Walk, looking at every rule after each click; what was done how often."""
    did = Counter[str]()
    for seed in seeds:
        walk = Walk(seed)
        for _ in range(CLICKS):
            before = prices(walk.run)
            walk.click()
            look(walk, before)
            walk.wait()
        did += walk.did
    return did


def look(walk: Walk, before: Step) -> None:
    """The rules of a hand-over."""
    step = prices(walk.run)
    accepted_by_its_receiver_or_a_decision(step)
    decided_by_no_side(step, before)
    assert len(returns(step)) == walk.came
    for told in acknowledgements(step):
        assert set(told.open) | set(told.read) == set(told.decision.people)
        assert told.decision.by not in told.decision.people
    assert step.ack_at is None or next_asking(step, FACTS) is not None
    if step.status is StepStatus.DECIDING:
        assert step.remind_at is not None
    now = standing(walk.run, step)
    if now:
        assert (step.status is StepStatus.DECIDING) == (now.outcome == "open")
        assert (step.status is StepStatus.DONE) == (now.outcome == "approved")


def accepted_by_its_receiver_or_a_decision(step: Step) -> None:
    """That very version, and by nobody who handed it in."""
    if step.status is StepStatus.DONE:
        version = step.versions[-1]
        moves = [m for m in step.moves if m.version == version.number and not m.undone]
        told = [m for m in moves if m.kind in {"accept", "decide"}][-1]
        assert told.kind == "accept" or told.verdict in {"accept", "remark"}
        assert told.by != version.by


def decided_by_no_side(step: Step, before: Step) -> None:
    """What a click adds comes from nobody whose own work or quarrel it is."""
    for move in step.moves[len(before.moves) :]:
        if move.kind in {"accept", "return", "decide", "approve"}:
            assert move.by not in {before.owner, before.versions[-1].by}
        if move.kind == "decide":
            assert move.by != returns(before)[-1].by
            assert len(returns(before)) > 1
        if move.kind == "return":
            first = not returns(before)
            assert step.status is (StepStatus.ACTIVE if first else StepStatus.DECIDING)


def test_nothing_people_press_closes_a_step_that_nobody_accepted() -> None:
    did = walked(range(400))
    for click in ("accept", "give_back", "decide", "undo", "acknowledge", "delegate", "reopen"):
        assert did[click] > 10, click


@pytest.mark.soak
def test_the_same_holds_ten_times_as_often() -> None:
    walked(range(1000, 4000))
