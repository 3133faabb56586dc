"""What the bot writes about itself: no message texts, no personal data."""

import logging
import sys

import aiohttp
import structlog

_TALKATIVE = ("slack_bolt", "slack_sdk", "apscheduler", "alembic")


def set_up_logs(level: str, form: str) -> None:
    """Log to stderr from `level` on, as lines for people or as JSON."""
    logging.basicConfig(level=level, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    for handler in logging.getLogger().handlers:
        handler.addFilter(_is_told)
    render = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


_AWAY = (OSError, aiohttp.ClientError)
# Bolt reads SLACK_BOT_TOKEN for itself, and finds that our client has it already.
_POINTLESS = "As you gave `client` as well, `token` will be unused"


def _is_told(record: logging.LogRecord) -> bool:
    # Slack's own libraries log whole requests and answers, with what people wrote in them; each
    # of Bolt's loggers sets its level itself, so the handler has to sift.
    if record.name.startswith(_TALKATIVE) and record.levelno < logging.WARNING:
        return False
    if record.exc_info and isinstance(record.exc_info[1], _AWAY):
        record.exc_info = None  # an outage is told by its message; where it was met tells nothing
    return not record.getMessage().startswith(_POINTLESS)
