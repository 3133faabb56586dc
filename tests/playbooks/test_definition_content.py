"""A playbook as plain data, and files changed at random."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbooks.content import from_content, to_content, version_of
from playbooks.definition import Playbook
from playbooks.library import BUILT_IN, Loaded, load_file
from tests.playbooks.samples import SAMPLE, changed, load_text


def test_what_was_written_comes_back_from_plain_data(tmp_path: Path) -> None:
    playbook = playbook_of(load_text(tmp_path, SAMPLE))
    content = to_content(playbook)
    assert from_content(content) == playbook
    assert to_content(from_content(content)) == content


def test_the_built_in_playbooks_come_back_from_plain_data() -> None:
    for path in BUILT_IN.glob("*.yaml"):
        playbook = playbook_of(load_file(path))
        assert from_content(to_content(playbook)) == playbook


def test_the_version_is_of_the_content_not_of_the_writing(tmp_path: Path) -> None:
    first = playbook_of(load_text(tmp_path, SAMPLE))
    same = playbook_of(
        load_text(tmp_path, "# a comment\n" + SAMPLE.replace("lead: yes", "lead: on"))
    )
    other = playbook_of(load_text(tmp_path, changed("Trade fair", "Fair")))
    assert version_of(first) == version_of(same) != version_of(other)
    assert len(version_of(first)) == 12


def playbook_of(loaded: Loaded) -> Playbook:
    """The playbook, which must be right."""
    assert loaded.playbook is not None, loaded.faults
    return loaded.playbook


PIECES = ["[", "]", "{", "}", ":", "- ", "\n", "  ", "'", "&a", "*a", "!x", "<<: ", "~", "[]",
          "{}", "anchor", "head", "id: ", "en: ", "true", "9", "\t",
          "，", "start - 1 week"]  # fmt: skip


@given(st.data())
def test_a_mutated_file_gives_a_playbook_or_faults(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    text = SAMPLE
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text) - 1))
        cut = data.draw(st.sampled_from([0, 0, 1, 3, 20, 200]))
        text = text[:at] + data.draw(st.sampled_from(PIECES)) + text[at + cut :]
    path = tmp_path_factory.mktemp("mutated") / "fair.yaml"
    path.write_text(text, encoding="utf-8")
    loaded = load_file(path, {})
    errors = [fault for fault in loaded.faults if fault.severity == "error"]
    assert (loaded.playbook is None) == bool(errors)
    assert all(fault.line >= 1 and fault.column >= 1 for fault in loaded.faults)
    if loaded.playbook:
        assert from_content(to_content(loaded.playbook)) == loaded.playbook


def test_swapped_lines_give_a_playbook_or_faults(tmp_path: Path) -> None:
    dice = random.Random(7)  # noqa: S311
    for _ in range(60):
        lines = SAMPLE.splitlines()
        left, right = dice.sample(range(len(lines)), 2)
        lines[left], lines[right] = lines[right], lines[left]
        loaded = load_text(tmp_path, "\n".join(lines))
        assert loaded.playbook or loaded.faults
