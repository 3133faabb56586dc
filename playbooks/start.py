"""Start a run: people, dates and the first steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from playbooks.answers import is_on
from playbooks.calendars import CALENDARS, Facts, in_reach, local_day, local_moment
from playbooks.clashes import undecidable
from playbooks.days import dawn_of
from playbooks.definition import Playbook, PlaybookStep
from playbooks.due_dates import END_OF_DAY, due_of, is_past
from playbooks.flow import advance
from playbooks.owners import own
from playbooks.params import filled_params, param_problem, valid_params
from playbooks.provisional import provisional_years
from playbooks.run import Change, Event, EventKind, Refused, Run, Step, StepStatus
from playbooks.texts import LANGUAGES

NAME_LIMIT = 120  # characters
Late = Literal["compress", "skip", "start"]


@dataclass(frozen=True, slots=True)
class StartForm:
    """What the starter filled in; values as text, people as Slack user ids."""

    name: str
    channel: str
    start_on: date
    anchor_on: date | None = None
    language: str = "en"
    calendar: str = "none"
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    outsiders: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)
    tier: str = ""
    stand_in: str = ""  # decides where somebody would decide twice, or about their own work
    late: Late = "compress"
    repeat: bool = False  # whether its playbook's schedule starts the next run by itself


def start_run(
    playbook: Playbook, form: StartForm, facts: Facts, *, run_id: str, workspace: str, version: str,
    by: str, at: datetime,
) -> Change:  # fmt: skip
    """Make the run with all its steps, and open the first ones.

    Raises Refused "start_invalid" whose fact `fields` maps each wrong field to a word's key.
    """
    wrong = check_start(playbook, form)
    if wrong:
        raise Refused("start_invalid", fields=wrong)
    run = Run(
        id=run_id, workspace=workspace, playbook=playbook, version=version, name=form.name.strip(),
        channel=form.channel, language=form.language, calendar=form.calendar,
        zone=CALENDARS[form.calendar] if form.calendar != "none" else facts.person(by).zone,
        start_on=form.start_on, anchor_on=form.anchor_on,
        lead=form.people[playbook.lead][0],
        people=cast(playbook, form.people),
        outsiders={role: name.strip() for role, name in form.outsiders.items() if name.strip()},
        params=filled_params(playbook, form.params), started_by=by, started_at=at,
        own_days=facts.calendar.own, stand_in=form.stand_in,
        tier=form.tier or next((tier.id for tier in playbook.tiers), ""),
    )  # fmt: skip
    steps = tuple(step for told in playbook.steps for step in _steps(run, told, facts))
    run = replace(run, steps=steps, redraw_at=dawn_of(replace(run, steps=steps), facts, after=at))
    run = _dated(run, facts, form.late, by=by, at=at)
    short = [step.key for step in run.steps if _is_short(step, facts, at)]
    told = {"name": run.name, "late": form.late, "hurried": short}
    started = Event(EventKind.RUN_STARTED, at, by, facts=told)
    opened = advance(run, facts, by=by, at=at)
    return Change(opened.run, (started, *opened.events))


def check_start(
    playbook: Playbook, form: StartForm, *, today: date | None = None
) -> dict[str, str]:
    """The wrong fields of the form, each with the key of the words that say why.

    `today` is the day where the starter is: who gives it enters no run afterwards.
    """
    name = form.name.strip()
    problems = {
        "name": "name_missing" if not name else "name_long" if len(name) > NAME_LIMIT else None,
        "channel": None if form.channel else "channel_missing",
        "start_on": _start_problem(form.start_on, today),
        "anchor_on": _anchor_problem(playbook, form),
        f"role.{playbook.lead}": None if form.people.get(playbook.lead) else "lead_missing",
        "calendar": None if form.calendar in CALENDARS else "calendar_unknown",
        "language": None if form.language in LANGUAGES else "language_unknown",
    }
    for param in playbook.params:
        value = form.params.get(param.id, "").strip()
        problems[f"param.{param.id}"] = param_problem(param, value)
    return {name: f"start.{problem}" for name, problem in problems.items() if problem}


def _start_problem(start_on: date, today: date | None) -> str | None:
    if not in_reach(start_on):
        return "date_far"
    return "date_past" if today and start_on < today else None


def _anchor_problem(playbook: Playbook, form: StartForm) -> str | None:
    if playbook.anchor is None:
        return None
    if form.anchor_on is None:
        return "anchor_missing"
    if not in_reach(form.anchor_on):
        return "date_far"
    return "anchor_before_start" if form.anchor_on < form.start_on else None


def _steps(run: Run, told: PlaybookStep, facts: Facts) -> list[Step]:
    """The occurrences of a playbook step that are known at the start."""
    if told.repeat is not None:
        return []
    role_owner = own(run, told.owner)
    rules = told.due_rules(run.tier)
    on = is_on(run, told.when, facts.lists) and (not told.tiers or run.tier in told.tiers)
    steps = []
    for number in range(1, len(rules) + 1):
        occurrence = number if len(rules) > 1 else 0
        key = f"{told.id}.{number}" if occurrence else told.id
        step = replace(role_owner, key=key, id=told.id, occurrence=occurrence)
        if not on:
            why = told.when.text if told.when else run.tier
            step = replace(step, status=StepStatus.OFF, closed_at=run.started_at, reason=why)
        steps.append(step)
    return steps


def cast(playbook: Playbook, people: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The people of the roles there are, those nobody plays left out."""
    return {role: ids for role, ids in people.items() if ids and role in playbook.roles}


def _dated(run: Run, facts: Facts, late: Late, *, by: str, at: datetime) -> Run:
    for step in run.steps:
        due_at, planned = due_of(run, step, facts)
        dated = replace(step, due_at=due_at, due_planned=planned)
        if not step.is_closed and is_past(due_at, at, facts.person(step.owner).zone):
            dated = hurried(run, dated, facts, late, by=by, at=at)
        run = run.with_step(dated)
    return run


def _is_short(step: Step, facts: Facts, at: datetime) -> bool:
    """Whether a step of a run just planned would already have been late."""
    late = not step.is_closed and is_past(step.due_at, at, facts.person(step.owner).zone)
    return late or step.compressed or step.status is StepStatus.SKIPPED


def hurried(run: Run, step: Step, facts: Facts, late: Late, *, by: str, at: datetime) -> Step:
    """A step that would already be late: due the next working day, or skipped."""
    if late == "start":
        return step
    if late == "skip":
        return replace(
            step, status=StepStatus.SKIPPED, closed_at=at, closed_by=by, reason="short_notice"
        )
    first = max(run.start_on, local_day(at, facts.person(step.owner).zone))
    day = facts.calendar.shift(facts.calendar.first_workday(first), 1)
    due_at = local_moment(day, END_OF_DAY, facts.person(step.owner).zone)
    return replace(step, due_at=due_at, due_planned=False, compressed=True)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the start form can say before the run is started."""

    late: int  # steps that would already be late
    first_due: datetime | None
    undecidable: tuple[str, ...] = ()  # ids of steps that would wait for a stand-in
    late_ids: tuple[str, ...] = ()  # of the steps that would already be late
    provisional: tuple[int, ...] = ()  # years counted through, their work days not announced


def forecast(
    playbook: Playbook, form: StartForm, facts: Facts, *, by: str, at: datetime
) -> Forecast:
    """How a run started so would stand; nothing is known while a date is missing."""
    filled = replace(
        form, name="-", channel="-", late="compress", params=valid_params(playbook, form.params),
        people={**form.people, playbook.lead: form.people.get(playbook.lead) or (by,)},
    )  # fmt: skip
    known = not check_start(playbook, filled)
    filled = filled if known else replace(filled, anchor_on=filled.start_on)
    if check_start(playbook, filled):
        return Forecast(0, None)
    run = start_run(
        playbook, filled, facts, run_id="-", workspace="-", version="-", by=by, at=at
    ).run
    if not known:
        return Forecast(0, None, undecidable(run))
    late = [step.id for step in run.steps if step.compressed]
    due = [step.due_at for step in run.steps if step.due_at and not step.is_closed]
    first = min((moment for moment in due if moment > at), default=None)
    years = tuple(year for year, _ in provisional_years(run))
    late_ids = tuple(dict.fromkeys(late))
    return Forecast(len(late), first, undecidable(run), late_ids, years)
