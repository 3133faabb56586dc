"""`sopbot doctor`: a line for each part of an installation, exit 1 where one is broken."""

import asyncio

import typer

from bot.settings import Settings

_COLOURS = {"ok": "green", "warning": "yellow", "broken": "red", "not set": "bright_black"}


def doctor() -> None:
    """Check tokens, scopes, channels, clock, database, playbooks, model and mail."""
    from bot.clock import SystemClock
    from bot.doctor import examine
    from bot.logs import set_up_logs

    settings = Settings.read()
    set_up_logs("ERROR", settings.sopbot_log_format)
    findings = asyncio.run(examine(settings, SystemClock()))
    for finding in findings:
        health = typer.style(f"{finding.health:8}", fg=_COLOURS[finding.health])
        typer.echo(f"{health} {finding.part:10}  {' '.join(finding.words.split())}")
    if any(finding.health == "broken" for finding in findings):
        raise typer.Exit(1)
