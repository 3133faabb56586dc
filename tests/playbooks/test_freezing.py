"""An approval is bound to content: hashes, attempts to fetch, and what a change does."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from playbooks.amendments import judge_change
from playbooks.approvals import approve
from playbooks.deliverables import stage_of
from playbooks.freezing import WAITS, Found, begin_freezing, freeze_evidence, look_again
from playbooks.levels import standing
from playbooks.records import Evidence, Which
from playbooks.run import Change, EventKind, Refused, Run, RunStatus, StepStatus
from playbooks.step_actions import add_evidence, reopen_step
from playbooks.submission import Handed, complete_step
from tests.playbooks.engine import DORA, FACTS, LEAD, MONDAY, WEI, found, started, step

LATER = MONDAY + timedelta(hours=1)
FILE = Evidence("file", "F1", "kv.pdf", DORA, MONDAY)
ONE, TWO = Found("kept", "1" * 64, 10, DORA), Found("kept", "2" * 64, 20, WEI)


def told(policy: str = "reset", kind: str = "file", **more: Any) -> Any:
    """A step of Dora's that Wei and then Lei decide on."""
    deliverable = {"title": "It", "kind": kind, "required": True}
    levels = [{"level": "one", "by": "writer"}, {"level": "two", "by": "lead"}]
    return step(
        "kv", "designer", deliverable=deliverable, approvals=levels, **{"on-change": policy}, **more
    )


def submitted(policy: str = "reset", *proof: Evidence, kind: str = "file") -> Run:
    """The step handed in, its files not fetched yet, and one that needs it."""
    run = started(told(policy, kind), step("next", needs=["kv"]))
    handed = Handed(evidence=proof or (FILE,))
    return complete_step(run, "kv", FACTS, by=DORA, at=MONDAY, handed=handed).run


def fetched(run: Run, at: Any = LATER, **files: Found) -> Change:
    """An attempt that found these."""
    run = begin_freezing(look_again(run, "kv", at=at).run, "kv", at=at).run
    until = found(run, "kv").freeze_at
    assert until
    return freeze_evidence(run, "kv", FACTS, found=files, until=until, at=at)


def approved(run: Run, *people: str) -> Run:
    """Levels approved in order."""
    for level, by in zip(("one", "two"), people, strict=False):
        which = Which("kv", len(found(run, "kv").versions), level)
        run = approve(run, which, FACTS, by=by, at=LATER).run
    return run


def test_a_text_is_frozen_at_once_a_link_never_a_file_when_it_was_fetched() -> None:
    text, link = replace(FILE, kind="text", value="口号"), replace(FILE, kind="link", value="x")
    run = submitted("reset", text, link, FILE)
    pieces = found(run, "kv").versions[0].evidence
    assert [p.frozen for p in pieces] == ["kept", "", ""]
    assert pieces[0].digest
    assert pieces[0].size == 6
    before = found(run, "kv").versions[0].digest
    now = found(fetched(run, F1=ONE).run, "kv")
    assert now.versions[0].evidence[2].digest == ONE.digest
    assert now.versions[0].digest != before
    assert now.freeze_at is None


def test_an_attempt_is_noted_before_it_is_made_and_given_up_in_the_end() -> None:
    run, at = submitted(), MONDAY
    assert begin_freezing(run, "kv", at=MONDAY - timedelta(seconds=1)).run == run
    for tries, wait in enumerate(WAITS, 1):
        run = begin_freezing(run, "kv", at=at).run
        assert begin_freezing(run, "kv", at=at).run == run
        now = found(run, "kv")
        assert (now.freeze_at, now.freeze_tries) == (at + wait, tries)
        at += wait
    change = begin_freezing(run, "kv", at=at)
    assert [(e.kind, e.facts["frozen"]) for e in change.events] == [
        (EventKind.EVIDENCE_FROZEN, "lost")
    ]
    now = found(change.run, "kv")
    assert now.freeze_at is None
    assert now.versions[0].evidence[0].frozen == "lost"


def test_an_attempt_that_found_some_goes_on_for_the_others() -> None:
    run = submitted("reset", FILE, replace(FILE, value="F2"))
    now = found(fetched(run, F1=ONE).run, "kv")
    assert [p.frozen for p in now.evidence] == ["kept", ""]
    assert now.freeze_at == LATER + WAITS[0]


def test_news_during_an_attempt_is_not_forgotten() -> None:
    run = begin_freezing(submitted(), "kv", at=MONDAY).run
    until = MONDAY + WAITS[0]
    run = look_again(run, "kv", at=LATER).run
    change = freeze_evidence(run, "kv", FACTS, found={"F1": ONE}, until=until, at=LATER)
    assert found(change.run, "kv").freeze_at == LATER


@pytest.mark.parametrize("people", [(), (WEI,), (WEI, LEAD)])
def test_reset_voids_what_was_decided_however_far_it_was(people: tuple[str, ...]) -> None:
    run = approved(fetched(submitted(), F1=ONE).run, *people)
    change = fetched(run, F1=TWO)
    now = found(change.run, "kv")
    outcome = standing(change.run, now)
    assert outcome
    assert (now.status, outcome.outcome) == (StepStatus.ACTIVE, "changed")
    assert found(change.run, "next").status is StepStatus.WAITING
    [event] = [e for e in change.events if e.kind is EventKind.SUBMISSION_CHANGED]
    assert event.by == WEI
    assert event.facts["changes"] == [["replaced", "kv.pdf", ONE.digest, TWO.digest]]
    assert stage_of(change.run, now) == "draft"
    assert now.versions[0].evidence[0].digest == ONE.digest


def test_the_same_content_again_is_no_change() -> None:
    run = approved(fetched(submitted(), F1=ONE).run, WEI, LEAD)
    change = fetched(run, F1=ONE)
    assert (change.run, change.events) == (run, ())


@pytest.mark.parametrize(
    ("kind", "piece", "counts"),
    [
        ("file", replace(FILE, value="F9"), True),
        ("file", replace(FILE, kind="link", value="https://a"), False),
        ("link", replace(FILE, kind="message", value="https://b"), True),
        ("text", replace(FILE, kind="text", value="new"), True),
        ("list", replace(FILE, value="F9"), False),
    ],
)
def test_more_of_the_deliverable_is_a_change_and_nothing_else(
    kind: str, piece: Evidence, counts: bool
) -> None:
    kinds: dict[str, Any] = {"list": "file"}
    first = replace(FILE, kind=kinds.get(kind, kind), value="https://first")
    run = approved(submitted("reset", first, kind=kind), WEI)
    change = add_evidence(run, "kv", FACTS, evidence=piece, by=LEAD, at=LATER)
    now = found(change.run, "kv")
    assert (now.status is StepStatus.ACTIVE) is counts
    assert now.evidence[-1].value == piece.value
    assert now.versions[0].evidence == found(run, "kv").versions[0].evidence


def test_a_step_nobody_else_decides_on_takes_evidence_as_ever() -> None:
    run = started(step("kv", "designer", deliverable={"title": "It", "kind": "file"}), step("b"))
    run = complete_step(run, "kv", FACTS, by=DORA, at=MONDAY, handed=Handed(evidence=[FILE])).run
    more = replace(FILE, value="F2")
    change = add_evidence(run, "kv", FACTS, evidence=more, by=LEAD, at=LATER)
    assert [e.kind for e in change.events] == [EventKind.EVIDENCE_ADDED]
    assert found(change.run, "kv").status is StepStatus.DONE


def test_what_changes_after_the_run_has_ended_is_told_and_opens_nothing() -> None:
    run = approved(fetched(submitted(), F1=ONE).run, WEI, LEAD)
    run = complete_step(run, "next", FACTS, by=LEAD, at=LATER).run
    assert run.status is RunStatus.FINISHED
    change = fetched(run, F1=TWO)
    now = found(change.run, "kv")
    assert (now.status, now.moves[-1].kind) == (StepStatus.DONE, "amend")
    assert stage_of(change.run, now) == "internal"


@pytest.mark.parametrize("policy", ["notify", "ask"])
def test_the_approval_stands_where_the_policy_lets_it(policy: str) -> None:
    run = approved(fetched(submitted(policy), F1=ONE).run, WEI, LEAD)
    now = found(fetched(run, F1=TWO).run, "kv")
    move = now.moves[-1]
    assert (now.status, move.kind, move.before, move.after) == (
        StepStatus.DONE, "amend", ONE.digest, TWO.digest,
    )  # fmt: skip
    assert move.to == (LEAD if policy == "ask" else "")


def asked() -> Run:
    """A change that Lei, who decided last, is asked about."""
    run = approved(fetched(submitted("ask"), F1=ONE).run, WEI, LEAD)
    return fetched(run, F1=TWO).run


def judge(run: Run, material: bool, by: str = LEAD, version: int = 1) -> Run:
    return judge_change(run, "kv", version, FACTS, material=material, by=by, at=LATER).run


def test_who_was_asked_says_once_whether_it_matters() -> None:
    run = judge(asked(), material=False)
    assert found(run, "kv").status is StepStatus.DONE
    refusals: Mapping[str, Any] = {
        "nothing_changed": lambda: judge(run, material=True),
        "judges_other": lambda: judge(asked(), material=True, by=WEI),
        "version_passed": lambda: judge(asked(), material=True, version=2),
    }
    for code, act in refusals.items():
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == code
    again = judge(asked(), material=True)
    assert found(again, "kv").status is StepStatus.ACTIVE
    assert found(again, "next").status is StepStatus.WAITING


def test_a_deliverable_is_authorised_only_once_approved_inside() -> None:
    run = fetched(submitted(), F1=ONE).run
    assert stage_of(run, found(run, "kv"), signed=True) == "draft"
    run = approved(run, WEI, LEAD)
    assert stage_of(run, found(run, "kv")) == "internal"
    assert stage_of(run, found(run, "kv"), signed=True) == "authorised"
    run = reopen_step(run, "kv", FACTS, by=LEAD, at=LATER).run
    assert stage_of(run, found(run, "kv"), signed=True) == "draft"


def test_what_an_earlier_version_held_is_not_guessed_afterwards() -> None:
    run = reopen_step(submitted(), "kv", FACTS, by=DORA, at=MONDAY).run
    run = complete_step(run, "kv", FACTS, by=DORA, at=LATER).run
    now = found(fetched(run, F1=TWO).run, "kv")
    assert [v.evidence[0].frozen for v in now.versions] == ["lost", "kept"]
