"""Check text objects (rules 63 and 71)."""

import re
from typing import Any

from bot.sandbox.checker.faults import Report
from bot.sandbox.checker.jsons import kind_of, object_of, text_of
from bot.sandbox.checker.markup import check_markup, check_unseen

PLAIN = ("plain_text",)
ANY = ("plain_text", "mrkdwn")
WORD = re.compile(r"[\w?!+…⋯·-]")
TOKENS_IN_PLAIN = re.compile(r"<!date\^")


def check_text(
    report: Report,
    path: str,
    value: Any,
    *,
    rule: int,
    most: int,
    kinds: tuple[str, ...] = ANY,
) -> None:
    """Check a text object of an allowed kind, 1 to `most` characters long."""
    if not report.need(isinstance(value, dict), rule, path, "must be a text object"):
        return
    kind, text = kind_of(value), value.get("text")
    if not report.need(kind in ANY, 63, f"{path}/type", "must be plain_text or mrkdwn"):
        return
    report.need(kind in kinds, rule, f"{path}/type", f"must be {' or '.join(kinds)}")
    extra = "emoji" if kind == "plain_text" else "verbatim"
    report.keys(value, ("type", "text", extra), 63, path)
    report.need(isinstance(value.get(extra, True), bool), 63, f"{path}/{extra}", "must be a bool")
    if report.size(text, most, rule, f"{path}/text"):
        _check_content(report, f"{path}/text", kind, text)


def check_label(report: Report, path: str, value: Any, *, rule: int, most: int) -> None:
    """Check a plain text that names something to press or choose."""
    check_text(report, path, value, rule=rule, most=most, kinds=PLAIN)
    text = text_of(object_of(value).get("text"))
    if text:
        report.advise(WORD.search(text), 71, path, "a label needs a word besides its emoji")


def _check_content(report: Report, path: str, kind: str, text: str) -> None:
    if kind == "mrkdwn":
        check_markup(report, path, text)
    else:
        dated = TOKENS_IN_PLAIN.search(text)
        report.need(not dated, 67, path, "plain text shows a date token as it stands")
        check_unseen(report, path, text)
