"""The App Home: a person's desk, page by page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.ids import ActionId
from bot.views.blocks import (
    Block,
    actions,
    button,
    context,
    divider,
    header,
    option,
    progress_bar,
    section,
    select,
)
from bot.views.dates import written_day
from bot.views.decisions import Decision, decision_row
from bot.views.desk_rows import gate_row, reading_row, signature_row
from bot.views.markup import Markup, bold, joined, phrase
from bot.views.menu import start_button
from bot.views.runs import about_run, tally_of
from bot.views.settings import settings_line
from bot.views.states import counts
from bot.views.work import Work, grouped, work_row
from bot.words.catalogue import say
from playbooks.people import Person
from playbooks.run import Run
from playbooks.texts import LANGUAGES
from playbooks.waiting import Waiting

ROOM = 60  # blocks of a page, its head and foot apart: Slack takes 100, a thumb fewer


@dataclass(frozen=True, slots=True)
class HomeDesk:
    """All that a person has to do, and their runs."""

    work: Sequence[Work] = ()
    decisions: Sequence[Decision] = ()
    waiting: Waiting = Waiting()  # noqa: RUF009 - frozen
    runs: Sequence[Run] = ()

    @property
    def is_free(self) -> bool:
        """Whether nothing waits for them."""
        return not (self.work or self.decisions or self.waiting)


def build_home_view(person: Person, desk: HomeDesk, at: datetime, *, page: int = 1) -> Block:
    """Greeting, what waits, work by day, runs, and what they have set; a page of it."""
    pages = _pages(list(_rows(person, desk, at)))
    page = min(max(page, 1), len(pages))
    blocks = [
        header(_greeting(person, at)),
        actions([_turn(page - 1, "button.back", person.language)]) if page > 1 else None,
        _nothing(person, desk) if desk.is_free else None,
        *pages[page - 1],
        _foot(page, len(pages), person.language) if len(pages) > 1 else None,
        divider() if pages[0] else None,
        *_settings(person),
    ]
    shown = [block for block in blocks if block]
    return {"type": "home", "blocks": shown, "private_metadata": f'{{"page": "{page}"}}'}


def _pages(rows: Sequence[tuple[str, list[Block]]]) -> list[list[Block]]:
    """Rows with their headings in pages; a heading stands again where its rows go on."""
    pages: list[list[Block]] = [[]]
    above = ""
    for head, blocks in rows:
        titled = [section(bold(head)), *blocks]
        needed = blocks if head == above else titled
        if len(pages[-1]) + len(needed) > ROOM:
            pages.append([])
            needed = titled
        pages[-1] += needed
        above = head
    return pages


def _rows(person: Person, desk: HomeDesk, at: datetime) -> Iterator[tuple[str, list[Block]]]:
    language = person.language
    for decision in desk.decisions:
        yield say(language, "decisions.head"), decision_row(decision, person)
    for run, phase in desk.waiting.gates:
        yield say(language, "decisions.head"), gate_row(run, phase, language)
    for run, step, document, role in desk.waiting.signatures:
        yield say(language, "home.to_sign"), signature_row(run, step, document, role, language)
    for run, step, move in desk.waiting.readings:
        yield say(language, "home.to_read"), reading_row(run, step, move, language)
    for name, rows in grouped(desk.work, person, at).items():
        for row in rows:
            yield say(language, f"home.{name}"), [work_row(row, person, at)]
    for run in desk.runs:
        yield say(language, "home.runs"), [_run_row(run, language, at)]


def _greeting(person: Person, at: datetime) -> str:
    local = at.astimezone(ZoneInfo(person.zone))
    part = (
        "morning" if 4 <= local.hour < 12 else "afternoon" if 12 <= local.hour < 18 else "evening"
    )
    day = written_day(local.date(), person.language)
    return say(person.language, f"home.{part}", name=person.name[:60], day=day)


def _turn(page: int, key: str, language: str) -> Block:
    return button(say(language, key), ActionId.HOME_PAGE, str(page))


def _foot(page: int, last: int, language: str) -> Block:
    where = phrase(language, "form.page", page=page, pages=last)
    return section(where, _turn(page + 1, "button.next", language) if page < last else None)


def _run_row(run: Run, language: str, at: datetime) -> Block:
    tally = counts(run, at)
    bar = f"{progress_bar(tally.closed, tally.total)} {tally_of(run, at, language)}"
    lines = [bold(run.name), about_run(run, at, language), Markup(bar)]
    steps = button(say(language, "button.steps"), ActionId.RUN_STEPS, run.id)
    return section(joined("\n", lines), steps)


def _nothing(person: Person, desk: HomeDesk) -> Block:
    return section(phrase(person.language, "home.no_work" if desk.runs else "home.empty"))


def _settings(person: Person) -> list[Block | None]:
    language = person.language
    options = [option(say(language, f"language.{code}"), code) for code in LANGUAGES]
    languages = select(ActionId.HOME_LANGUAGE, options, language, say(language, "form.language"))
    buttons = [
        start_button(language, primary=True),
        button(say(language, "button.settings"), ActionId.HOME_SETTINGS, "settings"),
        button(say(language, "button.feed"), ActionId.FEED_MAKE, "show/me"),
        languages,
    ]
    return [actions(buttons), context(settings_line(person))]
