"""The forms about a step ask for exactly what is missing."""

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.views.done_modal import build_done_modal
from bot.views.step_modals import (
    build_assign_modal,
    build_evidence_modal,
    build_message_evidence_modal,
    build_reschedule_modal,
    build_skip_modal,
)
from playbooks.run import Evidence, Run, StepStatus, Tick
from tests.bot.views.checking import field, texts
from tests.factories import AT, DUE, OWNER, a_playbook, a_run, a_step, a_told_step


def a_run_with(*, step: dict[str, Any] | None = None, **told: Any) -> Run:
    return a_run(a_step(**(step or {})), playbook=a_playbook(a_told_step(**told)))


def inputs(view: dict[str, Any]) -> list[str]:
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


@pytest.mark.parametrize(
    ("kind", "element"),
    [("link", "url_text_input"), ("file", "file_input"), ("text", "plain_text_input")],
)
def test_the_evidence_field_fits_what_is_wanted(kind: str, element: str) -> None:
    run = a_run_with(deliverable={"title": "Contract", "kind": kind, "required": "true"})
    view = build_done_modal(run, run.steps[0], "en")
    wanted = field(view, "evidence")
    assert (wanted["element"]["type"], wanted["optional"]) == (element, False)
    assert wanted["label"]["text"] == "Contract"
    assert view["callback_id"] == "step.done"
    about = json.loads(view["private_metadata"])
    assert (about["run"], about["step"]) == ("r1", "venue")


def test_a_list_is_not_handed_in_by_the_form() -> None:
    run = a_run_with(deliverable={"title": "Rundown", "kind": "list", "required": "true"})
    assert inputs(build_done_modal(run, run.steps[0], "en")) == ["comment"]


def test_evidence_that_is_there_is_not_asked_for_again() -> None:
    piece = Evidence("link", "https://x.example", "v1", OWNER, AT)
    wanted = {"title": "Contract", "required": "true"}
    run = a_run_with(step={"evidence": (piece,)}, deliverable=wanted)
    assert field(build_done_modal(run, run.steps[0], "en"), "evidence")["optional"] is True


def test_only_open_required_items_are_asked_for() -> None:
    items = [{"id": f"i{n}", "text": f"Item {n}"} for n in range(13)]
    items.append({"id": "map", "text": "Map", "required": "false"})
    run = a_run_with(step={"ticks": (Tick("i0", OWNER, AT),)}, checklist=items)
    view = build_done_modal(run, run.steps[0], "en")
    assert inputs(view) == ["items", "items.2", "comment"]
    assert len(field(view, "items")["element"]["options"]) == 10
    asked = [o["value"] for o in field(view, "items.2")["element"]["options"]]
    assert asked == ["i11", "i12"]


def test_skipping_says_how_many_steps_wait_for_this_one() -> None:
    told = [a_told_step(), a_told_step("go", needs=["venue"])]
    run = a_run(a_step(), a_step("go", status=StepStatus.WAITING), playbook=a_playbook(*told))
    view = build_skip_modal(run, run.steps[0], "en")
    assert "1 step waits for this one" in texts(view)
    assert field(view, "reason")["optional"] is False


def test_handing_over_starts_from_the_present_owner() -> None:
    run = a_run()
    person = field(build_assign_modal(run, run.steps[0], "en"), "person")
    assert person["element"]["initial_user"] == OWNER


@pytest.mark.parametrize(
    ("due_at", "preset"), [(DUE, DUE), (AT - timedelta(days=2), AT + timedelta(days=1))]
)
def test_the_new_date_starts_from_one_that_is_to_come(due_at: Any, preset: Any) -> None:
    run = a_run_with(step={"due_at": due_at})
    element = field(build_reschedule_modal(run, run.steps[0], AT, "en"), "due_at")["element"]
    assert element["initial_date_time"] == int(preset.timestamp())


def test_evidence_may_be_of_another_kind_than_wanted() -> None:
    run = a_run_with(deliverable={"title": "Contract", "kind": "file"})
    step = run.steps[0]
    wanted = field(build_evidence_modal(run, step, "en"), "evidence")
    assert wanted["element"]["type"] == "file_input"
    other = field(build_evidence_modal(run, step, "en", "text"), "evidence")
    assert other["element"]["type"] == "plain_text_input"


def test_a_message_is_attached_to_one_of_the_open_steps() -> None:
    run = a_run()
    view = build_message_evidence_modal([(run, run.steps[0])], "en", title="Offer", ts="1.2")
    option = field(view, "step")["element"]["initial_option"]
    assert (option["value"], option["text"]["text"]) == (
        "r1/venue", "Confirm venue · Dealer day Shanghai"
    )  # fmt: skip
    assert field(view, "title")["element"]["initial_value"] == "Offer"
    assert json.loads(view["private_metadata"]) == {"ts": "1.2"}


def test_without_open_steps_there_is_nothing_to_submit() -> None:
    view = build_message_evidence_modal([], "en")
    assert "submit" not in view
    assert "There is no open step here" in texts(view)
