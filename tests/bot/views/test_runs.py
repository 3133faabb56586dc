"""The card of a run shows where things stand; its forms say what they change."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.views.run_modals import (
    build_cancel_modal,
    build_channel_modal,
    build_roles_modal,
    build_steps_modal,
)
from bot.views.runs import build_run_message
from playbooks.records import Pause
from playbooks.run import Run, RunStatus, StepStatus
from tests.bot.views.checking import element, field, texts
from tests.factories import AT, DUE, HEAD, LEAD, OWNER, a_playbook, a_run, a_step, a_told_step

LATE = AT - timedelta(days=1)


def a_long_run(**facts: Any) -> Run:
    """Three done, one late, eight under way, two waiting, one not needed."""
    names = [f"s{n}" for n in range(15)]
    told = [
        a_told_step(name, needs=["s3"] if n in {12, 13} else []) for n, name in enumerate(names)
    ]
    statuses = [
        *[StepStatus.DONE] * 3, *[StepStatus.ACTIVE] * 9, *[StepStatus.WAITING] * 2, StepStatus.OFF
    ]  # fmt: skip
    steps = [a_step(name, status=status) for name, status in zip(names, statuses, strict=True)]
    steps[3] = replace(steps[3], due_at=LATE)
    return a_run(*steps, playbook=a_playbook(*told), **facts)


def test_the_card_names_the_run_its_day_and_its_lead() -> None:
    message = build_run_message(a_long_run(), AT, "en")
    assert message.blocks[0]["text"]["text"] == (
        "📋 *Dealer day Shanghai*\nEvent · Thu 20 Nov · lead <@U0WANG>"
    )
    assert "3 of 14 done · 1 late" in message.text


def test_the_bar_counts_what_is_closed_and_leaves_out_what_is_not_needed() -> None:
    shown = texts(build_run_message(a_long_run(), AT, "en"))
    assert "▓▓░░░░░░░░ 3 of 14 done · 1 late" in shown


def test_what_is_late_comes_first_and_the_rest_is_counted() -> None:
    shown = texts(build_run_message(a_long_run(), AT, "en")).split("*Next*")[0]
    assert "*Now*\n🔴 Confirm s3 — <@U0LI>, was due yesterday\n🔵 " in shown
    assert shown.count("🔵") == 5
    assert "and 3 more" in shown


def test_what_comes_next_says_what_it_waits_for() -> None:
    shown = texts(build_run_message(a_long_run(), AT, "en"))
    assert "*Next*\nConfirm s12 — after Confirm s3\nConfirm s13 — after Confirm s3" in shown


def test_a_series_counts_as_one_step_among_those_that_come_later() -> None:
    names = ["s0", "s1", "s2", "s3", "call", "go"]
    told = [a_told_step(name, needs=["s0"] if name != "s0" else []) for name in names]
    keys = ["s1", "s2", "s3", "call.1", "call.2", "call.3", "go.1", "go.2"]
    waiting = [a_step(key, status=StepStatus.WAITING) for key in keys]
    run = a_run(a_step("s0"), *waiting, playbook=a_playbook(*told))
    assert "and 2 more" in texts(build_run_message(run, AT, "en")).split("*Next*")[1]


def test_help_that_was_asked_for_is_seen() -> None:
    run = a_run(a_step(help_by=OWNER))
    assert "help asked" in texts(build_run_message(run, AT, "en"))


def test_the_card_offers_its_steps_and_a_menu_of_what_works() -> None:
    message = build_run_message(a_long_run(), AT, "en")
    assert element(message, "run.steps")["value"] == "r1"
    options = element(message, "run.menu")["options"]
    acts = ["run.move_date", "run.pause", "run.cancel", "run.roles", "run.export"]
    assert [o["value"] for o in options] == [f"{act} r1" for act in acts]


def test_a_paused_run_says_since_when_by_whom_and_why_and_offers_to_go_on() -> None:
    pause = Pause(AT, LEAD, "<no> budget")
    message = build_run_message(
        a_long_run(status=RunStatus.PAUSED, pauses=(pause,)), AT + timedelta(days=9), "en"
    )
    options = element(message, "run.menu")["options"]
    assert [o["value"].split()[0] for o in options] == ["run.resume", "run.cancel", "run.export"]
    shown = texts(message)
    assert "⏸️ *Dealer day Shanghai* — paused since <!date" in shown
    assert "Reason: &lt;no&gt; budget" in shown
    assert "late" not in shown


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (RunStatus.FINISHED, "✅ *Dealer day Shanghai* — finished <!date"),
        (RunStatus.CANCELLED, "⏹️ *Dealer day Shanghai* — cancelled by <@U0WANG>, <!date"),
    ],
)
def test_a_run_that_is_over_collapses_to_how_it_ended(status: RunStatus, words: str) -> None:
    over = a_long_run(status=status, ended_at=AT, ended_by=LEAD, reason="<no> venue")
    message = build_run_message(over, AT, "en")
    assert len(message.blocks) == 3
    options = element(message, "run.menu")["options"]
    assert [o["value"] for o in options] == ["run.reopen r1", "run.export r1"]
    shown = texts(message)
    assert words in shown
    assert "3 of 14 done · took 50 days" in shown
    assert ("Reason: &lt;no&gt; venue" in shown) == (status is RunStatus.CANCELLED)


def test_every_step_is_listed_by_phase_with_state_owner_and_date() -> None:
    shown = texts(build_steps_modal(a_long_run(), AT, "en"))
    assert "*Before*" in shown
    assert "🔴 Confirm s3 · late · <@U0LI> · was due yesterday" in shown
    assert "⬜ Confirm s12 · waiting · <@U0LI> · due <!date" in shown
    assert "waits for Confirm s3" in shown
    assert "✅ Confirm s0 · done · <@U0LI>" in shown
    assert "➖ Confirm s14 · not needed" in shown


def test_cancelling_previews_what_stops_and_asks_why() -> None:
    steps = (a_step("s0", remind_at=DUE), a_step("s1"), a_step("s2", status=StepStatus.DONE))
    run = a_run(*steps, playbook=a_playbook(*[a_told_step(f"s{n}") for n in range(3)]))
    view = build_cancel_modal(run, "en")
    assert view["callback_id"] == "run.cancel"
    assert json.loads(view["private_metadata"]) == {"run": "r1"}
    assert field(view, "reason")["optional"] is False
    assert "2 open steps will stop.\n1 reminder will not be sent." in texts(view)


def test_roles_are_preset_with_who_plays_them_now() -> None:
    roles = {
        "controller": {"title": "Controller", "lead": "true"},
        "designer": {"title": "Designer", "backup": "head"},
        "head": {"title": "Head"},
        "host": {"title": "Hosts", "several": "true", "outsider": "true"},
    }
    people = {"controller": (LEAD,), "host": (OWNER, HEAD)}
    run = a_run(playbook=a_playbook(roles=roles), people=people, outsiders={"host": "Ms Ho"})
    view = build_roles_modal(run, "en")
    lead = field(view, "role.controller")
    assert (lead["element"]["initial_user"], lead["optional"]) == (LEAD, False)
    assert "initial_user" not in field(view, "role.designer")["element"]
    assert "Head stands in" in field(view, "role.designer")["hint"]["text"]
    assert "Controller stands in" in field(view, "role.head")["hint"]["text"]
    assert field(view, "role.host")["element"]["initial_users"] == [OWNER, HEAD]
    assert field(view, "outsider.host")["element"]["initial_value"] == "Ms Ho"


def test_another_channel_is_asked_for_without_one_preset() -> None:
    view = build_channel_modal(a_run(), "en")
    assert view["callback_id"] == "run.channel"
    assert "initial_conversation" not in field(view, "channel")["element"]


def test_a_series_counts_as_one_step_on_the_ended_card_and_in_the_cancel_form() -> None:
    told = a_playbook(
        a_told_step("call", due=["anchor - 3 days", "anchor - 1 day"]), a_told_step("go")
    )
    run = a_run(a_step("call.1"), a_step("call.2"), a_step("go"), playbook=told)
    assert "2 open steps" in str(build_cancel_modal(run, "en"))
    ended = replace(run, status=RunStatus.CANCELLED, ended_at=AT, ended_by=LEAD, reason="Rain")
    assert "0 of 2 done" in build_run_message(ended, AT, "en").text
