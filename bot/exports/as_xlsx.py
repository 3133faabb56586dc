"""A record as a workbook: the steps first, then what the run is, and its history."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as XlsxCell
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.exports.cells import (
    EVENT_COLUMNS,
    STEP_COLUMNS,
    Cell,
    event_rows,
    state_words,
    step_rows,
)
from bot.exports.record import Record
from bot.exports.summary import summary
from bot.exports.texts import is_formula, plain
from bot.words.catalogue import say

_LONGEST = 32_767  # characters a cell holds
_HEAD = PatternFill("solid", fgColor="FF1F4D45")
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_WIDTHS = {
    "id": 20, "title": 38, "due": 17, "opened": 17, "closed": 17, "reason": 28, "items_done": 9,
    "items": 9, "evidence": 48, "comments": 48, "at": 17, "what": 24, "step": 38, "detail": 60,
    "name": 24, "value": 60,
}  # fmt: skip
_WIDTH = 18  # characters, of any other column


def write(record: Record) -> bytes:
    """The whole record; numbers and moments are cells of that type."""
    run, language = record.run, record.run.language
    book = Workbook()
    steps = book.active
    if not isinstance(steps, Worksheet):  # a new workbook has one
        steps = book.create_sheet()
    rows = (cells | {"state": state_words(record, step)} for step, cells in step_rows(record))
    _fill(steps, language, "export.steps", STEP_COLUMNS, rows)
    facts = ({"name": name, "value": value} for name, value in summary(record))
    _fill(book.create_sheet(), language, "export.run", ("name", "value"), facts)
    _fill(book.create_sheet(), language, "export.history", EVENT_COLUMNS, event_rows(record))
    book.properties.title, book.properties.creator = plain(run.name), "SOP Bot"
    book.properties.created = book.properties.modified = record.at.replace(tzinfo=None)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(
    sheet: Worksheet, language: str, key: str, columns: Sequence[str],
    rows: Iterable[Mapping[str, Cell]],
) -> None:  # fmt: skip
    sheet.title = say(language, key)
    for number, column in enumerate(columns, 1):
        head = sheet.cell(1, number, say(language, f"export.column_{column}"))
        head.font, head.fill = Font(bold=True, color="FFFFFFFF"), _HEAD
        head.alignment = _WRAPPED
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(column, _WIDTH)
    last = 1
    for last, row in enumerate(rows, 2):
        for number, column in enumerate(columns, 1):
            _write(sheet.cell(last, number), row[column])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"


def _write(cell: XlsxCell | MergedCell, value: Cell) -> None:
    if isinstance(cell, MergedCell):  # we merge none
        return
    cell.alignment = _WRAPPED
    if isinstance(value, datetime):
        cell.value = value.replace(tzinfo=None)  # a workbook knows no zones
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(value, str) and value:
        cell.value = value[:_LONGEST]
        cell.data_type = "s"  # text, whatever it begins with
        cell.quotePrefix = is_formula(value)  # and so it stays when somebody edits it
    elif isinstance(value, int):
        cell.value = value
