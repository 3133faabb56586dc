"""How the parts of an installation are that need no Slack; looking changes none of them."""

import asyncio
import re
import smtplib
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from bot.os_errors import reason_of
from bot.settings import Settings, WrongSettings, is_https
from playbooks.library import load_library
from storage.database import Database, DatabaseError, driver_reason

PATIENCE = 5  # seconds for a server to answer
_MODEL = re.compile(r"[a-z][a-z0-9_-]*:\S+")
_SHAPES = {
    "older": "is older than this version: run sopbot db upgrade, or sopbot run, which does it",
    "newer": "is newer than this version: install the newer version, or restore a backup",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """How one part is; what is not set up is not broken, and a warning breaks nothing."""

    health: Literal["ok", "warning", "broken", "not set"]
    part: str
    words: str


def look_at_database(database: Database) -> Finding:
    """Whether the database answers, and has the shape this version works with."""
    try:
        shape, revision = database.shape(), database.current()
    except DatabaseError as error:
        words = f"{database.place} cannot be used ({driver_reason(error)}): check DATABASE_URL"
        return Finding("broken", "database", words)
    except RuntimeError as error:
        return Finding("broken", "database", str(error))
    if folder := database.missing_folder():
        words = f"the folder {folder!r} of {database.place} is missing: sopbot run makes both"
        return Finding("not set", "database", words)
    if shape == "empty":
        words = f"{database.place} is still empty: sopbot run makes the tables"
        return Finding("not set", "database", words)
    if shape != "current":
        return Finding("broken", "database", f"{database.place} {_SHAPES[shape]}")
    return Finding("ok", "database", f"{database.place} answers, and is up to date ({revision})")


def look_at_playbooks(settings: Settings) -> Finding:
    """Whether every playbook file of the team can be used."""
    try:
        settings.require_playbooks()
    except WrongSettings as error:
        return Finding("broken", "playbooks", str(error))
    library = load_library(settings.playbook_folders)
    if library.refused:
        files = ", ".join(sorted(library.refused))
        words = f"left out because of faults: {files}; run sopbot playbook check"
        return Finding("broken", "playbooks", words)
    folders = settings.playbook_folders
    own = "none of your own" if not folders else f"your folders: {', '.join(map(str, folders))}"
    return Finding("ok", "playbooks", f"{len(library.playbooks)} in force, {own}")


def look_at_model(settings: Settings) -> Finding:
    """Whether a model is named; it is not called."""
    model = settings.sopbot_llm_model
    if not model:
        words = "no model configured: topic ideas come from a matrix; set SOPBOT_LLM_MODEL for one"
        return Finding("not set", "model", words)
    if not _MODEL.fullmatch(model):
        words = f"SOPBOT_LLM_MODEL is {model!r}: write provider:model, such as openai:gpt-4o-mini"
        return Finding("broken", "model", words)
    return Finding("ok", "model", f"{model}, not called from here")


async def look_at_mail(settings: Settings) -> Finding:
    """Whether the mail server answers; nothing is sent."""
    if not settings.smtp_url:
        return Finding("not set", "mail", "no mail is sent: set SMTP_URL for it")
    try:
        server = await asyncio.to_thread(_greet, settings.smtp_url)
    except ValueError:
        words = "SMTP_URL must be smtp://user:password@host:587 or smtps://user:password@host:465"
        return Finding("broken", "mail", words)
    except (OSError, smtplib.SMTPException) as error:
        why = reason_of(error) if isinstance(error, OSError) else str(error)
        words = f"the server of SMTP_URL does not answer ({why}): check host and port"
        return Finding("broken", "mail", words)
    if not settings.sopbot_mail_from:
        words = f"{server} answers, but no sender is named: set SOPBOT_MAIL_FROM"
        return Finding("warning", "mail", words)
    return Finding("ok", "mail", f"{server} answers")


def look_at_address(settings: Settings) -> Finding:
    """Whether links for outsiders can be made."""
    url = settings.sopbot_public_url
    if not url:
        words = "no links for outsiders are offered: set SOPBOT_PUBLIC_URL for them"
        return Finding("not set", "public URL", words)
    if not is_https(url):
        words = f"SOPBOT_PUBLIC_URL is {url!r}: write e.g. https://sopbot.example.com"
        return Finding("broken", "public URL", words)
    return Finding("ok", "public URL", f"{url}, not opened from here")


def _greet(url: str) -> str:
    """Greet a mail server, and return its name; ValueError where the address is none."""
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("no address of a mail server")
    safe = parts.scheme == "smtps"
    port = parts.port or (465 if safe else 587)
    connect = smtplib.SMTP_SSL if safe else smtplib.SMTP
    with connect(parts.hostname, port, timeout=PATIENCE) as server:
        server.ehlo()
    return f"{parts.hostname}:{port}"
