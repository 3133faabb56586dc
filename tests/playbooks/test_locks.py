"""A gate locks what needs its phase, and nothing else; and no run gets stuck for good."""

from collections.abc import Mapping
from typing import Any

from hypothesis import HealthCheck, given, settings

from playbooks.definition import Playbook
from playbooks.locks import links_of, locks_of
from playbooks.phase_gates import pass_gate
from playbooks.phases import asked_phases, deciders_of, locked_by, round_of
from playbooks.records import WhichGate
from playbooks.run import Run, RunStatus, StepStatus
from playbooks.step_actions import skip_step
from tests.playbooks.engine import ANCHORED, FACTS, LEAD, MONDAY, playbook_of, start, step
from tests.playbooks.random_playbooks import CHOSEN, playbooks

GATE = {"ask": "Ready?", "by": "lead"}
often = settings(
    max_examples=150, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip


def phase(id_: str, *steps: Any, **more: Any) -> dict[str, Any]:
    return {"id": id_, "title": id_.title(), "steps": list(steps), **more}


def locks(*phases: dict[str, Any]) -> Mapping[str, tuple[str, ...]]:
    return playbook_of(phases=list(phases), **ANCHORED).locks


def test_what_needs_the_phase_waits_for_its_gate_near_and_far() -> None:
    found = locks(
        phase("plan", step("brief"), gate=GATE),
        phase("do", step("near", needs=["brief"]), step("far", needs=["near"]),
              step("dated", due="after(brief) + 2 days"), step("free")),
    )  # fmt: skip
    assert found == {
        "brief": (), "near": ("plan",), "far": ("plan",), "dated": ("plan",), "free": ("plan",),
    }  # fmt: skip


def test_what_needs_only_something_else_is_not_locked() -> None:
    found = locks(
        phase("start", step("kick")),
        phase("plan", step("brief"), gate=GATE),
        phase("do", step("other", needs=["kick"]), step("both", needs=["kick", "brief"])),
    )
    assert found["other"] == ()
    assert found["both"] == ("plan",)


def test_steps_of_the_phase_and_before_it_are_not_locked_by_its_gate() -> None:
    found = locks(phase("a", step("one")), phase("b", step("two", needs=["one"]), gate=GATE))
    assert found == {"one": (), "two": ()}


def test_monitoring_runs_beside_execution() -> None:
    found = locks(
        phase("plan", step("brief"), gate=GATE),
        phase("execute", step("work", needs=["brief"]), gate=GATE),
        phase("monitor", step("watch"), step("count", needs=["work"]),
              step("plans", needs=["brief"]), beside="yes"),
        phase("review", step("learn", needs=["count"]), step("rest")),
    )  # fmt: skip
    assert found["watch"] == ()
    assert found["count"] == ("plan",)  # through the work, and not by the gate it runs beside
    assert found["plans"] == ("plan",)
    assert found["learn"] == ("plan", "execute")
    assert found["rest"] == ("plan", "execute")


def test_two_phases_beside_the_same_one_are_both_free_of_its_gate() -> None:
    found = locks(
        phase("execute", step("work"), gate=GATE),
        phase("monitor", step("watch", needs=["work"]), beside="yes"),
        phase("report", step("tell", needs=["watch"]), beside="yes"),
        phase("end", step("close", needs=["tell"])),
    )
    assert found == {"work": (), "watch": (), "tell": (), "close": ("execute",)}


def test_a_gate_does_not_lock_what_its_own_phase_waits_for() -> None:
    found = locks(
        phase("plan", step("brief", needs=["licence"]), gate=GATE),
        phase("do", step("licence"), step("other")),
    )
    assert found == {"brief": (), "licence": (), "other": ("plan",)}


def test_nor_does_a_later_gate_lock_it_where_both_would_wait_for_each_other() -> None:
    found = locks(
        phase("plan", step("brief", needs=["licence"]), gate=GATE),
        phase("do", step("work"), gate=GATE),
        phase("end", step("licence"), step("close")),
    )
    assert found == {"brief": (), "work": ("plan",), "licence": (), "close": ("plan", "do")}


@often
@given(playbook=playbooks(in_order=True))
def test_a_gate_locks_exactly_what_needs_its_phase(playbook: Playbook) -> None:
    phases = playbook.phases
    links = {told.id: links_of(told) for told in playbook.steps}

    def needs(id_: str) -> set[str]:
        return set(links[id_]).union(*(needs(other) for other in links[id_]))

    for later, phase_ in enumerate(phases):
        for told in phase_.steps:
            expected = [
                gated.id
                for number, gated in enumerate(phases[:later])
                if gated.gate and not all(p.beside for p in phases[number + 1 : later + 1])
                and (needs(told.id) & {one.id for one in gated.steps}
                     or not (links[told.id] or phase_.beside))
            ]  # fmt: skip
            assert list(playbook.locks[told.id]) == expected


def opened_wrongly(run: Run) -> list[str]:
    return [s.key for s in run.steps if s.status is StepStatus.ACTIVE and locked_by(run, s)]


@often
@given(playbook=playbooks())
def test_every_run_comes_to_its_end_and_nothing_opens_before_its_gate(playbook: Playbook) -> None:
    run = start(playbook, params=CHOSEN).run
    for _ in range(60):
        assert opened_wrongly(run) == []
        active = next((s for s in run.steps if s.status is StepStatus.ACTIVE), None)
        gate = next(iter(asked_phases(run)), None)
        if active:
            run = skip_step(run, active.key, FACTS, reason="x", by=LEAD, at=MONDAY).run
        elif gate:
            which, by = WhichGate(gate.id, round_of(run, gate)), deciders_of(run, gate)[0]
            run = pass_gate(run, which, FACTS, by=by, at=MONDAY).run
    assert run.status is RunStatus.FINISHED or not run.steps


def test_the_rule_is_kept_with_the_playbook() -> None:
    playbook = playbook_of(step("a"))
    assert playbook.locks == locks_of(playbook.phases) == {"a": ()}
