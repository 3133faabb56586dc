"""The command line: `sopbot`, also `python -m bot`."""

import asyncio
import json
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.cli_database import database_app
from bot.cli_doctor import doctor
from bot.cli_errors import Commands, fail
from bot.cli_export import export
from bot.cli_playbook import playbook_app
from bot.cli_rehearse import rehearse
from bot.manifest import build_manifest
from bot.settings import Settings, is_https

Locale = Literal["en", "zh-Hans", "zh-Hant"]

app = typer.Typer(
    name="sopbot",
    cls=Commands,
    help="Marketing teams run their standard operating procedures from Slack.",
    epilog="Example: sopbot demo",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(playbook_app, name="playbook")
app.add_typer(database_app, name="db")
app.command(epilog="Example: sopbot rehearse event --anchor 2025-11-20 --calendar CN")(rehearse)
app.command(epilog="Example: sopbot doctor")(doctor)
app.command(epilog="Example: sopbot export event-1a2b3c4d5e --format xlsx --out record.xlsx")(
    export
)


@app.command(epilog="Example: sopbot run")
def run() -> None:
    """Run the bot, configured by the environment and .env."""
    from bot.app import Bot
    from bot.logs import set_up_logs

    settings = Settings.read()
    settings.require_slack()
    settings.require_mail()
    settings.require_playbooks()
    set_up_logs(settings.sopbot_log_level, settings.sopbot_log_format)
    bot = Bot(settings)
    asyncio.run(_until_stopped(bot.start, bot.stop))


@app.command(epilog="Example: sopbot demo --locale zh-Hans")
def demo(
    port: Annotated[int, typer.Option(help="Port of the page.", min=0, max=65535)] = 8300,
    data: Annotated[
        Path | None, typer.Option(help="Folder that keeps the workspace; else it is forgotten.")
    ] = None,
    locale: Annotated[Locale, typer.Option(help="Language of the run already under way.")] = "en",
    browser: Annotated[bool, typer.Option(help="Open the page.")] = True,
) -> None:
    """Try the bot in a local workspace, in the browser; no account is needed."""
    from bot.demo import Demo
    from bot.logs import set_up_logs

    set_up_logs("WARNING", "console")
    show = Demo(port=port, data=data, locale=locale, browser=browser)
    asyncio.run(_until_stopped(show.start, show.stop))


@app.command(epilog="Example: sopbot manifest --url https://sopbot.example.com")
def manifest(
    url: Annotated[
        str | None, typer.Option(help="The bot's public HTTPS address, for HTTP mode.")
    ] = None,
) -> None:
    """Print the Slack app's manifest as JSON: for Socket Mode, or for HTTP with a URL."""
    if url is not None and not is_https(url):
        fail(f"--url {url!r} is no HTTPS address: write e.g. https://sopbot.example.com")
    typer.echo(json.dumps(build_manifest(url), ensure_ascii=False, indent=2))


async def _until_stopped(
    start: Callable[[], Awaitable[None]], stop: Callable[[], Awaitable[None]]
) -> None:
    """Start, and stop when told to, even where the start itself waits for Slack."""

    async def live() -> None:
        await start()
        await asyncio.Event().wait()

    living = asyncio.create_task(live())
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, living.cancel)
    try:
        with suppress(asyncio.CancelledError):
            await living
    finally:
        await stop()


def main() -> None:
    """Run a command; what goes wrong is one line that says what to do."""
    app()
