import pytest

from playbooks.answers import is_on
from playbooks.evidence import lacks_evidence
from playbooks.flow import (
    advance,
    hold_back,
    is_late,
    items_of,
    open_items,
    replan,
)  # fmt: skip
from playbooks.run import EventKind, Evidence, Run, RunStatus
from playbooks.step_actions import (
    add_evidence,
    ask_help,
    reopen_step,
    reschedule_step,
    skip_step,
    tick_items,
)  # fmt: skip
from playbooks.submission import complete_step
from tests.playbooks.engine import (
    FACTS,
    LEAD,
    MONDAY,
    found,
    items,
    kinds,
    playbook_of,
    start,
    started,
    step,
    utc,
)  # fmt: skip

DIAMOND = (
    step("top"), step("left", needs=["top"]), step("right", needs=["top"]),
    step("end", needs=["left", "right"]),
)  # fmt: skip


def done(run: Run, *keys: str) -> Run:
    for key in keys:
        run = complete_step(run, key, FACTS, by=LEAD, at=MONDAY).run
    return run


def statuses(run: Run) -> list[str]:
    return [str(step_.status) for step_ in run.steps]


def test_a_step_opens_when_the_last_of_its_needs_is_closed() -> None:
    run = started(*DIAMOND)
    assert statuses(run) == ["active", "waiting", "waiting", "waiting"]
    change = complete_step(run, "top", FACTS, by=LEAD, at=MONDAY)
    assert kinds(change.events) == [
        (EventKind.STEP_DONE, "top"),
        (EventKind.STEP_OPENED, "left"),
        (EventKind.STEP_OPENED, "right"),
    ]
    assert statuses(done(change.run, "left")) == ["done", "done", "active", "waiting"]
    assert statuses(done(change.run, "left", "right"))[-1] == "active"


def test_a_skipped_step_satisfies_what_needs_it() -> None:
    run = skip_step(started(*DIAMOND), "top", FACTS, reason="known", by=LEAD, at=MONDAY).run
    assert statuses(run) == ["skipped", "active", "active", "waiting"]


def test_the_last_step_finishes_the_run() -> None:
    run = done(started(*DIAMOND), "top", "left", "right")
    assert run.status is RunStatus.ACTIVE
    change = complete_step(run, "end", FACTS, by=LEAD, at=MONDAY)
    assert kinds(change.events)[-1] == (EventKind.RUN_FINISHED, "")
    assert (change.run.status, change.run.ended_at, change.run.ended_by) == (
        RunStatus.FINISHED, MONDAY, LEAD,
    )  # fmt: skip


def test_opening_a_step_again_makes_active_steps_that_need_it_wait() -> None:
    run = done(started(*DIAMOND), "top", "left")
    change = reopen_step(run, "top", FACTS, by=LEAD, at=MONDAY)
    assert kinds(change.events) == [
        (EventKind.STEP_REOPENED, "top"),
        (EventKind.STEP_BLOCKED, "right"),
        (EventKind.STEP_OPENED, "top"),
    ]
    assert statuses(change.run) == ["active", "done", "waiting", "waiting"]
    right = found(change.run, "right")
    assert (right.active_at, right.remind_at) == (None, None)


def test_a_blocked_step_opens_again_with_fresh_reminders() -> None:
    run = ask_help(done(started(*DIAMOND), "top"), "left", by=LEAD, at=MONDAY).run
    run = reopen_step(run, "top", FACTS, by=LEAD, at=MONDAY).run
    run = complete_step(run, "top", FACTS, by=LEAD, at=utc("2026-03-03 03:00")).run
    assert found(run, "left").active_at == utc("2026-03-03 03:00")
    assert found(run, "left").remind_at == utc("2026-03-05 02:00")


def test_an_occurrence_waits_again_when_an_earlier_one_is_opened_again() -> None:
    run = done(started(step("call", due=["start", "start + 2 workdays"])), "call.1")
    change = reopen_step(run, "call.1", FACTS, by=LEAD, at=MONDAY)
    assert statuses(change.run) == ["active", "waiting"]


def test_a_date_that_hung_on_a_step_hangs_on_it_again() -> None:
    run = done(
        started(
            step("a"), step("b", due="after(a) + 2 workdays", needs=["a"]),
            step("c", due="after(a) + 2 workdays", needs=["a"]), step("d", due="start"),
        ), "a",
    )  # fmt: skip
    own_date = utc("2026-03-20 10:00")
    run = reschedule_step(run, "c", FACTS, due_at=own_date, by=LEAD, at=MONDAY).run
    run = reopen_step(run, "a", FACTS, by=LEAD, at=MONDAY).run
    assert found(run, "b").due_planned
    assert found(run, "b").due_at == utc("2026-03-11 10:00")  # two days after a is due
    run = complete_step(run, "a", FACTS, by=LEAD, at=utc("2026-03-12 02:00")).run
    assert found(run, "b").due_at == utc("2026-03-16 10:00")
    assert found(run, "c").due_at == own_date


def test_a_planned_date_that_moves_takes_its_reminder_along_but_never_into_the_past() -> None:
    run = started(step("a", due="start + 9 workdays"), step("b", due="after(a) + 4 workdays"))
    assert found(run, "b").remind_at == utc("2026-03-17 02:00")
    at = utc("2026-03-04 03:00")  # two workdays before the new date, but later than ten
    run = complete_step(run, "a", FACTS, by=LEAD, at=at).run
    assert found(run, "b").due_at == utc("2026-03-10 10:00")
    assert found(run, "b").remind_at == utc("2026-03-06 02:00")
    assert replan(run, FACTS, at=at) == run


def test_advancing_twice_changes_nothing_more() -> None:
    run = start(playbook_of(*DIAMOND)).run
    assert advance(run, FACTS, by=LEAD, at=MONDAY) == advance(run, FACTS, by=LEAD, at=MONDAY)
    assert advance(run, FACTS, by=LEAD, at=MONDAY).run == run
    assert hold_back(run, by=LEAD, at=MONDAY).events == ()


def test_a_run_without_steps_stays_open() -> None:
    playbook = playbook_of(step("post", repeat={"every": "week"}))
    assert start(playbook).run.status is RunStatus.ACTIVE


SIZE = {"id": "size", "title": "Size", "default": "small"}


def test_items_switched_off_are_not_asked_for() -> None:
    boxes = [*items("one"), *items("two", when="param.size = large"), *items("x", required="no")]
    run = start(playbook_of(step("a", checklist=boxes), params=[SIZE])).run
    assert [item.id for item in items_of(run, found(run, "a"))] == ["one", "x"]
    assert [item.id for item in open_items(run, found(run, "a"))] == ["one"]
    run = tick_items(run, "a", shown=["one"], ticked=["one"], by=LEAD, at=MONDAY).run
    assert open_items(run, found(run, "a")) == ()
    assert is_on(run, None)


@pytest.mark.parametrize(
    ("deliverable", "lacking"),
    [
        (None, False),
        ({"title": "Brief", "required": "no"}, False),
        ({"title": "Brief", "required": "yes"}, True),
        ({"title": "Guests", "kind": "list", "required": "yes"}, False),
    ],
)
def test_a_required_deliverable_must_be_handed_in(
    deliverable: dict[str, str] | None, lacking: bool
) -> None:
    run = started({**step("a"), "deliverable": deliverable})
    assert lacks_evidence(run, found(run, "a")) == lacking
    proof = Evidence("link", "https://example.com", "Brief", LEAD, MONDAY)
    run = add_evidence(run, "a", FACTS, evidence=proof, by=LEAD, at=MONDAY).run
    assert not lacks_evidence(run, found(run, "a"))


def test_a_step_is_late_once_its_due_moment_has_passed() -> None:
    run = started(step("a"), step("b", needs=["a"]))
    assert not is_late(found(run, "a"), utc("2026-03-09 10:00"))
    assert is_late(found(run, "a"), utc("2026-03-09 10:01"))
    assert not is_late(found(run, "b"), utc("2026-03-20 10:00"))
