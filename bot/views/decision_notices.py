"""What is said once about a decision: in the step's thread, or to one person."""

from bot.ids import ActionId, DecisionRef, StepRef
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
from bot.views.markup import Markup, bold, escape, joined, mention, phrase, title
from bot.views.questions import answer_lines
from bot.views.states import title_of
from bot.words.catalogue import say
from playbooks.answers import closed_gates, latest
from playbooks.events import Event
from playbooks.gates import may_override
from playbooks.patience import open_question
from playbooks.questions import Question
from playbooks.records import Move, Override
from playbooks.run import Run, Step


def build_decided_message(run: Run, step: Step, move: Move, language: str) -> Message | None:
    """What a move means for somebody; nothing where the request itself tells it."""
    if move.kind == "changes":
        return _changes(run, step, move, language)
    if move.kind not in {"reject", "ask", "answer", "delegate"}:
        return None
    line = phrase(
        language, f"decided.{move.kind}",
        title=title_of(run, step, language), n=move.version, by=mention(move.by),
        owner=mention(step.owner), lead=mention(run.lead), to=mention(move.to),
        text=escape(move.text, 1500),
    )  # fmt: skip
    asked = _ref(run, step, move.version, move.level)
    answer = button(say(language, "button.answer"), ActionId.APPROVAL_ANSWER, asked)
    return text_message(line, *([answer] if move.kind == "ask" else []))


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
    key = "pressed.question" if question else f"pressed.{rung}"
    line = phrase(
        language, key,
        to=mention(to), title=title_of(run, step, language), n=event.facts["version"],
        by=mention(step.versions[-1].by),
    )  # fmt: skip
    ref = _ref(run, step, event.facts["version"], level.level)
    return message(
        line, [section(line), _pressed_buttons(rung, ref, bool(question), step, run, language)]
    )


def _pressed_buttons(
    rung: str, ref: str, asked: bool, step: Step, run: Run, language: str
) -> Block:
    if asked:
        return actions([button(say(language, "button.answer"), ActionId.APPROVAL_ANSWER, ref)])
    if rung == "lapse":
        again = str(StepRef(run.id, step.key))
        return actions([button(say(language, "button.submit_again"), ActionId.STEP_DONE, again)])
    hand_over = button(say(language, "button.delegate"), ActionId.APPROVAL_DELEGATE, ref)
    if rung == "escalate":
        return actions([hand_over])
    return actions([
        button(say(language, "button.approve"), ActionId.APPROVAL_APPROVE, ref, primary=True),
        button(say(language, "button.request_changes"), ActionId.APPROVAL_CHANGES, ref),
        hand_over,
    ])  # fmt: skip


def build_gate_message(run: Run, step: Step, language: str) -> Message:
    """An answer keeps the step open: how to open it, and who else may."""
    gates = closed_gates(run, step)
    lines = [
        phrase(
            language, "gate.closed", owner=mention(step.owner), title=title_of(run, step, language)
        )
    ]
    buttons = []
    for gate in gates:
        answer = say(language, f"gate.answer_{_opening(gate)}")
        ask = title(gate.ask.to(language), 300)
        lines.append(phrase(language, "gate.opens", ask=ask, answer=answer))
        quote = latest(step)[gate.id].quote
        lines += [phrase(language, "gate.reason", reason=escape(quote, 600))] if quote else []
        if people := may_override(run, step, gate):
            lines.append(phrase(language, "gate.override", person=mention(people[0])))
            value = f"{StepRef(run.id, step.key)} {gate.id}"
            buttons.append(button(say(language, "button.override"), ActionId.GATE_OVERRIDE, value))
    return message(
        joined("\n", lines), [*sections(lines), actions(buttons[:5]) if buttons else None]
    )


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


def build_answers_message(run: Run, step: Step, language: str) -> Message | None:
    """What was answered when the step was handed in; nothing where nothing was asked."""
    lines = list(answer_lines(run, step, language, 800))
    if not lines or not step.versions:
        return None
    n, by = step.versions[-1].number, step.versions[-1].by
    lines.insert(0, phrase(language, "answer.head", n=n, by=mention(by)))
    return message(joined("\n", lines), sections(lines))


def build_note_message(run: Run, step: Step, move: Move, language: str) -> Message:
    """To author and lead alone: what an approver says in confidence."""
    head = phrase(
        language, "decided.note", by=mention(move.by), title=title_of(run, step, language)
    )
    lines = [joined(" · ", [bold(run.name), head]), escape(move.note, 2500)]
    return message(joined("\n", lines), sections(lines))
