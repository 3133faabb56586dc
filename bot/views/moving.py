"""The form that moves a run's date: all that would change is shown before it does."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.ids import ActionId, ViewId
from bot.views.blocks import Block, checkboxes, context, option, section, sections
from bot.views.dates import written_day
from bot.views.inputs import date_input, field, modal, radio_input, text_input
from bot.views.markup import Markup, bold, joined, mention, phrase, title
from bot.views.named import named_steps
from bot.views.states import title_of
from bot.words.catalogue import say
from playbooks.calendars import local_day
from playbooks.moving import Move, Shift, counts_from
from playbooks.run import Run

SHOWN = 30  # steps shown with their old and new date
LATE_WAYS = ("compress", "skip", "start")


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveDraft:
    """What the form shows: the day chosen so far, and what it would do."""

    run: Run
    seen: str  # tells whether the run has changed since the form was drawn
    language: str
    zone: str  # of the reader
    chosen: date | None = None
    late: str = "compress"
    also: bool = False
    reason: str = ""
    move: Move | None = None  # none while no other day is chosen
    wrong: str = ""  # why the chosen day cannot be
    stale: bool = False


def build_move_modal(draft: MoveDraft) -> Block:
    """The new day, what it changes, and why it is moved."""
    run, language = draft.run, draft.language
    name = "anchor_on" if run.playbook.anchor else "start_on"
    day = date_input((draft.chosen or counts_from(run)).isoformat())
    so_far = written_day(counts_from(run), language, since=run.start_on)
    head = phrase(language, "move.now", title=date_name(run, language), day=so_far)
    intro = "move.stale" if draft.stale else "move.means"
    blocks = [
        section(joined("\n", [bold(run.name), head, phrase(language, intro)])),
        field(name, say_name(run, language), day, required=True, redraws=True),
        context(Markup(f"⚠️ {draft.wrong}")) if draft.wrong else None,
        *(_preview(draft, draft.move) if draft.move else ()),
        field("reason", say(language, "form.reason"), text_input(draft.reason, long=True)),
    ]
    return modal(
        ViewId.RUN_MOVE_DATE, language, say(language, "move.title"), blocks,
        submit=say(language, "move.submit"), run=run.id, seen=draft.seen,
    )  # fmt: skip


def say_name(run: Run, language: str) -> str:
    """What the day is called, in a plain text."""
    anchor = run.playbook.anchor
    return anchor.title.to(language) if anchor else say(language, "move.start")


def date_name(run: Run, language: str) -> Markup:
    """What the day is called, safe."""
    return title(say_name(run, language), 80)


def _preview(draft: MoveDraft, move: Move) -> list[Block | None]:
    """What moves, what does not fit, and who outside has to be told."""
    run, language = draft.run, draft.language
    day = written_day(move.after, language, since=move.before)
    return [
        section(_count(move, language)),
        context(phrase(language, "move.day_off", day=day)) if move.is_day_off else None,
        *_late(draft, move),
        *_by_hand(draft, move),
        section(_promised(run, move, language)) if move.promised else None,
        *_lines(draft, move),
        context(_off(move, language)),
    ]


def _count(move: Move, language: str) -> Markup:
    if not move.shifts:
        return phrase(language, "move.none")
    count = bold(str(phrase(language, "move.count", n=len(move.shifts))))
    reminders = phrase(language, "move.reminders", n=move.reminders) if move.reminders else None
    return joined(" · ", [count, reminders])


def _lines(draft: MoveDraft, move: Move) -> list[Block]:
    """Old and new dates, under the phases of their steps."""
    left, blocks = SHOWN, list[Block]()
    for phase in draft.run.playbook.phases:
        ids = {told.id for told in phase.steps}
        here = [shift for shift in move.shifts if shift.step.id in ids][:left]
        left -= len(here)
        if here:
            lines = [_line(draft, move.run, shift) for shift in here]
            blocks += sections([bold(phase.title.to(draft.language)), *lines])
    hidden = len(move.shifts) - SHOWN
    more = context(phrase(draft.language, "more", n=hidden)) if hidden > 0 else None
    return [*blocks, *([more] if more else [])]


def _line(draft: MoveDraft, run: Run, shift: Shift) -> Markup:
    language = draft.language
    before, after = (_day(at, draft) for at in (shift.before, shift.after))
    if before == after:
        before, after = (_day(at, draft, clock=True) for at in (shift.before, shift.after))
    name = title_of(run, shift.step, language, 80)
    return phrase(language, "move.line", title=name, before=before, after=after)


def _day(at: datetime | None, draft: MoveDraft, *, clock: bool = False) -> str:
    if at is None:
        return "–"
    day = local_day(at, draft.zone)
    words = written_day(day, draft.language, since=draft.run.start_on)
    if not clock:
        return words
    time = f"{at.astimezone(ZoneInfo(draft.zone)):%H:%M}"
    return say(draft.language, "date.moment", day=words, time=time)


def _late(draft: MoveDraft, move: Move) -> list[Block | None]:
    if not move.late:
        return []
    language = draft.language
    steps = named_steps(draft.run, move.late, language)
    options = [option(say(language, f"form.late_{way}"), way) for way in LATE_WAYS]
    radio = radio_input(options, draft.late)
    return [
        section(phrase(language, "move.late", steps=steps)),
        field("late", say(language, "move.choice"), radio, required=True, redraws=True),
    ]


def _by_hand(draft: MoveDraft, move: Move) -> list[Block | None]:
    if not move.by_hand:
        return []
    language, key = draft.language, "move.by_hand_moves" if draft.also else "move.by_hand"
    steps = named_steps(draft.run, move.by_hand, language)
    yes = option(say(language, "move.also_yes"), "yes")
    box = checkboxes(ActionId.FIELD, [yes], ["yes"] if draft.also else [])
    return [
        section(phrase(language, key, steps=steps)),
        field("also", say(language, "move.also"), box, redraws=True),
    ]


def _off(move: Move, language: str) -> Markup | None:
    off = [shift.step.key for shift in move.shifts if shift.on_day_off]
    steps = named_steps(move.run, off, language)
    return phrase(language, "move.off", steps=steps) if off else None


def _promised(run: Run, move: Move, language: str) -> Markup:
    steps = [step for step in map(run.step, move.promised) if step]
    named = [
        phrase(
            language, "move.promise",
            title=title_of(run, step, language, 80), owner=mention(step.owner),
        )
        for step in steps[:SHOWN]
    ]  # fmt: skip
    return phrase(language, "move.promised", steps=joined(" · ", named))
