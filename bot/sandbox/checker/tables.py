"""Check tables and charts (rules 41 to 43)."""

import math
from typing import Any

from bot.sandbox.checker.faults import Report
from bot.sandbox.checker.jsons import is_unique, items_of, kind_of, object_of, objects_of
from bot.sandbox.checker.rich import check_rich_text, rich_words
from bot.sandbox.shapes import Json

LONG = 10_000
ALIGNS = ("left", "center", "right")


def check_table(report: Report, path: str, block: Json) -> None:
    """Check a table."""
    rows = _rows(report, path, block, 41, least=1, most=100)
    _check_cells(report, path, rows, 41)
    settings = block.get("column_settings", [])
    most = min(20, len(rows[0])) if rows else 20
    report.size(settings, most, 41, f"{path}/column_settings", least=0)
    for place, one in enumerate(items_of(settings)):
        here = f"{path}/column_settings/{place}"
        if one is not None and report.need(isinstance(one, dict), 41, here, "must be settings"):
            report.choice(one.get("align"), ALIGNS, 41, f"{here}/align")


def check_data_table(report: Report, path: str, block: Json) -> None:
    """Check a data table: a caption, a header row, at least one row of data."""
    report.need(block.get("caption"), 42, f"{path}/caption", "needs a caption")
    rows = _rows(report, path, block, 42, least=2, most=101)
    _check_cells(report, path, rows, 42)
    header = rows[0] if rows else []
    plain = all(isinstance(c, dict) and kind_of(c) != "rich_text" for c in header)
    report.need(plain, 42, f"{path}/rows/0", "header cells may not be rich text")
    size, index = block.get("page_size", 5), block.get("row_header_column_index", 0)
    report.need(isinstance(size, int) and 1 <= size <= 100, 42, f"{path}/page_size", "1 to 100")
    inside = isinstance(index, int) and 0 <= index < max(1, len(header))
    report.need(inside, 42, f"{path}/row_header_column_index", "must be one of the columns")


def _rows(
    report: Report, path: str, block: Json, rule: int, *, least: int, most: int
) -> list[list[Any]]:
    rows, here = block.get("rows"), f"{path}/rows"
    if not report.size(rows, most, rule, here, least=least):
        return []
    rows = items_of(rows)
    if not report.need(all(isinstance(row, list) for row in rows), rule, here, "must hold rows"):
        return []
    widths = {len(row) for row in rows}
    report.need(len(widths) == 1, rule, here, "rows must have equally many cells")
    report.need(1 <= max(widths) <= 20, rule, here, "a row has 1 to 20 cells")
    return list(rows)


def _check_cells(report: Report, path: str, rows: list[list[Any]], rule: int) -> None:
    words = 0
    for down, row in enumerate(rows):
        for across, cell in enumerate(row):
            here = f"{path}/rows/{down}/{across}"
            kind = kind_of(cell)
            if kind == "rich_text":
                check_rich_text(report, here, cell)
                words += len(rich_words(cell))
            elif report.need(kind in ("raw_text", "raw_number"), rule, here, f"bad cell: {kind}"):
                report.size(cell.get("text"), LONG, rule, f"{here}/text")
                words += len(str(cell.get("text", "")))
    report.advise(words <= LONG, rule, path, f"more than {LONG} characters in a table")


def check_chart(report: Report, path: str, block: Json) -> None:
    """Check a data_visualization: a pie, or bars, lines and areas."""
    report.size(block.get("title"), 50, 43, f"{path}/title")
    chart = block.get("chart")
    kind = kind_of(chart)
    if kind == "pie":
        _check_pie(report, f"{path}/chart", block["chart"])
    elif report.need(kind in ("bar", "line", "area"), 43, f"{path}/chart/type", "unknown chart"):
        _check_series(report, f"{path}/chart", block["chart"])


def _check_pie(report: Report, path: str, chart: Json) -> None:
    segments = chart.get("segments")
    report.size(segments, 12, 43, f"{path}/segments")
    report.advise(len(items_of(segments)) <= 6, 43, path, "older clients show six segments")
    for place, one in enumerate(objects_of(segments)):
        here = f"{path}/segments/{place}"
        report.size(one.get("label"), 20, 43, f"{here}/label")
        value: Any = one.get("value")
        report.need(_is_number(value) and value > 0, 43, f"{here}/value", "must be above 0")


def _check_series(report: Report, path: str, chart: Json) -> None:
    axis = object_of(chart.get("axis_config"))
    categories, series = axis.get("categories"), chart.get("series")
    report.size(categories, 20, 43, f"{path}/axis_config/categories")
    report.size(series, 12, 43, f"{path}/series")
    report.advise(len(items_of(series)) <= 6, 43, path, "older clients show six series")
    report.need(
        is_unique([one.get("name") for one in objects_of(series)]),
        43,
        f"{path}/series",
        "names must differ",
    )
    for place, one in enumerate(objects_of(series)):
        here = f"{path}/series/{place}"
        report.size(one.get("name"), 20, 43, f"{here}/name")
        data = objects_of(one.get("data"))
        labels = [point.get("label") for point in data]
        report.need(labels == categories, 43, f"{here}/data", "labels must be the categories")
        finite = all(_is_number(point.get("value")) for point in data)
        report.need(finite, 43, f"{here}/data", "values must be finite numbers")


def _is_number(value: Any) -> bool:
    numeric = isinstance(value, int | float) and not isinstance(value, bool)
    return numeric and math.isfinite(value)
