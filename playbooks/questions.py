"""What a step asks for: checklist, deliverable, review questions, approvals, forms."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from playbooks.conditions import When
from playbooks.due_rules import Length, Span
from playbooks.shape import Id, Part, Provenance
from playbooks.texts import Text

QuestionType = Literal["text", "number", "choice", "multi-choice", "date", "link", "gate"]


CRITERIA = 20  # of a hand-over


class Item(Part):
    """One box to tick."""

    id: Id
    text: Text
    required: bool = True
    when: When | None = None
    provenance: Provenance | None = None
    spec: str | None = None


class Deliverable(Part):
    """What the step hands over as evidence of its work."""

    title: Text
    kind: Literal["link", "file", "text", "list"] = "link"
    required: bool = False
    list_: Id | None = None


class Choice(Part):
    """One answer to choose; `also` are the words an import accepts for it."""

    id: Id
    title: Text
    also: tuple[str, ...] = ()
    scale: float | None = Field(default=None, gt=0, le=10)


class Question(Part):
    """A review question; a gate is yes or no, and `blocks-on` keeps the step open."""

    id: Id
    ask: Text
    type: QuestionType = "text"
    required: bool = False
    unit: str | None = None
    min: float | None = None
    max: float | None = None
    choices: tuple[Choice, ...] = ()
    blocks_on: Literal["yes", "no"] | None = None
    evidence: Literal["none", "optional", "required"] = "none"
    override: Id | None = None  # the role that may open this gate, closed by its answer
    when: When | None = None
    fills: str | None = None  # param.<id> or kpi.<id>.target that the answer sets
    provenance: Provenance | None = None
    spec: str | None = None

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        if self.type == "gate" and self.blocks_on is None:
            raise ValueError("is a gate without blocks-on: say which answer blocks, yes or no")
        if self.type != "gate" and self.blocks_on is not None:
            raise ValueError("has blocks-on, which only type: gate may have")
        if self.type in {"choice", "multi-choice"} and len(self.choices) < 2:
            raise ValueError(f"is a {self.type} with fewer than two choices: list them")
        if self.type not in {"choice", "multi-choice"} and self.choices:
            raise ValueError(f"has choices, which type: {self.type} does not take")
        if self.type != "number" and not (self.min is None and self.max is None):
            raise ValueError(f"has min or max, which type: {self.type} does not take")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"has min {self.min:g} above max {self.max:g}")
        return self


class NoAnswer(Part):
    """What happens when an approver does not answer, in the approver's working time."""

    remind: Length | None = None
    backup: Length | None = None
    escalate: Length | None = None
    then: Literal["hold", "lapse"] = "hold"


class Level(Part):
    """One approval level; `by` is a role, or `owner` for the owner's own signed check."""

    level: Id
    by: Id
    title: Text | None = None
    need: Literal["any", "all"] | Annotated[int, Field(ge=1, le=20)] = "any"
    parallel: bool = False
    when: When | None = None
    no_answer: NoAnswer | None = None
    provenance: Provenance | None = None


class Criterion(Part):
    """What a receiver may expect, agreed before the work begins."""

    id: Id
    text: Text


class Handover(Part):
    """To which role a step's work is handed over, and what it accepts it by."""

    to: Id
    criteria: tuple[Criterion, ...] = Field(min_length=1, max_length=CRITERIA)
    sponsor: Id | None = None  # the role above both sides
    decide: Length = Span(1, "workdays")  # how long a decision between both sides may take


class SignatureRule(Part):
    """A signature the step's document needs: whose side, and the role that signs for it."""

    side: Literal["ours", "client"]
    by: Id


class Form(Part):
    """A group of questions filled over several sittings."""

    id: Id
    title: Text
    questions: tuple[Question, ...] = Field(min_length=1)
    document: Text | None = None  # Markdown with {{question id}} fields
    spec: str | None = None


class Reminders(Part):
    """When the owner is reminded, and how late a step is when the lead and the head hear of it."""

    before: tuple[Length, ...] = ()
    due: bool = True
    again: Length | None = None  # after the due day, until done
    lead: Length | None = None  # after the due day
    head: Length | None = None


def _profile(value: object) -> object:
    if isinstance(value, str) and value not in PROFILES:
        raise ValueError(f"{value!r} is no reminder profile: use {', '.join(PROFILES)}, or a map")
    return PROFILES[value] if isinstance(value, str) else value


PROFILES: dict[str, Reminders] = {
    "std": Reminders.model_validate(
        {
            "before": ["2 workdays"],
            "again": "1 workday",
            "lead": "3 workdays",
            "head": "8 workdays",
        }
    ),
    "close": Reminders.model_validate(
        {
            "before": ["5 workdays", "1 workday"],
            "again": "1 workday",
            "lead": "2 workdays",
            "head": "3 workdays",
        }
    ),
    "quiet": Reminders.model_validate({"again": "2 workdays", "lead": "6 workdays"}),
    "none": Reminders.model_validate({"due": False}),
}

ReminderRule = Annotated[Reminders, BeforeValidator(_profile)]
