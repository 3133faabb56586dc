"""Slack's mrkdwn, made safe: the one place where people's text is escaped."""

import html
import re
from collections.abc import Iterable
from typing import Any

from bot.ids import CHANNEL, PERSON
from bot.words.catalogue import say

_WEB = re.compile(r"https?://[^\s]+", re.IGNORECASE)
# Control, bidi and broken characters: Slack shows them as nothing, or turns what is near around.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    r"\ud800-\udfff\ufeff\ufffc]"
)
_LONGEST_LINK = 600  # characters; a longer address would eat the message


class Markup(str):
    """Text that is safe to show as mrkdwn; made by the functions of this module."""

    __slots__ = ()


def clean(text: str) -> str:
    """Take control, bidi and broken characters out of people's text."""
    return _UNSEEN.sub("", text.replace("\u2028", "\n")).strip()


def cut(text: str, limit: int) -> str:
    """Shorten plain text to `limit` characters, with … where something is missing."""
    text = clean(text[: limit * 2])
    return text if len(text) <= limit else text[: limit - 1].rstrip("\u200d ") + "…"


def one_line(text: str, limit: int) -> str:
    """Fold plain text into one line of at most `limit` characters."""
    return cut(" ".join(clean(text[: limit * 4]).split()), limit)


def escape(text: object, limit: int = 3000) -> Markup:
    """Make people's text safe for mrkdwn; Markup is left as it is."""
    if isinstance(text, Markup):
        return text
    safe = cut(str(text), limit).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return clip(Markup(safe), limit)


def title(text: str, limit: int = 150) -> Markup:
    """A title: one line, safe, without stars that would end a bold passage early."""
    return escape(one_line(text, limit).replace("*", "∗"), limit)


def bold(text: str, limit: int = 150) -> Markup:
    """A title in bold."""
    safe = text if isinstance(text, Markup) else title(text, limit)
    return Markup(f"*{safe.replace('*', '∗')}*") if safe else safe


def phrase(language: str, key: str, **facts: Any) -> Markup:
    """Words of the catalogue with every fact escaped."""
    safe = {name: v if isinstance(v, int) else escape(v) for name, v in facts.items()}
    return Markup(say(language, key, **safe))


def joined(separator: str, parts: Iterable[Markup | None]) -> Markup:
    """Join safe texts, leaving out what is missing."""
    return Markup(separator.join(part for part in parts if part))


def clip(text: Markup, limit: int) -> Markup:
    """Shorten safe text without breaking an entity, a mention or a link."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    if kept.rfind("<") > kept.rfind(">"):
        kept = kept[: kept.rfind("<")]
    if kept.rfind("&") > kept.rfind(";"):
        kept = kept[: kept.rfind("&")]
    return Markup(kept.rstrip() + "…")


def mention(id_: str) -> Markup:
    """Mention a person by Slack id; any other word is shown as it is."""
    return Markup(f"<@{id_}>") if PERSON.fullmatch(id_) else escape(id_, 80)


def channel(id_: str) -> Markup:
    """Name a channel by Slack id."""
    return Markup(f"<#{id_}>") if CHANNEL.fullmatch(id_) else escape(id_, 80)


def link(url: str, label: str, limit: int = 80) -> Markup:
    """A link with a label; what is no web address is shown as text."""
    text = title(label or url, limit)
    url = clean(url)
    if not _WEB.fullmatch(url) or len(url) > _LONGEST_LINK:
        return text
    scheme, _, rest = url.partition(":")
    url = f"{scheme.lower()}:{rest}"  # Slack makes no link of HTTPS
    for sign, code in (("&", "&amp;"), ("<", "%3C"), (">", "%3E"), ("|", "%7C")):
        url = url.replace(sign, code)
    return Markup(f"<{url}|{text.replace('|', '/')}>")


def plain_text(text: str) -> str:
    """Slack's markup as a person reads it."""
    text = re.sub(r"<@([^>|]+)>", r"@\1", text)
    text = re.sub(r"<!date\^[^|>]*\|([^>]*)>", r"\1", text)
    text = re.sub(r"<[^>|]*\|([^>]*)>", r"\1", text)
    return html.unescape(text)
