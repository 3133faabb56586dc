"""A closed gate keeps the step open; a named role may open it, and that stays on record."""

from typing import Any

import pytest

from playbooks.answers import Given, closed_gates
from playbooks.gates import may_override, override_gate
from playbooks.run import Change, EventKind, Refused, Run, StepStatus
from tests.playbooks.engine import DORA, LEAD, NINA, STRANGER, WEI, kinds, refusal, refused
from tests.playbooks.reviewing import HAN, LATER, ZOE, begun, change, drawing, submit, yes

CLAIM = {
    "id": "claim", "ask": "Where is the claim?", "type": "gate", "blocks-on": "no",
    "evidence": "required",
}  # fmt: skip
GAPS = {"id": "gaps", "ask": "Any gaps?", "type": "gate", "blocks-on": "yes", "override": "board"}
NO, YES = {"claim": Given("no")}, {"claim": Given("yes", "page 2")}


def asking(*questions: Any, approvals: Any = (), **more: Any) -> Run:
    return begun(*approvals, questions=list(questions or (CLAIM,)), **more)


def override(run: Run, by: str, reason: str = "Briefed by phone", id_: str = "claim") -> Change:
    return override_gate(run, "draw", question=id_, reason=reason, by=by, at=LATER)


def test_an_answer_that_blocks_keeps_the_step_open_and_is_kept() -> None:
    change = submit(asking(), given={"claim": Given("no", "Nowhere yet")})
    assert kinds(change.events) == [(EventKind.GATE_CLOSED, "draw")]
    assert change.events[0].facts == {"questions": ["claim"]}
    step = drawing(change.run)
    assert (step.status, step.versions) == (StepStatus.ACTIVE, ())
    assert (step.answers[-1].value, step.answers[-1].quote) == ("no", "Nowhere yet")


def test_the_other_answer_opens_it() -> None:
    run = submit(asking(), given=NO).run
    run = submit(run, given=YES).run
    assert drawing(run).status is StepStatus.DONE
    assert [answer.value for answer in drawing(run).answers] == ["no", "yes"]


def test_a_gate_may_block_on_yes() -> None:
    assert drawing(submit(asking(GAPS), given={"gaps": Given("yes")}).run).status is (
        StepStatus.ACTIVE
    )
    assert drawing(submit(asking(GAPS), given={"gaps": Given("no")}).run).status is StepStatus.DONE


def test_a_gate_is_not_passed_without_the_place_quoted() -> None:
    with pytest.raises(Refused) as error:
        submit(asking(), given={"claim": Given("yes", "  ")})
    code, facts = refusal(error.value)
    assert code == "form_invalid"
    assert facts["fields"]["question.claim.evidence"].key == "answer.quote_missing"


def test_a_gate_is_not_passed_in_silence() -> None:
    for given in ({}, {"claim": Given("")}, {"claim": Given("perhaps", "x")}):
        with pytest.raises(Refused) as error:
            submit(asking(), given=given)
        assert list(refusal(error.value)[1]["fields"]) == ["question.claim"]


def test_the_same_answers_again_are_refused_at_their_field() -> None:
    run = submit(asking(), given=NO, comment="Later").run
    with pytest.raises(Refused) as error:
        submit(run, given=NO, comment="Later")
    assert refusal(error.value)[1]["fields"]["question.claim"].key == "answer.keeps_open"
    assert [comment.text for comment in drawing(run).comments] == ["Later"]


def test_the_named_role_opens_it_for_a_reason_and_the_step_is_handed_in_again() -> None:
    run = submit(asking(), given=NO).run
    change = override(run, NINA)
    assert kinds(change.events) == [(EventKind.GATE_OVERRIDDEN, "draw")]
    assert closed_gates(change.run, drawing(change.run)) == ()
    run = submit(change.run, given=NO).run
    assert drawing(run).status is StepStatus.DONE
    [kept] = drawing(run).overrides
    assert (kept.question, kept.by, kept.reason, kept.version) == (
        "claim", NINA, "Briefed by phone", 1,
    )  # fmt: skip


@pytest.mark.parametrize("by", [DORA, LEAD, WEI, STRANGER])
def test_nobody_else_opens_it(by: str) -> None:
    run = submit(asking(), given=NO).run
    with pytest.raises(Refused) as error:
        override(run, by)
    assert refusal(error.value) == ("may_not_override", {"person": NINA})


def test_an_override_needs_a_reason_and_a_closed_gate() -> None:
    run = submit(asking(), given=NO).run
    assert refused(lambda: override(run, NINA, " ")) == "words_missing"
    assert refused(lambda: override(asking(), NINA)) == "gate_not_closed"
    opened = override(run, NINA).run
    assert refused(lambda: override(opened, NINA)) == "gate_not_closed"


def test_a_gate_may_name_its_own_role() -> None:
    run = submit(asking(GAPS), given={"gaps": Given("yes")}).run
    assert refused(lambda: override(run, NINA, id_="gaps")) == "may_not_override"
    assert drawing(override(run, ZOE, id_="gaps").run).overrides[0].by == ZOE


def test_whose_work_it_is_does_not_override_their_own_answer() -> None:
    people = {"head": (DORA,)}
    run = submit(asking(people=people), given=NO).run
    assert may_override(run, drawing(run), run.told(drawing(run)).questions[0]) == ()
    assert refused(lambda: override(run, DORA)) == "may_not_override"
    run = submit(asking(people={"head": (LEAD, HAN)}), given=NO, by=LEAD).run
    assert refused(lambda: override(run, LEAD)) == "may_not_override"
    assert drawing(override(run, HAN).run).overrides[0].by == HAN


def test_an_override_is_for_one_version_and_stays_visible() -> None:
    approvals = [{"level": "manager", "by": "manager"}]
    run = override(submit(asking(approvals=approvals), given=NO).run, NINA).run
    run = change(submit(run, given=NO).run, "manager", WEI)
    again = submit(run, given=NO)
    assert kinds(again.events) == [(EventKind.GATE_CLOSED, "draw")]
    run = yes(submit(again.run, given=YES).run, "manager", WEI)
    assert (drawing(run).status, len(drawing(run).overrides)) == (StepStatus.DONE, 1)
