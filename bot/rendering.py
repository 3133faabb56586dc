"""A document's Markdown as safe HTML, as a Word file, and as plain lines."""

import re
from io import BytesIO

from docx import Document as new_docx
from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from markdown_it import MarkdownIt
from markdown_it.token import Token

# No raw HTML, no pictures: a document fetches nothing and runs nothing.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
_LISTS = {"bullet_list_open": "List Bullet", "ordered_list_open": "List Number"}
_LIST_ENDS = {name.replace("_open", "_close") for name in _LISTS}
_UNFIT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML


def as_html(markdown: str) -> str:
    """The text as HTML; links open nothing but web and mail addresses."""
    tokens = _MARKDOWN.parse(markdown)
    for token in _inline(tokens):
        if token.type == "link_open":
            token.attrSet("rel", "noopener noreferrer nofollow")
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def _inline(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or ()]


def as_docx(markdown: str, *, title: str, notes: tuple[str, ...] = ()) -> bytes:
    """The text as a Word file, with `notes` such as version, hash and signatures at its end."""
    docx = new_docx()
    docx.core_properties.title = " ".join(_fit(title).split())[:255]
    docx.core_properties.author = ""
    font = docx.styles["Normal"].font
    font.name, font.size = "Calibri", Pt(11)
    docx.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), "Microsoft YaHei")
    writer = _Writer(docx)
    for token in _MARKDOWN.parse(markdown):
        writer.write(token)
    for note in notes:
        run = docx.add_paragraph().add_run(_fit(note))
        run.font.size = Pt(9)
    file = BytesIO()
    docx.save(file)
    return file.getvalue()


class _Writer:
    """Writes one token after the other into a Word file."""

    def __init__(self, docx: Docx) -> None:
        self._docx = docx
        self._styles: list[str] = []  # of the lists we are in
        self._heading = 0
        self._rows: list[list[str]] | None = None  # of the table we are in

    def write(self, token: Token) -> None:
        """Write a token."""
        if token.type in _LISTS:
            self._styles.append(_LISTS[token.type])
        elif token.type in _LIST_ENDS:
            self._styles.pop()
        elif token.type == "heading_open":
            self._heading = int(token.tag[1])
        elif token.type == "hr":
            self._docx.add_paragraph("—" * 12)
        elif token.type in {"fence", "code_block"}:
            self._docx.add_paragraph(_fit(token.content.rstrip()))
        elif not self._in_table(token) and token.type == "inline":
            self._paragraph(token)

    def _in_table(self, token: Token) -> bool:
        if token.type == "table_open":
            self._rows = []
        if self._rows is None:
            return False
        if token.type == "tr_open":
            self._rows.append([])
        elif token.type == "inline":
            self._rows[-1].append(_plain(token))
        elif token.type == "table_close":
            _table(self._docx, self._rows)
            self._rows = None
        return True

    def _paragraph(self, token: Token) -> None:
        style = self._styles[-1] if self._styles else None
        level, self._heading = self._heading, 0
        into = self._docx.add_heading(level=level) if level else self._docx.add_paragraph("", style)
        _runs(into, token)


def _table(docx: Docx, rows: list[list[str]]) -> None:
    table = docx.add_table(rows=0, cols=max(map(len, rows)))
    table.style = "Table Grid"
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            cell.text = text


def _runs(paragraph: Paragraph, token: Token) -> None:
    bold = italic = False
    for child in token.children or ():
        if child.type in {"strong_open", "strong_close"}:
            bold = child.type == "strong_open"
        elif child.type in {"em_open", "em_close"}:
            italic = child.type == "em_open"
        elif child.type in {"softbreak", "hardbreak"}:
            paragraph.add_run().add_break()
        elif child.content:
            run = paragraph.add_run(_fit(child.content))
            run.bold, run.italic = bold or None, italic or None


def _plain(token: Token) -> str:
    return _fit("".join(child.content for child in token.children or ()))


def as_lines(markdown: str, *, colon: str = ": ") -> list[str]:
    """The text as a person reads it, a line a paragraph or row, headings and list items marked."""
    reader = _Reader(colon)
    for token in _MARKDOWN.parse(markdown):
        reader.read(token)
    return reader.lines


class _Reader:
    """Reads one token after the other into lines."""

    def __init__(self, colon: str) -> None:
        self.lines: list[str] = []
        self._colon = colon  # between label and value, in a row of two
        self._mark, self._depth = "", 0
        self._row: list[str] | None = None  # of the table we are in

    def read(self, token: Token) -> None:
        """Read a token."""
        if token.type in _LISTS:
            self._depth += 1
        elif token.type in _LIST_ENDS:
            self._depth -= 1
        elif token.type == "heading_open":
            self._mark = "# "
        elif token.type == "list_item_open":
            self._mark = "  " * (self._depth - 1) + (f"{token.info}. " if token.info else "• ")
        elif not self._in_row(token) and token.type == "inline":
            self.lines.append(self._mark + _told(token))
            self._mark = ""

    def _in_row(self, token: Token) -> bool:
        if token.type == "tr_open":
            self._row = []
        if self._row is None:
            return False
        if token.type == "inline":
            self._row.append(_told(token))
        elif token.type == "tr_close":
            self.lines.append((self._colon if len(self._row) == 2 else " · ").join(self._row))
            self._row = None
        return True


def as_line(markdown: str) -> str:
    """One line of Markdown as a person reads it; a mere rule stays as it is."""
    return " ".join(as_lines(markdown)) or markdown.strip()


def _told(token: Token) -> str:
    parts, address = [], ""
    for child in token.children or ():
        if child.type == "link_open":
            address = str(child.attrs.get("href") or "")
        elif child.type == "link_close":
            parts.append(f" ({address})")
        else:
            parts.append("\n" if child.type in {"softbreak", "hardbreak"} else child.content)
    return "".join(parts)


def _fit(text: str) -> str:
    return _UNFIT.sub("", text)
