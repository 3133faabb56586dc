"""Playbook files that are wrong when the bot starts, or become so, stop nothing."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.shelf import Shelf
from playbooks.library import load_library
from playbooks.template import template


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """A team's folder with a right playbook, and a wrong one that would replace a built-in."""
    (tmp_path / "ours.yaml").write_text(template("ours"), encoding="utf-8")
    (tmp_path / "event.yaml").write_text("id: event\ntitle: Ours\nphases: []\n", encoding="utf-8")
    return tmp_path


def test_a_wrong_file_at_the_start_leaves_the_built_in_in_force_and_is_logged(team: Path) -> None:
    with capture_logs() as logs:
        library = Shelf([team]).current()
    assert library.get("event") == load_library().get("event")
    assert library.get("ours")
    told = [each["fault"] for each in logs if each["event"] == "playbook"]
    assert told == [
        f"{team}/event.yaml:1:1: the playbook lacks 'roles': add it",
        f"{team}/event.yaml:3:9: 'phases' must hold at least 1",
    ]


async def test_a_folder_that_goes_away_while_the_bot_runs_leaves_its_playbooks_in_force(
    team: Path,
) -> None:
    shelf = Shelf([team])
    team.rename(team.with_name("elsewhere"))
    with capture_logs() as logs:
        await shelf.refresh()
    assert shelf.current().get("ours")
    [fault] = [each["fault"] for each in logs]
    assert fault.startswith(f"{team}:1:1: the folder cannot be read (No such file or directory)")
