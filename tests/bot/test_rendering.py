"""A document's Markdown becomes safe HTML, a Word file and plain lines."""

import re
from io import BytesIO

import docx
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering import as_docx, as_html, as_line, as_lines
from playbooks.document_text import literal, plain

TEXT = """# Confirmation

- **Goal** more *dealers*
  and shops
- [ours](https://agency.example)

1. first
2. second

| Figure | Baseline |
|---|---|
| Share | 12 % |

---

```
code
```
"""


def test_nothing_runs_and_nothing_is_fetched() -> None:
    hostile = (
        "<script>x</script> <img src=y> ![p](https://e.example/p.png) [j](javascript:alert(1))"
    )
    page = as_html(hostile)
    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page


def test_links_tell_nobody_where_they_come_from() -> None:
    assert 'rel="noopener noreferrer nofollow"' in as_html(TEXT)


def test_the_word_file_holds_headings_lists_tables_and_notes() -> None:
    made = docx.Document(BytesIO(as_docx(TEXT, title="需求确认书", notes=("Hash abc\x00",))))
    shown = {(p.text, p.style.name if p.style else "") for p in made.paragraphs}
    assert ("Confirmation", "Heading 1") in shown
    assert ("first", "List Number") in shown
    assert any(text.startswith("Goal more dealers") for text, _ in shown)
    assert [cell.text for cell in made.tables[0].rows[1].cells] == ["Share", "12 %"]
    assert made.paragraphs[-1].text == "Hash abc"
    assert made.core_properties.title == "需求确认书"


def test_lines_are_what_a_person_reads() -> None:
    assert as_lines(TEXT)[:3] == [
        "# Confirmation", "• Goal more dealers\nand shops", "• ours (https://agency.example)",
    ]  # fmt: skip
    assert as_line("- **Goal** x") == "• Goal x"
    assert as_line("---") == "---"


def test_a_row_of_two_is_a_label_with_its_value() -> None:
    told = "| Figure | Baseline |\n|---|---|\n| Share | 12 % |\n"
    assert as_lines(told, colon="：") == ["Figure：Baseline", "Share：12 %"]
    assert as_lines("| a | b | c |\n|---|---|---|\n| d | e | f |\n") == ["a · b · c", "d · e · f"]


_SIGNS = "#*_`[]<>|~&\\-+=.)!>1 ab\n"


@given(st.text(_SIGNS, min_size=1, max_size=30).map(plain).filter(bool))
def test_an_answer_is_shown_letter_by_letter(answer: str) -> None:
    kept = re.sub(r"\s+", "", answer)
    for around in ("{}\n", "- **Goal** {}\n"):
        shown = as_lines(around.format(literal(answer).replace("\n", "\n  ")))
        assert re.sub(r"\s+", "", "".join(shown)).removeprefix("•Goal") == kept
