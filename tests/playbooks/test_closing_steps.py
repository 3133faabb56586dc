from datetime import timedelta
from typing import Any

import pytest

from playbooks.run import Change, EventKind, Evidence, Refused, Run, StepStatus
from playbooks.step_actions import (
    ask_help,
    reopen_step,
    require_may_act,
    skip_step,
    tick_items,
)  # fmt: skip
from playbooks.submission import Handed, complete_step, needs_form
from tests.playbooks.engine import (
    DORA,
    FACTS,
    LEAD,
    MONDAY,
    STRANGER,
    WEI,
    found,
    items,
    kinds,
    refusal,
    refused,
    started,
    step,
)  # fmt: skip

LATER = MONDAY + timedelta(hours=2)


BRIEF = step("brief", "designer", checklist=[*items("one", "two"), *items("x", required="no")])


PRINT = step("print", needs=["brief"])


PROOF = {"title": "File", "kind": "link", "required": "yes"}


def begun(*steps: Any) -> Run:
    return started(*(steps or (BRIEF, PRINT)))


def tick(run: Run, shown: list[str], ticked: list[str], by: str = DORA) -> Change:
    return tick_items(run, "brief", shown=shown, ticked=ticked, by=by, at=LATER)


def complete(run: Run, by: str = DORA, **more: Any) -> Change:
    return complete_step(run, "brief", FACTS, by=by, at=LATER, handed=Handed(**more))


def skip(run: Run, key: str = "brief", by: str = DORA, reason: str = "not needed") -> Change:
    return skip_step(run, key, FACTS, reason=reason, by=by, at=LATER)


def reopen(run: Run, by: str = DORA) -> Change:
    return reopen_step(run, "brief", FACTS, by=by, at=LATER)


def link(value: str = "https://example.com/a", by: str = DORA) -> Evidence:
    return Evidence("link", value, "File", by, LATER)


def test_a_step_with_open_required_items_is_not_done() -> None:
    run = tick(begun(), ["one"], ["one"]).run
    with pytest.raises(Refused) as error:
        complete(run)
    assert refusal(error.value) == ("items_open", {"items": ("two",)})


def test_items_can_be_ticked_while_completing() -> None:
    run = tick(begun(), ["one"], ["one"]).run
    change = complete(run, ticked=["one", "two", "unknown"], comment=" fine ")
    brief = found(change.run, "brief")
    assert kinds(change.events) == [
        (EventKind.STEP_DONE, "brief"),
        (EventKind.STEP_OPENED, "print"),
    ]
    assert [t.item for t in brief.ticks] == ["one", "two"]
    assert (brief.status, brief.closed_at, brief.closed_by) == (StepStatus.DONE, LATER, DORA)
    assert brief.remind_at is None
    assert [comment.text for comment in brief.comments] == ["fine"]
    assert change.events[0].facts == {"comment": "fine", "version": 1}


def test_a_required_deliverable_can_be_handed_in_while_completing() -> None:
    run = begun(step("brief", "designer", deliverable=PROOF))
    assert refused(lambda: complete(run)) == "link_missing"
    change = complete(run, evidence=[link(), link(by=LEAD)])
    assert [piece.by for piece in found(change.run, "brief").evidence] == [DORA]


def test_done_means_done_once() -> None:
    run = complete(begun(), ticked=["one", "two"]).run
    for act in (complete, skip):
        assert refused(lambda act=act: act(run)) == "already_done"  # type: ignore[misc]


def test_nothing_is_done_before_its_needs() -> None:
    run = begun()
    assert refused(lambda: complete_step(run, "print", FACTS, by=LEAD, at=LATER)) == "still_waiting"


def test_only_the_owner_and_the_lead_close_a_step() -> None:
    assert refused(lambda: complete(begun(), by=WEI, ticked=["one", "two"])) == "not_yours"
    assert refused(lambda: skip(begun(), by=WEI)) == "not_yours"
    assert complete(begun(), by=LEAD, ticked=["one", "two"]).run != begun()


def test_the_button_knows_whether_something_is_missing() -> None:
    run = begun()
    assert needs_form(run, "brief", by=DORA)
    run = tick(run, ["one", "two"], ["one", "two"]).run
    assert not needs_form(run, "brief", by=LEAD)
    assert refused(lambda: needs_form(run, "brief", by=WEI)) == "not_yours"
    assert needs_form(begun(step("brief", deliverable=PROOF)), "brief", by=LEAD)


def test_who_may_act_is_known_before_a_form_opens() -> None:
    run = begun()
    assert require_may_act(run, "print", by=LEAD).status is StepStatus.WAITING
    assert refused(lambda: require_may_act(run, "brief", by=WEI)) == "not_yours"
    skipped = skip(run).run
    assert refused(lambda: require_may_act(skipped, "brief", by=LEAD)) == "already_skipped"


def test_a_step_is_skipped_for_a_reason_only() -> None:
    assert refused(lambda: skip(begun(), reason="  ")) == "words_missing"
    change = skip(begun(), reason=" the client has one ")
    brief = found(change.run, "brief")
    assert (brief.status, brief.reason) == (StepStatus.SKIPPED, "the client has one")
    assert (brief.closed_by, brief.remind_at) == (DORA, None)
    assert kinds(change.events)[-1] == (EventKind.STEP_OPENED, "print")


def test_a_waiting_step_can_be_skipped() -> None:
    change = skip(begun(), "print", by=LEAD)
    assert kinds(change.events) == [(EventKind.STEP_SKIPPED, "print")]
    assert refused(lambda: skip(change.run, "print", by=LEAD)) == "already_skipped"


def test_a_closed_step_is_taken_up_again() -> None:
    closed = skip(ask_help(begun(), "brief", by=DORA, at=LATER).run).run
    change = reopen(closed)
    brief = found(change.run, "brief")
    assert kinds(change.events) == [
        (EventKind.STEP_REOPENED, "brief"), (EventKind.STEP_BLOCKED, "print"),
        (EventKind.STEP_OPENED, "brief"),
    ]  # fmt: skip
    assert (brief.status, brief.rounds, brief.active_at) == (StepStatus.ACTIVE, 1, LATER)
    assert (brief.closed_at, brief.closed_by, brief.reason, brief.help_by) == (None, "", "", "")
    assert refused(lambda: reopen(change.run)) == "not_closed"


def test_opening_again_belongs_to_the_owner_and_the_lead() -> None:
    run = skip(begun()).run
    assert refused(lambda: reopen(run, by=STRANGER)) == "not_yours"
    assert reopen(run, by=LEAD).events
