"""A phase's own message: its objective while it runs, its gate when it is over, then a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.ids import ActionId
from bot.refs import GateRef
from bot.views.blocks import Block, Message, actions, button, context, message, section
from bot.views.dates import full_moment, moment
from bot.views.ladders import gate_ladder_line
from bot.views.markup import Markup, bold, escape, joined, mention, phrase, title
from bot.words.catalogue import say
from playbooks.calendars import Facts
from playbooks.definition import Phase
from playbooks.phases import (
    answer_of,
    deciders_of,
    gate_moves,
    gate_of,
    has_opened,
    is_asked,
    is_over,
    round_of,
    steps_of,
)
from playbooks.records import GateMove
from playbooks.run import Run, RunStatus, StepStatus
from playbooks.turns import UNDO_WITHIN

_AT_ONCE = 5  # deciders mentioned


@dataclass(frozen=True, slots=True)
class Staged:
    """A phase of a run, and what its message needs to be drawn."""

    run: Run
    phase: Phase
    facts: Facts
    language: str
    direct: bool = False  # to one person, with the run's name
    quiet: bool = False  # before a client's eyes: no reasons, no buttons

    @property
    def name(self) -> Markup:
        """The phase's title."""
        return bold(self.phase.title.to(self.language), 120)

    @property
    def ref(self) -> str:
        """What its buttons act on."""
        return str(GateRef(self.run.id, self.phase.id, round_of(self.run, self.phase)))


def build_phase_message(staged: Staged, at: datetime) -> Message:
    """What a phase is for while it runs, who decides when it is over, what came of it."""
    run, phase = staged.run, staged.phase
    if is_asked(run, phase):
        return _request(staged)
    if run.pause and (has_opened(run, phase) or gate_of(run, phase) in {"open", "held"}):
        return _line(staged, "phase.paused")
    if is_over(run, phase):
        return _outcome(staged, at)
    if run.status is RunStatus.ACTIVE and has_opened(run, phase):
        return _under_way(staged)
    return _line(staged, "phase.waiting" if run.status is RunStatus.ACTIVE else "phase.ended")


def build_gate_copy(staged: Staged, number: int, at: datetime) -> Message:
    """The copy of somebody who was asked, the time with that number."""
    stale = number != round_of(staged.run, staged.phase)
    if stale or gate_of(staged.run, staged.phase) in {"shut", "none"}:
        return _line(staged, "phase.lapsed")
    return build_phase_message(staged, at)


def place_of(run: Run, phase: Phase, language: str, key: str) -> Markup:
    """Which of the phases it is, by a key that takes `n` and `of`."""
    phases = run.playbook.phases
    return phrase(language, key, n=phases.index(phase) + 1, of=len(phases))


def objective_of(phase: Phase, language: str, limit: int = 300) -> Markup | None:
    """What a phase is for."""
    words = phase.objective.to(language) if phase.objective else ""
    return phrase(language, "phase.objective", objective=title(words, limit)) if words else None


def _line(staged: Staged, key: str) -> Message:
    where = bold(staged.run.name) if staged.direct else None
    line = joined(" · ", [phrase(staged.language, key, title=staged.name), where])
    return message(line, [section(line)])


def _under_way(staged: Staged) -> Message:
    run, language = staged.run, staged.language
    steps = steps_of(run, staged.phase)
    head = joined(" · ", [place_of(run, staged.phase, language, "phase.head"), staged.name])
    last = max((step.due_at for step in steps if step.due_at), default=None)
    until = full_moment(last, language, run.zone) if last else None
    extent = joined(" · ", [
        phrase(language, "phase.steps", n=len({step.id for step in steps})),
        phrase(language, "phase.until", moment=until) if until else None,
    ])  # fmt: skip
    lines = joined("\n", [head, objective_of(staged.phase, language), extent])
    return message(lines, [section(lines)])


def _request(staged: Staged) -> Message:
    run, phase, language = staged.run, staged.phase, staged.language
    head = joined(" · ", [
        place_of(run, phase, language, "phase.asked"), staged.name,
        deciders_line(deciders_of(run, phase), language),
    ])  # fmt: skip
    closed = _closed_line(staged)
    where = joined(" · ", [bold(run.name) if staged.direct else None, closed])
    lines = joined("\n", [head, where, objective_of(phase, language)])
    if staged.quiet or phase.gate is None:
        return message(lines, [section(lines)])
    ask = bold(phase.gate.ask.to(language), 600)
    held = _held_line(staged)
    ladder = gate_ladder_line(run, phase, staged.facts, language)
    blocks = [
        section(lines), section(ask), section(held) if held else None, context(ladder),
        actions(gate_buttons(staged.ref, language)),
    ]  # fmt: skip
    return message(joined("\n", [lines, ask, held, ladder]), blocks)


def deciders_line(people: Sequence[str], language: str) -> Markup:
    """Who answers at a gate, any of them."""
    return joined(say(language, "approval.or"), [mention(person) for person in people[:_AT_ONCE]])


def gate_buttons(ref: str, language: str) -> list[Block]:
    """Yes or not yet."""
    yes, no = say(language, "button.pass"), say(language, "button.not_yet")
    return [
        button(yes, ActionId.PHASE_GO, ref, primary=True),
        button(no, ActionId.PHASE_HOLD, ref),
    ]


def _closed_line(staged: Staged) -> Markup:
    steps = steps_of(staged.run, staged.phase)
    skipped = sum(step.status is StepStatus.SKIPPED for step in steps)
    return joined(say(staged.language, "clause"), [
        phrase(staged.language, "phase.closed", n=len({step.id for step in steps})),
        phrase(staged.language, "run.skipped", n=skipped) if skipped else None,
    ])  # fmt: skip


def _held_line(staged: Staged) -> Markup | None:
    """The last "not yet" since the gate was asked, until it is passed by whoever said it."""
    moves = gate_moves(staged.run, staged.phase)
    asked = max((n for n, move in enumerate(moves) if move.kind == "asked"), default=0)
    held = [move for move in moves[asked:] if move.kind == "held"]
    return _said(staged, "phase.held", held[-1]) if held else None


def _said(staged: Staged, key: str, move: GateMove) -> Markup:
    return phrase(
        staged.language, key,
        by=mention(move.by), moment=moment(move.at, staged.language, staged.run.zone),
        reason=escape(move.reason, 1000),
    )  # fmt: skip


def _outcome(staged: Staged, at: datetime) -> Message:
    """A line with the gate's answer, which may be undone for a few minutes."""
    run, language = staged.run, staged.language
    last = answer_of(run, staged.phase) if gate_of(run, staged.phase) == "passed" else None
    line = joined(" · ", [
        phrase(language, "phase.over", title=staged.name, closed=_closed_line(staged)),
        bold(run.name) if staged.direct else None,
        _said(staged, "phase.passed", last) if last else None,
    ])  # fmt: skip
    if last and last.kind == "overridden" and not staged.quiet:
        against = _said(staged, "phase.overridden", last)
        line = joined("\n", [line, _held_line(staged), against])
    fresh = last is not None and at - last.at <= UNDO_WITHIN and run.status is RunStatus.ACTIVE
    undo = button(say(language, "button.undo"), ActionId.PHASE_UNDO, staged.ref)
    return message(line, [section(line, undo if fresh and not staged.quiet else None)])
