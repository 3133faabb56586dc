"""What the bot writes about itself."""

import subprocess
import sys

PROGRAM = """
import logging
from bot.logs import set_up_logs
set_up_logs("DEBUG", "console")
for name in ("slack_sdk.web.async_client", "slack_bolt.AsyncApp", "bot.announcer"):
    logging.getLogger(name).setLevel("DEBUG")
    logging.getLogger(name).info("words of %s", name)
    logging.getLogger(name).warning("trouble of %s", name)
"""


def test_what_people_write_to_slack_stays_out_of_the_log_at_any_level() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr.splitlines() == [
        "WARNING slack_sdk.web.async_client trouble of slack_sdk.web.async_client",
        "WARNING slack_bolt.AsyncApp trouble of slack_bolt.AsyncApp",
        "INFO bot.announcer words of bot.announcer",
        "WARNING bot.announcer trouble of bot.announcer",
    ]
