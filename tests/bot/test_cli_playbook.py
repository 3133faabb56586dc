"""`sopbot playbook` from the command line."""

import json
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from bot import cli_playbook
from bot.cli_playbook import playbook_app
from playbooks.template import template
from tests.playbooks.samples import SAMPLE


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder; `built-in` holds the sample, `team` is the team's and empty."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "built-in").mkdir()
    (tmp_path / "team").mkdir()
    (tmp_path / "built-in/fair.yaml").write_text(SAMPLE, encoding="utf-8")
    monkeypatch.setattr(cli_playbook, "BUILT_IN", tmp_path / "built-in")
    monkeypatch.setenv("SOPBOT_PLAYBOOKS", "team")
    return tmp_path


def sopbot(*words: str) -> Result:
    """Run `sopbot playbook …`."""
    result = CliRunner().invoke(playbook_app, words)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_list_prints_ids_titles_steps_and_versions_as_json(folders: Path) -> None:
    (folders / "team/plain.yaml").write_text(
        template("plain").replace(
            "title: {en: My playbook, zh-Hans: 我的流程, zh-Hant: 我的流程}", "title: Plain"
        )
    )
    fair, plain = json.loads(sopbot("list", "--format", "json").stdout)
    assert fair["id"] == "fair"
    assert fair["title"] == {"en": "Trade fair", "zh-Hans": "展会", "zh-Hant": "展會"}
    assert fair["steps"] == 5
    assert len(fair["version"]) == 12
    assert plain["title"] == {"en": "Plain"}


def test_list_prints_a_table() -> None:
    result = sopbot("list")
    assert result.stdout.splitlines()[1].split()[:4] == ["fair", "Trade", "fair", "5"]
    assert result.stderr == ""


def test_list_says_when_files_were_refused(folders: Path) -> None:
    (folders / "team/bad.yaml").write_text("id: bad")
    result = sopbot("list", "--format", "json")
    assert len(json.loads(result.stdout)) == 1
    assert result.stderr == "1 refused: run sopbot playbook check\n"


def test_show_prints_the_file_as_understood(folders: Path) -> None:
    overlay = "id: more\ntitle: More\nextends: fair\nkpis: [{id: visits, target: 80}]\n"
    (folders / "team/more.yaml").write_text(overlay)
    shown = json.loads(sopbot("show", "more", "--format", "json").stdout)
    assert shown["extends"] == "fair"
    assert shown["kpis"][0]["target"] == 80
    assert shown["phases"][0]["steps"][0]["due"] == "start + 2 workdays"
    assert yaml.safe_load(sopbot("show", "more").stdout) == shown


def test_what_show_prints_passes_check(folders: Path) -> None:
    (folders / "copy.yaml").write_text(sopbot("show", "Trade fair").stdout, encoding="utf-8")
    assert sopbot("check", "copy.yaml").stdout == "1 file, 0 errors, 0 warnings\n"


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("faer", "sopbot: unknown playbook 'faer': did you mean 'fair'?\n"),
        ("zzz", "sopbot: unknown playbook 'zzz': run sopbot playbook list\n"),
        ("bad", "sopbot: playbook 'bad' has faults: run sopbot playbook check\n"),
    ],
)
def test_show_says_in_one_line_what_it_cannot_find(folders: Path, word: str, words: str) -> None:
    (folders / "team/bad.yaml").write_text("id: bad")
    result = sopbot("show", word)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", words)


def test_check_looks_at_all_playbooks_and_passes_right_ones(folders: Path) -> None:
    (folders / "team/other.yaml").write_text(template("other"), encoding="utf-8")
    result = sopbot("check")
    assert (result.exit_code, result.stdout) == (0, "2 files, 0 errors, 0 warnings\n")


def test_check_names_paths_as_they_were_given(folders: Path) -> None:
    (folders / "team/bad.yaml").write_text(SAMPLE.replace("kpis: [visits]", "kpis: [visit]"))
    for path in ("team/bad.yaml", "team", str(folders / "team")):
        result = sopbot("check", path)
        file = path if path.endswith(".yaml") else f"{path}/bad.yaml"
        assert result.exit_code == 1
        assert result.stdout.splitlines() == [
            f"{file}:55:16: unknown KPI 'visit': did you mean 'visits'?",
            "1 file, 1 error, 0 warnings",
        ]


def test_check_without_paths_names_files_as_seen_from_here(folders: Path) -> None:
    (folders / "built-in/fair.yaml").write_text("id: fair")
    first = sopbot("check").stdout.splitlines()[0]
    assert first == "built-in/fair.yaml:1:1: the playbook lacks 'phases': add it"


def test_check_passes_a_file_with_only_warnings(folders: Path) -> None:
    text = SAMPLE.replace("evidence: required", "evidence: none")
    (folders / "fair.yaml").write_text(text, encoding="utf-8")
    result = sopbot("check", "fair.yaml")
    assert result.exit_code == 0
    assert result.stdout.startswith("fair.yaml:20:1: warning: makes content or an event")
    assert result.stdout.endswith("1 file, 0 errors, 1 warning\n")


def test_check_says_which_path_is_not_there() -> None:
    result = sopbot("check", "team", "nowhere.yaml")
    words = "sopbot: there is no 'nowhere.yaml': give the path of a YAML file or a folder\n"
    assert (result.exit_code, result.stderr) == (2, words)


def test_schema_is_a_json_schema_of_the_file() -> None:
    schema = json.loads(sopbot("schema").stdout)
    assert set(schema["required"]) == {"id", "title", "roles", "phases"}
    assert "blocks-on" in schema["$defs"]["Question"]["properties"]


def test_new_writes_a_playbook_that_passes_check(folders: Path) -> None:
    written = sopbot("new", "spring-fair", "--out", "team")
    assert written.exit_code == 0
    assert written.stdout == (
        "wrote team/spring-fair.yaml: change it,"
        " then run sopbot playbook check team/spring-fair.yaml\n"
    )
    assert sopbot("check", "team").stdout == "1 file, 0 errors, 0 warnings\n"
    shown = json.loads(sopbot("show", "spring-fair", "--format", "json").stdout)
    assert set(shown["title"]) == {"en", "zh-Hans", "zh-Hant"}


def test_new_writes_into_the_current_folder(folders: Path) -> None:
    assert sopbot("new", "mine").exit_code == 0
    assert (folders / "mine.yaml").read_text(encoding="utf-8") == template("mine")


def test_new_leaves_a_file_that_is_there(folders: Path) -> None:
    (folders / "mine.yaml").write_text("precious")
    result = sopbot("new", "mine")
    words = "sopbot: mine.yaml is there already: choose another id, or remove it\n"
    assert (result.exit_code, result.stderr) == (1, words)
    assert (folders / "mine.yaml").read_text() == "precious"


def test_new_makes_the_folder_it_writes_into(folders: Path) -> None:
    result = sopbot("new", "mine", "--out", "ours/drafts")
    assert result.exit_code == 0
    assert (folders / "ours" / "drafts" / "mine.yaml").is_file()


def test_new_says_when_it_cannot_write(folders: Path) -> None:
    (folders / "nowhere").write_text("a file, no folder")
    result = sopbot("new", "mine", "--out", "nowhere")
    words = "sopbot: nowhere/mine.yaml cannot be written (File exists)"
    assert (result.exit_code, result.stderr) == (1, f"{words}: choose another --out\n")


@pytest.mark.parametrize("id_", ["My Fair", "../up", "9lives", ""])
def test_new_takes_no_odd_id(folders: Path, id_: str) -> None:
    result = sopbot("new", id_)
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert sorted(path.name for path in folders.iterdir()) == ["built-in", "team"]


@pytest.mark.parametrize("command", ["list", "show", "check", "schema", "new"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = sopbot(command, "--help")
    assert result.exit_code == 0
    assert f"Example: sopbot playbook {command}" in result.stdout


def test_a_title_with_markup_is_shown_as_it_stands(folders: Path) -> None:
    text = template("odd").replace("en: My playbook", "en: '[red]x[/nope]'")
    (folders / "team/odd.yaml").write_text(text, encoding="utf-8")
    assert "[red]x[/nope]" in sopbot("list").stdout
