"""The text of a document: a template filled from answers, its hash, and what has changed in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Literal

from playbooks.questions import Form, Question

FIELD = re.compile(r"\{\{\s*([\w-]+)\s*\}\}")
MISSING = "–"
# Control and bidi characters, by which a text could read otherwise than it is.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&]")  # wherever it stands in Markdown
_AT_START = re.compile(r"^[ \t]*(\d{0,9})([#+=.)-])", re.MULTILINE)  # of a line

Answers = Mapping[str, tuple[str, ...]]  # by question; several only for a multi-choice


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a comparison."""

    sign: Literal["+", "-"]
    text: str


def fill_template(form: Form, answers: Answers, language: str) -> str:
    """The document in Markdown; what nobody has answered is a dash."""
    if form.document is None:
        return ""
    asked = {question.id: question for question in form.questions}

    def value(match: re.Match[str]) -> str:
        question = asked.get(match[1])
        shown = shown_answer(question, answers.get(match[1], ()), language) if question else ""
        # Stays within the line's list item, and is read as it was written.
        return literal(shown).replace("\n", "\n  ") or MISSING

    return FIELD.sub(value, form.document.to(language)).strip() + "\n"


def literal(text: str) -> str:
    """What somebody wrote, as Markdown that shows it letter by letter."""
    return _AT_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", text))


def shown_answer(question: Question, values: Sequence[str], language: str) -> str:
    """An answer as people read it: choices by their titles."""
    titles = {choice.id: choice.title.to(language) for choice in question.choices}
    shown = [titles.get(value, plain(value)) for value in values if value.strip()]
    return ("、" if language.startswith("zh") else ", ").join(shown)


def plain(text: str) -> str:
    """What somebody wrote, without characters that nobody sees."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\u2028", "\n")).strip()


def digest_of(text: str) -> str:
    """The hash that names exactly this text."""
    return sha256(text.encode()).hexdigest()


def differences(old: str, new: str) -> tuple[Line, ...]:
    """The lines that were removed and added, in the order of the text."""
    before, after = old.splitlines(), new.splitlines()
    lines: list[Line] = []
    for tag, from_a, to_a, from_b, to_b in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if tag != "equal":
            lines += [Line("-", text) for text in before[from_a:to_a] if text.strip()]
            lines += [Line("+", text) for text in after[from_b:to_b] if text.strip()]
    return tuple(lines)
