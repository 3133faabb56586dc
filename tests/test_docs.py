"""The guides tell the truth: links, files, commands, variables, scopes and playbooks are there."""

import re
import shlex
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import click
import pytest
import typer

from bot.cli import app
from bot.manifest import SCOPES
from bot.rehearsal import Rehearsed, rehearse_playbook
from playbooks.definition import Playbook
from playbooks.library import check_paths
from playbooks.questions import PROFILES
from playbooks.shape import Part
from playbooks.texts import LANGUAGES

ROOT = Path(__file__).parents[1]
GUIDES = ("README.md", "docs/playbooks.md")
TEXTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in GUIDES}
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
EXAMPLES = [text for kind, text in FENCE.findall(TEXTS["docs/playbooks.md"]) if kind == "yaml"]

each_guide = pytest.mark.parametrize("guide", GUIDES)


def prose(guide: str) -> str:
    """The text of a guide without its fenced blocks."""
    return FENCE.sub("", TEXTS[guide])


def shell_lines(guide: str) -> Iterator[list[str]]:
    """The commands of the fenced shell blocks, as words."""
    for kind, text in FENCE.findall(TEXTS[guide]):
        if kind == "sh":
            yield from (shlex.split(line, comments=True) for line in text.splitlines())


def code(guide: str) -> list[list[str]]:
    """Everything typed that the guide shows, in blocks or in a line."""
    return [*shell_lines(guide), *(span.split() for span in SPAN.findall(prose(guide)))]


def sopbot_commands() -> dict[str, click.Command]:
    """Every command that does something, by the words that call it."""
    found: dict[str, click.Command] = {}

    def walk(command: Any, words: str) -> None:
        if not hasattr(command, "commands"):
            found[words] = command
            return
        for name, inner in command.commands.items():
            walk(inner, f"{words} {name}")

    walk(typer.main.get_command(app), "sopbot")
    return found


COMMANDS = sopbot_commands()


def command_of(words: list[str]) -> tuple[str, list[str]]:
    """The command that these words call, and what they hand it."""
    for count in (3, 2):
        if (name := " ".join(words[:count])) in COMMANDS:
            return name, words[count:]
    raise AssertionError(f"there is no command {' '.join(words)!r}")


def options_of(name: str) -> set[str]:
    """The options that a command takes."""
    return {word for one in COMMANDS[name].params for word in (*one.opts, *one.secondary_opts)}


@each_guide
def test_every_relative_link_leads_to_a_file(guide: str) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", prose(guide))
    relative = [link for link in links if not link.startswith("https://")]
    assert [link for link in relative if not ((ROOT / guide).parent / link).exists()] == []


@each_guide
def test_every_file_that_is_named_exists(guide: str) -> None:
    named = re.findall(r"\b((?:bot|storage|playbooks|tests|docs)/[\w./-]*)", TEXTS[guide])
    assert [path for path in named if not (ROOT / path).exists()] == []


@each_guide
def test_every_sopbot_command_that_is_shown_exists_with_its_options(guide: str) -> None:
    shown = [command_of(words) for words in code(guide) if words[:1] == ["sopbot"] and words[1:]]
    assert shown
    for name, rest in shown:
        options = {word for word in rest if word.startswith("--")}
        assert options <= options_of(name), name


@each_guide
def test_every_sopbot_line_of_a_shell_block_can_be_typed_as_it_stands(guide: str) -> None:
    for words in shell_lines(guide):
        if words[:1] == ["sopbot"]:
            name, rest = command_of(words)
            COMMANDS[name].make_context(name, rest).close()


def test_the_readme_lists_every_command_and_the_options_in_its_row() -> None:
    rows = [row for row in TEXTS["README.md"].splitlines() if row.startswith("| `sopbot ")]
    listed: list[str] = []
    for row in rows:
        spans = [span.split() for span in SPAN.findall(row)]
        names = [" ".join(words) for words in spans if words[0] == "sopbot"]
        options = {words[0] for words in spans if words[0].startswith("--")}
        assert options <= set.union(*map(options_of, names))
        listed += names
    assert sorted(listed) == sorted(COMMANDS)


def test_every_make_target_that_the_readme_shows_exists() -> None:
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    shown = {words[1] for words in code("README.md") if words[:1] == ["make"] and words[1:]}
    assert {"demo", "test"} <= shown <= set(targets)


@each_guide
def test_every_variable_that_is_shown_is_in_the_example_environment(guide: str) -> None:
    known = re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    shown = re.findall(r"\b((?:SOPBOT|SLACK|DATABASE)_[A-Z_]+)\b", TEXTS[guide])
    assert shown
    assert set(shown) <= set(known)


def test_the_readme_explains_each_scope_of_the_manifest_and_no_other() -> None:
    table = TEXTS["README.md"].split("| the manifest asks for |")[1].split("\n\n")[0]
    explained = [scope for row in table.splitlines()[2:] for scope in SPAN.findall(row)]
    assert sorted(explained) == sorted([*SCOPES, "/sop"])


@pytest.fixture
def examples(tmp_path: Path) -> dict[str, Playbook]:
    """The playbooks of the guide, once they are free of faults and warnings."""
    for number, text in enumerate(EXAMPLES):
        (tmp_path / f"{number}.yaml").write_text(text, encoding="utf-8")
    loaded = check_paths([tmp_path], [])
    assert [str(fault) for each in loaded for fault in each.faults] == []
    return {each.playbook.id: each.playbook for each in loaded if each.playbook}


def rehearsed(playbook: Playbook, language: str) -> Rehearsed:
    """A whole run of a playbook, in which everybody is in time."""
    return rehearse_playbook(
        playbook, at=datetime(2026, 3, 2, 1, tzinfo=UTC), anchor_on=date(2026, 3, 20),
        calendar="CN", people={}, late={}, until=None, language=language,
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_playbooks_run_from_their_first_step_to_their_last(
    examples: dict[str, Playbook], language: str
) -> None:
    assert list(examples) == ["press-release", "press-release-hk"]
    for playbook in examples.values():
        told = rehearsed(playbook, language)
        cards = {each.subject: each.text for each in told.messages if each.kind == "step"}
        assert cards.keys() == playbook.steps_by_id.keys()
        for id_, step in playbook.steps_by_id.items():
            assert step.title.to(language) in cards[id_]


def test_the_overlay_has_its_own_step_where_it_was_put(examples: dict[str, Playbook]) -> None:
    ids = [step.id for step in examples["press-release-hk"].steps]
    assert ("draft", "legal") in pairwise(ids)


def words_of(part: type[Part]) -> Iterator[str]:
    """The keys of a part of a playbook file, and the words that some of them choose from."""
    for name, field in part.model_fields.items():
        yield field.alias or name
        yield from chosen_from(field.annotation)


def chosen_from(annotation: Any) -> Iterator[str]:
    """The words of the literals inside an annotation."""
    for inner in get_args(annotation):
        if get_origin(annotation) is Literal:
            yield inner
        else:
            yield from chosen_from(inner)


def test_the_guide_explains_every_key_and_every_choice_of_the_format() -> None:
    parts = [part for part in Part.__subclasses__() if part.__module__.startswith("playbooks.")]
    wanted = {word for part in parts for word in words_of(part)} | PROFILES.keys()
    explained = {re.split(r"[ :]", span)[0] for span in SPAN.findall(prose("docs/playbooks.md"))}
    assert wanted - explained == set()
