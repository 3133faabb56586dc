"""`sopbot playbook`: list, show, check and write playbooks."""

import json
import os
from pathlib import Path
from typing import Annotated, Literal

import typer
import yaml
from pydantic import TypeAdapter, ValidationError
from rich.console import Console
from rich.table import Table
from rich.text import Text as Cell

from bot.cli_errors import Commands, fail
from bot.settings import Settings
from playbooks.content import to_content, version_of
from playbooks.definition import Playbook
from playbooks.faults import Fault, in_order, is_refused, nearest
from playbooks.library import BUILT_IN, Library, check_paths, load_library
from playbooks.shape import Id
from playbooks.template import template

playbook_app = typer.Typer(
    help="List, show, check and write playbooks.",
    cls=Commands,
    rich_markup_mode=None,
    epilog="Example: sopbot playbook show event",
)


@playbook_app.command("list", epilog="Example: sopbot playbook list --format json")
def list_playbooks(
    format_: Annotated[
        Literal["table", "json"], typer.Option("--format", help="How to print them.")
    ] = "table",
) -> None:
    """List the playbooks in force."""
    library = read_library()
    rows = [_row(playbook) for playbook in library.all()]
    if format_ == "json":
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        _print_table(library)
    if library.refused:
        typer.echo(f"{len(library.refused)} refused: run sopbot playbook check", err=True)


@playbook_app.command(epilog="Example: sopbot playbook show event --format json")
def show(
    id_: Annotated[str, typer.Argument(metavar="ID", help="A playbook's id, title or alias.")],
    format_: Annotated[
        Literal["yaml", "json"], typer.Option("--format", help="How to print it.")
    ] = "yaml",
) -> None:
    """Show a playbook as understood, with what it extends."""
    library = read_library()
    playbook = find_playbook(library, id_)
    content = to_content(playbook)
    if format_ == "json":
        typer.echo(json.dumps(content, ensure_ascii=False, indent=2))
    else:
        shown = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
        typer.echo(shown, nl=False)


@playbook_app.command(epilog="Example: sopbot playbook check our-playbooks/event.yaml")
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Files or folders; all playbooks if left out."),
    ] = None,
) -> None:
    """Check playbook files; exit 1 if one is wrong."""
    absent = next((path for path in paths or () if not os.path.lexists(path)), None)
    if absent is not None:
        fail(f"there is no {str(absent)!r}: give the path of a YAML file or a folder")
    looked_at, bases = paths or _folders(), _folders()
    loaded = check_paths(looked_at, bases)
    if not loaded:
        places = ", ".join(repr(str(path)) for path in looked_at)
        fail(f"there is no playbook in {places}: its file's name must end in .yaml or .yml")
    faults = in_order(each for one in loaded for each in one.faults)
    for each in faults:
        typer.echo(str(each))
    typer.echo(_summary(len(loaded), faults))
    if is_refused(faults):
        raise typer.Exit(1)


@playbook_app.command(epilog="Example: sopbot playbook schema > playbook.schema.json")
def schema() -> None:
    """Print the JSON Schema of a playbook file, for editors."""
    typer.echo(json.dumps(Playbook.model_json_schema(), ensure_ascii=False, indent=2))


@playbook_app.command(epilog="Example: sopbot playbook new autumn-fair --out our-playbooks")
def new(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The new playbook's id.")],
    out: Annotated[Path, typer.Option(help="The folder to write it into.")] = Path(),
) -> None:
    """Write a small complete playbook to start from."""
    try:
        TypeAdapter(Id).validate_python(id_)
    except ValidationError:
        fail(f"{id_!r} is no id: use lower-case letters, digits and hyphens, a letter first")
    path = out / f"{id_}.yaml"
    try:
        out.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(template(id_))
    except OSError as error:
        if path.exists():
            fail(f"{path} is there already: choose another id, or remove it", code=1)
        fail(f"{path} cannot be written ({error.strerror}): choose another --out", code=1)
    typer.echo(f"wrote {path}: change it, then run sopbot playbook check {path}")


def _row(playbook: Playbook) -> dict[str, object]:
    title = {code or "en": words for code, words in playbook.title.by_language.items()}
    steps, version = len(playbook.steps), version_of(playbook)
    return {"id": playbook.id, "title": title, "steps": steps, "version": version}


def _print_table(library: Library) -> None:
    table = Table("id", "title", "steps", "version", box=None)
    for playbook in library.all():
        title = Cell(playbook.title.to("en"))  # never markup
        steps = str(len(playbook.steps))
        table.add_row(playbook.id, title, steps, version_of(playbook))
    Console().print(table)


def read_library() -> Library:
    """The playbooks in force here."""
    built_in, *team = _folders()
    return load_library(team, built_in=built_in)


def find_playbook(library: Library, word: str) -> Playbook:
    """The playbook that is called so; where there is none the command fails."""
    playbook = library.find(word)
    if playbook is None:
        if any(Path(file).stem == word for file in library.refused):
            fail(f"playbook {word!r} has faults: run sopbot playbook check")
        near = nearest(word, library.playbooks)
        mend = f"did you mean {near!r}?" if near else "run sopbot playbook list"
        fail(f"unknown playbook {word!r}: {mend}")
    return playbook


def _folders() -> list[Path]:
    """The built-in folder and the team's, as seen from here."""
    here = Path.cwd()
    built_in = BUILT_IN.relative_to(here) if BUILT_IN.is_relative_to(here) else BUILT_IN
    settings = Settings.read()
    settings.require_playbooks()
    return [built_in, *settings.playbook_folders]


def _summary(files: int, faults: tuple[Fault, ...]) -> str:
    errors = sum(each.severity == "error" for each in faults)
    warnings = len(faults) - errors
    counts = ((files, "file"), (errors, "error"), (warnings, "warning"))
    return ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts)
