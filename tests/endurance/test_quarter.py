"""A quarter with twelve runs at once: everybody is reminded, and nobody is buried."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import playbooks
from playbooks.library import load_file
from playbooks.nudges import CEILING
from storage.database import Database
from tests.endurance.figures import reckon
from tests.endurance.quarter import Quarter

EVENT = Path(playbooks.__file__).parent / "sops" / "event.yaml"
OUTAGE = (datetime(2025, 10, 14, 1, tzinfo=UTC), datetime(2025, 10, 17, 1, tzinfo=UTC))


async def test_nobody_hears_too_much_and_nothing_is_lost(
    capsys: pytest.CaptureFixture[str],
) -> None:
    playbook = load_file(EVENT).playbook
    assert playbook
    database = Database("sqlite://")
    database.upgrade()
    quarter = Quarter(database, playbook)
    await quarter.begin()
    await quarter.play(outage=OUTAGE)
    figures = await reckon(quarter)
    database.close()
    with capsys.disabled():
        print(f"\n{figures}")  # noqa: T201 - what the simulation is for
    assert figures.messages > 200
    assert figures.finished >= 6
    assert figures.stand_ins > 0
    assert figures.busiest <= CEILING
    assert figures.off_hours == 0
    assert figures.held_in_a_row <= 1
