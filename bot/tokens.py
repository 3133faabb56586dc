"""Whether Slack takes our tokens, and who we are: an outage at the start is not waited for."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.settings import WrongSettings
from bot.slack_errors import SILENCE, code_of

log = structlog.get_logger(__name__)

_WRONG = {
    "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired",
    "not_allowed_token_type",
}  # fmt: skip


async def try_token(name: str, call: Awaitable[AsyncSlackResponse]) -> dict[str, Any]:
    """Slack's answer to a call that needs the token of this variable; empty during an outage."""
    try:
        answer = (await call).data
    except SlackApiError as error:
        code = code_of(error)
        if code in _WRONG:
            raise WrongSettings(f"Slack refuses {name} ({code}): copy it once more") from None
        log.warning("token not tried", name=name, error=code)
        return {}
    except SILENCE as error:
        log.warning("token not tried", name=name, error=str(error))
        return {}
    return answer if isinstance(answer, dict) else {}


Later = Callable[[Coroutine[Any, Any, None]], asyncio.Task[Any]]


class Identity(AsyncAuthorize):
    """Who the bot is in its workspace, as Slack told it; no request waits to hear it."""

    def __init__(self, client: AsyncWebClient, later: Later) -> None:
        self._client = client
        self._later = later
        self._told: dict[str, Any] = {}
        self._asked: asyncio.Task[Any] | None = None

    @property
    def address(self) -> str:
        """Where the workspace is on the web; empty until Slack has told it."""
        return str(self._told.get("url") or "").rstrip("/")

    async def learn(self) -> None:
        """Ask Slack; raises WrongSettings where it refuses the token."""
        self._told = await try_token("SLACK_BOT_TOKEN", self._client.auth_test())

    async def __call__(
        self, *, enterprise_id: str | None, team_id: str | None, **_: Any
    ) -> AuthorizeResult:
        """With which token, and as whom, a request is served."""
        if not self._told and (self._asked is None or self._asked.done()):
            self._asked = self._later(self.learn())
        return AuthorizeResult(
            enterprise_id=self._told.get("enterprise_id", enterprise_id),
            team_id=self._told.get("team_id", team_id), bot_id=self._told.get("bot_id"),
            bot_user_id=self._told.get("user_id"), bot_token=self._client.token,
        )  # fmt: skip
