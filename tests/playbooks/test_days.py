from playbooks.days import next_dawn, turn_day
from playbooks.run import Change, EventKind
from playbooks.run_actions import cancel_run
from playbooks.submission import complete_step
from tests.playbooks.engine import FACTS, LEAD, MONDAY, kinds, started, step, utc


def test_the_day_turns_at_six_where_the_run_is() -> None:
    assert next_dawn("Asia/Shanghai", after=utc("2026-03-01 21:59")) == utc("2026-03-01 22:00")
    assert next_dawn("Asia/Shanghai", after=utc("2026-03-01 22:00")) == utc("2026-03-02 22:00")
    assert next_dawn("Europe/Berlin", after=utc("2026-03-28 12:00")) == utc("2026-03-29 04:00")


def test_cards_are_drawn_anew_once_a_day_however_late_the_clock_comes() -> None:
    run = started(step("a"))
    assert run.redraw_at == utc("2026-03-02 22:00")
    assert turn_day(run, FACTS, at=utc("2026-03-02 21:59")) == Change(run, ())
    change = turn_day(run, FACTS, at=utc("2026-03-05 12:00"))
    assert kinds(change.events) == [(EventKind.DAY_TURNED, "")]
    assert change.run.redraw_at == utc("2026-03-05 22:00")
    assert turn_day(change.run, FACTS, at=utc("2026-03-05 12:00")).events == ()


def test_the_day_turns_where_an_owner_of_open_work_is_too() -> None:
    run = started(step("a"), step("b", owner="designer"))  # Dora is in Berlin
    assert run.redraw_at == utc("2026-03-02 05:00")
    change = turn_day(run, FACTS, at=utc("2026-03-02 05:00"))
    assert change.run.redraw_at == utc("2026-03-02 22:00")
    done = complete_step(run, "b", FACTS, by=LEAD, at=MONDAY).run
    assert turn_day(done, FACTS, at=utc("2026-03-02 22:00")).run.redraw_at == utc(
        "2026-03-03 22:00"
    )


def test_an_ended_run_is_left_as_it_is() -> None:
    run = cancel_run(started(step("a")), reason="budget", by=LEAD, at=MONDAY).run
    assert turn_day(run, FACTS, at=utc("2026-03-05 12:00")) == Change(run, ())
