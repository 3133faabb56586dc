"""What somebody sets for themselves: language, working days and hours, and the digest."""

from bot.ids import ActionId, ViewId
from bot.views.blocks import Block, actions, button, option, select
from bot.views.inputs import field, modal, radio_input, time_input
from bot.views.markup import Markup, joined, phrase
from bot.words.catalogue import say
from playbooks.calendars import CALENDARS
from playbooks.people import Person
from playbooks.texts import LANGUAGES

RUNS = "run"  # the choice of whoever keeps the days of each run
_DIGEST = ("many", "daily")


def build_settings_modal(person: Person, *, leads: bool) -> Block:
    """The form; leads get at the days of the company too."""
    language = person.language
    return modal(
        ViewId.SETTINGS_EDIT, language, say(language, "button.settings"),
        [*_fields(person), actions(_more(language, leads=leads))],
        submit=say(language, "settings.submit"),
    )  # fmt: skip


def _fields(person: Person) -> list[Block]:
    language = person.language
    languages = [option(say(language, f"language.{code}"), code) for code in LANGUAGES]
    calendars = [option(say(language, "settings.of_run"), RUNS)]
    calendars += [option(say(language, f"calendar.{code}"), code) for code in CALENDARS]
    chosen = {
        "language": select(ActionId.FIELD, languages, language),
        "calendar": select(ActionId.FIELD, calendars, person.calendar or RUNS),
        "from_hour": time_input(f"{person.from_hour:%H:%M}"),
        "to_hour": time_input(f"{person.to_hour:%H:%M}"),
        "digest_at": time_input(f"{person.digest_at:%H:%M}"),
        "digest": _digest(person),
    }
    hints = {"calendar": "settings.calendar_hint", "digest_at": "settings.digest_at_hint"}
    return [
        field(
            name, say(language, f"settings.{name}"), element, required=True,
            hint=say(language, hints[name]) if name in hints else None,
        )
        for name, element in chosen.items()
    ]  # fmt: skip


def _digest(person: Person) -> Block:
    words = {way: say(person.language, f"settings.digest_{way}") for way in _DIGEST}
    options = [option(words[way], way) for way in _DIGEST]
    return radio_input(options, "daily" if person.digest_daily else "many")


def _more(language: str, *, leads: bool) -> list[Block]:
    shown = [button(say(language, "button.feed"), ActionId.FEED_MAKE, "show/me")]
    if leads:
        shown.append(button(say(language, "button.days"), ActionId.DAYS_OPEN, "days"))
    return shown


def settings_line(person: Person) -> Markup:
    """What somebody has set, in words."""
    language = person.language
    days = "home.days_run" if not person.calendar else "home.days_own"
    country = say(language, f"calendar.{person.calendar}") if person.calendar else ""
    return joined(" · ", [
        phrase(language, days, country=country),
        phrase(language, "home.hours", start=clock(person.from_hour), end=clock(person.to_hour)),
        phrase(language, "home.digest", time=clock(person.digest_at)),
    ])  # fmt: skip


def clock(at: object) -> str:
    """A time of day without a leading zero, such as 9:00."""
    return f"{at:%H:%M}".removeprefix("0")
