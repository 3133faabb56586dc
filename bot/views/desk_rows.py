"""Rows of the Home that are no steps: a gate to pass, a document to sign, a decision to read."""

from bot.ids import ActionId
from bot.refs import GateRef, SignRef
from bot.views.blocks import Block, actions, button, section
from bot.views.document_lines import document_name
from bot.views.handover_notices import confirm_button, decision_words
from bot.views.markup import Markup, phrase, title
from bot.views.phases import gate_buttons
from bot.words.catalogue import say
from playbooks.definition import Phase
from playbooks.documents import Document
from playbooks.phases import round_of
from playbooks.records import Move
from playbooks.run import Run, Step


def gate_row(run: Run, phase: Phase, language: str) -> list[Block]:
    """A phase's gate, with its question and both answers."""
    ask = title(phase.gate.ask.to(language), 300) if phase.gate else Markup("")
    line = phrase(
        language, "home.gate",
        title=title(phase.title.to(language), 80), run=title(run.name, 60), ask=ask,
    )  # fmt: skip
    ref = str(GateRef(run.id, phase.id, round_of(run, phase)))
    return [section(Markup(f"🟡 {line}")), actions(gate_buttons(ref, language))]


def signature_row(
    run: Run, step: Step, document: Document, role: str, language: str
) -> list[Block]:  # fmt: skip
    """A document to sign."""
    name = document_name(run, step, document.number, language)
    ref = str(SignRef(run.id, step.key, document.number, role))
    sign = button(say(language, "sign.sign"), ActionId.SIGN_SIGN, ref)
    return [section(Markup(f"🟡 {name} · {title(run.name, 60)}"), sign)]


def reading_row(run: Run, step: Step, move: Move, language: str) -> list[Block]:
    """A decision that concerns them, to be read."""
    return [
        section(decision_words(run, step, move, language)),
        actions([confirm_button(run, step, move, language)]),
    ]
