"""Who decided what, in the export; what was said in confidence stays out."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.exports import as_json, as_markdown
from bot.exports.record import Record
from playbooks.records import Answer, Move, Version
from playbooks.run import StepStatus
from tests.bot.exports.records import NAMES, NOW
from tests.factories import AT, HEAD, LEAD, OWNER, a_playbook, a_run, a_step, a_told_step

LEVELS = [{"level": "self", "by": "owner"}, {"level": "manager", "by": "head"}]
QUESTION = {"id": "claim", "ask": "Does it carry the claim?", "type": "gate", "blocks-on": "no"}


def a_decided_record() -> Record:
    """A version that came back, and one that is being decided."""
    told = a_playbook(a_told_step("text", approvals=LEVELS, questions=[QUESTION]))
    later = AT + timedelta(hours=1)
    step = a_step(
        "text", status=StepStatus.DECIDING,
        answers=(Answer("claim", "yes", OWNER, AT, 1, "Light that pays back"),),
        versions=(
            Version(1, OWNER, AT, ("self", "manager"), digest="aa"),
            Version(2, OWNER, later, ("self", "manager"), digest="bb"),
        ),
        moves=(
            Move("changes", HEAD, AT, 1, "manager", "Larger logo", items=("Larger logo",),
                 note="Between us: he is new"),
            Move("ask", HEAD, later, 2, "manager", "Which font?", to=OWNER),
        ),
    )  # fmt: skip
    run = replace(a_run(step, playbook=told), people={"controller": (LEAD,), "head": (HEAD,)})
    return Record(run, (), NOW, NAMES | {HEAD: "Chen"})


def approvals(record: Record) -> list[dict[str, Any]]:
    return list(json.loads(as_json.write(record))["approvals"])


def test_each_level_of_each_version_has_a_row_with_its_moves() -> None:
    rows = approvals(a_decided_record())
    assert [(r["version"], r["level"], r["outcome"], r["sha256"]) for r in rows] == [
        (1, "self", "signed", "aa"),
        (1, "manager", "changes", "aa"),
        (2, "self", "signed", "bb"),
        (2, "manager", "open", "bb"),
    ]
    [back] = rows[1]["moves"]
    assert (back["by"], back["changes"]) == (HEAD, ["Larger logo"])
    assert rows[3]["moves"][0]["to"] == OWNER


def test_a_person_reads_the_answers_and_who_decided_what() -> None:
    text = as_markdown.write(a_decided_record()).decode()
    assert "Does it carry the claim? Yes · “Light that pays back”" in text
    assert "changes requested (Chen, " in text


def test_what_was_said_in_confidence_is_in_no_export() -> None:
    for writer in (as_json, as_markdown):
        assert "Between us" not in writer.write(a_decided_record()).decode()


def test_nothing_is_decided_where_nothing_was_submitted() -> None:
    run = a_run(a_step("text"), playbook=a_playbook(a_told_step("text", approvals=LEVELS)))
    assert approvals(Record(run, (), NOW, {LEAD: "Wang"})) == []
