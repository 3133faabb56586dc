"""What is said about a leave: to the deputy, to the person, to the leads; each alone."""

from collections.abc import Sequence
from datetime import datetime

from bot.ids import ActionId
from bot.views.blocks import Message, actions, button, context, message, sections, text_message
from bot.views.dates import written_day
from bot.views.markup import Markup, bold, escape, joined, mention, phrase, title
from bot.views.states import title_of
from bot.views.work import by_urgency, work_line
from bot.words.catalogue import say
from playbooks.leave import Leave
from playbooks.people import Person
from playbooks.run import Run, Step

ROWS = 15  # lines of a list

Rows = Sequence[tuple[Run, Step]]


def days_of(leave: Leave, language: str) -> Markup:
    """The days of a leave, one or from–to."""
    first = written_day(leave.from_on, language)
    last = written_day(leave.until_on, language, since=leave.from_on)
    if leave.from_on == leave.until_on:
        return escape(first)
    return phrase(language, "away.days", first=first, last=last)


def build_ask_message(leave: Leave, language: str, *, is_last: bool) -> Message:
    """To the deputy: whether they stand in; once that is over, no buttons."""
    facts = {"person": mention(leave.person), "days": days_of(leave, language)}
    if not (leave.is_open and is_last):
        return text_message(phrase(language, "away.ask_over", **facts))
    cannot = button(say(language, "away.cannot"), ActionId.AWAY_DECLINE, leave.id)
    if leave.state == "declined":
        return text_message(phrase(language, "away.you_declined", **facts))
    if leave.state == "accepted":
        again = button(say(language, "away.cannot_after_all"), ActionId.AWAY_DECLINE, leave.id)
        return text_message(phrase(language, "away.you_accepted", **facts), again)
    ordered = leave.is_held
    key = "away.ask_ordered" if ordered else "away.ask"
    ask = phrase(language, key, **facts, by=mention(leave.set_by))
    note = phrase(language, "away.note", text=escape(leave.comment)) if leave.comment else None
    accept = button(say(language, "button.accept"), ActionId.AWAY_ACCEPT, leave.id, primary=True)
    return text_message(joined("\n", [ask, note]), accept, cannot)


def build_set_for_message(leave: Leave, language: str) -> Message:
    """To somebody whom a lead has set away: by whom, and how to be back."""
    facts = {
        "by": mention(leave.set_by), "days": days_of(leave, language),
        "deputy": mention(leave.deputy),
    }  # fmt: skip
    if not leave.is_open:
        return text_message(phrase(language, "away.set_for_over", **facts))
    back = button(say(language, "away.back"), ActionId.AWAY_BACK, leave.id)
    return text_message(phrase(language, "away.set_for_you", **facts), back)


def build_answered_message(leave: Leave, state: str, reader: str, language: str) -> Message:
    """To the person and who set it: the deputy's answer; who can name another has the button."""
    own = "own" if reader == leave.person else "other"
    line = phrase(
        language, f"away.{state}_{own}", deputy=mention(leave.deputy),
        person=mention(leave.person), days=days_of(leave, language),
    )  # fmt: skip
    may_change = state == "declined" and reader in {leave.person, leave.set_by}
    another = button(say(language, "away.name_another"), ActionId.AWAY_CHANGE, leave.id)
    return text_message(line, *([another] if may_change else []))


def build_begun_message(
    leave: Leave, steps: Rows, decisions: Rows, reader: Person, at: datetime
) -> Message:
    """To the deputy: all that came to them, in one list."""
    language = reader.language
    head = phrase(
        language, "away.begun", person=mention(leave.person), days=days_of(leave, language)
    )
    back = context(phrase(language, "away.goes_back"))
    return _list(head, _lines(steps, decisions, reader, at), language, back)


def build_over_message(steps: Rows, decisions: Rows, reader: Person, at: datetime) -> Message:
    """To the person who is back: what is theirs now, in one list."""
    language = reader.language
    lines = _lines(steps, decisions, reader, at)
    head = phrase(language, "away.over" if lines else "away.over_nothing")
    my = actions([button(say(language, "button.my"), ActionId.MENU_MY, "my")]) if lines else None
    return _list(head, lines, language, my)


def build_left_message(
    leave: Leave, steps: Rows, decisions: Rows, roles: Sequence[Markup], reader: Person,
    at: datetime,
) -> Message:  # fmt: skip
    """To the successor: all that is theirs from now on, in one list."""
    language = reader.language
    head = phrase(
        language, "away.left_to_you", person=mention(leave.person), by=mention(leave.set_by)
    )
    lines = [*roles, *_lines(steps, decisions, reader, at)]
    return _list(head, lines, language, None)


def _lines(steps: Rows, decisions: Rows, reader: Person, at: datetime) -> list[Markup]:
    rows = by_urgency([(run, step, None) for run, step in steps])
    return [
        *(decision_row(run, step, reader.language) for run, step in decisions),
        *(work_line(row, reader, at) for row in rows),
    ]


def decision_row(run: Run, step: Step, language: str) -> Markup:
    """A decision in a list."""
    name = bold(title_of(run, step, language, 100))
    line = phrase(language, "away.decision", title=name, run=title(run.name, 60))
    return Markup(f"🟡 {line}")


def _list(
    head: Markup, lines: Sequence[Markup], language: str, last: dict[str, object] | None
) -> Message:
    hidden = len(lines) - ROWS
    shown = [head, *lines[:ROWS]]
    if hidden > 0:
        shown.append(phrase(language, "more", n=hidden))
    return message(joined("\n", shown), [*sections(shown), last])


def build_away_message(leaves: Sequence[Leave], reader: Person) -> Message:
    """To somebody who is or will be away: when, who stands in, and how to change it."""
    language = reader.language
    lines = [
        phrase(
            language,
            f"away.now_{leave.state}",
            days=days_of(leave, language),
            deputy=mention(leave.deputy),
        )
        for leave in leaves
    ]
    buttons = [
        button(say(language, "away.change"), ActionId.AWAY_CHANGE, leaves[0].id),
        button(say(language, "away.back"), ActionId.AWAY_BACK, leaves[0].id),
        button(say(language, "away.leaver"), ActionId.AWAY_LEAVER, "me"),
    ]
    return text_message(joined("\n", lines), *buttons)


def build_back_message(leave: Leave, language: str) -> Message:
    """To who is back: that it is noted."""
    key = "away.noted_back" if leave.state == "ended" else "away.noted_cancelled"
    return text_message(phrase(language, key, days=days_of(leave, language)))


def build_asked_message(
    leave: Leave, stand_ins: Sequence[str], language: str
) -> Message:  # fmt: skip
    """To who has set a leave: what happens until the deputy has agreed."""
    facts = {"deputy": mention(leave.deputy), "days": days_of(leave, language)}
    if leave.is_held:
        key = "away.kept" if leave.state == "accepted" else "away.ordered"
        return text_message(phrase(language, key, **facts, person=mention(leave.person)))
    who = joined(say(language, "comma"), [mention(one) for one in stand_ins])
    until = phrase(language, "away.until_then", people=who) if who else None
    return text_message(joined(" ", [phrase(language, "away.asked", **facts), until]))
