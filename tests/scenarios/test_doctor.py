"""`sopbot doctor`: a line for each part of an installation; only what is broken gives exit 1."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.manifest import SCOPES, build_manifest
from bot.sandbox.sandbox import Sandbox
from playbooks.library import load_library
from tests.bot.command_line import in_a_shell
from tests.scenarios.patient import MACHINE, Patient
from tests.scenarios.world import World

PARTS = [
    "bot token", "app token", "scopes", "clock", "database", "channels", "playbooks", "model",
    "mail", "public URL",
]  # fmt: skip


class Askew:
    """A clock that is wrong by so much."""

    def __init__(self, **by: int) -> None:
        self._by = timedelta(**by)

    def now(self) -> datetime:
        """What it shows."""
        return datetime.now(UTC) + self._by


@pytest.fixture
async def patient(tmp_path: Path) -> AsyncIterator[Patient]:
    """Right tokens, nothing else set up, no bot under way."""
    async with Sandbox(post_every=0, manifest=build_manifest()) as sandbox:
        yield Patient(sandbox, tmp_path)


async def test_a_fresh_installation_is_not_broken_and_nothing_is_made(patient: Patient) -> None:
    found = await patient.examined(sopbot_playbooks="")
    assert list(found) == PARTS
    assert found.pop("clock").startswith("ok: within ")
    assert found == {
        "bot token": "ok: SLACK_BOT_TOKEN is sopbot's in Sandbox",
        "app token": "ok: SLACK_APP_TOKEN opens Socket Mode",
        "scopes": f"ok: all {len(SCOPES)} of the manifest",
        "database": f"not set: sqlite:///{patient.folder}/sopbot.db is still empty:"
        " sopbot run makes the tables",
        "channels": "ok: no run is active",
        "playbooks": f"ok: {len(load_library().playbooks)} in force, none of your own",
        "model": "not set: no model configured: topic ideas come from a matrix;"
        " set SOPBOT_LLM_MODEL for one",
        "mail": "not set: no mail is sent: set SMTP_URL for it",
        "public URL": "not set: no links for outsiders are offered: set SOPBOT_PUBLIC_URL for them",
    }
    assert list(patient.folder.iterdir()) == []
    assert {call.method for call in patient.sandbox.calls} == {
        "auth.test", "apps.connections.open",
    }  # fmt: skip


async def test_the_command_prints_a_line_each_and_exits_with_1_only_when_something_is_broken(
    world: World, tmp_path: Path
) -> None:
    await world.start()
    environment = {
        "SLACK_BOT_TOKEN": world.sandbox.bot_token, "SLACK_APP_TOKEN": world.sandbox.app_token,
        "SLACK_API_URL": world.sandbox.api_url, "DATABASE_URL": f"sqlite:///{tmp_path}/sopbot.db",
    }  # fmt: skip
    well = await asyncio.to_thread(in_a_shell, "doctor", **environment)
    assert (well.returncode, well.stderr) == (0, "")
    assert [line[9:19].strip() for line in well.stdout.splitlines()] == PARTS
    environment["SOPBOT_LLM_MODEL"] = "gpt"
    ill = await asyncio.to_thread(in_a_shell, "doctor", **environment)
    assert (ill.returncode, ill.stderr) == (1, "")
    assert "broken   model       SOPBOT_LLM_MODEL is 'gpt': write provider:model" in ill.stdout


@pytest.mark.parametrize(
    ("part", "name", "value", "told"),
    [
        ("bot token", "slack_bot_token", "", "SLACK_BOT_TOKEN is missing: set it"),
        ("bot token", "slack_bot_token", "xapp-1", "SLACK_BOT_TOKEN does not start with xoxb-"),
        ("bot token", "slack_bot_token", "xoxb-1", "Slack refuses SLACK_BOT_TOKEN (invalid_auth)"),
        (
            "bot token",
            "slack_api_url",
            "http://127.0.0.1:9/",
            "be reached (Connection refused)",
        ),
        ("app token", "slack_app_token", "xapp-1", "Slack refuses SLACK_APP_TOKEN (invalid_auth)"),
        ("app token", "slack_app_token", "", "SLACK_APP_TOKEN is missing: set it"),
        ("secret", "sopbot_mode", "http", "SLACK_SIGNING_SECRET is missing: set it"),
        ("database", "database_url", "postgresql://127.0.0.1:1/x", "refused): check DATABASE_URL"),
        ("database", "database_url", "postgresql://h:p/x", "DATABASE_URL must be sqlite:///path"),
        ("playbooks", "sopbot_playbooks", "/none", "SOPBOT_PLAYBOOKS: the folder '/none' cannot"),
        ("model", "sopbot_llm_model", "gpt-4o", "write provider:model, such as openai:gpt-4o-mini"),
        ("mail", "smtp_url", "mail.example.com", "SMTP_URL must be smtp://user:password@host"),
        ("mail", "smtp_url", "smtp://host:port", "SMTP_URL must be smtp://user:password@host"),
        ("mail", "smtp_url", "smtp://u:hush@127.0.0.1:9", "(Connection refused): check host and"),
        ("public URL", "sopbot_public_url", "http://a.b", "write e.g. https://sopbot.example.com"),
    ],
)
async def test_what_is_broken_is_told_with_what_to_do(
    patient: Patient, part: str, name: str, value: str, told: str
) -> None:
    found = await patient.examined(MACHINE, **{name: value})
    assert found[part].startswith("broken: ")
    assert told in found[part]
    assert "hush" not in str(found)


async def test_a_scope_that_is_missing_is_named(tmp_path: Path) -> None:
    manifest = build_manifest()
    manifest["oauth_config"]["scopes"]["bot"] = [
        scope for scope in SCOPES if scope not in {"pins:write", "files:read"}
    ]
    async with Sandbox(post_every=0, manifest=manifest) as sandbox:
        found = await Patient(sandbox, tmp_path).examined()
    assert found["scopes"].startswith("broken: the bot lacks files:read, pins:write: add them")


@pytest.mark.parametrize(
    ("by", "told"),
    [
        ({"minutes": 7}, "s ahead of Slack's: set it by NTP"),
        ({"minutes": -7}, "s behind Slack's: set it by NTP"),
        ({"seconds": 30}, "ok: within "),
    ],
)
async def test_the_clock_is_compared_with_slack_s(
    patient: Patient, by: dict[str, int], told: str
) -> None:
    found = await patient.examined(Askew(**by))
    assert told in found["clock"]


async def test_playbooks_with_faults_are_named(patient: Patient) -> None:
    (patient.folder / "ours.yaml").write_text("id: ours")
    found = await patient.examined(sopbot_playbooks=str(patient.folder))
    file = patient.folder / "ours.yaml"
    told = f"broken: left out because of faults: {file}; run sopbot playbook check"
    assert found["playbooks"] == told


async def test_a_mail_server_that_answers_is_well_and_gets_nothing(patient: Patient) -> None:
    heard: list[bytes] = []

    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            heard.append(line.split()[0])
            writer.write(b"221 bye\r\n" if heard[-1] == b"QUIT" else b"250 yes\r\n")
        writer.close()

    async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        url = f"smtp://me:hush@127.0.0.1:{port}"
        nameless = await patient.examined(smtp_url=url)
        named = await patient.examined(smtp_url=url, sopbot_mail_from="bot@example.com")
    assert nameless["mail"].startswith(f"warning: 127.0.0.1:{port} answers, but no sender is named")
    assert named["mail"] == f"ok: 127.0.0.1:{port} answers"
    assert set(heard) == {b"ehlo", b"QUIT"}


async def test_what_is_set_up_rightly_is_well(patient: Patient) -> None:
    found = await patient.examined(
        sopbot_llm_model="openai:gpt-4o-mini", sopbot_public_url="https://sopbot.example.com",
        sopbot_mode="http", slack_signing_secret="quiet",
    )  # fmt: skip
    assert found["model"].startswith("ok: openai:gpt-4o-mini")
    assert found["public URL"].startswith("ok: https://sopbot.example.com")
    assert found["secret"].startswith("ok: SLACK_SIGNING_SECRET is set")
