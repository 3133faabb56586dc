from datetime import timedelta

import pytest

from playbooks.flow import require_active, require_lead, require_step, require_theirs
from playbooks.run import Evidence, Refused, StepStatus
from playbooks.run_actions import cancel_run
from playbooks.step_actions import (
    add_comment,
    add_evidence,
    ask_help,
    assign_step,
    reopen_step,
    require_may_act,
    reschedule_step,
    skip_step,
    tick_items,
)
from playbooks.submission import complete_step, needs_form
from tests.playbooks.engine import (
    DORA,
    FACTS,
    LEAD,
    MONDAY,
    STRANGER,
    WEI,
    found,
    refusal,
    refused,
    started,
    step,
    utc,
)

LATER = MONDAY + timedelta(hours=2)
PROOF = Evidence("text", "done", "Done", WEI, LATER)
DIAMOND = (
    step("top"), step("left", needs=["top"]), step("right", needs=["top"]),
    step("end", needs=["left", "right"]),
)  # fmt: skip


def test_each_state_has_its_own_refusal() -> None:
    run = started(*DIAMOND, step("off", when="param.size = large"))
    run = skip_step(
        complete_step(run, "top", FACTS, by=LEAD, at=MONDAY).run,
        "left",
        FACTS,
        reason="x",
        by=LEAD,
        at=MONDAY,
    ).run
    told = {
        "top": ("already_done", {"by": LEAD, "at": MONDAY}),
        "left": ("already_skipped", {"by": LEAD, "at": MONDAY}),
        "end": ("still_waiting", {"steps": ("right",)}),
        "off": ("switched_off", {"reason": "param.size = large"}),
        "nowhere": ("no_such_step", {"step": "nowhere"}),
    }
    for key, answer in told.items():
        with pytest.raises(Refused) as refused:
            require_active(run, key)
        assert refusal(refused.value) == answer
    assert require_active(run, "right").status is StepStatus.ACTIVE


def test_an_ended_run_refuses_and_says_who_ended_it() -> None:
    run = cancel_run(started(step("a")), reason="budget", by=LEAD, at=MONDAY).run
    with pytest.raises(Refused) as refused:
        require_step(run, "a")
    assert refusal(refused.value) == (
        "run_cancelled", {"by": LEAD, "at": MONDAY, "lead": LEAD},
    )  # fmt: skip


def test_only_the_owner_and_the_lead_may_act() -> None:
    run = started(step("a", "designer"))
    for by in (DORA, LEAD):
        require_theirs(run, found(run, "a"), by)
    require_lead(run, LEAD)
    with pytest.raises(Refused) as refused:
        require_theirs(run, found(run, "a"), STRANGER)
    assert refusal(refused.value) == ("not_yours", {"owner": DORA, "lead": LEAD})
    with pytest.raises(Refused) as refused:
        require_lead(run, DORA)
    assert refusal(refused.value) == ("lead_only", {"lead": LEAD})


def test_a_step_switched_off_stays_off() -> None:
    run = started(step("brief", when="param.size = large"), step("print"))
    for act in (
        lambda: reopen_step(run, "brief", FACTS, by=LEAD, at=LATER),
        lambda: skip_step(run, "brief", FACTS, reason="x", by=LEAD, at=LATER),
        lambda: complete_step(run, "brief", FACTS, by=LEAD, at=LATER),
        lambda: add_evidence(run, "brief", FACTS, evidence=PROOF, by=LEAD, at=LATER),
        lambda: assign_step(run, "brief", FACTS, person=WEI, by=LEAD, at=LATER),
    ):
        assert refused(act) == "switched_off"


def test_an_ended_run_takes_nothing_more() -> None:
    run = cancel_run(started(step("brief", "designer")), reason="budget", by=LEAD, at=MONDAY).run
    for act in (
        lambda: tick_items(run, "brief", shown=[], ticked=[], by=DORA, at=LATER),
        lambda: complete_step(run, "brief", FACTS, by=DORA, at=LATER),
        lambda: skip_step(run, "brief", FACTS, reason="x", by=DORA, at=LATER),
        lambda: reopen_step(run, "brief", FACTS, by=DORA, at=LATER),
        lambda: assign_step(run, "brief", FACTS, person=WEI, by=DORA, at=LATER),
        lambda: reschedule_step(
            run, "brief", FACTS, due_at=utc("2026-03-13 10:00"), by=DORA, at=LATER
        ),
        lambda: add_evidence(run, "brief", FACTS, evidence=PROOF, by=WEI, at=LATER),
        lambda: add_comment(run, "brief", text="x", by=WEI, at=LATER),
        lambda: ask_help(run, "brief", by=WEI, at=LATER),
        lambda: needs_form(run, "brief", by=DORA),
        lambda: require_may_act(run, "brief", by=DORA),
    ):
        assert refused(act) == "run_cancelled"
