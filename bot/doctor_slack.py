"""How an installation stands with Slack: tokens, scopes, the clock, the channels of its runs."""

from collections.abc import Awaitable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.directory import Directory
from bot.doctor_local import PATIENCE, Finding
from bot.manifest import SCOPES
from bot.os_errors import reason_of
from bot.settings import Settings
from bot.slack_errors import code_of
from playbooks.run import Run

SKEW = 60  # seconds; Slack's requests are refused when they seem five minutes old


@dataclass(frozen=True, slots=True)
class Answer:
    """What Slack said to one call."""

    fault: str = ""  # empty where it took the token
    facts: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


def client_for(settings: Settings) -> AsyncWebClient:
    """A client that tries once."""
    return AsyncWebClient(
        token=settings.slack_bot_token, base_url=settings.slack_api_url, timeout=PATIENCE,
        retry_handlers=[],
    )  # fmt: skip


async def ask(name: str, call: Awaitable[AsyncSlackResponse], settings: Settings) -> Answer:
    """Make a call that needs the token of this variable."""
    try:
        answer = await call
    except SlackApiError as error:
        words = f"Slack refuses {name} ({code_of(error)}): copy it once more"
        return Answer(words, headers=_lowered(getattr(error.response, "headers", None)))
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        why = _why_unreached(error)
        words = f"{settings.slack_api_url} cannot be reached ({why}): check SLACK_API_URL, and"
        return Answer(f"{words} that this machine may connect to it")
    facts = answer.data if isinstance(answer.data, dict) else {}
    return Answer("", facts, _lowered(answer.headers))


def _why_unreached(error: Exception) -> str:
    """The reason alone, without the words of the library that tried."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientSSLError):
        return "its certificate is not accepted"
    if isinstance(error, aiohttp.ClientConnectorError):
        return reason_of(error.os_error)
    if isinstance(error, TimeoutError):
        return f"no answer within {PATIENCE} s"
    if isinstance(error, OSError):
        return reason_of(error)
    return "the connection broke off"


def look_at_bot_token(answer: Answer) -> Finding:
    """Whether Slack takes the bot's token."""
    if answer.fault:
        return Finding("broken", "bot token", answer.fault)
    words = f"SLACK_BOT_TOKEN is {answer.facts.get('user')}'s in {answer.facts.get('team')}"
    return Finding("ok", "bot token", words)


def look_at_scopes(answer: Answer) -> Finding:
    """Whether the token has every scope that the manifest asks for."""
    if answer.fault or "x-oauth-scopes" not in answer.headers:
        return Finding("warning", "scopes", "not known without Slack's answer")
    granted = {scope.strip() for scope in answer.headers["x-oauth-scopes"].split(",")}
    missing = [scope for scope in SCOPES if scope not in granted]
    if missing:
        words = f"the bot lacks {', '.join(missing)}: add them as in sopbot manifest, and reinstall"
        return Finding("broken", "scopes", words)
    return Finding("ok", "scopes", f"all {len(SCOPES)} of the manifest")


def look_at_clock(answer: Answer, now: datetime) -> Finding:
    """How far our clock is from Slack's; `now` is ours when the answer came."""
    try:
        ahead = round((now - parsedate_to_datetime(answer.headers["date"])).total_seconds())
    except (LookupError, ValueError, TypeError):
        return Finding("warning", "clock", "not compared without Slack's answer")
    if abs(ahead) > SKEW:
        words = f"{abs(ahead)} s {'ahead of' if ahead > 0 else 'behind'} Slack's: set it by NTP"
        return Finding("broken", "clock", words)
    return Finding("ok", "clock", f"within {max(abs(ahead), 1)} s of Slack's")


def look_at_app_token(answer: Answer) -> Finding:
    """Whether Slack takes the token of Socket Mode."""
    if answer.fault:
        return Finding("broken", "app token", answer.fault)
    return Finding("ok", "app token", "SLACK_APP_TOKEN opens Socket Mode")


def look_at_signing_secret(settings: Settings) -> Finding:
    """Whether the secret of HTTP mode is set; nobody but Slack can tell whether it is right."""
    if fault := settings.slack_faults().get("SLACK_SIGNING_SECRET"):
        return Finding("broken", "secret", fault)
    words = "SLACK_SIGNING_SECRET is set; Slack's first request will show whether it is right"
    return Finding("ok", "secret", words)


async def look_at_channels(runs: Iterable[Run], directory: Directory) -> list[Finding]:
    """Whether the bot is where its active runs are."""
    names: dict[str, list[str]] = {}
    for run in runs:
        names.setdefault(run.channel, []).append(run.name)
    found = [await _look_at_channel(id_, names[id_], directory) for id_ in names]
    faults = [finding for finding in found if finding]
    if faults:
        return faults
    words = f"the bot is in all {len(names)} of active runs" if names else "no run is active"
    return [Finding("ok", "channels", words)]


async def _look_at_channel(id_: str, names: list[str], directory: Directory) -> Finding | None:
    seen = await directory.channel(id_)
    place = f"{id_} of {', '.join(names)}"
    if not seen.found:
        words = f"{place} is gone, or private without the bot: invite it with /invite"
        return Finding("broken", "channels", words)
    if seen.is_archived:
        words = f"{place} is archived: unarchive it, or move the run to another channel"
        return Finding("broken", "channels", words)
    if not seen.is_known:
        return Finding("warning", "channels", f"{place} was not seen: Slack did not answer in time")
    if not seen.is_member:
        words = f"the bot is not in {place}, and sees no replies there: invite it with /invite"
        return Finding("broken" if seen.is_private else "warning", "channels", words)
    return None


def _lowered(headers: Mapping[str, str] | None) -> dict[str, str]:
    return {name.lower(): str(value) for name, value in (headers or {}).items()}
