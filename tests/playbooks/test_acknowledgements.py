"""Whom a decision concerns says to have read it; who was asked for what stays on record."""

from dataclasses import replace
from datetime import timedelta

from playbooks.acknowledgements import acknowledge, acknowledgements, ask_again
from playbooks.deliveries import deliveries, with_requests
from playbooks.handing_over import give_back
from playbooks.handovers import ACK
from playbooks.records import Which
from playbooks.run import Change, Event, EventKind, RunStatus
from playbooks.step_actions import skip_step
from playbooks.submission import complete_step
from tests.playbooks.engine import DORA, FACTS, LEAD, MONDAY, NINA, WEI, refused
from tests.playbooks.handed import (
    decided,
    disputed,
    handed_run,
    prices,
    which,
)

LATER = MONDAY + timedelta(minutes=4)
MISSING = {"criterion": "codes", "reason": "Missing"}


def test_those_concerned_acknowledge_once_and_nobody_else_does() -> None:
    run = decided(disputed(), people=(DORA, WEI, DORA, LEAD))
    [told] = acknowledgements(prices(run))
    assert told.open == (DORA, WEI)  # who decides knows it
    act = which(run, ACK)
    assert refused(lambda: acknowledge(run, act, FACTS, by=NINA, at=LATER)) == "not_concerned"
    read = acknowledge(run, act, FACTS, by=WEI, at=LATER).run
    [told] = acknowledgements(prices(read))
    assert (told.open, told.read) == ((DORA,), {WEI: LATER})
    assert refused(lambda: acknowledge(read, act, FACTS, by=WEI, at=LATER)) == "read_already"
    old = replace(act, version=1)
    assert refused(lambda: acknowledge(read, old, FACTS, by=DORA, at=LATER)) == "nothing_to_read"


def test_whoever_has_not_read_it_is_asked_three_times_in_their_hours() -> None:
    run = acknowledge(decided(disputed()), Which("prices", 2, ACK), FACTS, by=DORA, at=LATER).run
    asked = []
    for hour in range(24 * 14):
        change = ask_again(run, "prices", FACTS, at=MONDAY + timedelta(hours=hour))
        run = change.run
        asked += [(event.facts["to"], event.at) for event in change.events]
    assert [who for who, _ in asked] == [WEI] * 3
    assert all(FACTS.is_working(WEI, at) for _, at in asked)
    assert len({at.date() for _, at in asked}) == 3
    assert prices(run).ack_at is None


def test_an_ended_run_asks_nobody_again_but_still_takes_acknowledgements() -> None:
    run = skip_step(decided(disputed()), "load", FACTS, reason="No", by=LEAD, at=LATER).run
    assert run.status is RunStatus.FINISHED
    later = ask_again(run, "prices", FACTS, at=MONDAY + timedelta(days=9))
    assert later.events == ()
    assert prices(later.run).ack_at is None
    read = acknowledge(later.run, which(run, ACK), FACTS, by=WEI, at=LATER).run
    assert acknowledgements(prices(read))[0].open == (DORA,)


def test_each_request_is_kept_with_its_version_and_what_was_done_about_it() -> None:
    run = handed_run()
    history: list[Event] = []

    def then(change: Change) -> None:
        nonlocal run
        kept = with_requests(run, change)
        run = kept.run
        history.extend(kept.events)

    then(complete_step(run, "prices", FACTS, by=DORA, at=MONDAY))
    then(give_back(run, which(run), FACTS, **MISSING, by=WEI, at=LATER))
    then(complete_step(run, "prices", FACTS, by=DORA, at=LATER))
    assert [event.kind for event in history].count(EventKind.REQUESTED) == 2
    found = [
        (d.version, d.person, d.asked_at, d.move and d.move.at) for d in deliveries(run, history)
    ]
    assert found == [(1, WEI, MONDAY, LATER), (2, WEI, LATER, None)]
