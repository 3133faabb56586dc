"""Whatever people write, every format can be written, opened and holds it."""

import csv
import json
from io import BytesIO, StringIO

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from openpyxl import load_workbook

from bot.exports.as_csv import write_table
from bot.exports.formats import FORMATS, Format, write
from bot.exports.texts import harmless, is_formula, plain
from tests.bot.exports.records import saying
from tests.bot.views.nasty import LONG, UGLY

ODD = st.text(st.characters(codec=None), max_size=60)  # half surrogates and control characters too


@given(text=ODD)
@settings(max_examples=15)
def test_any_text_goes_into_every_format_and_out_again(text: str) -> None:
    record, kept = saying(text), plain(text)
    for form in FORMATS:
        assert write(record, form)
    steps = load_workbook(BytesIO(write(record, "xlsx"))).worksheets[0]
    reason = steps["J2"]
    assert (reason.value or "", reason.data_type == "f") == (kept, False)
    assert kept == "" or kept in "\n".join(
        paragraph.text for paragraph in Document(BytesIO(write(record, "docx"))).paragraphs
    )
    told = json.loads(write(record, "json"))
    assert told["run"]["reason"] == text.encode("utf-8", "replace").decode()
    assert Calendar.from_ical(write(record, "ics")).events


@given(cells=st.lists(ODD, min_size=1, max_size=5))
def test_no_cell_of_a_csv_is_a_formula_and_none_is_lost(cells: list[str]) -> None:
    names = [f"c{number}" for number in range(len(cells))]
    content = write_table(names, [dict(zip(names, cells, strict=True))]).decode("utf-8-sig")
    _, row = csv.reader(StringIO(content, newline=""))
    assert row == [harmless(cell) for cell in cells]
    assert not any(is_formula(cell) for cell in row)
    assert [cell.removeprefix("'") for cell in row] == [
        plain(cell).removeprefix("'") for cell in cells
    ]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "text", [UGLY, LONG, "x" * 40_000, ""], ids=["ugly", "long", "huge", "none"]
)
def test_long_and_ugly_text_breaks_no_format(form: Format, text: str) -> None:
    assert len(write(saying(text), form)) > 100
