"""The built-in SOP for events says what its specification asks for."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from playbooks.definition import Playbook
from playbooks.library import BUILT_IN, load_file
from playbooks.run import Run, StepStatus
from tests.playbooks.engine import LEAD, start

LOADED = load_file(BUILT_IN / "event.yaml")
NEEDS = {
    1: (), 2: (1,), 3: (2,), 4: (2,), 5: (2,), 6: (3, 5), 7: (6,), 8: (2,), 9: (6,), 10: (4, 6),
    11: (3, 8), 12: (6, 7), 13: (8,), 14: (7,), 15: (9,), 16: (10,), 17: (6, 7),
    18: (12, 13, 15, 16, 17), 19: (18,), 20: (14, 19), 21: (20,), 22: (20,), 23: (21,), 24: (21,),
    25: (21,), 26: (22,), 27: (23,), 28: (24, 25), 29: (28,),
}  # fmt: skip
BEFORE = {
    2: 60, 3: 55, 4: 50, 5: 50, 6: 40, 7: 38, 8: 35, 9: 30, 10: 28, 11: 25, 12: 20, 13: 10, 15: 5,
    16: 2, 17: 3, 18: 2, 19: 1, 23: -1, 24: -2, 25: -5, 26: -3, 27: -8, 28: -7, 29: -10,
}  # fmt: skip
OWNERS = {
    "head": (1,), "brand_manager": (3,), "procurement": (10,), "digital_manager": (11,),
    "sales_lead": (24,), "finance": (27,), "content_manager": (9, 15, 22, 26),
    "coordinator": (4, 5, 8, 13, 16, 19, 23, 25),
    "controller": (2, 6, 7, 12, 14, 17, 18, 20, 21, 28, 29),
}  # fmt: skip
APPROVERS = {
    1: ["controller"], 2: ["head", "finance"], 3: ["owner"], 4: ["controller", "head", "finance"],
    15: ["owner", "controller", "head"], 18: ["owner", "head"], 28: ["head"], 29: ["head"],
}  # fmt: skip


def event() -> Playbook:
    """The event playbook, which must load."""
    assert LOADED.playbook is not None, LOADED.faults
    return LOADED.playbook


def number(step_id: str) -> int:
    """The place of a step in the specification."""
    return int((event().steps_by_id[step_id].spec or "").removeprefix("EV-"))


def of(place: int) -> str:
    """The id of the step at a place in the specification."""
    return next(step.id for step in event().steps if step.spec == f"EV-{place:02}")


def november_run(**more: Any) -> Run:
    """A run for Thursday 20 November 2025 that has only a lead."""
    at = datetime(2025, 8, 1, 1, tzinfo=UTC)
    days = {"start_on": date(2025, 8, 1), "anchor_on": date(2025, 11, 20)}
    return start(event(), at=at, people={"controller": (LEAD,)}, **{**days, **more}).run


def test_the_file_loads_without_a_fault_or_warning() -> None:
    assert LOADED.faults == ()


def test_twenty_nine_steps_stand_in_the_order_of_the_specification() -> None:
    assert [step.spec for step in event().steps] == [f"EV-{place:02}" for place in range(1, 30)]
    assert [len(phase.steps) for phase in event().phases] == [7, 12, 4, 6]


def test_steps_need_what_the_specification_says() -> None:
    needs = {number(s.id): tuple(sorted(map(number, s.needs))) for s in event().steps}
    assert needs == NEEDS


def test_every_step_belongs_to_the_role_of_the_specification() -> None:
    owners = {number(step.id): step.owner for step in event().steps}
    assert owners == {place: role for role, places in OWNERS.items() for place in places}


def test_dates_count_from_the_event_day() -> None:
    dues = {number(step.id): [str(rule) for rule in step.due_rules()] for step in event().steps}
    for place, days in BEFORE.items():
        assert dues.pop(place) == [f"anchor {'-' if days > 0 else '+'} {abs(days)} workdays"]
    assert dues.pop(1) == ["start + 1 workdays"]
    assert dues.pop(14) == [f"anchor - {days} workdays" for days in (10, 3, 1)]
    assert dues.pop(20) == ["param.doors_open - 60 minutes"]
    assert dues == {21: ["anchor at 21:00"], 22: ["anchor at 21:00"]}


def test_exactly_one_role_leads_and_every_backup_ends_with_somebody() -> None:
    roles = event().roles
    assert [id_ for id_, role in roles.items() if role.lead] == ["controller"]
    for id_ in roles:
        asked = [id_]
        while backup := roles[asked[-1]].backup:
            assert backup not in asked
            asked.append(backup)
        assert asked[-1] == "controller"


def test_a_name_a_date_and_a_lead_are_enough_to_start() -> None:
    run = november_run()
    assert run.params == {
        "type": "customer-event", "mode": "on-site", "doors_open": "09:30", "size": "standard",
        "budget_threshold": "over-50000",
    }  # fmt: skip
    assert {step.owner for step in run.steps} == {LEAD}
    assert [step.id for step in run.steps if step.status is StepStatus.ACTIVE] == ["charter"]


def test_every_choice_of_a_parameter_can_be_started_with() -> None:
    choices = [(param.id, choice.id) for param in event().params for choice in param.choices]
    assert len(choices) == 14
    for param, choice in choices:
        assert november_run(params={param: choice}).params[param] == choice
    assert all(p.default in {c.id for c in p.choices} for p in event().params if p.choices)


def test_the_autumn_calendar_gives_the_dates_a_planner_would_write() -> None:
    due = {
        step.key: step.due_at.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%m-%d %H:%M")
        for step in november_run().steps if step.due_at
    }  # fmt: skip
    briefings = [due[f"{of(14)}.{nth}"][:5] for nth in (1, 2, 3)]
    assert briefings == ["11-06", "11-17", "11-19"]
    assert [due[of(place)][:5] for place in (13, 16, 18)] == ["11-06", "11-18", "11-18"]
    assert due[of(20)] == "11-20 08:30"


def test_a_compact_event_halves_only_the_early_lead_times() -> None:
    run, compact = november_run(), november_run(params={"size": "compact"})
    moved = {s.id for s, t in zip(run.steps, compact.steps, strict=True) if s.due_at != t.due_at}
    assert {number(id_) for id_ in moved} == {
        place for place, days in BEFORE.items() if days > 5
    } | {14}


def test_the_people_who_decide_are_those_of_the_specification() -> None:
    levels = {number(s.id): [level.by for level in s.approvals] for s in event().steps}
    assert {place: by for place, by in levels.items() if by} == APPROVERS


@pytest.mark.parametrize(
    ("threshold", "budget", "asked"),
    [
        ("over-50000", "50000", False), ("over-50000", "50001", True),
        ("over-200000", "60000", False), ("over-200000", "200001", True), ("always", "1", True),
    ],
)  # fmt: skip
def test_finance_decides_only_on_budgets_above_the_threshold(
    threshold: str, budget: str, asked: bool
) -> None:
    facts = {"answer.brief.budget": budget, "list.budget.total.planned": budget}
    for place in (2, 4):
        finance = event().steps_by_id[of(place)].approvals[-1].when
        assert finance is not None
        assert finance.holds({**facts, "param.budget_threshold": threshold}) is asked


def test_a_gate_blocks_on_no_unless_it_asks_for_a_fault() -> None:
    gates = {
        (number(step.id), question.id): question.blocks_on
        for step in event().steps for question in step.questions if question.type == "gate"
    }  # fmt: skip
    negative = {(7, "gaps"), (10, "walk"), (28, "below-target")}
    assert len(gates) == 15
    assert {gate for gate, blocks_on in gates.items() if blocks_on == "yes"} == negative


def test_the_brand_claim_must_be_quoted_before_anything_is_made() -> None:
    [question] = event().steps_by_id[of(3)].questions
    assert (question.blocks_on, question.evidence, question.required) == ("no", "required", True)


def test_every_step_names_the_seed_it_comes_from_or_says_it_is_ours() -> None:
    ours = {number(step.id) for step in event().steps if step.provenance == "added"}
    assert ours == {11, 23, 27}
    for step in event().steps:
        assert bool(step.seed) is (step.provenance != "added"), step.id
        assert step.provenance != "added" or all(i.provenance == "added" for i in step.checklist)
