from datetime import datetime, timedelta
from typing import Any

import pytest

from playbooks.flow import TEXT_LIMIT
from playbooks.run import Change, Evidence, Run
from playbooks.step_actions import (
    add_comment,
    add_evidence,
    ask_help,
    assign_step,
    reopen_step,
    reschedule_step,
    skip_step,
    tick_items,
)  # fmt: skip
from playbooks.submission import complete_step
from tests.playbooks.engine import (
    BOT,
    DORA,
    FACTS,
    LEAD,
    MONDAY,
    NINA,
    STRANGER,
    WEI,
    found,
    items,
    refused,
    started,
    step,
    utc,
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
    return complete_step(run, "brief", FACTS, by=by, at=LATER, **more)


def skip(run: Run, key: str = "brief", by: str = DORA, reason: str = "not needed") -> Change:
    return skip_step(run, key, FACTS, reason=reason, by=by, at=LATER)


def reopen(run: Run, by: str = DORA) -> Change:
    return reopen_step(run, "brief", FACTS, by=by, at=LATER)


def assign(run: Run, person: str, by: str = DORA, key: str = "brief") -> Change:
    return assign_step(run, key, FACTS, person=person, by=by, at=LATER)


def link(value: str = "https://example.com/a", by: str = DORA) -> Evidence:
    return Evidence("link", value, "File", by, LATER)


def test_ticking_sets_what_was_shown_and_keeps_the_rest() -> None:
    run = tick(begun(), ["one"], ["one"]).run
    change = tick(run, ["two", "x"], ["two"], by=LEAD)
    assert [(t.item, t.by, t.at) for t in found(change.run, "brief").ticks] == [
        ("one", DORA, LATER), ("two", LEAD, LATER),
    ]  # fmt: skip
    assert change.events[0].facts == {"ticked": ["two"], "cleared": []}


def test_clearing_a_box_is_told_too() -> None:
    run = tick(begun(), ["one", "two"], ["one", "two"]).run
    change = tick(run, ["one", "two"], ["two"])
    assert found(change.run, "brief").ticked() == {"two"}
    assert change.events[0].facts == {"ticked": [], "cleared": ["one"]}


def test_ticking_the_same_twice_or_what_is_not_there_changes_nothing() -> None:
    run = tick(begun(), ["one"], ["one"]).run
    assert tick(run, ["one"], ["one"]) == Change(run, ())
    assert tick(run, ["nothing"], ["nothing"]) == Change(run, ())
    assert tick(run, [], ["two"]) == Change(run, ())


def test_boxes_belong_to_the_owner_and_the_lead() -> None:
    assert refused(lambda: tick(begun(), ["one"], ["one"], by=STRANGER)) == "not_yours"


def test_a_step_is_handed_to_one_other_person() -> None:
    run = ask_help(begun(), "brief", by=DORA, at=LATER).run
    change = assign(run, NINA)
    brief = found(change.run, "brief")
    assert (brief.owner, brief.owner_from, brief.help_by) == (NINA, "assigned", "")
    assert change.events[0].facts == {"from": DORA, "to": NINA}
    assert brief.remind_at == utc("2026-03-05 15:00")
    assert refused(lambda: assign(change.run, NINA, by=NINA)) == "already_theirs"


def test_a_waiting_step_is_handed_over_without_a_reminder() -> None:
    run = assign(begun(), WEI, by=LEAD, key="print").run
    assert (found(run, "print").owner, found(run, "print").remind_at) == (WEI, None)


@pytest.mark.parametrize("person", ["", BOT])
def test_neither_nobody_nor_a_bot_can_own_a_step(person: str) -> None:
    assert refused(lambda: assign(begun(), person)) == "cannot_own"


def test_whoever_reached_an_outsider_can_take_the_step_on() -> None:
    run = started(step("brief", "vendor"), outsiders={"vendor": "Print shop"})
    assert (found(run, "brief").owner, found(run, "brief").reach) == (DORA, "Print shop")
    run = assign(run, DORA).run
    assert found(run, "brief").reach == ""
    assert refused(lambda: assign(run, DORA)) == "already_theirs"


def test_a_closed_step_is_not_handed_over() -> None:
    assert refused(lambda: assign(skip(begun()).run, WEI)) == "already_skipped"


def reschedule(run: Run, due_at: datetime, **more: Any) -> Change:
    return reschedule_step(run, "brief", FACTS, due_at=due_at, by=DORA, at=LATER, **more)


def test_a_new_date_voids_the_old_reminder() -> None:
    run = ask_help(begun(), "brief", by=DORA, at=LATER).run
    change = reschedule(run, utc("2026-03-13 10:00"), reason=" vendor is late ")
    brief = found(change.run, "brief")
    assert (brief.due_at, brief.due_planned, brief.help_by) == (utc("2026-03-13 10:00"), False, "")
    assert brief.remind_at == utc("2026-03-11 09:00")
    assert change.events[0].facts == {
        "from": "2026-03-09T17:00:00+00:00", "to": "2026-03-13T10:00:00+00:00",
        "reason": "vendor is late",
    }  # fmt: skip


def test_the_same_date_again_changes_nothing() -> None:
    run = reschedule(begun(), utc("2026-03-13 10:00")).run
    assert reschedule(run, utc("2026-03-13 10:00")) == Change(run, ())


def test_a_date_can_be_given_where_none_was_but_not_in_the_past() -> None:
    run = started(step("brief", "designer", due="param.missing"))
    change = reschedule(run, utc("2026-03-13 10:00"))
    assert change.events[0].facts["from"] == ""
    assert refused(lambda: reschedule(run, LATER)) == "date_past"
    assert refused(lambda: reschedule(skip(begun()).run, utc("2026-03-13 10:00")))


def test_the_same_evidence_counts_once() -> None:
    change = add_evidence(begun(), "brief", FACTS, evidence=link(), by=WEI, at=LATER)
    assert change.events[0].facts == {"title": "File"}
    again = add_evidence(change.run, "brief", FACTS, evidence=link(by=LEAD), by=LEAD, at=LATER)
    assert again == Change(change.run, ())
    more = add_evidence(change.run, "brief", FACTS, evidence=link("https://b"), by=LEAD, at=LATER)
    assert len(found(more.run, "brief").evidence) == 2


def test_evidence_and_comments_may_come_after_the_step() -> None:
    run = skip(begun()).run
    run = add_evidence(run, "brief", FACTS, evidence=link(), by=WEI, at=LATER).run
    change = add_comment(run, "brief", text=" well done ", by=WEI, at=LATER)
    assert [c.text for c in found(change.run, "brief").comments] == ["well done"]
    assert change.events[0].facts == {"text": "well done"}


def test_a_comment_said_twice_is_kept_once() -> None:
    run = add_comment(begun(), "brief", text="ok", by=WEI, at=LATER).run
    assert add_comment(run, "brief", text="ok ", by=WEI, at=LATER) == Change(run, ())
    assert add_comment(run, "brief", text="ok", by=NINA, at=LATER).events
    assert refused(lambda: add_comment(run, "brief", text=" ", by=WEI, at=LATER)) == "words_missing"


def test_long_words_are_cut() -> None:
    run = add_comment(begun(), "brief", text="w" * 5000, by=WEI, at=LATER).run
    assert len(found(run, "brief").comments[0].text) == TEXT_LIMIT


def test_anybody_can_call_the_lead_once() -> None:
    change = ask_help(begun(), "brief", by=STRANGER, at=LATER)
    brief = found(change.run, "brief")
    assert (brief.help_by, brief.remind_at) == (STRANGER, None)
    assert change.events[0].facts == {"lead": LEAD}
    assert refused(lambda: ask_help(change.run, "brief", by=DORA, at=LATER)) == "help_asked"
