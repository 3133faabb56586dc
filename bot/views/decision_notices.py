"""What is said once about a decision: in the step's thread, or to one person."""

from bot.ids import ActionId
from bot.refs import DecisionRef, StepRef
from bot.views.blocks import (
    Block,
    Message,
    actions,
    button,
    message,
    section,
    sections,
    text_message,
)
from bot.views.first_buttons import first_buttons
from bot.views.markup import Markup, bold, escape, joined, mention, phrase, title
from bot.views.questions import answer_lines
from bot.views.states import title_of
from bot.words.catalogue import say
from playbooks.answers import closed_gates, latest
from playbooks.events import Event
from playbooks.gates import may_override
from playbooks.levels import deciders
from playbooks.parts import authors
from playbooks.patience import open_question, waits_for_answer
from playbooks.questions import Question
from playbooks.records import Move, Override, Version
from playbooks.run import Run, Step

GATES = 10  # told in one message
ANSWERS = 10_000  # characters of a message, beyond which Slack refuses it


def build_decided_message(run: Run, step: Step, move: Move, language: str) -> Message | None:
    """What a move means for somebody; nothing where the request itself tells it."""
    if move.kind == "changes":
        return _changes(run, step, move, language)
    if move.kind not in {"reject", "answer", "delegate"}:
        return None
    if move.why:
        return _stands_in(run, step, move, language)
    line = phrase(
        language, f"decided.{move.kind}",
        title=title_of(run, step, language), n=move.version, by=mention(move.by),
        owner=mention(step.owner), lead=mention(run.lead), to=mention(move.to),
        text=escape(move.text, 1500),
    )  # fmt: skip
    return text_message(line)


def build_question_message(run: Run, step: Step, move: Move, language: str) -> Message:
    """An approver's question, with a button while it waits for its answer."""
    is_open = waits_for_answer(run, step, move)
    line = phrase(
        language, "decided.ask" if is_open else "decided.asked",
        title=title_of(run, step, language), by=mention(move.by), to=mention(move.to),
        text=escape(move.text, 1500),
    )  # fmt: skip
    asked = _ref(run, step, move.version, move.level)
    answer = button(say(language, "button.answer"), ActionId.APPROVAL_ANSWER, asked)
    return text_message(line, *([answer] if is_open else []))


def _stands_in(run: Run, step: Step, move: Move, language: str) -> Message | None:
    """That another than the deputy decides, as they cannot; the request itself tells the rest."""
    if not move.people:
        return None
    return text_message(phrase(
        language, "decided.delegate_leave",
        lead=mention(run.lead), to=mention(move.to), title=title_of(run, step, language),
        n=move.version, of=mention(move.of), deputy=mention(move.people[0]),
    ))  # fmt: skip


def _ref(run: Run, step: Step, version: int, level: str) -> str:
    return str(DecisionRef(run.id, step.key, version, level))


def _changes(run: Run, step: Step, move: Move, language: str) -> Message:
    other = run.step(move.opens) if move.opens else None
    key = "decided.changes_elsewhere" if other else "decided.changes"
    head = phrase(
        language, key,
        owner=mention(step.owner), by=mention(move.by), title=title_of(run, step, language),
        n=len(move.items), other=title_of(run, other, language) if other else "",
    )  # fmt: skip
    items = [Markup(f"{n}. {escape(item, 500)}") for n, item in enumerate(move.items, 1)]
    done = button(
        say(language, "button.submit_again"), ActionId.STEP_DONE, str(StepRef(run.id, step.key)),
        primary=True,
    )  # fmt: skip
    lines = [head, *items]
    return message(joined("\n", lines), [*sections(lines), None if other else actions([done])])


def build_undone_message(run: Run, step: Step, event: Event, language: str) -> Message:
    """Somebody has taken a decision back."""
    name = title_of(run, step, language)
    by, n = mention(event.by), event.facts["version"]
    return text_message(phrase(language, "decided.undone", by=by, title=name, n=n))


def build_pressed_message(run: Run, step: Step, event: Event, language: str) -> Message:
    """Nobody has answered: who is reminded, asked as well, or told."""
    rung, to = event.facts["rung"], event.facts["to"]
    level = next(o for o in run.told(step).approvals if o.level == event.facts["level"])
    question = open_question(step, level) if rung == "remind" else None
    whose = deciders(run, step, level)
    own = rung == "escalate" and to in authors(step)
    key = "pressed.question" if question else "pressed.escalate_own" if own else f"pressed.{rung}"
    called = whose if rung == "remind" and to in whose else (to,)
    line = phrase(
        language, key,
        to=joined(" ", [mention(person) for person in called]),
        title=title_of(run, step, language), n=event.facts["version"],
        by=mention(step.versions[-1].by), person=mention(next(iter(whose), run.lead)),
    )  # fmt: skip
    ref = _ref(run, step, event.facts["version"], level.level)
    buttons = _pressed_buttons(rung, level.level, ref, bool(question), step, run, language)
    return message(line, [section(line), None if own else buttons])


def _pressed_buttons(
    rung: str, level: str, ref: str, asked: bool, step: Step, run: Run, language: str
) -> Block:
    if asked:
        return actions([button(say(language, "button.answer"), ActionId.APPROVAL_ANSWER, ref)])
    if rung == "lapse":
        again = str(StepRef(run.id, step.key))
        return actions([button(say(language, "button.submit_again"), ActionId.STEP_DONE, again)])
    hand_over = button(say(language, "button.delegate"), ActionId.APPROVAL_DELEGATE, ref)
    if rung in {"escalate", "away"}:
        return actions([hand_over])
    return actions([*first_buttons(level, ref, language), hand_over])


def build_gate_message(run: Run, step: Step, language: str) -> Message:
    """An answer keeps the step open: how to open it, and who else may."""
    owner, name = mention(step.owner), title_of(run, step, language)
    head = phrase(language, "gate.closed", owner=owner, title=name)
    gates = closed_gates(run, step)[:GATES]
    told = [_gate_lines(run, step, gate, language) for gate in gates]
    # Each beside its own text: Slack takes no two buttons of one id in a row.
    blocks = [
        section(lines, _override_button(run, step, gate, language))
        for gate, lines in zip(gates, told, strict=True)
    ]
    return message(joined("\n", [head, *told]), [section(head), *blocks])


def _gate_lines(run: Run, step: Step, gate: Question, language: str) -> Markup:
    answer = say(language, f"gate.answer_{_opening(gate)}")
    ask, quote = title(gate.ask.to(language), 300), latest(step)[gate.id].quote
    people = may_override(run, step, gate)
    return joined("\n", [
        phrase(language, "gate.opens", ask=ask, answer=answer),
        phrase(language, "gate.reason", reason=escape(quote, 600)) if quote else None,
        phrase(language, "gate.override", person=mention(people[0])) if people else None,
    ])  # fmt: skip


def _override_button(run: Run, step: Step, gate: Question, language: str) -> Block | None:
    if not may_override(run, step, gate):
        return None
    value = f"{StepRef(run.id, step.key)} {gate.id}"
    return button(say(language, "button.override"), ActionId.GATE_OVERRIDE, value)


def _opening(gate: Question) -> str:
    return "no" if gate.blocks_on == "yes" else "yes"


def build_overridden_message(run: Run, step: Step, override: Override, language: str) -> Message:
    """A closed gate was opened all the same."""
    gate = next(q for q in run.told(step).questions if q.id == override.question)
    return text_message(phrase(
        language, "gate.overridden",
        owner=mention(step.owner), by=mention(override.by), ask=title(gate.ask.to(language), 200),
        reason=escape(override.reason, 1000),
    ))  # fmt: skip


def build_answers_message(run: Run, step: Step, version: Version, language: str) -> Message | None:
    """What was answered when a version was handed in; nothing where nothing was asked."""
    asked = len(run.told(step).questions)
    each = max(60, min(800, ANSWERS // max(1, asked) - 160))  # beside the question itself
    lines = list(answer_lines(run, step, language, each, version.number))
    if not lines:
        return None
    head = phrase(language, "answer.head", n=version.number, by=mention(version.by))
    lines.insert(0, head)
    return message(joined("\n", lines), sections(lines))


def build_note_message(run: Run, step: Step, move: Move, language: str) -> Message:
    """To author and lead alone: what an approver says in confidence."""
    head = phrase(
        language, "decided.note", by=mention(move.by), title=title_of(run, step, language)
    )
    lines = [joined(" · ", [bold(run.name), head]), escape(move.note, 2500)]
    return message(joined("\n", lines), sections(lines))
