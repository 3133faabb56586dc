"""The lists a playbook declares: typed columns and default rows."""

from typing import Literal

from pydantic import Field, model_validator

from playbooks.questions import Choice
from playbooks.shape import Id, Part, Provenance
from playbooks.texts import Text

ColumnType = Literal[
    "auto", "text", "texts", "number", "money", "percent", "series", "date", "time", "date-time",
    "choice", "multi-choice", "person", "people", "link", "file", "yes-no", "status", "ref",
    "formula", "phone", "email",
]  # fmt: skip


class Column(Part):
    """One column of a list."""

    id: Id
    title: Text
    type: ColumnType = "text"
    required: bool = False
    unit: str | None = None
    choices: tuple[Choice, ...] = ()
    ref: str | None = None  # the list, or kpi / run / step, whose rows this column points at
    formula: str | None = None
    default: str | None = None
    by_another: bool = False  # a status that another person than the one before must set
    visible: Literal["all", "team"] = "all"
    also: tuple[str, ...] = ()
    provenance: Provenance | None = None
    spec: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _title_from_id(cls, value: object) -> object:
        if isinstance(value, dict) and "title" not in value and isinstance(value.get("id"), str):
            return {**value, "title": value["id"]}
        return value


class ListDefinition(Part):
    """A table of a run, or of a team, client or brand that outlives runs."""

    title: Text
    why: Text | None = None
    also: tuple[str, ...] = ()
    scope: Literal["run", "team", "client", "brand"] = "run"
    columns: tuple[Column, ...] = Field(min_length=1)
    owner: Id | None = None  # the person column whose people are reminded
    statuses: tuple[Id, ...] = ()  # status columns in the order they are set
    rows: tuple[dict[str, Text], ...] = ()
    provenance: Provenance | None = None
    spec: str | None = None
