"""Documents: fields that their form asks for, and signatures that can be given."""

from collections.abc import Iterator, Sequence

from playbooks.checks.outline import Outline
from playbooks.document_text import FIELD
from playbooks.faults import Fault, fault, quoted
from playbooks.nodes import Node


def check_documents(outline: Outline) -> Iterator[Fault]:
    """Find fields no question fills, and signatures that nobody or one role twice would give."""
    for form in outline.forms.values():
        yield from _fields(form)
    for step in outline.steps.values():
        yield from _signatures(outline, step)


def _fields(form: Node) -> Iterator[Fault]:
    asked = {question.get("id").text for question in form.get("questions").items}
    document = form.get("document")
    for text in (document, *document.entries.values()):
        for name in dict.fromkeys(FIELD.findall(text.text)):
            if name not in asked:
                words = f"{{{{{name}}}}} is filled by no question of this form"
                mend = f"ask it, or use one of {', '.join(sorted(asked))}"
                yield fault(text.mark, f"{words}: {mend}")


def _signatures(outline: Outline, step: Node) -> Iterator[Fault]:
    signatures = step.get("sign").items
    if step.get("rounds").text and not signatures:
        words = "rounds are counted for a document that is signed: add 'sign', or remove 'rounds'"
        yield fault(step.get("rounds").mark, words)
    if not signatures:
        return
    form = outline.forms.get(step.get("form").text)
    if form is None or not (form.get("document").text or form.get("document").entries):
        words = "there is nothing to sign: name a form that has a 'document'"
        yield fault(step.get("sign").mark, words)
    yield from _twice(signatures)


def _twice(signatures: Sequence[Node]) -> Iterator[Fault]:
    seen: set[str] = set()
    for signature in signatures:
        by = signature.get("by")
        if by.text and by.text in seen:
            words = f"{quoted(by.text)} signs already: one role gives one signature"
            yield fault(by.mark, f"{words}, name another role or remove this line")
        seen.add(by.text)
