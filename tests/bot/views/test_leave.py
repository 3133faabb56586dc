"""What is said about leave, in three languages, with ordinary and with the worst input."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.views.blocks import Message
from bot.views.leave import (
    build_answered_message,
    build_ask_message,
    build_asked_message,
    build_away_message,
    build_back_message,
    build_begun_message,
    build_left_message,
    build_over_message,
    build_set_for_message,
)
from bot.views.leave_modals import (
    build_away_modal,
    build_handed_line,
    build_leaver_modal,
    build_preview_modal,
    role_lines,
)
from playbooks.leave import Leave, LeaveState
from playbooks.leavers import Everything
from playbooks.run import Event, EventKind, Run
from playbooks.texts import LANGUAGES
from tests.bot.views.checking import faults_of
from tests.bot.views.nasty import LONG, an_ugly_person, an_ugly_run
from tests.factories import AT, HEAD, LEAD, OWNER, a_person, a_run, a_step

STATES: list[LeaveState] = ["asked", "accepted", "declined", "ended", "cancelled"]
LEAVE = Leave(
    "l1", "T1", OWNER, date(2025, 12, 30), date(2026, 1, 2), HEAD, "asked", OWNER, AT,
    comment=LONG, asks=(HEAD,),
)  # fmt: skip


def everything_of(run: Run) -> Everything:
    keys = tuple(step.key for step in run.steps)
    decisions = tuple((key, "head") for key in keys)
    roles = tuple(run.people)
    return Everything(run, keys, roles, decisions, roles, keys, decisions)


def views(run: Run, language: str, reader: Any) -> list[Message | dict[str, Any]]:
    work = [(run, step) for step in run.steps] * 9
    goes, roles = everything_of(run), role_lines(run, list(run.people), language)
    told = {
        "from": OWNER, "to": HEAD, "steps": list(goes.steps), "left_roles": list(goes.left_roles),
        "left_steps": list(goes.left_steps), "left_decisions": [list(d) for d in goes.decisions],
    }  # fmt: skip
    shown: list[Message | dict[str, Any]] = [
        build_begun_message(LEAVE, work, work, reader, AT),
        build_over_message(work, work, reader, AT), build_over_message([], [], reader, AT),
        build_left_message(LEAVE, work, work, roles, reader, AT),
        build_away_modal(language, today=AT.date(), deputy="", me=LEAD, leads=True),
        build_away_modal(
            language, today=AT.date(), deputy=HEAD, me=OWNER, leads=False, leave=LEAVE
        ),
        build_leaver_modal(language, me=LEAD, leads=True),
        build_preview_modal([goes] * 20, OWNER, HEAD, language),
        build_handed_line(
            run, Event(EventKind.EVERYTHING_HANDED, AT, LEAD, facts=told), language
        ),
    ]  # fmt: skip
    for state in STATES:
        for by in (OWNER, LEAD):
            leave = replace(LEAVE, state=state, set_by=by)
            shown += [
                build_ask_message(leave, language, is_last=True),
                build_ask_message(leave, language, is_last=False),
                build_set_for_message(leave, language), build_back_message(leave, language),
                build_asked_message(leave, [LEAD, HEAD], language),
            ]  # fmt: skip
            if leave.is_open:
                shown.append(build_away_message([leave] * 3, reader))
    for answer in ("accepted", "declined"):
        shown += [build_answered_message(LEAVE, answer, who, language) for who in (OWNER, LEAD)]
    return shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_slack_takes_what_is_said_about_leave(language: str) -> None:
    run = a_run(a_step(stands_for=OWNER, owner=HEAD, owner_from="leave"), language=language)
    for shown in views(run, language, a_person(language=language)):
        assert faults_of(shown) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_slack_takes_it_with_the_worst_input(language: str) -> None:
    for shown in views(an_ugly_run(language), language, an_ugly_person(language)):
        assert faults_of(shown) == []


def test_a_leave_over_new_year_tells_both_years() -> None:
    told = build_ask_message(LEAVE, "en", is_last=True).text
    assert "Tue 30 Dec – Fri 2 Jan 2026" in told


def test_whoever_cannot_name_another_gets_no_button_for_it() -> None:
    declined = replace(LEAVE, state="declined")
    assert len(build_answered_message(declined, "declined", OWNER, "en").blocks) == 2
    assert len(build_answered_message(declined, "declined", LEAD, "en").blocks) == 1
