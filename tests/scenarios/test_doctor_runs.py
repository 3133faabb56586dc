"""The doctor looks at the database and the channels of active runs, while the bot is at work."""

from pathlib import Path

import pytest

from tests.scenarios.patient import Patient
from tests.scenarios.world import CHANNEL, PRIVATE, World


async def test_without_an_answer_of_slack_nothing_is_guessed(world: World, tmp_path: Path) -> None:
    found = await Patient(world.sandbox, tmp_path).examined(slack_bot_token="xoxb-1")
    assert found["channels"] == "warning: not looked at without Slack's answer"
    assert found["database"].startswith("ok: ")


async def test_the_channels_of_active_runs_are_looked_at(world: World, tmp_path: Path) -> None:
    doctor = Patient(world.sandbox, tmp_path)
    await world.start()
    assert (await doctor.examined())["channels"] == "ok: the bot is in all 1 of active runs"
    channel = world.sandbox.space.channel(CHANNEL)
    channel.members.discard("U0SOPBOT")
    found = (await doctor.examined())["channels"]
    assert found.startswith(
        "warning: the bot is not in C0DEALER of Dealer day, and sees no replies"
    )
    channel.is_archived = True
    found = (await doctor.examined())["channels"]
    assert found.startswith("broken: C0DEALER of Dealer day is archived: unarchive it")


async def test_a_private_channel_without_the_bot_is_broken(world: World, tmp_path: Path) -> None:
    await world.wang.invite_bot(PRIVATE)
    await world.settle()
    await world.start(channel=PRIVATE)
    world.sandbox.space.channel(PRIVATE).members.discard("U0SOPBOT")
    found = (await Patient(world.sandbox, tmp_path).examined())["channels"]
    told = "broken: C0BRAND of Dealer day is gone, or private without the bot: invite it"
    assert found.startswith(told)


@pytest.mark.parametrize("told", ["newer", "older"])
async def test_a_database_of_another_version_is_broken(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    monkeypatch.setattr("storage.schema.head", lambda: "9999")
    monkeypatch.setattr("storage.schema.knows", lambda _: told == "older")
    found = await Patient(world.sandbox, tmp_path).examined()
    assert found["database"].startswith("broken: ")
    assert f"sopbot.db is {told} than this version: " in found["database"]
    assert found["channels"] == "warning: not looked at without the database"
