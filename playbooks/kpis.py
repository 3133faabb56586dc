"""The figures a playbook watches."""

from typing import Literal, Self

from pydantic import model_validator

from playbooks.due_rules import Rule
from playbooks.shape import Id, Part, Provenance
from playbooks.texts import Text


class Kpi(Part):
    """A figure with its direction; `band` is good inside, `info` is never judged."""

    id: Id
    title: Text
    definition: Text | None = None
    unit: str
    direction: Literal["up", "down", "band", "info"]
    target: float | None = None
    band: tuple[float, float] | None = None
    tolerance: float = 10  # percent of the target that a value may be worse by
    read: tuple[Rule, ...] = ()
    owner: Id | None = None
    per: Text | None = None  # the unit it is counted for, such as one wholesaler
    provenance: Provenance | None = None
    spec: str | None = None

    @model_validator(mode="after")
    def _band_fits(self) -> Self:
        if self.direction == "band" and self.band is None:
            raise ValueError("has direction band but no band: write band: [low, high]")
        if self.band is not None and self.direction != "band":
            raise ValueError("has a band but not direction: band")
        if self.band is not None and self.band[0] >= self.band[1]:
            raise ValueError("has a band whose low end is not below its high end")
        return self
