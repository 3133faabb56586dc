"""The App Home, and the language somebody reads."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.listeners.requests import Request
from bot.listeners.work import publish_home
from playbooks.run import Refused
from playbooks.texts import LANGUAGES


async def handle_opened(request: Request, event: Mapping[str, Any]) -> None:
    """Draw the Home of who opened it."""
    if event.get("tab", "home") == "home":
        request.desk.later(publish_home(request))


async def handle_page(request: Request) -> None:
    """Turn a page of the Home."""
    page = int(request.value) if request.value.isdecimal() and len(request.value) < 4 else 1
    await publish_home(request, page=page)


async def handle_language(request: Request) -> None:
    """Speak another language to this person from now on."""
    if request.value not in LANGUAGES:
        raise Refused("stale_button")
    await request.desk.people.choose_language(
        request.user, request.value, workspace=request.workspace
    )
    person = replace(request.person, language=request.value)
    request.desk.later(publish_home(replace(request, person=person)))
