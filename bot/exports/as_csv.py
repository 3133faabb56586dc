"""A record's steps as CSV: columns and states by their ids, texts in the run's language."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import StringIO

from bot.exports.cells import STEP_COLUMNS, Cell, step_rows
from bot.exports.record import Record
from bot.exports.texts import harmless, stamp


def write(record: Record) -> bytes:
    """A line for each step; moments as the run's zone, in the last column, shows them."""
    rows = (cells | {"zone": record.run.zone} for _, cells in step_rows(record))
    return write_table((*STEP_COLUMNS, "zone"), rows)


def write_table(columns: Sequence[str], rows: Iterable[Mapping[str, Cell]]) -> bytes:
    """A table; with the mark in front by which Excel knows UTF-8, else Chinese is garbled."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_written(row[name]) for name in columns] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _written(cell: Cell) -> str | int:
    if isinstance(cell, str):
        return harmless(cell)
    return stamp(cell) if isinstance(cell, datetime) else "" if cell is None else cell
