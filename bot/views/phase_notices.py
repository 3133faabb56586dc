"""What is said once about a gate, and its forms."""

from bot.ids import ActionId, ViewId
from bot.refs import GateRef
from bot.views.blocks import Block, Message, actions, button, message, section, text_message
from bot.views.inputs import field, modal, text_input
from bot.views.markup import Markup, bold, escape, joined, mention, phrase
from bot.views.phases import Staged, gate_buttons
from bot.words.catalogue import say
from playbooks.definition import Phase
from playbooks.events import Event
from playbooks.run import Run


def build_held_message(staged: Staged, event: Event, to: str) -> Message:
    """The lead hears that it does not go on yet, and why."""
    line = phrase(
        staged.language, "phase.held_notice",
        lead=mention(to), by=mention(event.by), title=staged.name,
        reason=escape(event.facts["reason"], 1500),
    )  # fmt: skip
    return text_message(_placed(staged, line))


def build_gate_pressed_message(staged: Staged, event: Event) -> Message:
    """Nobody has answered at a gate: who is reminded, or told."""
    run, phase, language = staged.run, staged.phase, staged.language
    rung, to = event.facts["rung"], event.facts["to"]
    ask = phase.gate.ask.to(language) if phase.gate else ""
    line = phrase(
        language, "phase.reminded" if rung == "remind" else "phase.escalated",
        to=mention(to), title=staged.name, ask=escape(ask, 600),
    )  # fmt: skip
    line = _placed(staged, line)
    return message(line, [section(line), actions(_buttons(staged, rung, to, run, language))])


def _buttons(staged: Staged, rung: str, to: str, run: Run, language: str) -> list[Block]:
    if rung == "remind":
        return gate_buttons(staged.ref, language)
    if to == run.lead:
        return [button(say(language, "button.roles"), ActionId.RUN_ROLES, run.id)]
    return [button(say(language, "button.steps"), ActionId.RUN_STEPS, run.id)]


def _placed(staged: Staged, line: Markup) -> Markup:
    return joined(" · ", [bold(staged.run.name) if staged.direct else None, line])


def build_hold_modal(run: Run, phase: Phase, ref: GateRef, language: str) -> Block:
    """Why it does not go on yet."""
    return _form(run, phase, ref, language, ViewId.PHASE_HOLD, "form.hold_hint")


def build_overrule_modal(run: Run, phase: Phase, ref: GateRef, language: str) -> Block:
    """Why it goes on against a "not yet"."""
    return _form(run, phase, ref, language, ViewId.PHASE_GO, "form.override_hint")


def _form(run: Run, phase: Phase, ref: GateRef, language: str, view: ViewId, hint: str) -> Block:
    verb = "button.not_yet" if view is ViewId.PHASE_HOLD else "button.override"
    ask = phase.gate.ask.to(language) if phase.gate else ""
    about = joined("\n", [bold(phase.title.to(language)), escape(ask, 600)])
    reason = field(
        "reason", say(language, "form.reason"), text_input(long=True), required=True,
        hint=say(language, hint),
    )  # fmt: skip
    return modal(
        view, language, say(language, verb), [section(about), reason],
        submit=say(language, verb), run=run.id, gate=str(ref),
    )  # fmt: skip
