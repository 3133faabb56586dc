"""A rehearsal: what the bot would say to whom and when, by the code that says it in earnest."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.ids import step_of_key
from bot.say import say
from bot.saying import Saying
from bot.views.markup import plain_text
from bot.words.catalogue import say as words
from playbooks.calendars import CALENDARS, Facts, WorkCalendar, local_day
from playbooks.definition import Playbook
from playbooks.levels import waiting_for
from playbooks.provisional import provisional_years
from playbooks.rehearsal import rehearse
from playbooks.run import Change, Event, Run, Step
from playbooks.start import StartForm, forecast

SPARE = 5  # working days between the start and the first step, where no anchor is named


@dataclass(frozen=True, slots=True)
class Told:
    """One message of the rehearsal."""

    at: datetime
    to: str
    kind: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Warned:
    """Something to look at before the run is started."""

    kind: str
    subject: str
    text: str


@dataclass
class Rehearsed:
    """Everything a rehearsal tells."""

    zone: str
    steps: list[dict[str, Any]] = field(default_factory=list)
    messages: list[Told] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The rehearsal as plain values, moments with their offset."""
        return {
            "steps": self.steps,
            "messages": [asdict(m) | {"at": m.at.isoformat()} for m in self.messages],
            "warnings": [asdict(warning) for warning in self.warnings],
        }


def rehearse_playbook(
    playbook: Playbook, *, at: datetime, anchor_on: date | None, calendar: str,
    people: Mapping[str, str], late: Mapping[str, int], until: date | None, language: str,
) -> Rehearsed:  # fmt: skip
    """Play a run from `at` on; roles nobody is named for are played by their own id."""
    facts = Facts(WorkCalendar(calendar))
    zone = CALENDARS[calendar]
    start_on = local_day(at, zone)
    form = StartForm(
        name=playbook.title.to(language), channel="C0", start_on=start_on, language=language,
        anchor_on=anchor_on or default_anchor(playbook, facts.calendar, start_on),
        calendar=calendar, stand_in="stand-in",
        people={role: (people.get(role, role),) for role in playbook.roles},
    )  # fmt: skip
    told = Rehearsed(zone)
    end = None if until is None else at + (until + timedelta(days=1) - start_on)
    seen: set[str] = set()
    run: Run | None = None
    for moment, change in rehearse(playbook, form, facts, at=at, until=end, late=late):
        run = change.run
        for number, event in enumerate(change.events):
            told.messages += _messages(event, len(seen) + number, change, moment, seen, facts)
    if run:
        told.steps = [_step_row(step, zone) for step in run.steps]
        told.warnings = list(_warnings(run, form, people, facts, told, at, language))
    return told


def default_anchor(playbook: Playbook, calendar: WorkCalendar, start_on: date) -> date | None:
    """A day far enough ahead that no step is late."""
    if playbook.anchor is None:
        return None
    rules = [rule for step in playbook.steps for rule in step.due_rules()]
    ahead = max((-rule.count for rule in rules if rule.base == "anchor"), default=0)
    return calendar.shift(calendar.first_workday(start_on), ahead + SPARE)


def _messages(
    event: Event, number: int, change: Change, at: datetime, seen: set[str], facts: Facts
) -> Iterator[Told]:
    for saying in say(event, number, change.run, facts, outsiders=False):
        if saying.key in seen or not saying.create:
            continue
        seen.add(saying.key)
        text = plain_text(saying.draw(at).text)
        to = _reader(saying, event, change.run)
        yield Told(
            at.astimezone(ZoneInfo(CALENDARS[facts.calendar.code])),
            to,
            saying.kind,
            saying.subject,
            text,
        )


def _reader(saying: Saying, event: Event, run: Run) -> str:
    if saying.to:
        return saying.to
    of_run = saying.kind == "run" or saying.key.split("/")[1].startswith("phase")
    step = None if of_run else run.step(step_of_key(saying.key))
    if step and saying.kind == "approval":
        return next(iter(waiting_for(run, step)), run.lead)
    return step.owner if step else run.lead


def _step_row(step: Step, zone: str) -> dict[str, Any]:
    def local(moment: datetime | None) -> str | None:
        return moment.astimezone(ZoneInfo(zone)).isoformat() if moment else None

    return {
        "id": step.key, "owner": step.owner, "active_at": local(step.active_at),
        "due_at": local(step.due_at),
    }  # fmt: skip


def _warnings(
    run: Run, form: StartForm, people: Mapping[str, str], facts: Facts, told: Rehearsed,
    at: datetime, language: str,
) -> Iterator[Warned]:  # fmt: skip
    late = forecast(run.playbook, form, facts, by=run.lead, at=at).late
    if late:
        yield _warned("late", run.playbook.id, language, n=late)
    owning = dict.fromkeys(step.role for step in run.steps)
    for role in owning:
        if role not in people:
            title = run.playbook.roles[role].title.to(language)
            yield _warned("no_owner", role, language, role=title)
    for step in run.steps:
        due_on = local_day(step.due_at, told.zone) if step.due_at else None
        if due_on and not facts.calendar.is_workday(due_on):
            title = run.told(step).title.to(language)
            yield _warned("day_off", step.key, language, title=title, day=due_on.isoformat())
    for year, count in provisional_years(run):
        yield _warned("provisional", str(year), language, n=count, year=str(year))
    days = Counter(message.at.date() for message in told.messages)
    if days:
        day, count = days.most_common(1)[0]
        yield _warned("busiest", day.isoformat(), language, day=day.isoformat(), n=count)


def _warned(kind: str, subject: str, language: str, **facts: Any) -> Warned:
    return Warned(kind, subject, words(language, f"rehearsal.{kind}", **facts))
