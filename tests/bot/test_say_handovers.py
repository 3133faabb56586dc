"""What is said of a hand-over, and where outsiders read along."""

from bot.say import say
from bot.saying import Saying
from playbooks.handing_over import decide, give_back
from playbooks.handovers import DECISION
from playbooks.run import Change
from playbooks.submission import complete_step
from tests.playbooks.engine import DORA, FACTS, LEAD, MONDAY, NINA, WEI
from tests.playbooks.handed import disputed, handed_in, handed_run, prices, returned, which


def said(change: Change, *, outsiders: bool) -> list[Saying]:
    """What is posted anew, cards apart."""
    found = (
        saying
        for number, event in enumerate(change.events)
        for saying in say(event, number, change.run, FACTS, outsiders=outsiders)
    )
    return [s for s in found if s.kind in {"approval", "notice", "reminder"} and s.create]


def places(change: Change, *, outsiders: bool) -> list[tuple[str, str]]:
    """The kind of each message, and to whom; the thread is nobody."""
    return [(saying.kind, saying.to) for saying in said(change, outsiders=outsiders)]


def test_a_request_stands_in_the_thread_and_with_the_receiver_outsiders_see_none() -> None:
    change = complete_step(handed_run(), "prices", FACTS, by=DORA, at=MONDAY)
    assert places(change, outsiders=False) == [("approval", ""), ("approval", WEI)]
    assert places(change, outsiders=True) == [("approval", WEI)]


def test_a_return_is_told_to_the_owner_alone_where_outsiders_read_along() -> None:
    run = handed_in(handed_run())
    change = give_back(run, which(run), FACTS, criterion="codes", reason="None", by=WEI, at=MONDAY)
    assert places(change, outsiders=False) == [("notice", "")]
    assert places(change, outsiders=True) == [("notice", DORA)]


def test_the_second_return_is_told_by_the_request_or_to_the_owner_alone() -> None:
    run = handed_in(returned(handed_in(handed_run())))
    change = give_back(run, which(run), FACTS, criterion="codes", reason="None", by=WEI, at=MONDAY)
    asked = [("approval", LEAD), ("approval", NINA)]
    assert places(change, outsiders=False) == [("approval", ""), *asked]
    assert places(change, outsiders=True) == [*asked, ("notice", DORA)]
    [told] = [s for s in said(change, outsiders=True) if s.kind == "notice"]
    assert f"<@{LEAD}> decides" in told.draw(MONDAY).text


def test_a_decision_asks_each_whom_it_concerns_alone() -> None:
    run = disputed()
    change = decide(
        run, which(run, DECISION), FACTS, verdict="return", reason="Codes", people=(DORA, WEI),
        by=LEAD, at=MONDAY,
    )  # fmt: skip
    alone = [("approval", DORA), ("approval", WEI)]
    assert places(change, outsiders=False) == [("notice", ""), *alone]
    assert places(change, outsiders=True) == [("notice", DORA), *alone]
    assert prices(change.run).owner == DORA
