"""/sop and its verbs; every answer is private."""

from bot.listeners.away import show_away
from bot.listeners.cycles import show_list
from bot.listeners.requests import Request
from bot.listeners.runs import open_start
from bot.listeners.settings import open_settings
from bot.listeners.work import to_decide, work_of
from bot.views.blocks import Message
from bot.views.menu import (
    build_help_message,
    build_menu_message,
    build_my_work_message,
    build_status_message,
)
from bot.words.verbs import verb_of


async def handle_command(request: Request) -> Message | None:
    """Do what the verb says; one that is not known gets help."""
    text = str(request.body.get("text") or "").strip()
    if not text:
        return await show_menu(request)
    verb, rest = verb_of(text)
    if verb == "start":
        await open_start(request, rest)
        return None
    if verb == "settings":
        await open_settings(request)
        return None
    if verb == "away":
        return await show_away(request)
    shows = {"list": show_list, "status": show_status, "my": show_my_work, "done": show_my_work}
    return await shows.get(verb or "", show_help)(request)


async def show_menu(request: Request) -> Message:
    """What this person can do now."""
    work, decisions = await work_of(request), await to_decide(request)
    return build_menu_message(request.person, work, request.at, decisions)


async def show_status(request: Request) -> Message:
    """This channel's run; elsewhere the runs this person has a part in."""
    reading = request.desk.reading
    here = await reading.going_in(request.channel, workspace=request.workspace)
    found = here or await reading.runs_of(request.user, workspace=request.workspace)
    return build_status_message(
        found, request.at, request.language, request.zones, elsewhere=not here
    )


async def show_my_work(request: Request) -> Message:
    """My open steps."""
    work, decisions = await work_of(request), await to_decide(request)
    return build_my_work_message(request.person, work, request.at, decisions)


async def show_help(request: Request) -> Message:
    """What can be typed."""
    return build_help_message(request.language)
