"""Whether Slack takes our tokens: a wrong one stops the start, an outage is waited for."""

from collections.abc import Awaitable
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.settings import WrongSettings
from bot.slack_errors import code_of

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
    except (TimeoutError, aiohttp.ClientError) as error:
        log.warning("token not tried", name=name, error=str(error))
        return {}
    return answer if isinstance(answer, dict) else {}
