"""What is said once about a whole run, in its channel."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from bot.refs import OnceKey
from bot.saying import Saying, language_for, run_card
from bot.views.blocks import Message
from bot.views.run_notices import (
    affected,
    build_moved_message,
    build_paused_message,
    build_reopened_run_message,
    build_resumed_message,
    build_short_notice,
)
from playbooks.calendars import Facts
from playbooks.run import Event, EventKind, Run

_NOTICES: Mapping[EventKind, Callable[..., Message]] = {
    EventKind.DATE_MOVED: build_moved_message,
    EventKind.RUN_PAUSED: build_paused_message,
    EventKind.RUN_RESUMED: build_resumed_message,
    EventKind.RUN_REOPENED: build_reopened_run_message,
}


def say_of_run(
    event: Event, number: int, run: Run, facts: Facts, *, outsiders: bool
) -> Iterator[Saying]:
    """The news of a run; before a client's eyes without reasons, which its owners get alone."""
    if event.kind is EventKind.RUN_STARTED and event.facts.get("hurried") and not outsiders:
        card = run_card(run, facts)
        yield _once(
            event, number, run, lambda _: build_short_notice(run, event, run.language), card
        )
    if event.kind not in _NOTICES:
        return
    build, language = _NOTICES[event.kind], run.language
    yield _once(event, number, run, lambda _: build(run, event, language, discreet=outsiders))
    if event.kind is EventKind.DATE_MOVED and outsiders:
        for person in affected(run, event):
            if person != event.by:
                yield _told_alone(event, number, run, person, language_for(person, run, facts))


def _told_alone(event: Event, number: int, run: Run, person: str, language: str) -> Saying:
    def draw(_: datetime) -> Message:
        return build_moved_message(run, event, language, discreet=False)

    return _once(event, number, run, draw, to=person)


def _once(
    event: Event, number: int, run: Run, draw: Callable[[datetime], Message],
    under: Saying | None = None, to: str = "",
) -> Saying:  # fmt: skip
    return Saying(
        key=str(OnceKey(run.id, event.kind, "-", number, to)), kind="notice",
        subject=run.playbook.id, draw=draw, under=under, to=to,
    )  # fmt: skip
