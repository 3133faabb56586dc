"""What cannot be extended, and why."""

from pathlib import Path

import pytest

from playbooks.library import load_file, load_library
from tests.playbooks.samples import OVERLAY, SAMPLE, laid


@pytest.mark.parametrize(
    ("extends", "words"),
    [
        ("faer", "unknown playbook 'faer': did you mean 'fair'?"),
        ("zzz", "unknown playbook 'zzz': extend one that exists and is right itself"),
        ("fair-plus", "extends goes in a circle (fair-plus → fair-plus): remove one of them"),
    ],
)
def test_an_impossible_base_is_told(tmp_path: Path, extends: str, words: str) -> None:
    (tmp_path / "fair.yaml").write_text(SAMPLE, encoding="utf-8")
    path = tmp_path / "fair-plus.yaml"
    path.write_text(OVERLAY.replace("extends: fair", f"extends: {extends}"), encoding="utf-8")
    (fault,) = load_file(path).faults
    assert fault.message == words
    assert (fault.line, fault.column) == (3, 10)


def test_overlays_that_extend_each_other_are_told(tmp_path: Path) -> None:
    for one, other in (("a", "b"), ("b", "c"), ("c", "a")):
        (tmp_path / f"{one}.yaml").write_text(f"id: {one}\ntitle: T\nextends: {other}\n")
    library = load_library(built_in=tmp_path)
    assert library.all() == ()
    assert [fault.message for fault in library.faults] == [
        "extends goes in a circle (a → b → c → a): remove one of them",
        "extends goes in a circle (b → c → a → b): remove one of them",
        "extends goes in a circle (c → a → b → c): remove one of them",
    ]


def test_a_chain_without_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p0.yaml").write_text(SAMPLE.replace("id: fair\n", "id: p0\n"), encoding="utf-8")
    for n in range(1, 13):
        (tmp_path / f"p{n}.yaml").write_text(f"id: p{n}\ntitle: T\nextends: p{n - 1}\n")
    library = load_library(built_in=tmp_path)
    assert [fault.message for fault in library.faults] == [
        "extends more than 10 playbooks: extend fewer"
    ] * 2


def test_a_base_that_cannot_be_read_is_no_base(tmp_path: Path) -> None:
    loaded = laid(tmp_path, "", base=SAMPLE + "id: twice\n")
    assert [fault.message for fault in loaded.faults] == [
        "unknown playbook 'fair': extend one that exists and is right itself"
    ]


def test_an_overlay_over_a_wrong_base_is_refused_with_the_faults_of_the_base(
    tmp_path: Path,
) -> None:
    loaded = laid(tmp_path, "", base=SAMPLE.replace("backup: head", "backup: nobody"))
    assert [fault.file for fault in loaded.faults] == [str(tmp_path / "fair.yaml")]
    assert loaded.playbook is None
