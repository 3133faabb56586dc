"""The forms that pause, resume and reopen a run."""

from datetime import datetime

from bot.ids import ViewId
from bot.views.blocks import Block, context, option, section
from bot.views.dates import moment, written_day
from bot.views.inputs import field, modal, radio_input, text_input
from bot.views.markup import Markup, bold, joined, mention, phrase, title
from bot.views.moving import date_name
from bot.views.named import named_steps
from bot.words.catalogue import say
from playbooks.calendars import Facts, local_day
from playbooks.pausing import lost_days, moved_steps, resumed_later
from playbooks.records import Pause
from playbooks.run import Run, RunStatus


def build_pause_modal(run: Run, language: str) -> Block:
    """What a pause means, and why it is made."""
    means = [phrase(language, "pause.means"), phrase(language, "pause.steps", n=_open(run))]
    return modal(
        ViewId.RUN_PAUSE, language, say(language, "pause.title"),
        [section(joined("\n", [bold(run.name), *means])), _reason(language)],
        submit=say(language, "pause.submit"), run=run.id,
    )  # fmt: skip


def build_reopen_modal(run: Run, language: str) -> Block:
    """What opening a run again means, and why it is done."""
    cancelled = run.status is RunStatus.CANCELLED
    means = phrase(language, "reopen.cancelled" if cancelled else "reopen.finished", n=_open(run))
    return modal(
        ViewId.RUN_REOPEN, language, say(language, "reopen.title"),
        [section(joined("\n", [bold(run.name), means])), _reason(language)],
        submit=say(language, "reopen.submit"), run=run.id,
    )  # fmt: skip


def _open(run: Run) -> int:
    return len({step.id for step in run.steps if not step.is_closed})


def _reason(language: str) -> Block:
    return field("reason", say(language, "form.reason"), text_input(long=True), required=True)


def build_resume_modal(run: Run, pause: Pause, facts: Facts, at: datetime, language: str) -> Block:
    """How long the run stood still, and whether its dates follow."""
    days = lost_days(run, facts, at)
    since = phrase(
        language, "resume.since", by=mention(pause.by), reason=title(pause.reason, 500),
        moment=moment(pause.at, language, run.zone),
    )  # fmt: skip
    lost = phrase(language, "resume.lost", n=days)
    blocks = [
        section(
            joined("\n", [bold(run.name), since, joined(" ", [lost, _past(run, at, language)])])
        ),
        *(_dates(run, facts, days, at, language) if days else ()),
    ]
    return modal(
        ViewId.RUN_RESUME, language, say(language, "resume.title"), blocks,
        submit=say(language, "resume.submit"), run=run.id,
    )  # fmt: skip


def _past(run: Run, at: datetime, language: str) -> Markup | None:
    due = [step.due_at for step in run.steps if step.due_at and not step.is_closed]
    past = sum(moment < at for moment in due)
    return phrase(language, "resume.past", n=past) if past else None


def _dates(run: Run, facts: Facts, days: int, at: datetime, language: str) -> list[Block | None]:
    """The choice, with what the later dates would mean for the day that stays."""
    options = [
        option(say(language, "resume.keep"), "keep"),
        option(say(language, "resume.shift", n=days), "shift"),
    ]
    choice = field(
        "dates", say(language, "resume.dates"), radio_input(options, "keep"), required=True
    )
    return [choice, context(_anchor(run, facts, at, language))]


def _anchor(run: Run, facts: Facts, at: datetime, language: str) -> Markup | None:
    day = run.anchor_on
    if day is None:
        return None
    known = {step.key: step.due_at for step in run.steps}
    beyond = []
    for step in moved_steps(run, resumed_later(run, facts, at)):
        was, zone = known[step.key], facts.person(step.owner).zone
        fitted = was and local_day(was, zone) <= day
        if fitted and step.due_at and local_day(step.due_at, zone) > day:
            beyond.append(step.key)
    stays = phrase(
        language, "resume.anchor", title=date_name(run, language), day=written_day(day, language)
    )
    steps = named_steps(run, beyond, language, 5)
    late = phrase(language, "resume.beyond", n=len(beyond), steps=steps) if beyond else None
    return joined(" ", [stays, late])
