"""The forms and notices about a whole run, with the worst input, in three languages."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.views.blocks import Message
from bot.views.exporting import build_export_lost_message, build_export_modal
from bot.views.moving import MoveDraft, build_move_modal
from bot.views.pausing import build_pause_modal, build_reopen_modal, build_resume_modal
from bot.views.run_notices import (
    build_moved_message,
    build_paused_message,
    build_reopened_run_message,
    build_resumed_message,
    build_short_notice,
)
from bot.views.runs import build_run_message
from bot.views.steps import build_step_message
from playbooks.calendars import Facts, WorkCalendar
from playbooks.moving import move_date, plan_move
from playbooks.records import Pause
from playbooks.redating import NewDate
from playbooks.run import Event, EventKind, Run, RunStatus
from playbooks.texts import LANGUAGES
from tests.bot.views.checking import faults_of, field, texts
from tests.bot.views.nasty import LONG, an_ugly_run
from tests.factories import AT, LEAD, a_run

CHINA = Facts(WorkCalendar("CN"))
TO = date(2025, 12, 6)  # a Saturday
WISH = NewDate(TO, "compress", also=True)
Shown = Message | dict[str, Any]


def views(run: Run, language: str) -> Iterator[Shown]:
    """Everything that is shown of a run as a whole, besides its card."""
    keys = [step.key for step in run.steps]
    pause = Pause(AT - timedelta(days=9), LEAD, LONG)
    still = replace(run, status=RunStatus.PAUSED, pauses=(pause,))
    yield build_pause_modal(run, language)
    yield build_resume_modal(still, pause, CHINA, AT, language)
    yield build_reopen_modal(replace(run, status=RunStatus.CANCELLED), language)
    yield build_run_message(still, AT, language)
    yield from (build_step_message(still, step, AT, language) for step in still.steps[:5])
    yield build_export_modal(run, language)
    yield build_export_lost_message(run, language)
    yield from moves(run, language)
    told = {"reason": LONG, "was": "finished", "dates": "shift", "moved": 3, "days": 2}
    event = Event(EventKind.RUN_PAUSED, AT, LEAD, facts=told)
    for discreet in (True, False):
        yield build_paused_message(run, event, language, discreet=discreet)
        yield build_reopened_run_message(run, event, language, discreet=discreet)
        yield build_resumed_message(run, event, language, discreet=discreet)
    for late in ("compress", "skip", "start"):
        short = Event(EventKind.RUN_STARTED, AT, LEAD, facts={"late": late, "hurried": keys})
        yield build_short_notice(run, short, language)


def moves(run: Run, language: str) -> Iterator[Shown]:
    """The form at each stage, and what is told after it."""
    keys = [step.key for step in run.steps]
    draft = MoveDraft(run=run, seen="x", language=language, zone="Asia/Shanghai", reason=LONG)
    yield build_move_modal(draft)
    yield build_move_modal(replace(draft, chosen=TO, wrong="No", stale=True))
    plan = plan_move(run, CHINA, WISH, by=LEAD, at=AT)
    plan = replace(plan, late=tuple(keys), by_hand=tuple(keys), promised=tuple(keys))
    yield build_move_modal(replace(draft, chosen=TO, also=True, move=plan))
    event = move_date(run, CHINA, WISH, reason=LONG, by=LEAD, at=AT).events[0]
    facts = {**event.facts, "late": "skip", "hurried": keys, "kept": keys, "promised": keys}
    for discreet in (True, False):
        yield build_moved_message(run, replace(event, facts=facts), language, discreet=discreet)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("run", [a_run(), an_ugly_run()], ids=["plain", "ugly"])
def test_slack_takes_every_view_of_a_run_s_plans(run: Run, language: str) -> None:
    run = replace(run, lead=LEAD, started_by=LEAD, status=RunStatus.ACTIVE)
    shown = list(views(run, language))
    assert [faults_of(view) for view in shown] == [[]] * len(shown)


def test_the_form_says_that_the_day_itself_stays_on_a_day_off() -> None:
    run = a_run()
    plan = plan_move(run, CHINA, WISH, by=LEAD, at=AT)
    draft = MoveDraft(run=run, seen="x", language="en", zone="Asia/Shanghai", chosen=TO, move=plan)
    view = build_move_modal(draft)
    assert "Sat 6 Dec is a day off. The date itself stays on it." in texts(view)
    assert field(view, "anchor_on")["element"]["initial_date"] == "2025-12-06"
