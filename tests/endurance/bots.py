"""Bots in the test's own process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.app import Bot
from bot.sandbox.sandbox import Sandbox
from bot.settings import Settings

SOPS = Path(__file__).with_name("sops")


def settings(sandbox: Sandbox, url: str) -> Settings:
    """What a bot reads from its environment."""
    return Settings(
        _env_file=None, slack_bot_token=sandbox.bot_token, slack_app_token=sandbox.app_token,
        slack_api_url=sandbox.api_url, slack_signing_secret="", sopbot_mode="socket",
        sopbot_port=0, database_url=url, sopbot_playbooks=str(SOPS),
    )  # fmt: skip


@asynccontextmanager
async def living_bot(
    sandbox: Sandbox, url: str, *, post_every: float = 0, look_every: float = 0.1
) -> AsyncIterator[Bot]:
    """A bot that lives as long as the block."""
    bot = Bot(
        settings(sandbox, url), clock=sandbox.clock, post_every=post_every, look_every=look_every
    )
    await bot.start()
    try:
        yield bot
    finally:
        await bot.stop()
