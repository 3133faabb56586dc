"""What all tests share: PostgreSQL, repeatable examples, and a word on what was skipped."""

import os

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

pytest_plugins = ["tests.postgres"]

BROWSER = "tests/browser/"
STRICT = os.environ.get("SOPBOT_TEST_STRICT") == "1"

# The same examples in every run; how long one takes depends on the machine.
settings.register_profile(
    "sopbot", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("sopbot")


class OneBrowserAtATime(LoadFileScheduling):  # type: ignore[misc]
    """A worker takes a file at a time; all files with a browser go to the same one."""

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith(BROWSER) else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneBrowserAtATime:
    """Two browsers with their bots would starve each other on a small machine."""
    return OneBrowserAtATime(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
    """Where nothing may be missing, a skipped test has failed."""
    report = yield
    if STRICT and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which tests were left out and how to get the part they need."""
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[reason] = reasons.get(reason, 0) + 1
    for reason, count in reasons.items():
        terminalreporter.write_line(f"left out {count} tests: {reason.removeprefix('Skipped: ')}")
