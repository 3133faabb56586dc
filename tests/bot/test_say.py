"""What an event makes the bot say, and in whose language."""

from dataclasses import replace
from datetime import timedelta

from bot.refs import OnceKey, card_key
from bot.say import say
from bot.saying import Saying
from playbooks.answers import Given
from playbooks.calendars import Facts
from playbooks.gates import override_gate
from playbooks.pausing import pause_run
from playbooks.reminders import remind_step
from playbooks.run import Change
from playbooks.run_actions import tell_trouble
from playbooks.submission import Handed, complete_step
from tests.playbooks.engine import (
    DORA,
    FACTS,
    LEAD,
    MONDAY,
    found,
    playbook_of,
    start,
    started,
    step,
)

LANGUAGES = {LEAD: "zh-Hans", DORA: "zh-Hant"}
KNOWN = replace(
    FACTS, people={id_: replace(FACTS.person(id_), language=LANGUAGES[id_]) for id_ in LANGUAGES}
)


def said(change: Change, *, outsiders: bool = False) -> list[Saying]:
    return [
        saying
        for number, event in enumerate(change.events)
        for saying in say(event, number, change.run, KNOWN, outsiders=outsiders)
    ]


def test_a_date_that_hung_on_the_closed_step_is_drawn_anew_on_its_own_card() -> None:
    run = started(step("hall"), step("print", due="after(hall) + 2 workdays"))
    done = complete_step(run, "hall", FACTS, by=LEAD, at=MONDAY)
    assert found(run, "print").due_planned
    assert not found(done.run, "print").due_planned
    assert card_key(run.id, "print", run.channel) in {saying.key for saying in said(done)}


def test_trouble_is_told_in_the_language_of_the_lead() -> None:
    run = started(step("hall"))
    [trouble] = said(tell_trouble(run, trouble="archived", facts={}, at=MONDAY))
    assert trouble.to == LEAD
    assert "归档" in trouble.draw(MONDAY).text


def test_a_reminder_said_to_its_owner_alone_is_in_their_language_else_in_the_run_s() -> None:
    run = started(step("hall", owner="designer"))
    due_at = found(run, "hall").remind_at
    assert due_at
    change = remind_step(run, "hall", FACTS, at=due_at)
    [openly] = [s for s in said(change) if s.kind == "reminder"]
    [alone] = [s for s in said(change, outsiders=True) if s.kind == "reminder"]
    assert (openly.to, alone.to) == ("", DORA)
    assert openly.draw(due_at).text.isascii()
    assert not alone.draw(due_at).text.isascii()
    unknown = replace(change, run=replace(change.run, language="en"))
    event = unknown.events[0]
    told = say(event, 0, unknown.run, Facts(FACTS.calendar), outsiders=True)
    assert [s.draw(due_at).text.isascii() for s in told if s.kind == "reminder"] == [True]


def test_a_reminder_that_slack_has_not_heard_of_is_not_said_once_its_run_is_paused() -> None:
    run = started(step("hall", owner="designer"))
    due_at = found(run, "hall").remind_at
    assert due_at
    change = remind_step(run, "hall", FACTS, at=due_at)
    still = pause_run(change.run, reason="budget", by=LEAD, at=due_at).run
    for outsiders in (True, False):
        told = said(Change(still, change.events), outsiders=outsiders)
        assert [saying.key for saying in told if saying.create and saying.kind == "reminder"] == []
        assert [saying.create for saying in told if saying.kind == "step"] == [False]


def test_what_is_over_is_only_edited_and_only_where_it_was_said_before() -> None:
    run = started(step("hall", owner="designer"), step("print"))
    keys = [
        OnceKey(run.id, kind, about, number, LEAD)
        for kind in ("reminded", "trouble", "help_asked")
        for about, number in (("hall", 1), ("hall", 99), ("print", 1), ("-", 1))
    ]
    change = complete_step(run, "hall", FACTS, by=LEAD, at=MONDAY)
    [event, *_] = change.events
    known = map(str, [*keys, card_key(run.id, "hall", run.channel)])
    told = say(event, 5, change.run, KNOWN, outsiders=False, said=known)
    over = [saying for saying in told if saying.to]
    assert [saying.key for saying in over] == [
        f"{run.id}/reminded/hall/1/{LEAD}", f"{run.id}/trouble/hall/1/{LEAD}"
    ]  # fmt: skip
    assert all(saying.living and not saying.create for saying in over)
    assert all("已完成" in saying.draw(MONDAY).text for saying in over)


def test_two_gates_opened_before_either_was_told_each_tell_their_own_reason() -> None:
    gates = [{"id": id_, "ask": id_, "type": "gate", "blocks-on": "no"} for id_ in ("a", "b")]
    told = step("hall", owner="designer", questions=gates)
    run = start(playbook_of(told, override="lead")).run
    given = {"a": Given("no"), "b": Given("no")}
    run = complete_step(run, "hall", FACTS, by=DORA, at=MONDAY, handed=Handed(given=given)).run
    first = override_gate(run, "hall", question="a", reason="By phone", by=LEAD, at=MONDAY)
    later = MONDAY + timedelta(minutes=1)
    second = override_gate(first.run, "hall", question="b", reason="By mail", by=LEAD, at=later)
    late = Change(second.run, first.events + second.events)
    notices = [s.draw(MONDAY).text for s in said(late) if "/gate_overridden/" in s.key]
    assert ["By phone" in text for text in notices] == [True, False]
    assert ["By mail" in text for text in notices] == [False, True]
