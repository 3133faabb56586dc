"""A calendar link: shown once, and how a phone or a computer takes it in."""

from datetime import datetime

from bot.ids import ActionId, ViewId
from bot.views.blocks import Block, actions, button, section
from bot.views.dates import full_moment
from bot.views.inputs import modal
from bot.views.markup import Markup, bold, joined, phrase
from bot.words.catalogue import say
from playbooks.people import Person
from playbooks.run import Run

_WAYS = ("iphone", "google", "outlook")


def build_new_feed_modal(url: str, run: Run | None, language: str) -> Block:
    """A link just made: the address, what it shows, how to use it."""
    ways = [phrase(language, f"feed.on_{way}") for way in _WAYS]
    blocks = [
        section(joined("\n", [*_about(run, language), phrase(language, "feed.once")])),
        section(Markup(f"```{url}```")),
        section(joined("\n", ways)),
        section(phrase(language, "feed.secret")),
        actions([_revoke(run, language)]),
    ]
    return _modal(blocks, language)


def build_known_feed_modal(made_at: datetime, run: Run | None, person: Person) -> Block:
    """There is a link already, which cannot be shown again."""
    language = person.language
    when = full_moment(made_at, language, person.zone)
    anew = button(say(language, "feed.anew"), ActionId.FEED_MAKE, f"anew/{_whose(run)}")
    blocks = [
        section(joined("\n", _about(run, language))),
        section(phrase(language, "feed.known", moment=when)),
        actions([anew, _revoke(run, language)]),
    ]
    return _modal(blocks, language)


def build_no_feed_modal(run: Run | None, language: str) -> Block:
    """The link works no more."""
    anew = button(say(language, "feed.anew"), ActionId.FEED_MAKE, f"anew/{_whose(run)}")
    blocks = [section(phrase(language, "feed.revoked")), actions([anew])]
    return _modal(blocks, language)


def _about(run: Run | None, language: str) -> list[Markup]:
    if run is None:
        return [phrase(language, "feed.shows_own")]
    return [bold(run.name), phrase(language, "feed.shows_run")]


def _revoke(run: Run | None, language: str) -> Block:
    return button(say(language, "feed.revoke"), ActionId.FEED_REVOKE, _whose(run))


def _whose(run: Run | None) -> str:
    return run.id if run else "me"


def _modal(blocks: list[Block], language: str) -> Block:
    return modal(ViewId.FEED_SHOW, language, say(language, "button.feed"), blocks)
