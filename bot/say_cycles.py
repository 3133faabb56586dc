"""What is said of the runs that start by themselves: those to come, and how this one began."""

from collections.abc import Iterator
from functools import partial

from bot.refs import OnceKey
from bot.saying import Saying, language_for, run_card
from bot.views.cycle_notices import (
    Cycle,
    build_cycle_message,
    build_skip_answered,
    build_skip_request,
    has_news,
)
from playbooks.calendars import Facts
from playbooks.run import Event, EventKind, Run

CYCLES = frozenset({
    EventKind.CYCLE_OPENED, EventKind.CYCLE_ASKED, EventKind.CYCLE_SKIPPED, EventKind.CYCLE_KEPT,
    EventKind.CYCLE_FAILED, EventKind.CYCLES_STOPPED, EventKind.CYCLES_RESUMED,
})  # fmt: skip
_TO_LEAD = {EventKind.CYCLE_FAILED}


def say_cycles(
    event: Event, number: int, run: Run, facts: Facts, *, outsiders: bool
) -> Iterator[Saying]:
    """The request to leave a cycle out to the head; all that is decided in the channel.

    With outsiders in the channel the lead alone reads it: it is no business of theirs.
    """
    if event.kind not in CYCLES:
        return
    if event.facts.get("head"):
        yield from _request(event, run, facts)
    if event.kind is EventKind.CYCLE_ASKED:
        return
    if event.kind is EventKind.CYCLE_OPENED:
        yield run_card(run, facts)
        if not has_news(event):
            return
    private = outsiders or event.kind in _TO_LEAD
    readers = [run.lead] if private else [""]
    if event.facts.get("open") and not private:
        readers.append(run.lead)  # who has to end the one that is open still
    for to in readers:
        cycle = Cycle(run, event, language_for(to, run, facts))
        yield Saying(
            key=str(OnceKey(run.id, event.kind, "-", number, to)), kind="notice",
            subject=run.playbook.id, to=to,
            draw=lambda at, cycle=cycle: build_cycle_message(cycle),  # type: ignore[misc]
        )  # fmt: skip


def _request(event: Event, run: Run, facts: Facts) -> Iterator[Saying]:
    """The head's own copy, and what came of it."""
    head = event.facts["head"]
    if head == event.facts.get("asked_by"):
        return
    cycle = Cycle(run, event, language_for(head, run, facts))
    is_asked = event.kind is EventKind.CYCLE_ASKED
    yield Saying(
        key=f"{run.id}/cycle/{event.facts['cycle']}/{head}", kind="notice",
        subject=run.playbook.id, living=True, create=is_asked, to=head,
        draw=partial(build_skip_request, cycle) if is_asked
        else lambda at: build_skip_answered(cycle),
    )  # fmt: skip
