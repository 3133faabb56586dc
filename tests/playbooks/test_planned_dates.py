from dataclasses import replace
from datetime import timedelta

from playbooks.due_dates import due_of
from playbooks.run import Run
from playbooks.step_actions import reschedule_step, skip_step
from playbooks.submission import complete_step
from tests.playbooks.engine import (
    DORA,
    FACTS,
    LEAD,
    MONDAY,
    facts_of,
    found,
    playbook_of,
    start,
    started,
    step,
    utc,
)  # fmt: skip


def chain() -> Run:
    return started(
        step("brief", due="start + 2 workdays"),
        step("draft", due="after(brief) + 3 workdays", needs=["brief"]),
        step("print", due="after(draft) + 1 workday", needs=["draft"]),
    )


def dates(run: Run) -> list[tuple[str, bool]]:
    return [(f"{s.due_at:%m-%d}" if s.due_at else "", s.due_planned) for s in run.steps]


def test_what_hangs_on_open_steps_is_planned_from_their_due_moments() -> None:
    assert dates(chain()) == [("03-04", False), ("03-09", True), ("03-10", True)]


def test_what_hung_on_a_step_counts_from_when_it_was_done() -> None:
    run = complete_step(chain(), "brief", FACTS, by=LEAD, at=utc("2026-03-13 02:00")).run
    assert dates(run) == [("03-04", False), ("03-18", False), ("03-19", True)]


def test_the_day_of_closing_is_the_day_where_the_run_is() -> None:
    late_evening = utc("2026-03-12 16:30")  # already Friday in Shanghai
    run = skip_step(chain(), "brief", FACTS, reason="known", by=LEAD, at=late_evening).run
    assert dates(run)[1] == ("03-18", False)


def test_what_hangs_on_a_step_follows_its_new_date() -> None:
    run = reschedule_step(
        chain(), "brief", FACTS, due_at=utc("2026-03-06 08:00"), by=LEAD, at=MONDAY
    ).run
    assert dates(run) == [("03-06", False), ("03-11", True), ("03-12", True)]


def test_hours_after_a_step_are_counted_to_the_minute_through_the_change_of_the_clocks() -> None:
    run = started(
        step("a", due="start + 20 workdays"), step("b", due="after(a) + 26 hours", needs=["a"]),
        calendar="DE",
    )  # fmt: skip
    facts = facts_of("DE")
    for at in ("2026-03-28 11:22", "2026-10-25 00:30", "2026-10-25 01:30"):
        after = complete_step(run, "a", facts, by=LEAD, at=utc(at)).run
        assert found(after, "b").due_at == utc(at) + timedelta(hours=26)


def test_a_step_after_a_whole_series_counts_from_its_last() -> None:
    series = step("call", due=["start + 1 workday", "start + 4 workdays"])
    run = started(series, step("sum", due="after(call) + 1 workday", needs=["call"]))
    assert found(run, "sum").due_at == utc("2026-03-09 10:00")
    skipped = skip_step(run, "call.2", FACTS, reason="enough", by=LEAD, at=MONDAY).run
    assert found(skipped, "sum").due_planned
    both = complete_step(skipped, "call.1", FACTS, by=LEAD, at=utc("2026-03-05 03:00")).run
    assert found(both, "sum").due_at == utc("2026-03-06 10:00")


def test_after_a_step_switched_off_counts_from_the_start_of_the_run() -> None:
    run = started(
        step("extra", when="param.size = large"), step("next", due="after(extra) + 2 workdays")
    )
    assert found(run, "next").due_at == utc("2026-03-04 10:00")
    assert not found(run, "next").due_planned


def test_after_a_step_that_repeats_or_has_no_date_nothing_is_due_yet() -> None:
    playbook = playbook_of(
        step("post", due="start", repeat={"on-demand": "true"}), step("a", due="after(post)"),
        step("b", due="anchor"), step("c", due="after(b) + 1 workday"),
    )  # fmt: skip
    run = start(playbook, anchor_on=None).run
    assert [s.key for s in run.steps] == ["a", "b", "c"]
    assert [(s.due_at, s.due_planned) for s in run.steps] == [
        (None, False), (None, False), (None, True),
    ]  # fmt: skip


def test_two_steps_that_count_from_each_other_have_no_date() -> None:
    run = start(playbook_of(step("a", due="after(b)"), step("b", due="after(a)"))).run
    assert [s.due_at for s in run.steps] == [None, None]


def test_forward_references_are_planned_too() -> None:
    run = started(step("b", due="after(a) + 1 workday"), step("a", due="start + 2 workdays"))
    assert dates(run)[0] == ("03-05", True)


def test_a_closed_occurrence_keeps_its_rule_and_the_owner_decides_the_hour() -> None:
    run = started(step("a", due="start + 1 workday"))
    moved = replace(found(run, "a"), owner=DORA)
    assert due_of(run, moved, FACTS) == (utc("2026-03-03 17:00"), False)
