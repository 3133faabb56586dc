"""Look-ups in Slack, and what is believed where Slack does not answer."""

import asyncio
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot import directory as look_ups
from bot.directory import Directory, read_person


class Answers(AsyncWebClient):
    """A client that gives one answer after the other, and none when they have run out."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        super().__init__(token="xoxb-test")
        self._answers = list(answers)

    async def api_call(self, *_: object, **__: object) -> Any:
        """The next answer."""
        if not self._answers:
            await asyncio.Event().wait()
        return self._answers.pop(0)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look_ups, "PATIENCE", 0.01)


async def test_a_client_in_the_channel_is_not_forgotten_while_slack_is_silent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(look_ups, "EXTERNAL_FOR", -1)
    directory = Directory(Answers({"channel": {"is_ext_shared": True}}))
    assert await directory.is_external("C1")
    assert await directory.is_external("C1")


async def test_silence_is_not_remembered_as_an_answer() -> None:
    client = Answers()
    directory = Directory(client)
    assert not await directory.is_external("C1")
    client._answers.append({"channel": {"is_ext_shared": True}})
    assert await directory.is_external("C1")


async def test_of_a_channel_too_large_to_be_read_nobody_is_said_to_be_missing() -> None:
    page = {"members": ["U1"], "response_metadata": {"next_cursor": "more"}}
    directory = Directory(Answers(*[page] * look_ups.PAGES))
    assert await directory.members("C1") == frozenset()


async def test_a_silent_slack_keeps_nobody_waiting() -> None:
    directory = Directory(Answers())
    async with asyncio.timeout(5):
        assert not await directory.invite("C1", "U1")
        assert await directory.permalink("C1", "1.2") is None
        assert await directory.file_name("F1") == "F1"


@pytest.mark.parametrize(
    ("told", "zone"),
    [
        ("Asia/Shanghai", "Asia/Shanghai"), ("US/Pacific", "US/Pacific"), (None, "UTC"),
        ("Mars/Olympus", "UTC"), ("../../etc/passwd", "UTC"), ("Asia", "UTC"), ("", "UTC"),
    ],
)  # fmt: skip
def test_a_zone_nobody_knows_is_utc(told: str | None, zone: str) -> None:
    assert read_person({"id": "U1", "tz": told}).zone == zone
