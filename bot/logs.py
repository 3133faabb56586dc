"""What the bot writes about itself: no message texts, no personal data."""

import logging
import sys

import structlog


def set_up_logs(level: str, form: str) -> None:
    """Log to stderr from `level` on, as lines for people or as JSON."""
    logging.basicConfig(level=level, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    # Bolt logs whole request bodies where a signature is wrong.
    logging.getLogger("slack_bolt").setLevel("WARNING")
    for name in ("apscheduler", "alembic"):
        logging.getLogger(name).setLevel("WARNING")
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
