"""What a leave makes the bot say, to each person alone: pure, drawn from what is true now."""

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.saying import Saying
from bot.services.leave_news import LeaveNews
from bot.views.blocks import Message
from bot.views.leave import (
    Rows,
    build_answered_message,
    build_ask_message,
    build_begun_message,
    build_left_message,
    build_over_message,
    build_set_for_message,
)
from bot.views.leave_modals import role_lines
from playbooks.people import Person
from playbooks.run import Event, EventKind


def say_leave(event: Event, number: int, news: LeaveNews) -> Iterator[Saying]:
    """What should stand in direct messages after an event of a leave."""
    yield from _asks(news)
    yield from _set_for(news)
    if event.kind is EventKind.LEAVE_ANSWERED:
        yield from _answered(event, number, news)
    if event.kind is EventKind.LEAVE_BEGUN:
        yield from _begun(event, number, news)
    if event.kind is EventKind.LEAVE_OVER:
        yield _once(event, number, news, news.leave.person, _over(news))
    if event.kind is EventKind.SOMEBODY_LEFT and event.facts["runs"]:
        yield _once(event, number, news, news.leave.deputy, _left(event, news))


def _reader(news: LeaveNews, id_: str) -> Person:
    return news.people.get(id_) or Person(id_, id_)


def _asks(news: LeaveNews) -> Iterator[Saying]:
    """The requests to stand in, the last of which can be answered."""
    leave = news.leave
    for number, deputy in enumerate(leave.asks, 1):
        is_last = number == len(leave.asks)
        language = _reader(news, deputy).language
        yield Saying(
            key=f"leave/{leave.id}/ask/{number}/{deputy}", kind="notice", subject="", living=True,
            draw=_drawn(build_ask_message(leave, language, is_last=is_last)),
            create=is_last and leave.is_held | (leave.state == "asked"), to=deputy,
        )  # fmt: skip


def _set_for(news: LeaveNews) -> Iterator[Saying]:
    """To somebody whom a lead has set away."""
    leave = news.leave
    if leave.set_by == leave.person or not leave.asks:
        return
    language = _reader(news, leave.person).language
    yield Saying(
        key=f"leave/{leave.id}/set/{leave.person}", kind="notice", subject="", living=True,
        draw=_drawn(build_set_for_message(leave, language)), create=leave.is_open,
        to=leave.person,
    )  # fmt: skip


def _answered(event: Event, number: int, news: LeaveNews) -> Iterator[Saying]:
    leave, state = news.leave, event.facts["state"]
    if state != leave.state:  # they have changed their mind since
        return
    readers = {leave.person, leave.set_by}
    if state == "declined":
        readers.update(news.leads)
    for reader in sorted(readers - {leave.deputy}):
        language = _reader(news, reader).language
        words = build_answered_message(leave, state, reader, language)
        yield _once(event, number, news, reader, _drawn(words))


def _begun(event: Event, number: int, news: LeaveNews) -> Iterator[Saying]:
    """To whoever has something of the person's: all of it, in one list."""
    to = event.facts["to"]
    steps, decisions = news.rerouted.get(to, ()), news.decided.get(to, ())
    reader = _reader(news, to)
    if steps or decisions:
        yield _once(
            event, number, news, to,
            lambda at: build_begun_message(news.leave, steps, decisions, reader, at),
        )  # fmt: skip


def _over(news: LeaveNews) -> Callable[[datetime], Message]:
    reader = _reader(news, news.leave.person)
    return lambda at: build_over_message(news.own, news.deciding, reader, at)


def _left(event: Event, news: LeaveNews) -> Callable[[datetime], Message]:
    reader = _reader(news, news.leave.deputy)
    steps: list[Rows] = []
    decisions: list[Rows] = []
    roles = []
    for id_, told in event.facts["runs"].items():
        run = news.runs.get(id_)
        if run is None:
            continue
        steps.append([(run, s) for key in told["steps"] if (s := run.step(key))])
        decisions.append([(run, s) for key, _ in told["decisions"] if (s := run.step(key))])
        roles += role_lines(run, told["roles"], reader.language)
    return lambda at: build_left_message(
        news.leave, [row for rows in steps for row in rows],
        [row for rows in decisions for row in rows], roles, reader, at,
    )  # fmt: skip


def _once(
    event: Event, number: int, news: LeaveNews, to: str, draw: Callable[[datetime], Message]
) -> Saying:
    key = f"leave/{news.leave.id}/{event.kind}/{number}/{to}"
    return Saying(key=key, kind="notice", subject="", draw=draw, to=to)


def _drawn(message: Message) -> Callable[[datetime], Message]:
    return lambda _: message
