"""The formats there are; each loads its library when it is first asked for."""

from collections.abc import Callable
from importlib import import_module
from typing import Literal, get_args

from bot.exports.record import Record

Format = Literal["md", "json", "csv", "xlsx", "docx", "ics"]
FORMATS: tuple[Format, ...] = get_args(Format)
BINARY = frozenset({"xlsx", "docx"})

_MODULES = {"md": "as_markdown"}


def write(record: Record, form: Format) -> bytes:
    """A record in one of the formats."""
    module = import_module(f"bot.exports.{_MODULES.get(form, f'as_{form}')}")
    writer: Callable[[Record], bytes] = module.write
    return writer(record)
