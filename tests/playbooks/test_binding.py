"""Whatever happens: under `reset` no approval stands on content other than was submitted."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from playbooks.amendments import is_bound, is_deliverable
from playbooks.approvals import approve, request_changes
from playbooks.freezing import Found, begin_freezing, freeze_evidence, look_again
from playbooks.levels import standing
from playbooks.records import Which
from playbooks.run import Change, Refused, Run, StepStatus
from playbooks.step_actions import add_evidence, reopen_step
from playbooks.submission import Handed, complete_step
from playbooks.undo import undo_decision
from tests.playbooks.engine import DORA, FACTS, LEAD, MONDAY, WEI, found, started, step
from tests.playbooks.submitting import FILE, told

FILES = ("F1", "F2")
# Mostly who may decide.
seats = st.sampled_from([(WEI, "one"), (LEAD, "two"), (WEI, "one"), (LEAD, "two"), (DORA, "one")])


def by_whom(what: str) -> st.SearchStrategy[tuple[str, ...]]:
    """An act of somebody on a level."""
    return seats.map(lambda seat: (what, *seat))


acts: st.SearchStrategy[tuple[Any, ...]] = st.one_of(
    st.just(("hand_in",)),
    st.tuples(st.just("hand_in"), st.sampled_from(FILES)),
    by_whom("approve"),
    by_whom("approve"),
    by_whom("undo"),
    by_whom("send_back"),
    st.tuples(st.just("add"), st.sampled_from(FILES)),
    st.tuples(st.just("edit"), st.sampled_from(FILES), st.sampled_from("abc")),
    st.tuples(st.just("fetch"), st.sets(st.sampled_from(FILES))),
    st.just(("reopen",)),
)


class Desk:
    """A run, and what Slack holds of its files."""

    def __init__(self) -> None:
        self.run = started(told(), step("next", needs=["kv"]))
        self.slack = dict.fromkeys(FILES, "a")
        self.at = MONDAY

    def act(self, what: str, *facts: object) -> None:
        """Do something that may be refused."""
        self.at += timedelta(minutes=1)
        with suppress(Refused):
            change: Change = getattr(self, what)(*facts)
            self.run = change.run

    def which(self, level: str) -> Which:
        return Which("kv", len(found(self.run, "kv").versions), level)

    def hand_in(self, *files: str) -> Change:
        proof = [replace(FILE, value=file) for file in files]
        handed = Handed(evidence=proof)
        return complete_step(self.run, "kv", FACTS, by=DORA, at=self.at, handed=handed)

    def approve(self, by: str, level: str) -> Change:
        return approve(self.run, self.which(level), FACTS, by=by, at=self.at)

    def undo(self, by: str, level: str) -> Change:
        return undo_decision(self.run, self.which(level), FACTS, by=by, at=self.at)

    def send_back(self, by: str, level: str) -> Change:
        which = self.which(level)
        return request_changes(self.run, which, FACTS, comment="x", by=by, at=self.at)

    def add(self, file: str) -> Change:
        piece = replace(FILE, value=file)
        return add_evidence(self.run, "kv", FACTS, evidence=piece, by=LEAD, at=self.at)

    def edit(self, file: str, content: str) -> Change:
        self.slack[file] = content
        return look_again(self.run, "kv", at=self.at)

    def fetch(self, reached: set[str]) -> Change:
        run = begin_freezing(self.run, "kv", at=self.at).run
        until = found(run, "kv").freeze_at
        if run == self.run or until is None:
            return Change(run, ())
        seen = {file: Found("kept", self.slack[file] * 64, 1) for file in reached}
        return freeze_evidence(run, "kv", FACTS, found=seen, until=until, at=self.at)

    def reopen(self) -> Change:
        return reopen_step(self.run, "kv", FACTS, by=LEAD, at=self.at)


def differs(run: Run) -> bool:
    """Whether what the step holds is known to be other than what was submitted."""
    now = found(run, "kv")
    assert now.version
    known = {piece.value: piece.digest for piece in now.version.evidence}
    new = any(p.value not in known and is_deliverable(run, now, p) for p in now.evidence)
    return new or any(
        known[p.value] and p.digest and known[p.value] != p.digest
        for p in now.evidence
        if p.value in known
    )


@example([("approve", WEI, "one"), ("reopen",), ("undo", WEI, "one")])
@example([
    ("fetch", {"F1"}), ("approve", WEI, "one"), ("edit", "F1", "b"), ("fetch", {"F1"}),
    ("undo", WEI, "one"),
])  # fmt: skip
@settings(max_examples=300)
@given(st.lists(acts, max_size=25))
def test_no_approval_stands_on_other_content(todo: list[tuple[Any, ...]]) -> None:
    desk = Desk()
    for what, *facts in [("hand_in", "F1"), *todo]:
        desk.act(what, *facts)
        now = found(desk.run, "kv")
        stands = standing(desk.run, now)
        if now.status is StepStatus.DECIDING:
            assert stands
            assert stands.outcome == "open"
        if is_bound(desk.run, now):
            assert not differs(desk.run)
        whole = now.freeze_at is None and bool(now.versions)
        if whole and is_bound(desk.run, now):
            assert all(p.digest == desk.slack[p.value] * 64 for p in now.evidence)


@settings(max_examples=60)
@given(st.lists(acts, max_size=25))
def test_a_version_once_frozen_never_changes(todo: list[tuple[Any, ...]]) -> None:
    desk, seen = Desk(), dict[tuple[int, str], str]()
    for what, *facts in [("hand_in", "F1"), *todo]:
        desk.act(what, *facts)
        for version in found(desk.run, "kv").versions:
            for piece in version.evidence:
                known = seen.setdefault((version.number, piece.value), piece.digest)
                assert known in {"", piece.digest}
                seen[version.number, piece.value] = piece.digest


def test_the_acts_reach_an_approval_and_its_end() -> None:
    desk = Desk()
    desk.act("hand_in", "F1")
    desk.act("fetch", {"F1"})
    desk.act("approve", WEI, "one")
    desk.act("approve", LEAD, "two")
    assert is_bound(desk.run, found(desk.run, "kv"))
    desk.act("edit", "F1", "b")
    desk.act("fetch", {"F1"})
    now = standing(desk.run, found(desk.run, "kv"))
    assert now
    assert now.outcome == "changed"
