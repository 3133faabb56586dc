"""How columns are written down, and the names of keys."""

from typing import Any

from sqlalchemy import Column, MetaData, String

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
    }
)


def key(name: str, kind: Any = String) -> Column[Any]:
    """A column of the primary key."""
    return Column(name, kind, primary_key=True, autoincrement=False)


def column(name: str, kind: Any = String) -> Column[Any]:
    """A column that is always filled."""
    return Column(name, kind, nullable=False)


def maybe(name: str, kind: Any) -> Column[Any]:
    """A column that may be empty."""
    return Column(name, kind, nullable=True)
