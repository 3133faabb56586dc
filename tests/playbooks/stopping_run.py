"""A random run whose lead stops it, takes it up again, and moves its date."""

from datetime import timedelta

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.stateful import rule

from playbooks.calendars import local_day
from playbooks.moving import move_date
from playbooks.pausing import Dates, pause_run, reopen_run, resume_run
from playbooks.redating import NewDate
from playbooks.run import RunStatus
from playbooks.start import Late
from tests.playbooks.engine import LEAD, STRANGER
from tests.playbooks.gated_run import GatedRun

BY = st.sampled_from([LEAD, LEAD, STRANGER])


class StoppingRun(GatedRun):
    """The lead, and somebody who may not, try what stops and moves a whole run."""

    @rule(by=BY, sure=st.integers(0, 2))
    def pause(self, by: str, sure: int) -> None:
        """Somebody sometimes pauses the run."""
        assume(sure == 0)
        self.act(lambda run: pause_run(run, reason="budget", by=by, at=self.at))

    @rule(by=BY, dates=st.sampled_from(["keep", "shift"]))
    def resume(self, by: str, dates: Dates) -> None:
        """Somebody lets it go on."""
        self.act(lambda run: resume_run(run, self.facts, dates=dates, by=by, at=self.at))

    @rule(by=BY)
    def take_up(self, by: str) -> None:
        """Somebody opens it again; one that is finished stays so until a step is taken up."""
        assume(self.run.status is not RunStatus.FINISHED)
        self.act(lambda run: reopen_run(run, self.facts, reason="more", by=by, at=self.at))

    @rule(
        by=BY, days=st.integers(-30, 120), late=st.sampled_from(["compress", "skip", "start"]),
        also=st.booleans(),
    )  # fmt: skip
    def move_day(self, by: str, days: int, late: Late, also: bool) -> None:
        """Somebody moves the date."""
        day = local_day(self.at, self.run.zone) + timedelta(days=days)
        wish = NewDate(day, late, also)
        self.act(lambda run: move_date(run, self.facts, wish, by=by, at=self.at))
