"""What is allowed and yet seldom meant: warnings, and a playbook with nothing to do."""

from collections.abc import Iterator

from playbooks.checks.outline import Outline, is_true
from playbooks.faults import Fault, fault, quoted, warning

_PUBLIC_LISTS = ("content", "rundown")  # lists of what an audience will see


def check_oddities(outline: Outline) -> Iterator[Fault]:
    """Find empty phases, unused forms, and public work that no gate holds to the brand's claim."""
    if outline.phases and not outline.steps:
        words = "the playbook has no steps: add steps with id, title, owner and due"
        yield fault(outline.root.get("phases").key_mark, words)
    for phase in outline.phases:
        if outline.steps and not phase.get("steps").items:
            name = quoted(phase.get("id").text)
            yield warning(phase.mark, f"phase {name} has no steps: add some, or remove it")
    used = {step.get("form").text for step in outline.steps.values()}
    for id_, form in outline.forms.items():
        if id_ not in used:
            words = f"no step uses form {quoted(id_)}: name it in a step, or remove it"
            yield warning(form.mark, words)
    yield from _ungated(outline)


def _ungated(outline: Outline) -> Iterator[Fault]:
    lists = outline.root.get("lists").entries
    public = any(is_true(step.get("ideas")) for step in outline.steps.values())
    if not public and not any(id_ in lists for id_ in _PUBLIC_LISTS):
        return
    gates = [question for question in outline.questions() if question.get("type").text == "gate"]
    if not any(gate.get("evidence").text == "required" for gate in gates):
        words = (
            "makes content or an event, yet no gate asks for evidence:"
            " add a question with type: gate and evidence: required, such as for the brand claim"
        )
        yield warning(outline.root.get("phases").key_mark, words)
