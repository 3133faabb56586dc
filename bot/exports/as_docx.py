"""A record as a document: what the run is, its steps by phase, and its history."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Row

from bot.exports.cells import Cell, event_rows, state_words, step_cells
from bot.exports.record import Record
from bot.exports.summary import summary
from bot.exports.texts import plain, stamp
from bot.views.states import EMOJI, state_of
from bot.words.catalogue import say
from playbooks.definition import Phase
from playbooks.run import Step

_FACTS = (4.5, 11.0)  # widths of columns, in centimetres
_STEPS = {"title": 5.5, "owner": 3.2, "due": 2.5, "closed": 2.5, "state": 1.8}
_LEFT = ("reason", "evidence", "comments")  # what a step left behind
# Chinese letters take their font and form from these; without them Word guesses, often Japanese.
_FONTS = {"zh-Hant": ("Microsoft JhengHei", "zh-TW")}
_FONT = ("Microsoft YaHei", "zh-CN")
_STYLES = ("Normal", "Title", "Heading 1", "Heading 2")


def write(record: Record) -> bytes:
    """The whole record, in the run's language."""
    language = record.run.language
    document = Document()
    _set_up(document, record)
    document.add_heading(plain(record.run.name), 0)
    _fill(document.add_table(0, 2, "Table Grid"), summary(record), _FACTS)
    document.add_heading(say(language, "export.steps"), 1)
    for phase, steps in record.phases():
        if steps:
            _add_phase(document, record, phase, steps)
    document.add_heading(say(language, "export.history"), 1)
    for row in event_rows(record):
        told = [stamp(row["at"]), row["by"], row["what"], row["step"], row["detail"]]
        document.add_paragraph(" · ".join(str(each) for each in told if each), "List Bullet")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _add_phase(document: DocumentType, record: Record, phase: Phase, steps: list[Step]) -> None:
    language = record.run.language
    document.add_heading(plain(phase.title.to(language)), 2)
    found = [(step, step_cells(record, step, phase)) for step in steps]
    head = [say(language, f"export.column_{name}") for name in _STEPS]
    rows = [head, *(_row(record, *each) for each in found)]
    _fill(document.add_table(0, len(_STEPS), "Light Grid Accent 1"), rows, [*_STEPS.values()])
    for _, cells in found:
        for name in _LEFT:
            if cells[name]:
                words = say(language, f"export.column_{name}") + say(language, "colon")
                text = document.add_paragraph(style="List Bullet")
                text.add_run(f"{cells['title']} · {words}").bold = True
                text.add_run(str(cells[name]).replace("\n", "; "))


def _row(record: Record, step: Step, cells: dict[str, Cell]) -> list[str]:
    shown = {
        **cells,
        "title": f"{EMOJI[state_of(record.run, step, record.at)]} {cells['title']}",
        "state": state_words(record, step),
        "due": stamp(cells["due"]),
        "closed": stamp(cells["closed"]),
    }
    return [str(shown[name]) for name in _STEPS]


def _fill(table: Table, rows: Iterable[Sequence[str]], widths: Sequence[float]) -> None:
    table.autofit = False
    for row in rows:
        added: _Row = table.add_row()  # type: ignore[no-untyped-call]
        for cell, text, width in zip(added.cells, row, widths, strict=True):
            cell.width = Cm(width)
            cell.paragraphs[0].add_run(text).font.size = Pt(9)


def _set_up(document: DocumentType, record: Record) -> None:
    font, tongue = _FONTS.get(record.run.language, _FONT)
    for name in _STYLES:
        style = document.styles[name]
        if isinstance(style, ParagraphStyle):
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            fonts.attrib.pop(qn("w:eastAsiaTheme"), None)
            fonts.set(qn("w:eastAsia"), font)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), tongue)
    properties = document.core_properties
    properties.title, properties.author = plain(record.run.name)[:255], "SOP Bot"
    properties.created = properties.modified = record.at
