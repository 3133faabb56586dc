"""The shape of a playbook file."""

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, field_serializer

from playbooks.conditions import When
from playbooks.due_rules import DueRule, Rule
from playbooks.kpis import Kpi
from playbooks.lists import ListDefinition
from playbooks.locks import locks_of
from playbooks.questions import (
    Choice,
    Deliverable,
    Form,
    Handover,
    Item,
    Level,
    Question,
    ReminderRule,
    SignatureRule,
)
from playbooks.repeats import Repeat, ScheduleRule
from playbooks.shape import Id, Part, Provenance
from playbooks.texts import Text

DUE_LIMIT = 100  # dates of one series
NEEDS_LIMIT = 50  # steps that one step waits for


class Anchor(Part):
    """The day that `anchor` rules count from."""

    id: Id
    title: Text


class Role(Part):
    """A part that people play; exactly one role of a playbook leads."""

    title: Text
    lead: bool = False
    backup: Id | None = None
    several: bool = False
    outsider: bool = False  # usually somebody without Slack
    provenance: Provenance | None = None


class Param(Part):
    """A value asked at the start; `off` steps are switched off, `scale` stretches offsets."""

    id: Id
    title: Text
    type: Literal["text", "number", "choice", "date", "time", "yes-no"] = "text"
    choices: tuple[Choice, ...] = ()
    default: str | None = None
    required: bool = False
    unit: str | None = None
    scales_beyond: int | None = Field(default=None, ge=0)  # workdays before the anchor left alone


class Tier(Part):
    """A size of a package."""

    id: Id
    title: Text
    price: str | None = None


class Report(Part):
    """A report made from the run's data."""

    title: Text
    sections: tuple[Text, ...] = ()
    audience: Text | None = None
    due: tuple[Rule, ...] = ()
    every: Literal["week", "month", "quarter", "half-year"] | None = None
    provenance: Provenance | None = None
    spec: str | None = None


class PlaybookStep(Part):
    """One piece of work as the playbook tells it."""

    id: Id
    title: Text
    owner: Id
    due: Rule | Annotated[tuple[Rule, ...], Field(max_length=DUE_LIMIT)] | dict[Id, Rule]
    why: Text | None = None
    needs: tuple[Id, ...] = Field(default=(), max_length=NEEDS_LIMIT)
    checklist: tuple[Item, ...] = ()
    deliverable: Deliverable | None = None
    questions: tuple[Question, ...] = ()
    approvals: tuple[Level, ...] = ()
    handover: Handover | None = None  # to another department, when all have approved
    on_change: Literal["reset", "notify", "ask"] = "reset"  # of what was submitted
    lists: tuple[Id, ...] = ()
    kpis: tuple[Id, ...] = ()
    form: Id | None = None
    sign: tuple[SignatureRule, ...] = Field(default=(), max_length=6)
    rounds: int | None = Field(default=None, ge=0, le=20)  # of revision; None is not counted
    report: Id | None = None
    ideas: bool = False
    when: When | None = None
    repeat: Repeat | None = None
    remind: ReminderRule | None = None
    tiers: tuple[Id, ...] = ()
    starts: Id | None = None  # the playbook a linked run can be started from here
    note: Text | None = None
    provenance: Provenance | None = None
    spec: str | None = None
    seed: tuple[str, ...] = ()

    @field_serializer("due")
    def _write_due(self, due: Any) -> Any:
        if isinstance(due, dict):
            return {tier: str(rule) for tier, rule in due.items()}
        return [str(rule) for rule in due] if isinstance(due, tuple) else str(due)

    def due_rules(self, tier: str | None = None) -> tuple[DueRule, ...]:
        """One rule per occurrence; a map of tiers gives the tier's rule."""
        if isinstance(self.due, dict):
            return (self.due[tier] if tier in self.due else next(iter(self.due.values())),)
        return self.due if isinstance(self.due, tuple) else (self.due,)


class PhaseGate(Part):
    """What is asked when a phase is over, and which role answers."""

    ask: Text
    by: Id


class Phase(Part):
    """A stretch of the run with an objective."""

    id: Id
    title: Text
    objective: Text | None = None
    beside: bool = False  # runs beside the phase before it, whose gate does not lock it
    gate: PhaseGate | None = None
    steps: tuple[PlaybookStep, ...] = ()


class Retrospective(Part):
    """What is asked of everybody at the end."""

    questions: tuple[Question, ...] = ()


class Playbook(Part):
    """A validated SOP file; `version` is the hash of its content, set when it is loaded."""

    id: Id
    title: Text
    why: Text | None = None
    also: tuple[str, ...] = ()
    extends: Id | None = None
    anchor: Anchor | None = None
    params: tuple[Param, ...] = ()
    tiers: tuple[Tier, ...] = ()
    roles: Annotated[dict[Id, Role], Field(min_length=1)]
    phases: tuple[Phase, ...] = Field(min_length=1)
    forms: tuple[Form, ...] = ()
    lists: dict[Id, ListDefinition] = {}
    kpis: tuple[Kpi, ...] = ()
    reports: dict[Id, Report] = {}
    schedule: ScheduleRule | None = None
    retrospective: Retrospective | None = None
    retired: tuple[Id, ...] = ()  # ids of steps that once were, never used again
    override: Id | None = None  # the role that may open a closed gate
    calendar: str | None = None  # proposed at start, such as CN
    provenance: Provenance | None = None
    spec: str | None = None
    note: Text | None = None

    @cached_property
    def steps(self) -> tuple[PlaybookStep, ...]:
        """Every step, in the order of the file."""
        return tuple(step for phase in self.phases for step in phase.steps)

    @cached_property
    def steps_by_id(self) -> dict[str, PlaybookStep]:
        """Every step by its id."""
        return {step.id: step for step in self.steps}

    @cached_property
    def forms_by_id(self) -> dict[str, Form]:
        """Every form by its id."""
        return {form.id: form for form in self.forms}

    @cached_property
    def locks(self) -> dict[str, tuple[str, ...]]:
        """The phases whose gate each step waits for."""
        return locks_of(self.phases)

    @cached_property
    def lead(self) -> str:
        """The role that leads."""
        return next(id_ for id_, role in self.roles.items() if role.lead)
