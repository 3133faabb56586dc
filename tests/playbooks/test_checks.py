"""Names, circles and dates that pydantic cannot see, each with its place and mend."""

from pathlib import Path

import pytest
import yaml

from tests.playbooks.samples import SAMPLE, changed, load_text, place_of, told

SLIPS = yaml.safe_load((Path(__file__).parent / "bad/slips.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", SLIPS)
def test_one_slip_gives_one_fault_at_its_place(tmp_path: Path, name: str) -> None:
    slip: dict[str, str] = SLIPS[name]
    text = changed(slip["from"], slip["to"])
    loaded = load_text(tmp_path, text)
    assert loaded.playbook is None
    assert [(line, column) for line, column, _ in told(loaded.faults)] == [
        place_of(text, slip["at"])
    ]
    assert loaded.faults[0].message.startswith(slip["says"])


@pytest.mark.parametrize(
    ("signs", "at", "says"),
    [
        ("{side: ours, by: haed}", "haed", "unknown role 'haed': did you mean 'head'?"),
        (
            "{side: ours, by: head}, {side: client, by: head}",
            "head}]",
            "'head' signs already: one role gives one signature, name another role",
        ),
    ],
)
def test_whoever_signs_is_a_role_and_signs_once(
    tmp_path: Path, signs: str, at: str, says: str
) -> None:
    with_sign = changed("form: survey", f"form: survey\n        sign: [{signs}]")
    text = with_sign.replace("title: Survey, ", "title: Survey, document: X, ")
    [fault] = load_text(tmp_path, text).faults
    assert (fault.line, fault.column) == place_of(text, at)
    assert fault.message.startswith(says)


def test_the_sample_has_no_fault(tmp_path: Path) -> None:
    loaded = load_text(tmp_path, SAMPLE)
    assert loaded.faults == ()
    assert loaded.playbook is not None


def test_without_an_anchor_every_rule_that_counts_from_it_is_named(tmp_path: Path) -> None:
    text = changed("anchor: {id: fair-on, title: {en: Day, zh-Hans: 日, zh-Hant: 日}}\n", "")
    faults = told(load_text(tmp_path, text).faults)
    rules = ["anchor - 10", "anchor - 20", "anchor - 5", "anchor - 2 w", "anchor + 1"]
    words = "the playbook has no anchor: add 'anchor', or count from start"
    expected = [(*place_of(text, rule), words) for rule in rules]
    until = "the playbook has no anchor: add 'anchor', or name a step"
    assert faults == sorted([*expected, (*place_of(text, "anchor}"), until)])


def test_all_faults_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = SAMPLE.replace("owner: writer", "ownr: writer").replace("needs: [brief]", "needs: [x]")
    faults = load_text(tmp_path, text.replace("calendar: CN", "calendar: XX")).faults
    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)
    assert [fault.message.split(":")[0] for fault in faults] == [
        "unknown calendar 'XX'",
        "step 'invite' lacks 'owner'",
        "unknown key 'ownr'",
        "unknown step 'x'",
        "step 'mail' lacks 'owner'",
        "unknown key 'ownr'",
        "step 'daily' lacks 'owner'",
        "unknown key 'ownr'",
    ]


def test_a_fault_is_written_as_file_line_column_and_mend(tmp_path: Path) -> None:
    loaded = load_text(tmp_path, changed("owner: who", "owner: woh"))
    shown = f"{tmp_path}/fair.yaml:77:12: unknown column 'woh': did you mean 'who'?"
    assert str(loaded.faults[0]) == shown


def test_public_work_without_a_gate_that_asks_for_evidence_is_a_warning(tmp_path: Path) -> None:
    text = changed("evidence: required", "evidence: optional")
    (fault,) = load_text(tmp_path, text).faults
    assert fault.severity == "warning"
    assert (fault.line, fault.column) == place_of(text, "phases:")
    assert "warning: makes content or an event, yet no gate asks for evidence" in str(fault)


def test_a_public_list_alone_asks_for_the_gate(tmp_path: Path) -> None:
    text = changed("evidence: required", "evidence: none").replace("ideas: true", "ideas: no")
    assert len(load_text(tmp_path, text).faults) == 1
    assert load_text(tmp_path, text.replace("rundown", "agenda")).faults == ()


def test_an_empty_phase_and_an_unused_form_are_warnings(tmp_path: Path) -> None:
    text = changed("  - id: after\n", "  - {id: idle, title: Idle}\n  - id: after\n")
    text = text.replace("        form: survey\n", "").replace("answer.invite.liked = yes or ", "")
    loaded = load_text(tmp_path, text)
    assert loaded.playbook is not None
    assert [(fault.severity, fault.message) for fault in loaded.faults] == [
        ("warning", "phase 'idle' has no steps: add some, or remove it"),
        ("warning", "no step uses form 'survey': name it in a step, or remove it"),
    ]


def test_a_playbook_without_steps_is_refused(tmp_path: Path) -> None:
    text = SAMPLE[: SAMPLE.index("    gate:")] + SAMPLE[SAMPLE.index("lists:\n  rundown") :]
    loaded = load_text(tmp_path, text)
    words = "the playbook has no steps: add steps with id, title, owner and due"
    assert words in [fault.message for fault in loaded.faults]
    assert loaded.playbook is None


def test_a_default_of_a_text_may_be_anything(tmp_path: Path) -> None:
    assert load_text(tmp_path, changed("default: none}", "default: 10:00}")).faults == ()


def test_a_choice_parameter_needs_two_choices(tmp_path: Path) -> None:
    text = changed(", {id: large, title: L}]", "]").replace(
        "param.size = large", "param.size = small"
    )
    (fault,) = load_text(tmp_path, text).faults
    assert fault.message == "parameter 'size' has fewer than two choices: list them"


def test_a_text_without_a_language_of_the_file_is_a_fault(tmp_path: Path) -> None:
    text = changed("title: Daily", "title: {zh-Hant: 每日}")
    loaded = load_text(tmp_path, text)
    assert loaded.playbook is None
    (fault,) = loaded.faults
    assert fault.severity == "error"
    assert (fault.line, fault.column) == place_of(text, "{zh-Hant: 每日}")
    assert fault.message == "the text lacks en and zh-Hans, which other texts have: add it"


def test_a_file_of_one_language_is_complete(tmp_path: Path) -> None:
    text = SAMPLE.replace(", zh-Hans: 展会, zh-Hant: 展會", "").replace(
        ", zh-Hans: 日, zh-Hant: 日", ""
    )
    assert load_text(tmp_path, text).faults == ()
