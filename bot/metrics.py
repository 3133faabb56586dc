"""What the bot tells Prometheus: how soon it answers, what waits to be said, what Slack refuses."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from math import nan
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse

CONTENT_TYPE = CONTENT_TYPE_LATEST

_ACKS = Histogram(
    "sopbot_ack_seconds", "Until a request of Slack's was answered; Slack waits 3 s.", ["kind"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3),
)  # fmt: skip
_REMINDERS = Counter("sopbot_reminders_said", "Reminders posted.")
_LATENESS = Histogram(
    "sopbot_reminder_lateness_seconds",
    "Until the clock called for a reminder that was due (part: called), and until it was posted"
    " after that (part: said).", ["part"],
    buckets=(1, 5, 10, 30, 60, 300, 900, 3600, 6 * 3600, 24 * 3600),
)  # fmt: skip
_WAITING = Gauge("sopbot_outbox_events", "Events that Slack has not heard of yet.")
_ERRORS = Counter("sopbot_slack_errors", "Calls to Slack that failed.", ["method", "code"])
_LIMITED = Counter("sopbot_slack_rate_limited", "Calls that Slack answered with 429.", ["method"])


@contextmanager
def acking(kind: str) -> Iterator[None]:
    """Measure how long a command, action, view, shortcut or event waits for its answer."""
    with _ACKS.labels(kind).time():
        yield


def reminder_called(late: timedelta) -> None:
    """Measure how long after its moment the clock called for a reminder."""
    _LATENESS.labels("called").observe(max(0.0, late.total_seconds()))


def reminder_said(late: timedelta) -> None:
    """Count a reminder, and measure how long after the call for it it was posted."""
    _REMINDERS.inc()
    _LATENESS.labels("said").observe(max(0.0, late.total_seconds()))


def render(waiting: int | None) -> bytes:
    """Everything measured, in Prometheus' format; `waiting` events are still to be said."""
    _WAITING.set(nan if waiting is None else waiting)
    return generate_latest()


class CountFailures(AsyncRetryHandler):
    """Sees the answer to every call to Slack, counts what failed, and never repeats a call."""

    async def can_retry_async(
        self, *, request: HttpRequest, response: HttpResponse | None = None,
        error: Exception | None = None, **_: Any,
    ) -> bool:  # fmt: skip
        """Count; no."""
        method = request.url.rpartition("/")[2]
        body = response.body if response and isinstance(response.body, dict) else {}
        if response and response.status_code == 429:
            _LIMITED.labels(method).inc()
        if error or not body.get("ok"):
            code = type(error).__name__ if error else body.get("error") or "unreadable"
            _ERRORS.labels(method, code).inc()
        return False
