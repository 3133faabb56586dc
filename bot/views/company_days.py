"""The days that a company has off, or works, of its own."""

from collections.abc import Sequence
from datetime import date

from bot.ids import ActionId, ViewId
from bot.views.blocks import Block, actions, button, context, option, section
from bot.views.dates import written_day
from bot.views.inputs import date_input, field, modal, radio_input, text_input
from bot.views.markup import Markup, bold, joined, phrase, title
from bot.words.catalogue import say
from playbooks.company_days import NAME_LIMIT, CompanyDay

_KINDS = ("off", "worked")


def build_days_modal(days: Sequence[CompanyDay], today: date, language: str) -> Block:
    """The days to come, each to be taken back."""
    add = button(say(language, "company.add"), ActionId.DAYS_OPEN, "add", primary=True)
    blocks = [
        section(phrase(language, "company.means")),
        *(_row(one, today, language) for one in days),
        actions([add]),
    ]
    return modal(ViewId.DAYS_EDIT, language, say(language, "button.days"), blocks)


def build_day_modal(language: str) -> Block:
    """The form for one more day."""
    options = [option(say(language, f"company.{kind}"), kind) for kind in _KINDS]
    blocks = [
        field("day", say(language, "company.day"), date_input(), required=True),
        field("kind", say(language, "company.kind"), radio_input(options, "off"), required=True),
        field("name", say(language, "company.name"), text_input(limit=NAME_LIMIT)),
        context(phrase(language, "company.from_now")),
    ]
    return modal(
        ViewId.DAYS_EDIT, language, say(language, "button.days"), blocks,
        submit=say(language, "company.submit"),
    )  # fmt: skip


def _row(one: CompanyDay, today: date, language: str) -> Block:
    kind = phrase(language, "company.worked" if one.works else "company.off")
    named: Markup | None = title(one.name, NAME_LIMIT) if one.name else None
    line = joined(" · ", [bold(written_day(one.day, language, since=today)), kind, named])
    remove = button(say(language, "button.remove"), ActionId.DAY_REMOVE, one.day.isoformat())
    return section(line, remove)
