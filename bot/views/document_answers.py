"""To one person alone: the link that was made, or where it went."""

from bot.views.blocks import Message, message, section
from bot.views.markup import link, phrase, title


def build_sent_message(name: str, email: str, language: str, *, signing: bool) -> Message:
    """The link is on its way by mail."""
    facts = {"name": title(name, 80), "email": title(email, 120)}
    line = phrase(language, "sign.sent" if signing else "sign.sent_open", **facts)
    return message(line, [section(line)])


def build_link_message(
    name: str, url: str, code: str, language: str, *, reading: bool = False
) -> Message:
    """A link to hand over oneself, with its code, or one to read."""
    shown = link(url, url, 300)
    if reading:
        line = phrase(language, "sign.read_link", url=shown)
        return message(line, [section(line)])
    line = phrase(language, "sign.by_hand", name=title(name, 80), url=shown)
    told = section(phrase(language, "sign.by_hand_code", code=code)) if code else None
    return message(line, [section(line), told])
