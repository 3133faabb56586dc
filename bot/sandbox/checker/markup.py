"""Check what stands inside a text: mentions, links, dates, leaked Markdown (rules 64 to 70)."""

import re

from bot.sandbox.checker.faults import Report

TOKEN = re.compile(r"<([^<>]*)>")
MENTION = re.compile(r"@[UW][A-Z0-9]+|#C[A-Z0-9]+(\|[^|]*)?")
SUBTEAM = re.compile(r"!subteam\^S[A-Z0-9]+(\|[^|]*)?")
BROADCAST = re.compile(r"!(here|channel|everyone)(\|[^|]*)?")
LINK = re.compile(r"(https?://|mailto:|tel:)[^|]+(\|.*)?")
DATE = re.compile(r"!date\^(-?\d+)\^([^|^]*)(\^https?://[^|]+)?(\|(.*))?")
DATE_TOKEN = re.compile(r"\{([a-z_]+)\}")
DATE_TOKENS = {
    "date_num",
    "date",
    "date_short",
    "date_long",
    "date_pretty",
    "date_short_pretty",
    "date_long_pretty",
    "time",
    "time_secs",
    "ago",
}
ZONE = re.compile(r"\b(UTC|GMT|[A-Z]{3,5})\b|[+-]\d\d:?\d\d|\b[A-Z][a-z]+/[A-Z][A-Za-z_]+")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
LEAKS = (
    (re.compile(r"\*\*[^*\s][^*\n]*\*\*"), "**bold** is Markdown, mrkdwn has *bold*"),
    (re.compile(r"^#{1,6} ", re.MULTILINE), "# headings are Markdown"),
    (re.compile(r"\[[^\]\n]+\]\([^)\s]+\)"), "[text](url) is Markdown, mrkdwn has <url|text>"),
)
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def check_markup(report: Report, path: str, text: str) -> None:
    """Check a mrkdwn text, or the top-level text of a message."""
    for token in TOKEN.findall(text):
        _check_token(report, path, token)
    if "<" in TOKEN.sub("", text):
        report.error(64, path, "a < is not escaped")
    report.advise(not re.search(r"&(?!amp;|lt;|gt;)", text), 66, path, "an & is not escaped")
    prose = CODE.sub("", text)
    for pattern, message in LEAKS:
        report.advise(not pattern.search(prose), 68, path, message)
    check_unseen(report, path, text)


def check_unseen(report: Report, path: str, text: str) -> None:
    """Warn of characters that readers cannot see."""
    report.advise(not UNSEEN.search(text), 70, path, "control or direction characters")


def _check_token(report: Report, path: str, token: str) -> None:
    if MENTION.fullmatch(token):
        return
    if SUBTEAM.fullmatch(token) or BROADCAST.fullmatch(token):
        report.need(report.allow_broadcast, 65, path, f"<{token}> notifies a whole group")
    elif token.startswith("!date"):
        _check_date(report, path, token)
    elif LINK.fullmatch(token):
        url, _, label = token.partition("|")
        report.advise(" " not in url, 69, path, "a space in a link")
        report.advise("|" not in label, 69, path, "a | in a link's label")
    else:
        report.error(64, path, f"<{token}> is neither a mention, a date nor a link")


def _check_date(report: Report, path: str, token: str) -> None:
    match = DATE.fullmatch(token)
    if not report.need(match, 64, path, f"<{token}> is no date") or match is None:
        return
    names = DATE_TOKEN.findall(match[2])
    known = names and DATE_TOKENS.issuperset(names)
    report.need(known, 67, path, "a date needs tokens that Slack knows")
    fallback = match[5] or ""
    report.need(fallback, 67, path, "a date needs a fallback")
    timed = bool({"time", "time_secs"}.intersection(names))
    if timed and fallback:
        report.advise(ZONE.search(fallback), 67, path, "a date's fallback names no time zone")
