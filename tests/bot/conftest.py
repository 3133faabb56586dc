"""What tests of the command line share."""

from pathlib import Path

import pytest

from bot.settings import Settings


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty working folder, and an environment in which nothing of ours is set."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setattr("bot.logs.set_up_logs", lambda *_: None)  # it is the process's, for good
    return tmp_path
