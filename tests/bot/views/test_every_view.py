"""Every view, with ordinary and with the worst input, in three languages, against the checker."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.refs import GateRef, StepRef
from bot.views.answers import build_answer_modal, error_message
from bot.views.blocks import Message
from bot.views.company_days import build_day_modal, build_days_modal
from bot.views.cycle_notices import (
    Cycle,
    build_cycle_message,
    build_skip_answered,
    build_skip_request,
)
from bot.views.cycles import build_skip_cycle_modal
from bot.views.done_modal import build_done_modal
from bot.views.feeds import (
    build_known_feed_modal,
    build_new_feed_modal,
    build_no_feed_modal,
)
from bot.views.home import HomeDesk, build_home_view
from bot.views.markup import title
from bot.views.menu import (
    build_help_message,
    build_menu_message,
    build_my_work_message,
    build_status_message,
)
from bot.views.notices import (
    build_blocked_message,
    build_comment_message,
    build_evidence_offer,
    build_handed_over_message,
    build_help_asked_message,
    build_past_trouble,
    build_reopened_message,
    build_rescheduled_message,
    build_trouble_message,
)
from bot.views.on_demand import build_open_modal
from bot.views.phase_notices import (
    build_gate_pressed_message,
    build_held_message,
    build_hold_modal,
    build_overrule_modal,
)
from bot.views.phases import Staged, build_gate_copy, build_phase_message
from bot.views.plan import (
    Plan,
    PlanLine,
    build_loading_modal,
    build_plan_modal,
    build_unplanned_modal,
)
from bot.views.playbook_list import build_playbooks_message
from bot.views.reminders import build_past_message, build_reminder_message
from bot.views.run_modals import (
    build_cancel_modal,
    build_channel_modal,
    build_roles_modal,
    build_steps_modal,
)
from bot.views.runs import build_run_message
from bot.views.settings import build_settings_modal
from bot.views.start import StartDraft, build_start_modal
from bot.views.step_modals import (
    build_assign_modal,
    build_comment_modal,
    build_evidence_modal,
    build_message_evidence_modal,
    build_reschedule_modal,
    build_skip_modal,
)
from bot.views.steps import build_step_message
from playbooks.calendars import Facts, WorkCalendar
from playbooks.company_days import CompanyDay
from playbooks.people import Person
from playbooks.records import GateKind, GateMove
from playbooks.run import Comment, Event, EventKind, Run, RunStatus, Step, StepStatus
from playbooks.schedules import Schedule, Skip, facts_of_cycle
from playbooks.texts import LANGUAGES
from tests.bot.views.checking import faults_of
from tests.bot.views.nasty import LONG, an_ugly_person, an_ugly_run
from tests.factories import AT, LEAD, a_person, a_playbook, a_run, a_step, a_told_step, words

Shown = Message | dict[str, Any]
FACTS = Facts(WorkCalendar("CN"))


def a_plain_run(language: str) -> Run:
    told = [
        a_told_step("brief"),
        a_told_step(
            "venue", needs=["brief"], checklist=[{"id": "signed", "text": "Contract signed"}],
            deliverable={"title": "The contract", "required": "true"},
        ),
        a_told_step("go", needs=["venue"]),
    ]  # fmt: skip
    gate = {"ask": words("All agreed?"), "by": "head"}
    phases = [
        {"id": "p0", "title": words("Plan"), "objective": words("Agree"), "gate": gate,
         "steps": told},
        {"id": "p1", "title": words("Do"), "steps": [a_told_step("do")]},
    ]  # fmt: skip
    return a_run(playbook=a_playbook(phases=phases), language=language)


def runs_of(run: Run) -> Iterator[Run]:
    yield run
    yield replace(run, status=RunStatus.FINISHED, ended_at=AT, ended_by=LEAD)
    yield replace(run, status=RunStatus.CANCELLED, ended_at=AT, ended_by=LEAD)


def run_views(run: Run, language: str) -> Iterator[Shown]:
    for other in runs_of(run):
        yield build_run_message(other, AT, language)
        yield build_steps_modal(other, AT, language)
        yield build_past_trouble(other, language)
    yield build_cancel_modal(run, language)
    yield build_roles_modal(run, language)
    yield build_channel_modal(run, language)
    yield build_trouble_message("not_in_channel", run, language)
    yield build_trouble_message("removed", run, language)
    yield build_trouble_message("archived", run, language)
    yield build_trouble_message("not_member", run, language, step=run.steps[0])


def phase_views(run: Run, language: str) -> Iterator[Shown]:
    moves: list[tuple[GateMove, ...]] = [()]
    kinds: list[GateKind] = ["asked", "held", "overridden", "lapsed"]
    for kind in kinds:
        moves.append((*moves[-1], GateMove("p0", kind, LEAD, AT, LONG)))
    closed = tuple(replace(step, status=StepStatus.DONE, closed_at=AT) for step in run.steps)
    for other in (run, replace(run, steps=closed)):
        for gates in moves:
            yield from gate_views(replace(other, gates=gates), language)


def gate_views(run: Run, language: str) -> Iterator[Shown]:
    phase = run.playbook.phases[0]
    for direct in (False, True):
        for other in runs_of(run):
            staged = Staged(other, phase, FACTS, language, direct=direct, quiet=not direct)
            yield build_phase_message(staged, AT)
            yield build_gate_copy(staged, 1, AT)
    staged = Staged(run, phase, FACTS, language, direct=True)
    held = Event(EventKind.PHASE_HELD, AT, LEAD, facts={"reason": LONG})
    yield build_held_message(staged, held, LEAD)
    for rung, to in (("remind", LEAD), ("escalate", LEAD), ("escalate", "U0LI")):
        pressed = Event(EventKind.PHASE_PRESSED, AT, "clock", facts={"rung": rung, "to": to})
        yield build_gate_pressed_message(staged, pressed)
    ref = GateRef(run.id, phase.id, 1)
    yield build_hold_modal(run, phase, ref, language)
    yield build_overrule_modal(run, phase, ref, language)
    yield build_run_message(run, AT, language)
    yield build_steps_modal(run, AT, language)


def step_modals(run: Run, step: Step, language: str) -> Iterator[Shown]:
    simple: list[Callable[[Run, Step, str], dict[str, Any]]] = [
        build_done_modal, build_skip_modal, build_assign_modal, build_evidence_modal,
        build_comment_modal,
    ]  # fmt: skip
    for build in simple:
        yield build(run, step, language)
    yield build_reschedule_modal(run, step, AT, language)
    yield build_message_evidence_modal(
        [(run, step) for step in run.steps], language, title=LONG, message="C1/1.2"
    )
    yield build_message_evidence_modal([], language)


def step_messages(run: Run, step: Step, language: str) -> Iterator[Shown]:
    for other in runs_of(run):
        yield build_step_message(other, step, AT, language)
        yield build_past_message(other, step, AT, language)
    yield build_reminder_message(run, step, "before", AT, language)
    yield build_reminder_message(run, step, "due", AT, language)
    yield build_reminder_message(run, step, "overdue", AT, language)
    yield build_help_asked_message(run, replace(step, help_by=LEAD), language)
    yield build_handed_over_message(run, step, LEAD, language)
    yield build_blocked_message(run, step, language)
    yield build_reopened_message(run, step, LEAD, language)
    for reason in ("", LONG):
        yield build_rescheduled_message(run, step, LEAD, reason, language)
    yield build_comment_message(Comment(LONG, LEAD, AT), language)
    yield build_evidence_offer(StepRef(run.id, step.key), LONG, "F0FILE", language)


def person_views(person: Person, run: Run) -> Iterator[Shown]:
    language = person.language
    work = [(run, step, "https://s.slack.com/archives/C1/p1") for step in run.steps] * 4
    desk = HomeDesk(work=work, runs=[run] * 40)
    for page in (1, 2, 99):
        yield build_home_view(person, desk, AT, page=page)
    yield build_home_view(person, HomeDesk(runs=[run]), AT)
    yield build_home_view(person, HomeDesk(), AT)
    for own in (person, replace(person, calendar="DE", digest_daily=True)):
        yield build_settings_modal(own, leads=True)
        yield build_home_view(own, HomeDesk(), AT)
    day = CompanyDay(date(2026, 12, 24), works=False, name=LONG)
    yield build_days_modal([day, replace(day, works=True, name="")] * 30, AT.date(), language)
    yield build_day_modal(language)
    for whose in (None, run):
        yield build_new_feed_modal(f"https://sop.example/calendar/{'x' * 43}.ics", whose, language)
        yield build_known_feed_modal(AT, whose, person)
        yield build_no_feed_modal(whose, language)
    yield build_steps_modal(run, AT, language, reader=run.lead)
    yield build_menu_message(person, work, AT)
    yield build_menu_message(person, [], AT)
    yield build_my_work_message(person, work, AT)
    yield build_my_work_message(person, [], AT)
    for count in range(3):
        several = [replace(run, id=f"r{n}") for n in range(count)]
        yield build_status_message(several, AT, person.language)
        yield build_status_message(several, AT, person.language, elsewhere=True)
    yield build_playbooks_message([run.playbook] * 60, person.language)
    yield build_playbooks_message([], person.language)
    repeating = [
        (replace(a_schedule(run), skip=skip), run) for skip in (None, Skip(LONG, LEAD, LEAD))
    ]
    repeating.append((replace(a_schedule(run), state="stopped"), run))
    for reader in (LEAD, ""):
        yield build_playbooks_message([run.playbook] * 60, person.language, repeating * 4, reader)
    yield build_skip_cycle_modal(repeating[0], person.language)
    yield build_open_modal(run, run.playbook.steps[0], AT.date(), person.language)
    yield build_loading_modal(person.language)
    yield build_unplanned_modal(title(LONG), person.language)
    lines = [PlanLine(AT, LEAD, "step", step.id) for step in run.steps] * 60
    plan = Plan(run.playbook, AT.date(), AT.date(), 9, lines, [LONG] * 12)
    yield build_plan_modal(plan, person.language)
    yield build_plan_modal(replace(plan, lines=()), person.language)
    yield build_help_message(person.language)
    yield build_answer_modal(error_message(person.language, LONG), person.language)
    yield error_message(person.language, "a1b2c3")
    draft = StartDraft(
        playbook=run.playbook, library=[run.playbook], me=person, language=person.language
    )
    yield build_start_modal(replace(draft, repeats=(LONG, LONG)), AT)
    yield build_start_modal(replace(draft, repeats=("Mon", ""), repeat=False), AT)
    yield build_start_modal(draft, AT)
    yield build_start_modal(
        replace(draft, late=3, first_due=AT, channel="C0DEALER", provisional=(2027, 2028)), AT
    )


def a_schedule(run: Run) -> Schedule:
    return Schedule("T1", "s1", run.playbook.id, run.id, run.name, 2, AT, AT.date())


def cycle_views(run: Run, language: str) -> Iterator[Shown]:
    told = facts_of_cycle(a_schedule(run)) | {"next_at": AT.isoformat()}
    asked = {"reason": LONG, "asked_by": LEAD, "head": LEAD}
    left = [{"id": "brief", "owner": LEAD}, {"id": "gone", "owner": "U0LI"}] * 10
    opened = {"late": True, "missed": 3, "from": LONG, "left": left}
    kinds: dict[EventKind, dict[str, Any]] = {
        EventKind.CYCLE_SKIPPED: asked, EventKind.CYCLE_KEPT: asked, EventKind.CYCLE_FAILED: {},
        EventKind.CYCLES_STOPPED: {}, EventKind.CYCLES_RESUMED: {}, EventKind.CYCLE_OPENED: opened,
    }  # fmt: skip
    for kind, facts in kinds.items():
        for by in (LEAD, "clock"):
            cycle = Cycle(run, Event(kind, AT, by, facts=told | facts), language)
            yield build_cycle_message(cycle)
            yield build_skip_answered(cycle)
    open_still = Event(EventKind.CYCLE_SKIPPED, AT, "clock", facts=told | {"open": LONG})
    yield build_cycle_message(Cycle(run, open_still, language))
    request = Cycle(run, Event(EventKind.CYCLE_ASKED, AT, LEAD, facts=told | asked), language)
    yield build_skip_request(request, AT - timedelta(days=1))
    yield build_skip_request(request, AT)


def every_view(run: Run, person: Person, language: str) -> Iterator[Shown]:
    yield from run_views(run, language)
    yield from phase_views(run, language)
    yield from cycle_views(run, language)
    for step in run.steps[:5]:
        yield from step_modals(run, step, language)
        yield from step_messages(run, step, language)
    yield from person_views(person, run)


@pytest.mark.parametrize("language", LANGUAGES)
def test_slack_takes_every_view_with_ordinary_input(language: str) -> None:
    for shown in every_view(a_plain_run(language), a_person(language=language), language):
        assert faults_of(shown) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_slack_takes_every_view_with_the_worst_input(language: str) -> None:
    for shown in every_view(an_ugly_run(language), an_ugly_person(language), language):
        assert faults_of(shown) == []


def test_slack_takes_the_views_of_a_step_that_has_no_date_and_unknown_people() -> None:
    step = a_step(due_at=None, owner="somebody")
    run = a_run(step, lead="nobody")
    for shown in (*step_messages(run, step, "en"), *run_views(run, "en")):
        assert faults_of(shown) == []
