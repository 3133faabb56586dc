"""Post signed requests to the bot's own URL, as Slack does without Socket Mode."""

import json
import time
from urllib.parse import urlencode

import aiohttp
from slack_sdk.signature import SignatureVerifier

from bot.sandbox.delivery.envelopes import Envelope, Timing
from bot.sandbox.shapes import InteractionFailed, Json


class HttpRequests:
    """Deliver by HTTP: forms for commands and interactions, JSON for events."""

    connected = True

    def __init__(self, request_url: str, signing_secret: str, timing: Timing) -> None:
        self._url = request_url
        self._signer = SignatureVerifier(signing_secret)
        self._timing = timing

    async def send(self, envelope: Envelope) -> Json:
        """Post one payload and return the answer's body."""
        body, content_type = _body(envelope)
        headers = self._signed(body) | {"Content-Type": content_type}
        if envelope.retry_attempt:
            headers["X-Slack-Retry-Num"] = str(envelope.retry_attempt)
            headers["X-Slack-Retry-Reason"] = "http_timeout"
        limit = aiohttp.ClientTimeout(total=self._timing.ack_within)
        try:
            async with (
                aiohttp.ClientSession(timeout=limit) as session,
                session.post(self._url, data=body.encode(), headers=headers) as response,
            ):
                return _answer(response.status, await response.text())
        except (TimeoutError, aiohttp.ClientError):
            raise InteractionFailed("operation_timeout", "the app did not answer in time") from None

    def _signed(self, body: str) -> dict[str, str]:
        stamp = str(int(time.time()))
        signature = self._signer.generate_signature(timestamp=stamp, body=body) or ""
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}


def _body(envelope: Envelope) -> tuple[str, str]:
    form = "application/x-www-form-urlencoded"
    if envelope.type == "events_api":
        return json.dumps(envelope.payload), "application/json"
    if envelope.type == "slash_commands":
        return urlencode(envelope.payload), form
    return urlencode({"payload": json.dumps(envelope.payload)}), form


def _answer(status: int, text: str) -> Json:
    if status >= 300:
        raise InteractionFailed("dispatch_failed", f"the app answered {status}")
    try:
        parsed = json.loads(text) if text else {}
    except ValueError:
        return {"text": text}
    return parsed if isinstance(parsed, dict) else {}
