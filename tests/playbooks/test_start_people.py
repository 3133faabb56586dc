from playbooks.run import EventKind, Run, RunStatus, StepStatus
from tests.playbooks.engine import (
    DORA,
    LEAD,
    NINA,
    ROLES,
    WEI,
    found,
    kinds,
    playbook_of,
    start,
    started,
    step,
)  # fmt: skip

SIZE = {
    "id": "size", "title": "Size", "type": "choice",
    "choices": [{"id": "small", "title": "S"}, {"id": "large", "title": "L"}],
}  # fmt: skip


def owner(run: Run, key: str) -> tuple[str, str, str]:
    step_ = found(run, key)
    return step_.owner, step_.owner_from, step_.reach


def cast(role: str, **people: tuple[str, ...]) -> tuple[str, str, str]:
    run = started(step("work", role), people={"lead": (LEAD,), **people},
                  outsiders={"vendor": "Print shop"})  # fmt: skip
    return owner(run, "work")


def test_a_step_belongs_to_the_first_person_of_its_role() -> None:
    assert cast("designer", designer=(DORA, WEI)) == (DORA, "role", "")


def test_an_empty_role_falls_to_its_backup_then_to_the_backups_backup_then_to_the_lead() -> None:
    assert cast("designer", writer=(WEI,)) == (WEI, "backup", "")
    assert cast("vendor", writer=(WEI,)) == (WEI, "backup", "Print shop")
    assert cast("designer") == (LEAD, "lead", "")
    assert cast("vendor") == (LEAD, "lead", "Print shop")


def test_an_outsider_with_an_account_is_the_owner() -> None:
    assert cast("vendor", vendor=(NINA,)) == (NINA, "role", "")


def test_backups_in_a_circle_end_at_the_lead() -> None:
    roles = {"lead": ROLES["lead"], "a": {"title": "A", "backup": "b"}}
    roles["b"] = {"title": "B", "backup": "a"}
    playbook = playbook_of(step("work", "a"), roles=roles)
    assert owner(start(playbook, people={"lead": (LEAD,)}).run, "work") == (LEAD, "lead", "")


def test_a_backup_that_leads_counts_as_the_lead() -> None:
    roles = {"lead": ROLES["lead"], "a": {"title": "A", "backup": "lead"}}
    assert owner(start(playbook_of(step("work", "a"), roles=roles)).run, "work")[1] == "lead"


def test_a_condition_switches_steps_off_and_what_needs_them_opens() -> None:
    playbook = playbook_of(
        step("extra", when="param.size = large"), step("next", needs=["extra"]), params=[SIZE]
    )
    run = start(playbook, params={"size": "small"}).run
    assert [s.status for s in run.steps] == [StepStatus.OFF, StepStatus.ACTIVE]
    assert found(run, "extra").reason == "param.size = large"
    assert found(run, "extra").owner == LEAD
    assert found(start(playbook, params={"size": "large"}).run, "extra").status == "active"


def test_what_asks_about_answers_or_lists_stays_on() -> None:
    run = started(step("work", when="answer.brief.budget > 5 and param.size = large"))
    assert found(run, "work").status is StepStatus.ACTIVE


def test_a_tier_leaves_steps_out_and_the_first_is_taken_unless_one_is_chosen() -> None:
    tiers = [{"id": id_, "title": id_} for id_ in ("basic", "full")]
    playbook = playbook_of(step("work"), step("film", tiers=["full"]), tiers=tiers)
    basic, full = start(playbook).run, start(playbook, tier="full").run
    assert (basic.tier, found(basic, "film").status) == ("basic", StepStatus.OFF)
    assert found(basic, "film").reason == "basic"
    assert found(full, "film").status is StepStatus.ACTIVE


def test_a_run_whose_every_step_is_switched_off_is_finished_at_once() -> None:
    playbook = playbook_of(step("extra", when="param.size = large"), params=[SIZE])
    change = start(playbook, params={"size": "small"})
    assert change.run.status is RunStatus.FINISHED
    assert kinds(change.events)[-1] == (EventKind.RUN_FINISHED, "")
