"""What starts again by itself: its lines in the list, its menu, and the form to leave one out."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.ids import ActionId, ViewId
from bot.refs import CycleRef, menu_value
from bot.views.blocks import Block, button, option, overflow, section
from bot.views.dates import full_moment, written
from bot.views.inputs import field, modal, text_input
from bot.views.markup import Markup, channel, joined, mention, phrase, title
from bot.words.catalogue import say
from playbooks.announced import is_provisional
from playbooks.calendars import local_day
from playbooks.openings import Every, Opening
from playbooks.run import Run
from playbooks.schedules import Schedule, head_of

Repeating = tuple[Schedule, Run]  # with its last run

_NAME = 60  # characters of a run's name in a line


def cycle_label(every: Every, period: date, language: str) -> str:
    """The name of a period in a run's language, such as October 2026."""
    month = say(language, "cycle.months").split()[period.month - 1]
    parts = {"quarter": (period.month + 2) // 3, "half-year": (period.month + 5) // 6}
    key = {"half-year": "half", "day": "week"}.get(every, every)
    return say(
        language, f"cycle.label_{key}",
        day=period.day, month=month, year=period.year, n=parts.get(every, 0),
    )  # fmt: skip


def label_of(schedule: Schedule, run: Run, language: str) -> str:
    """The name of a schedule's next cycle."""
    rule = run.playbook.schedule
    return cycle_label(rule.every if rule else "month", schedule.period, language)


def cycle_line(repeating: Repeating, language: str) -> Markup:
    """What repeats, where, and when next."""
    schedule, run = repeating
    facts = {"name": title(schedule.name, _NAME), "channel": channel(run.channel)}
    if schedule.state == "stopped":
        return phrase(language, "cycle.line_stopped", **facts)
    due = full_moment(schedule.next_at, language, run.zone)
    skip = schedule.skip
    return joined(" · ", [
        phrase(language, "cycle.line", **facts, moment=due),
        provisional(run.calendar, local_day(schedule.next_at, run.zone), language),
        phrase(language, "cycle.asked_line", head=mention(skip.head)) if skip else None,
    ])  # fmt: skip


def provisional(calendar: str, day: date, language: str) -> Markup | None:
    """That a day may move, because the holidays of its year are not known yet."""
    if not is_provisional(calendar, day.year):
        return None
    return phrase(language, "cycle.provisional", year=day.year)


def cycle_rows(repeating: Sequence[Repeating], reader: str, language: str) -> list[Block]:
    """A row each; whoever leads it has the menu."""
    return [
        section(
            cycle_line(each, language),
            _menu(each[0], language) if each[1].lead == reader else None,
        )
        for each in repeating
    ]


def _menu(schedule: Schedule, language: str) -> Block:
    ref = CycleRef(schedule.id, schedule.cycle)
    if schedule.state == "stopped":
        return button(say(language, "cycle.resume"), ActionId.CYCLE_RESUME, str(ref))
    acts = {ActionId.CYCLE_SKIP: "skip", ActionId.CYCLE_STOP: "stop"}
    options = [
        option(say(language, f"cycle.{word}"), menu_value(a, ref)) for a, word in acts.items()
    ]
    return overflow(ActionId.CYCLE_MENU, options)


def build_skip_cycle_modal(repeating: Repeating, language: str) -> Block:
    """Why the next one is left out, and who has to agree."""
    schedule, run = repeating
    head = head_of(run)
    needs = head not in {"", run.lead}
    about = phrase(
        language, "cycle.skip_about", name=title(schedule.name, _NAME),
        label=label_of(schedule, run, language),
        moment=full_moment(schedule.next_at, language, run.zone),
    )  # fmt: skip
    means = phrase(
        language, "cycle.skip_needs" if needs else "cycle.skip_alone", head=mention(head)
    )
    reason = field("reason", say(language, "form.reason"), text_input(long=True), required=True)
    return modal(
        ViewId.CYCLE_SKIP, language, say(language, "cycle.skip_title"),
        [section(joined("\n", [about, means])), reason],
        submit=say(language, "cycle.ask_submit" if needs else "cycle.skip_submit"),
        cycle=str(CycleRef(schedule.id, schedule.cycle)),
    )  # fmt: skip


def repeat_words(opening: Opening, calendar: str, zone: str, language: str) -> tuple[str, str]:
    """When a run that is about to be started would be followed by the next; a hint perhaps."""
    due = written(opening.at, language, zone)
    hint = provisional(calendar, opening.on, language) or ""
    return say(language, "form.repeat_on", moment=due), str(hint)


def next_line(next_at: datetime, run: Run, language: str) -> Markup:
    """When the one after that is."""
    when = full_moment(next_at, language, run.zone)
    said = phrase(language, "cycle.next", moment=when)
    return joined(" ", [said, provisional(run.calendar, local_day(next_at, run.zone), language)])
