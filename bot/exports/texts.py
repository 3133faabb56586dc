"""People's text, made fit for files."""

import re
from datetime import datetime

from bot.views.markup import clean

_NO_XML = re.compile("[\ufffe\uffff]")
# What spreadsheets take for the beginning of a formula, in full width too.
_FORMULA = tuple("=+-@＝＋－＠")


def plain(text: str) -> str:
    """Text without the characters that a file cannot hold or nobody can see."""
    return _NO_XML.sub("", clean(text))


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might reckon with a text instead of showing it."""
    return text.lstrip().startswith(_FORMULA) or text[:1] in {"\t", "\r", "\n"}


def harmless(text: str) -> str:
    """Text that a spreadsheet shows as it stands; a formula gets an apostrophe in front."""
    text = plain(text)
    return f"'{text}" if is_formula(text) else text


def stamp(moment: object) -> str:
    """A moment for people and spreadsheets of every language, such as 2025-11-20 18:00."""
    return f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else ""
