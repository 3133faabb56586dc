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


OUTAGE = """
import logging
from bot.logs import set_up_logs
set_up_logs("INFO", "console")
log = logging.getLogger("slack_bolt.AsyncApp")
for error in (ConnectionRefusedError("refused"), ZeroDivisionError("ours")):
    try:
        raise error
    except Exception as caught:
        log.exception("Failed to connect (error: %s)", caught)
log.warning("As you gave `client` as well, `token` will be unused.")
"""


def test_an_outage_is_logged_in_a_line_and_a_fault_of_ours_with_its_trace() -> None:
    done = subprocess.run(
        [sys.executable, "-c", OUTAGE], capture_output=True, text=True, check=True, timeout=60
    )
    first, second, third, *trace = done.stderr.splitlines()
    assert first == "ERROR slack_bolt.AsyncApp Failed to connect (error: refused)"
    assert second == "ERROR slack_bolt.AsyncApp Failed to connect (error: ours)"
    assert third.startswith("Traceback")
    assert trace[-1] == "ZeroDivisionError: ours"
