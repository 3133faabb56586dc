"""A variable that is missing or wrong is named, with what to do."""

from pathlib import Path

import pytest

from bot.settings import Settings, WrongSettings

RIGHT = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_two_tokens_are_enough_and_mean_socket_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in RIGHT.items():
        monkeypatch.setenv(name, value)
    settings = Settings.read()
    settings.require_slack()
    assert settings.mode == "socket"
    assert settings.database_url == "sqlite:///data/sopbot.db"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", ""),
        ("SLACK_BOT_TOKEN", "xapp-1"),
        ("SLACK_APP_TOKEN", "xoxb-1"),
        ("SLACK_API_URL", "slack.com"),
        ("SOPBOT_MODE", "carrier-pigeon"),
        ("SOPBOT_PORT", "eighty"),
        ("DATABASE_URL", "mysql://here"),
        ("SOPBOT_LOG_LEVEL", "LOUD"),
    ],
)
def test_what_is_wrong_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    for right, token in RIGHT.items():
        monkeypatch.setenv(right, token)
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSettings) as told:
        Settings.read().require_slack()
    assert str(told.value).startswith(name)
    assert "\n" not in str(told.value)


def test_http_mode_needs_the_signing_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    with pytest.raises(WrongSettings, match="SLACK_SIGNING_SECRET"):
        Settings.read().require_slack()
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "hush")
    settings = Settings.read()
    settings.require_slack()
    assert settings.mode == "http"


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("mail.example.com", "a@b.example"),
        ("smtp://host:port", "a@b.example"),
        ("smtp://mail.example.com", ""),
        ("smtp://mail.example.com", "nobody"),
    ],
)
def test_mail_that_cannot_be_sent_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, url: str, sender: str
) -> None:
    monkeypatch.setenv("SMTP_URL", url)
    monkeypatch.setenv("SOPBOT_MAIL_FROM", sender)
    with pytest.raises(WrongSettings, match="SMTP_URL"):
        Settings.read().require_mail()


def test_mail_needs_a_server_and_a_sender(monkeypatch: pytest.MonkeyPatch) -> None:
    Settings.read().require_mail()
    monkeypatch.setenv("SMTP_URL", "smtps://bot:secret@mail.example.com:465")
    monkeypatch.setenv("SOPBOT_MAIL_FROM", "SOP Bot <bot@example.com>")
    settings = Settings.read()
    settings.require_mail()
    assert settings.has_mail
