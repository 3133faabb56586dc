"""Columns as all our tables make them."""

from typing import Any

from sqlalchemy import JSON, Column, String

JSON_VALUE = JSON(none_as_null=True)


def key(name: str, kind: Any = String) -> Column[Any]:
    """A part of the table's key."""
    return Column(name, kind, primary_key=True, autoincrement=False)


def column(name: str, kind: Any = String) -> Column[Any]:
    """A column that always holds something."""
    return Column(name, kind, nullable=False)


def maybe(name: str, kind: Any) -> Column[Any]:
    """A column that may be empty."""
    return Column(name, kind, nullable=True)
