"""A rehearsal: what the bot would say to whom and when, by the code that says it in earnest."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from bot.refs import step_of_key
from bot.say import say
from bot.saying import Saying
from bot.views.dates import written_day
from bot.views.markup import plain_text
from bot.words.catalogue import say as words
from playbooks.calendars import CALENDARS, Facts, WorkCalendar, local_day
from playbooks.definition import Playbook
from playbooks.levels import waiting_for
from playbooks.nudges import Digest, DigestItem
from playbooks.provisional import provisional_years
from playbooks.rehearsal import rehearse
from playbooks.run import Change, Event, EventKind, Run, Step
from playbooks.start import StartForm, forecast

NOTHING: Mapping[str, str] = {}
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
    form = rehearsal_form(
        playbook, at=at, anchor_on=anchor_on, calendar=calendar, people=people, language=language
    )
    return rehearse_form(playbook, form, at=at, named=people, late=late, until=until)


def rehearsal_form(
    playbook: Playbook, *, at: datetime, anchor_on: date | None, calendar: str,
    people: Mapping[str, str], language: str, params: Mapping[str, str] = NOTHING,
) -> StartForm:  # fmt: skip
    """The start form of a rehearsal; roles nobody is named for are played by their own id."""
    start_on = local_day(at, CALENDARS[calendar])
    return StartForm(
        name=playbook.title.to(language), channel="C0", start_on=start_on, language=language,
        anchor_on=anchor_on or default_anchor(playbook, WorkCalendar(calendar), start_on, params),
        calendar=calendar, stand_in="stand-in", params=params,
        people={role: (people.get(role, role),) for role in playbook.roles},
    )  # fmt: skip


def rehearse_form(
    playbook: Playbook, form: StartForm, facts: Facts | None = None, *, at: datetime,
    named: Collection[str], late: Mapping[str, int], until: date | None = None,
) -> Rehearsed:  # fmt: skip
    """Play a run as a start form tells it; of the roles not `named` it is said that nobody is."""
    facts = facts or Facts(WorkCalendar(form.calendar))
    told = Rehearsed(CALENDARS[form.calendar])
    end = None if until is None else at + (until + timedelta(days=1) - form.start_on)
    seen: set[str] = set()
    run: Run | None = None
    for moment, change in rehearse(playbook, form, facts, at=at, until=end, late=late):
        run = change.run
        for number, event in enumerate(change.events):
            told.messages += _messages(event, len(seen) + number, change, moment, seen, facts)
    if run:
        told.steps = [_step_row(step, told.zone) for step in run.steps]
        told.warnings = list(_warnings(run, form, named, facts, told, at, form.language))
    return told


def default_anchor(
    playbook: Playbook, calendar: WorkCalendar, start_on: date,
    params: Mapping[str, str] = NOTHING,
) -> date | None:  # fmt: skip
    """A day far enough ahead that no step is late."""
    if playbook.anchor is None:
        return None
    rules = [rule for step in playbook.steps for rule in step.due_rules()]
    ahead = max((-rule.count for rule in rules if rule.base == "anchor"), default=0)
    ahead = ceil(ahead * max([1, *_scales(playbook, params)]))
    return calendar.shift(calendar.first_workday(start_on), ahead + SPARE)


def _scales(playbook: Playbook, params: Mapping[str, str]) -> Iterator[float]:
    """By how much the chosen values stretch what lies before the anchor."""
    for param in playbook.params:
        chosen = params.get(param.id, param.default)
        if param.scales_beyond is not None:
            yield from (c.scale for c in param.choices if c.id == chosen and c.scale)


def _messages(
    event: Event, number: int, change: Change, at: datetime, seen: set[str], facts: Facts
) -> Iterator[Told]:
    digests = _digests(event, change.run, facts)
    for saying in say(event, number, change.run, facts, outsiders=False, digests=digests):
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


def _digests(event: Event, run: Run, facts: Facts) -> Iterator[Digest]:
    """The digest that an event tells of."""
    if event.kind is not EventKind.DIGESTED:
        return
    told = event.facts
    steps = [(run.step(key), about) for _, key, about in told["items"]]
    items = tuple(DigestItem(run, step, about) for step, about in steps if step)
    on = date.fromisoformat(told["on"])
    yield Digest(facts.person(told["person"]), on, items, told["late"])


def _reader(saying: Saying, event: Event, run: Run) -> str:
    if saying.to:
        return saying.to
    if saying.key.split("/")[1] == EventKind.ESCALATED:
        return str(event.facts["to"])
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
    run: Run, form: StartForm, named: Collection[str], facts: Facts, told: Rehearsed,
    at: datetime, language: str,
) -> Iterator[Warned]:  # fmt: skip
    late = forecast(run.playbook, form, facts, by=run.lead, at=at).late
    if late:
        yield _warned("late", run.playbook.id, language, n=late)
    owning = dict.fromkeys(step.role for step in run.steps)
    for role in owning:
        if role not in named:
            title = run.playbook.roles[role].title.to(language)
            yield _warned("no_owner", role, language, role=title)
    for step in run.steps:
        due_on = local_day(step.due_at, told.zone) if step.due_at else None
        if due_on and not facts.calendar.is_workday(due_on):
            title = run.told(step).title.to(language)
            yield _warned(
                "day_off", step.key, language, title=title, day=written_day(due_on, language)
            )
    for year, count in provisional_years(run):
        yield _warned("provisional", str(year), language, n=count, year=str(year))
    days = Counter(message.at.date() for message in told.messages)
    if days:
        day, count = days.most_common(1)[0]
        yield _warned("busiest", day.isoformat(), language, day=written_day(day, language), n=count)


def _warned(kind: str, subject: str, language: str, **facts: Any) -> Warned:
    return Warned(kind, subject, words(language, f"rehearsal.{kind}", **facts))
