"""CSV and workbooks: read again with the tools that others read them with."""

import csv
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from bot.exports.cells import STEP_COLUMNS
from bot.exports.formats import write
from bot.exports.record import Record
from playbooks.texts import LANGUAGES
from tests.bot.exports.records import a_record, saying

FORMULAS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "\r=1", " =1+1", "\n=1",
    "＝1+1", "＋1", "－1", "＠x", '=HYPERLINK("http://evil.example","a")', "-2+3+cmd|' /C calc'!A0",
)  # fmt: skip


def naive(*parts: int) -> datetime:
    """A moment as a workbook holds it: without a zone."""
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


def rows(record: Record) -> list[dict[str, str]]:
    """The CSV as Excel and Python read it."""
    text = write(record, "csv").decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def book(record: Record) -> Workbook:
    """The workbook, opened."""
    return load_workbook(BytesIO(write(record, "xlsx")))


def cells(sheet: Any) -> list[dict[str, Any]]:
    """A sheet's lines by their headings."""
    head, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(head, line, strict=True)) for line in lines]


def test_csv_holds_a_line_a_step_by_stable_names() -> None:
    venue, guests, menu, gifts, band = rows(a_record())
    assert tuple(venue) == (*STEP_COLUMNS, "zone")
    assert venue == {
        "id": "venue", "phase": "Before", "title": "Book the venue", "state": "done",
        "owner": "李娜", "due": "2025-10-24 18:00", "opened": "2025-10-21 10:00",
        "closed": "2025-10-21 11:00", "closed_by": "李娜", "reason": "", "items_done": "1",
        "items": "2", "evidence": "Contract: https://example.com/a?b=c",
        "comments": "U0CHEN: =SUM(A1:A9)", "zone": "Asia/Shanghai",
    }  # fmt: skip
    assert (guests["state"], menu["state"]) == ("late", "waiting")
    assert (gifts["state"], gifts["reason"], gifts["closed_by"]) == (
        "skipped", "'-2 %", "Wang Li (王莉)",
    )  # fmt: skip
    assert (band["state"], band["reason"], band["due"]) == ("off", "Music: no", "")


def test_csv_has_the_mark_by_which_excel_knows_chinese() -> None:
    content = write(a_record("zh-Hans"), "csv")
    assert content.startswith(b"\xef\xbb\xbfid,")
    assert "预订场地" in content.decode()


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_never_holds_a_formula(text: str) -> None:
    for row in rows(saying(text)):
        for cell in row.values():
            assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠")), cell
            assert not cell.startswith(("\t", "\r", "\n")), cell


def test_a_workbook_holds_steps_run_and_history_in_the_run_s_language() -> None:
    names = {
        "en": ["Steps", "Run", "History"],
        "zh-Hans": ["步骤", "项目", "过程记录"],
        "zh-Hant": ["步驟", "項目", "過程記錄"],
    }
    for language in LANGUAGES:
        assert book(a_record(language)).sheetnames == names[language]


def test_a_workbook_s_cells_have_types() -> None:
    steps, run, history = book(a_record()).worksheets
    venue, guests, *_ = cells(steps)
    assert venue["Due"] == naive(2025, 10, 24, 18)
    assert (venue["Items done"], venue["Items"]) == (1, 2)
    assert (venue["Status"], guests["Status"], guests["Closed"]) == ("done", "late", None)
    assert steps["F2"].number_format == "yyyy-mm-dd hh:mm"
    facts = {row["About"]: row["Details"] for row in cells(run)}
    assert facts["Status"] == "under way · 2 of 4 done"
    assert (facts["Event date"], facts["Time zone"]) == ("2025-11-20", "Asia/Shanghai")
    assert (facts["Event controller"], facts["Head of marketing"]) == ("Wang Li (王莉)", "U0CHEN")
    told = cells(history)
    assert [row["What happened"] for row in told][:3] == [
        "Run started", "Step opened", "Checklist updated",
    ]  # fmt: skip
    assert told[0]["When"] == naive(2025, 9, 1, 9)
    assert told[2]["Details"] == "☑ Deposit paid"
    assert (told[-1]["Who"], told[-1]["What happened"]) == ("SOP Bot", "Reminder sent")
    assert len(told) == 8  # a new day is no news


def test_a_workbook_can_be_read_without_touching_it() -> None:
    for sheet in book(a_record("zh-Hant")).worksheets:
        head: Any = next(sheet.iter_rows())
        assert all(cell.font.bold and cell.fill.fgColor.rgb == "FF1F4D45" for cell in head)
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(sheet.column_dimensions[cell.column_letter].width >= 9 for cell in head)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_workbook_never_holds_a_formula_and_keeps_the_text(text: str) -> None:
    found = set()
    for sheet in book(saying(text)).worksheets:
        for line in sheet.iter_rows():
            for cell in line:
                assert cell.data_type != "f"
                if isinstance(cell.value, str) and cell.value.startswith(tuple("=+-@＝＋－＠")):
                    assert (cell.data_type, cell.quotePrefix) == ("s", True)
                found.add(cell.value)
    assert text.strip() in found


def test_a_workbook_knows_its_title_and_when_it_was_made() -> None:
    properties = book(a_record()).properties
    assert (properties.title, properties.creator) == ("Dealer day Shanghai", "SOP Bot")
    assert properties.created == naive(2025, 10, 28, 1)
