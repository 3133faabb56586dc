"""What every part of a playbook file has in common."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

# How an element came to be: from the documents the SOP was written after, or ours.
Provenance = Literal["seed", "mixed", "added"]

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$", max_length=40)]


def _kebab(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


class Part(BaseModel):
    """An element of a playbook file: frozen, keys in kebab-case, nothing unknown allowed."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=_kebab,
        validate_by_name=False,
        allow_inf_nan=False,
    )
