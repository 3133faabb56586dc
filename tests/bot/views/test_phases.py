"""What a phase's message, the run's card and the Steps form say of phases and their gates."""

from dataclasses import replace
from typing import Any

import pytest

from bot.views.off_reasons import off_reason
from bot.views.phase_lines import phase_line
from bot.views.phases import Staged, build_phase_message
from bot.views.runs import build_run_message
from bot.views.steps import build_step_message
from playbooks.calendars import Facts, WorkCalendar
from playbooks.records import Answer, GateMove
from playbooks.run import Run, RunStatus, StepStatus
from tests.bot.views.checking import elements, texts
from tests.factories import AT, HEAD, LEAD, OWNER, a_playbook, a_run, a_step, a_told_step, words

ASKED = GateMove("plan", "asked", OWNER, AT)
HELD = GateMove("plan", "held", HEAD, AT, "no figures")
DONE = StepStatus.DONE


def a_gated_run(*gates: GateMove, over: bool = True, **facts: Any) -> Run:
    phases = [
        {"id": "plan", "title": words("Plan"), "objective": words("Agree on the demand"),
         "gate": {"ask": words("All agreed?"), "by": "head"},
         "steps": [a_told_step("brief"), a_told_step("budget")]},
        {"id": "do", "title": words("Do"), "steps": [a_told_step("work", needs=["brief"])]},
    ]  # fmt: skip
    closed: dict[str, Any] = {"status": DONE, "closed_at": AT, "closed_by": OWNER} if over else {}
    steps = (
        a_step("brief", **closed), a_step("budget", **closed),
        a_step("work", status=StepStatus.WAITING),
    )  # fmt: skip
    return a_run(*steps, playbook=a_playbook(phases=phases), gates=gates, **facts)


def message_of(run: Run, **more: Any) -> Any:
    facts = Facts(WorkCalendar("CN"))
    staged = Staged(run, run.playbook.phases[0], facts, run.language, **more)
    return build_phase_message(staged, AT)


def test_a_phase_under_way_tells_objective_steps_and_until_when() -> None:
    shown = texts(message_of(a_gated_run(over=False)))
    assert "🚩 Phase 1 of 2 · *Plan*" in shown
    assert "Objective: Agree on the demand" in shown
    assert "2 steps · until" in shown


def test_before_a_clients_eyes_there_are_no_buttons_and_no_reasons() -> None:
    run = a_gated_run(ASKED, HELD)
    assert "no figures" in texts(message_of(run))
    quiet = message_of(run, quiet=True)
    assert "no figures" not in quiet.text + texts(quiet)
    assert not elements(quiet, "phase.pass")
    over = replace(HELD, kind="overridden", reason="signed")
    passed = message_of(a_gated_run(ASKED, HELD, over), quiet=True)
    assert "signed" not in passed.text + texts(passed)
    assert not elements(passed, "phase.undo")


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_a_run_s_card_names_the_phase_and_the_gate_in_a_line(language: str) -> None:
    run = a_gated_run(ASKED, language=language)
    plan = run.playbook.phases[0]
    line = phase_line(run, language) or ""
    assert plan.title.to(language) in line
    assert plan.objective
    assert plan.objective.to(language) in line
    assert "\n" not in line
    assert f"<@{HEAD}>" in texts(build_run_message(run, AT, language))


def test_a_playbook_of_one_phase_without_an_objective_names_none() -> None:
    assert phase_line(a_run(), "en") is None


def test_a_locked_step_names_the_gate_and_who_decides() -> None:
    run = a_gated_run(ASKED)
    card = build_step_message(run, run.steps[2], AT, "en")
    assert (
        card.text
        == f"⬜ *Confirm work* — <@{OWNER}> · waits for the gate of “Plan”, <@{HEAD}> decides"
    )


def test_of_an_ended_run_a_phase_that_was_not_over_says_so() -> None:
    run = a_gated_run(over=False, status=RunStatus.CANCELLED, ended_at=AT, ended_by=LEAD)
    assert message_of(run).text == "⏹️ *Plan* — the run ended before this phase was over"
    waits = a_gated_run(ASKED, status=RunStatus.CANCELLED, ended_at=AT, ended_by=LEAD)
    assert message_of(waits).text == "✅ *Plan* — all 2 steps are closed"


def test_a_step_that_is_off_names_answers_and_parameters() -> None:
    brief = a_told_step("brief", questions=[{"id": "size", "ask": "How many guests?"}])
    stage = a_told_step("stage", when="param.mode = live and answer.brief.size > 100")
    mode = {"id": "mode", "title": "Mode", "type": "choice", "choices": [
        {"id": "live", "title": "On site"}, {"id": "online", "title": "Online"}]}  # fmt: skip
    playbook = a_playbook(brief, stage, params=[mode])
    steps = (
        a_step("brief", answers=(Answer("size", "40", OWNER, AT, 1),)),
        a_step("stage", status=StepStatus.OFF),
    )
    run = a_run(*steps, playbook=playbook, params={"mode": "online"})
    assert off_reason(run, steps[1], "en") == "Mode: Online, How many guests? 40"
    card = build_step_message(run, steps[1], AT, "en")
    assert "not needed in this run (Mode: Online, How many guests? 40)" in card.text


def test_a_step_outside_the_tier_or_switched_off_by_a_list_names_it() -> None:
    playbook = a_playbook(
        a_told_step("brief"),
        a_told_step("stage", tiers=["full"], when="list.budget.total.planned > 5"),
        tiers=[{"id": "basic", "title": "Basic"}, {"id": "full", "title": "Full"}],
        lists={"budget": {"title": "Budget", "columns": [{"id": "planned", "title": "Planned"}]}},
    )
    off = a_step("stage", status=StepStatus.OFF)
    run = a_run(a_step("brief"), off, playbook=playbook, tier="basic")
    assert off_reason(run, off, "en") == "Budget, Basic"
