"""The library: what it loads, what it refuses, what it finds, what it keeps."""

import os
from pathlib import Path

import pytest

from playbooks.library import BUILT_IN, Library, check_paths, load_file, load_library
from playbooks.template import template
from tests.playbooks.samples import SAMPLE


@pytest.fixture
def built_in(tmp_path: Path) -> Path:
    """A folder that stands for the built-in one, with two playbooks."""
    folder = tmp_path / "built-in"
    folder.mkdir()
    (folder / "fair.yaml").write_text(SAMPLE, encoding="utf-8")
    (folder / "small.yml").write_text(template("small"), encoding="utf-8")
    (folder / "notes.txt").write_text("no playbook", encoding="utf-8")
    return folder


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """An empty folder of a team."""
    folder = tmp_path / "team"
    folder.mkdir()
    return folder


def ids(library: Library) -> list[str]:
    """The ids in force."""
    return [playbook.id for playbook in library.all()]


def test_the_yaml_files_of_a_folder_are_the_library(built_in: Path) -> None:
    library = load_library(built_in=built_in)
    assert ids(library) == ["fair", "small"]
    assert library.faults == ()
    assert library.get("none") is None


def test_the_built_in_playbooks_have_no_error() -> None:
    library = load_library()
    assert library.refused == frozenset()
    assert len(library.all()) == len(list(BUILT_IN.glob("*.yaml")))


@pytest.mark.parametrize(
    "word", ["fair", "FAIR", " Trade  Fair ", "展会", "展會", "messe", "ｆａｉｒ"]
)
def test_a_playbook_is_found_by_id_title_and_alias(built_in: Path, word: str) -> None:
    found = load_library(built_in=built_in).find(word)
    assert found is not None
    assert found.id == "fair"


def test_a_word_that_means_nothing_finds_nothing(built_in: Path) -> None:
    assert load_library(built_in=built_in).find("fai") is None


def test_a_wrong_file_is_refused_whole_and_others_load(built_in: Path) -> None:
    (built_in / "fair.yaml").write_text("id: fair", encoding="utf-8")
    library = load_library(built_in=built_in)
    assert ids(library) == ["small"]
    assert {fault.file for fault in library.faults} == {str(built_in / "fair.yaml")}
    assert library.refused == {str(built_in / "fair.yaml")}


def test_a_team_replaces_a_built_in_playbook_by_its_id(built_in: Path, team: Path) -> None:
    ours = team / "ours.yaml"
    ours.write_text(SAMPLE.replace("Trade fair", "Our fair"), encoding="utf-8")
    library = load_library([team], built_in=built_in)
    assert ids(library) == ["fair", "small"]
    assert library.files["fair"] == str(ours)
    assert library.find("our fair") is library.get("fair")


def test_two_files_with_one_id_in_a_folder_leave_the_first(built_in: Path) -> None:
    (built_in / "later.yaml").write_text(SAMPLE, encoding="utf-8")
    library = load_library(built_in=built_in)
    assert ids(library) == ["fair", "small"]
    (fault,) = library.faults
    assert fault.file == str(built_in / "later.yaml")
    first = built_in / "fair.yaml"
    assert fault.message == f"playbook 'fair' stands in {first} too: rename one"


def test_a_folder_that_is_not_there_is_a_fault(built_in: Path, team: Path) -> None:
    library = load_library([team / "none"], built_in=built_in)
    assert ids(library) == ["fair", "small"]
    words = "the folder cannot be read (No such file or directory): check SOPBOT_PLAYBOOKS"
    assert [fault.message for fault in library.faults] == [words]


def test_a_pipe_among_the_files_does_not_keep_us_waiting(built_in: Path) -> None:
    os.mkfifo(built_in / "pipe.yaml")
    assert ids(load_library(built_in=built_in)) == ["fair", "small"]


def test_a_wrong_new_version_keeps_the_former_in_force(built_in: Path, team: Path) -> None:
    ours = team / "ours.yaml"
    ours.write_text(SAMPLE.replace("Trade fair", "Our fair"), encoding="utf-8")
    before = load_library([team], built_in=built_in)
    ours.write_text(SAMPLE.replace("owner: head", "owner: nobody"), encoding="utf-8")
    after = before.refreshed()
    assert after.get("fair") == before.get("fair")
    assert after.files["fair"] == str(ours)
    assert len(after.faults) > 0
    again = after.refreshed()
    assert again.get("fair") == before.get("fair")


def test_a_right_new_version_replaces_the_former(built_in: Path) -> None:
    before = load_library(built_in=built_in)
    (built_in / "fair.yaml").write_text(SAMPLE.replace("展会", "展览"), encoding="utf-8")
    (built_in / "new.yaml").write_text(template("new"), encoding="utf-8")
    (built_in / "small.yml").unlink()
    after = before.refreshed()
    assert ids(after) == ["fair", "new"]
    assert after.find("展览") is after.get("fair")
    assert before.find("展览") is None


def test_a_folder_that_went_away_keeps_its_playbooks_in_force(built_in: Path, team: Path) -> None:
    (team / "ours.yaml").write_text(template("ours"), encoding="utf-8")
    before = load_library([team], built_in=built_in)
    team.rename(team.parent / "elsewhere")
    assert ids(before.refreshed()) == ["fair", "small", "ours"]


def test_paths_are_checked_with_their_neighbours_at_hand(built_in: Path, team: Path) -> None:
    overlay = "id: {id}\ntitle: More\nextends: {base}\n"
    (team / "more.yaml").write_text(overlay.format(id="more", base="fair"), encoding="utf-8")
    (team / "most.yaml").write_text(overlay.format(id="most", base="more"), encoding="utf-8")
    (most,) = check_paths([team / "most.yaml"], [built_in])
    assert most.playbook is not None
    assert [each.playbook and each.playbook.id for each in check_paths([team], [built_in])] == [
        "more",
        "most",
    ]


def test_a_file_may_extend_its_neighbour(built_in: Path) -> None:
    path = built_in / "more.yaml"
    path.write_text("id: more\ntitle: More\nextends: fair\n", encoding="utf-8")
    loaded = load_file(path)
    assert loaded.playbook is not None
    assert [step.id for step in loaded.playbook.steps][:2] == ["brief", "invite"]


def test_faults_of_the_text_are_not_told_twice(built_in: Path) -> None:
    path = built_in / "fair.yaml"
    path.write_text(
        SAMPLE.replace("owner: head\n        due: start", "owner: *x\n        due: start")
    )
    assert [fault.message for fault in load_file(path).faults] == [
        "aliases (*) are not allowed: write the value out"
    ]
