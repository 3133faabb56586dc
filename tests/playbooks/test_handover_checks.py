"""What is wrong about a hand-over in a file, and where."""

from pathlib import Path

import pytest

from tests.playbooks.samples import changed, load_text, place_of, told

BRIEF = "remind: close\n"
GOOD = "handover: {to: writer, sponsor: head, criteria: [{id: whole, text: Whole}]}\n        "


def with_handover(text: str) -> str:
    return changed(BRIEF, text + BRIEF)


def test_a_whole_hand_over_is_taken(tmp_path: Path) -> None:
    loaded = load_text(tmp_path, with_handover(GOOD))
    assert loaded.faults == ()
    assert loaded.playbook
    agreed = loaded.playbook.steps_by_id["brief"].handover
    assert agreed
    assert (agreed.to, str(agreed.decide)) == ("writer", "1 workdays")


@pytest.mark.parametrize(
    ("old", "new", "mark", "words"),
    [
        ("to: writer", "to: head", "head, sponsor", "owns the step, and cannot receive it too"),
        ("to: writer", "to: nobody", "nobody", "unknown role 'nobody'"),
        ("sponsor: head", "sponsor: boss", "boss", "unknown role 'boss'"),
        ("[{id: whole, text: Whole}]", "[]", "[]}", "must hold at least 1"),
        (", criteria: [{id: whole, text: Whole}]", "", "{to: writer", "lacks 'criteria'"),
        ("to: writer, ", "", "{sponsor", "lacks 'to'"),
        ("text: Whole}", "text: W}, {id: whole, text: X}", "whole, text: X", "is used already"),
        ("criteria:", "decide: soon, criteria:", "soon", "is no length of time"),
    ],
)
def test_each_fault_is_told_at_its_place(
    tmp_path: Path, old: str, new: str, mark: str, words: str
) -> None:
    assert old in GOOD
    text = with_handover(GOOD.replace(old, new))
    loaded = load_text(tmp_path, text)
    assert loaded.playbook is None
    [fault] = told(loaded.faults)
    assert fault[:2] == place_of(text, mark)
    assert words in fault[2]


@pytest.mark.parametrize("name", ["handover", "decision", "ack"])
def test_an_approval_has_no_name_that_stands_for_a_hand_over(tmp_path: Path, name: str) -> None:
    text = changed("{level: self, by: owner}", f"{{level: {name}, by: owner}}")
    [fault] = told(load_text(tmp_path, text).faults)
    assert fault[:2] == place_of(text, f"{name}, by: owner")
    assert "rename it" in fault[2]
