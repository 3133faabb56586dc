"""Markdown and Word documents: in the run's language, with people's text as it stands."""

from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from bot.exports.cells import EVENT_COLUMNS, STEP_COLUMNS
from bot.exports.formats import write
from bot.exports.record import Record
from bot.words.catalogue import entries
from playbooks.run import EventKind, RunStatus
from playbooks.texts import LANGUAGES
from tests.bot.exports.records import a_record, saying

MARKDOWN = """\
# Dealer day Shanghai

- SOP: Event (event, v1)
- Status: under way · 2 of 4 done
- Event date: 2025-11-20
- Started: 2025-09-01 09:00 · Wang Li (王莉)
- Channel: C0DEALER
- Event controller: Wang Li (王莉)
- Designer: 李娜
- Head of marketing: U0CHEN
- Exported: 2025-10-28 09:00
- Time zone: Asia/Shanghai

## Before

### ✅ Book the venue

- Status: done
- Owner: 李娜
- Due: 2025-10-24 18:00
- Opened: 2025-10-21 10:00
- Closed: 2025-10-21 11:00
- Closed by: 李娜
- [x] Deposit paid (李娜, 2025-10-21 10:00)
- [ ] Floor plan
- 📎 [Contract](<https://example.com/a?b=c>) (李娜)
- 💬 U0CHEN: =SUM(A1:A9)
"""
HISTORY = """\
## History

- 2025-09-01 09:00 · Wang Li (王莉) · Run started
- 2025-10-21 10:00 · Wang Li (王莉) · Step opened · Book the venue
- 2025-10-21 10:00 · 李娜 · Checklist updated · Book the venue · ☑ Deposit paid
- 2025-10-21 10:00 · 李娜 · Step done · Book the venue
- 2025-10-21 10:00 · Wang Li (王莉) · Step skipped · Confirm gifts · -2 %
- 2025-10-21 10:00 · Wang Li (王莉) · Step handed over · Confirm guests · U0CHEN → 李娜
- 2025-10-21 10:00 · 李娜 · New due date · Confirm guests · 2025-10-21 10:00 → 2025-10-24 18:00 \
· late answers
- 2025-10-24 18:00 · SOP Bot · Reminder sent · Confirm guests
"""


def markdown(record: Record) -> str:
    """The record as text."""
    return write(record, "md").decode()


def document(record: Record) -> Any:
    """The document, opened."""
    return Document(BytesIO(write(record, "docx")))


def words(opened: Any) -> str:
    """Everything a document says."""
    tables = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in opened.paragraphs), *tables])


def test_markdown_tells_the_run_its_steps_and_its_history() -> None:
    text = markdown(a_record())
    assert text.startswith(MARKDOWN)
    assert text.endswith(HISTORY)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh-Hans", ["### ✅ 预订场地", "- 负责人：李娜", "- [x] 已付定金", "- 状态：已跳过"]),
        ("zh-Hant", ["### ✅ 預訂場地", "- 負責人：李娜", "- [x] 已付訂金", "- 狀態：已略過"]),
    ],
)
def test_a_record_speaks_the_run_s_language(language: str, told: list[str]) -> None:
    text = markdown(a_record(language))
    for line in told:
        assert line in text
    assert "Owner" not in text + words(document(a_record(language)))


def test_markdown_shows_what_people_wrote_and_obeys_none_of_it() -> None:
    text = markdown(saying("# no <b>head</b>\n- [a](http://evil.example) `x` *y* | ~~z~~ \\"))
    heads = [line for line in text.splitlines() if line.startswith("#")]
    assert heads[0] == (
        r"# \# no \<b\>head\</b\> - \[a\](http://evil.example) \`x\` \*y\* \| \~\~z\~\~ \\"
    )
    assert len(heads) == len([x for x in markdown(a_record()).splitlines() if x.startswith("#")])
    assert "<b>" not in text


def test_a_document_tells_the_run_its_steps_and_its_history() -> None:
    opened = document(a_record())
    heads = [
        each.text for each in opened.paragraphs if each.style.name.startswith(("Title", "Hea"))
    ]
    assert heads == ["Dealer day Shanghai", "Steps", "Before", "History"]
    facts, steps = opened.tables
    assert [cell.text for cell in facts.rows[0].cells] == ["SOP", "Event (event, v1)"]
    assert [[cell.text for cell in row.cells] for row in steps.rows[:3]] == [
        ["Step", "Owner", "Due", "Closed", "Status"],
        ["✅ Book the venue", "李娜", "2025-10-24 18:00", "2025-10-21 11:00", "done"],
        ["🔴 Confirm guests", "李娜", "2025-10-24 18:00", "", "late"],
    ]
    text = words(opened)
    assert "Book the venue · Evidence: Contract: https://example.com/a?b=c" in text
    assert "Confirm gifts · Reason: -2 %" in text
    assert HISTORY.splitlines()[-1].removeprefix("- ") in text
    properties = opened.core_properties
    assert (properties.title, properties.author) == ("Dealer day Shanghai", "SOP Bot")


@pytest.mark.parametrize(
    ("language", "font", "tongue"),
    [
        ("en", "Microsoft YaHei", "zh-CN"),
        ("zh-Hans", "Microsoft YaHei", "zh-CN"),
        ("zh-Hant", "Microsoft JhengHei", "zh-TW"),
    ],
)
def test_a_document_names_the_font_and_form_of_its_chinese_letters(
    language: str, font: str, tongue: str
) -> None:
    opened = document(a_record(language))
    for style in ("Normal", "Title", "Heading 1", "Heading 2"):
        fonts = opened.styles[style].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font
        assert fonts.get(qn("w:eastAsiaTheme")) is None
    tongues = {each.get(qn("w:eastAsia")) for each in opened.styles.element.iter(qn("w:lang"))}
    assert tongues == {tongue}


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_and_states_have_words_and_no_words_are_left_over(language: str) -> None:
    columns = {*STEP_COLUMNS, *EVENT_COLUMNS, "name", "value"}
    wanted = {f"export.column_{name}" for name in columns}
    wanted |= {f"export.status_{status}" for status in RunStatus}
    parts = ("export.column_", "export.status_")
    assert wanted == {key for key in entries(language) if key.startswith(parts)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_history_has_words_for_everything_that_can_happen_and_no_others(language: str) -> None:
    told = {key for key in entries(language) if key.startswith("history.")}
    assert told == {f"history.{kind}" for kind in EventKind} - {"history.day_turned"}
