"""What comes round: a step within a run, and the runs of a playbook themselves."""

from typing import Literal, Self

from pydantic import model_validator

from playbooks.openings import FIRST, DayRule, parse_day_rule
from playbooks.shape import Id, Part


class Repeat(Part):
    """Why a step occurs more than once in a run; each occurrence is a step of its own."""

    every: Literal["day", "week", "month", "quarter"] | None = None
    on: str | None = None  # weekday or "workday n"
    until: str | None = None  # anchor, or the id of the step that ends the series
    per_row: Id | None = None
    on_demand: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = sum((self.every is not None, self.per_row is not None, self.on_demand))
        if ways != 1:
            raise ValueError("needs exactly one of every, per-row, on-demand")
        return self

    @property
    def day(self) -> DayRule:
        """The day of each period; the first working day where none is named."""
        return parse_day_rule(self.on, self.every or "day") if self.on else FIRST


class ScheduleRule(Part):
    """When runs start by themselves, and what becomes of one that is open still."""

    every: Literal["week", "month", "quarter", "half-year", "year"]
    on: str  # "workday 1 at 09:30", say
    if_open: Literal["overlap", "skip", "carry"] = "overlap"

    @property
    def day(self) -> DayRule:
        """The day of each period, as the checks have found it to be right."""
        return parse_day_rule(self.on, self.every)
