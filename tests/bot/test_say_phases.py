"""What phases and their gates make the bot say, to whom and where."""

from dataclasses import replace
from typing import Any

from bot.rehearsal import rehearse_playbook
from bot.say import say
from bot.saying import Saying
from playbooks.phase_gates import hold_gate, press_gates
from playbooks.records import WhichGate
from playbooks.run import Change, Run
from playbooks.submission import complete_step
from tests.playbooks.engine import DORA, FACTS, LEAD, MONDAY, WEI, playbook_of, start, step, utc

PHASES: list[dict[str, Any]] = [
    {"id": "plan", "title": "Plan", "objective": "Agree", "steps": [step("plan"), step("b")],
     "gate": {"ask": "Ready?", "by": "writer"}},
    {"id": "do", "title": "Do", "steps": [step("work", "designer")]},
]  # fmt: skip
LANGUAGES = {LEAD: "zh-Hans", WEI: "zh-Hant", DORA: "en"}
KNOWN = replace(
    FACTS, people={id_: replace(FACTS.person(id_), language=LANGUAGES[id_]) for id_ in LANGUAGES}
)


def said(change: Change, *, outsiders: bool = False) -> list[Saying]:
    return [
        saying
        for number, event in enumerate(change.events)
        for saying in say(event, number, change.run, KNOWN, outsiders=outsiders)
    ]


def over() -> tuple[Run, Change]:
    run = start(playbook_of(phases=PHASES)).run
    run = complete_step(run, "plan", FACTS, by=LEAD, at=MONDAY).run
    change = complete_step(run, "b", FACTS, by=LEAD, at=MONDAY)
    return change.run, change


def test_a_phase_s_message_comes_before_the_cards_of_its_steps() -> None:
    told = [s.key for s in said(start(playbook_of(phases=PHASES))) if s.create]
    assert told[:3] == ["R1/run/C1", "R1/phase/plan/C1", "R1/step/plan/C1"]


def test_the_request_goes_to_who_decides_in_their_language_and_is_posted_once() -> None:
    _, change = over()
    copies = [s for s in said(change) if s.create and s.to]
    assert {(s.key, s.to, s.kind, s.subject) for s in copies} == {
        ("R1/phase/plan/1/U3WEI", WEI, "notice", "plan"),
    }  # fmt: skip
    assert "待放行" in copies[0].draw(MONDAY).text


def test_before_a_clients_eyes_reasons_and_reminders_are_for_one_person() -> None:
    run, _ = over()
    held = hold_gate(run, WhichGate("plan", 1), FACTS, reason="too dear", by=WEI, at=MONDAY)
    for outsiders in (False, True):
        notices = [s for s in said(held, outsiders=outsiders) if not s.living]
        [notice] = notices
        assert notice.to == (LEAD if outsiders else "")
        assert bool(notice.under) is not outsiders
        assert "too dear" in notice.draw(MONDAY).text
    open_ = [s for s in said(held, outsiders=True) if not s.to]
    assert not any("too dear" in s.draw(MONDAY).text for s in open_)
    pressed = press_gates(run, FACTS, at=utc("2026-03-03 03:00"))
    [reminder] = [s for s in said(pressed, outsiders=True) if s.kind == "reminder"]
    assert reminder.to == WEI
    assert reminder.draw(MONDAY).text.startswith("*Spring* · <@U3WEI>")


def test_a_lead_who_says_not_yet_is_not_told_of_it() -> None:
    run, _ = over()
    run = replace(run, people={**run.people, "writer": (LEAD,)})
    held = hold_gate(run, WhichGate("plan", 1), FACTS, reason="x", by=LEAD, at=MONDAY)
    assert [s for s in said(held) if not s.living] == []


def test_a_rehearsal_tells_who_is_asked_and_passes_at_once() -> None:
    told = rehearse_playbook(
        playbook_of(phases=PHASES), at=MONDAY, anchor_on=None, calendar="CN", people={}, late={},
        until=None, language="en",
    )  # fmt: skip
    phases = [(m.to, m.kind) for m in told.messages if m.text.startswith(("🚩", "🟡 Gate"))]
    assert phases == [("lead", "notice"), ("writer", "notice")]
    assert [row["active_at"] is not None for row in told.steps] == [True, True, True]
