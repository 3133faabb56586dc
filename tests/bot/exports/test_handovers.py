"""A hand-over in the export: returned, decided, read, and who was asked for what when."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.exports import as_json, as_markdown
from bot.exports.record import Record, named_in
from playbooks.records import Move, Version
from playbooks.run import Event, EventKind, StepStatus
from playbooks.texts import LANGUAGES
from tests.bot.exports.records import NAMES, NOW
from tests.factories import AT, HEAD, LEAD, OWNER, a_playbook, a_run, a_step, a_told_step

AGREED = {"to": "head", "criteria": [{"id": "codes", "text": "Every article has its code"}]}
LATER = AT + timedelta(hours=1)


def asked(version: int, level: str, *people: str, at: Any = AT) -> Event:
    told = {"version": version, "level": level, "to": list(people)}
    return Event(EventKind.REQUESTED, at, "clock", "text", told)


def a_disputed_record(language: str = "en") -> Record:
    """Returned twice, decided, and read by one of the two it concerns."""
    versions = tuple(Version(n, OWNER, AT, levels=("handover",), digest="aa") for n in (1, 2))
    moves = (
        Move("return", HEAD, LATER, 1, "handover", "12 are missing", criterion="codes"),
        Move("return", HEAD, LATER, 2, "handover", "3 are missing", criterion="codes"),
        Move("decide", LEAD, LATER, 2, "decision", "Go on", verdict="remark", people=(OWNER, HEAD)),
        Move("ack", OWNER, LATER, 2, "ack"),
    )  # fmt: skip
    step = a_step("text", status=StepStatus.DONE, versions=versions, moves=moves)
    run = a_run(step, playbook=a_playbook(a_told_step("text", handover=AGREED)), language=language)
    run = replace(run, people={"controller": (LEAD,), "head": (HEAD,)})
    events = (
        asked(1, "handover", HEAD), asked(2, "handover", HEAD), asked(2, "decision", LEAD),
        asked(2, "ack", OWNER, HEAD, at=LATER),
    )  # fmt: skip
    return Record(run, events, NOW, NAMES | {HEAD: "Chen"})


def rows(record: Record) -> list[dict[str, Any]]:
    return list(json.loads(as_json.write(record))["approvals"])


def test_a_hand_over_and_its_decision_are_levels_with_their_moves() -> None:
    found = rows(a_disputed_record())
    assert [(row["version"], row["level"], row["role"], row["outcome"]) for row in found] == [
        (1, "handover", "head", "return"),
        (2, "handover", "head", "return"),
        (2, "decision", "controller", "decide"),
    ]
    [back] = found[0]["moves"]
    assert (back["by"], back["criterion"], back["text"]) == (HEAD, "codes", "12 are missing")
    decided, read = found[2]["moves"]
    assert (decided["verdict"], decided["concerns"]) == ("remark", [OWNER, HEAD])
    assert (read["kind"], read["by"]) == ("ack", OWNER)


def test_each_level_tells_who_got_the_version_and_what_they_did() -> None:
    *_, last = rows(a_disputed_record())
    told = [(one["to"], one["asked_for"], one["did"]) for one in last["deliveries"]]
    assert told == [(LEAD, "decision", "decide"), (OWNER, "ack", "ack"), (HEAD, "ack", "")]
    assert last["deliveries"][2]["did_at"] is None


def test_a_person_reads_what_came_back_and_who_got_which_version_when() -> None:
    text = as_markdown.write(a_disputed_record()).decode()
    assert "returned, Every article has its code (Chen, " in text
    assert "decided, accepted with a remark (Wang Li (王莉), " in text
    assert "## Who got which version when" in text
    assert "· Chen · Confirm text · v1 · " in text
    assert "· 李娜 · Confirm text · v2 · decision to be read → acknowledged (" in text
    assert "· Chen · Confirm text · v2 · decision to be read → –" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_named_by_its_code(language: str) -> None:
    text = as_markdown.write(a_disputed_record(language)).decode()
    assert not {"handover", "decision_", "move_", "verdict"} & set(text.split())


def test_who_was_asked_is_known_by_name() -> None:
    record = a_disputed_record()
    assert {HEAD, LEAD, OWNER} <= named_in(record.run, record.events)


def test_without_requests_there_is_no_such_section() -> None:
    text = as_markdown.write(replace(a_disputed_record(), events=())).decode()
    assert "Who got which version" not in text
