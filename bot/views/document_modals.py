"""The forms about a document: fill it, sign it, send it, record paper, settle a change."""

from collections.abc import Sequence

from bot.ids import ActionId, ViewId
from bot.refs import SignRef
from bot.rendering import as_lines
from bot.views.blocks import Block, plain, section, sections
from bot.views.document_lines import HASH, document_name, name_of_document
from bot.views.form_progress import progress_line
from bot.views.inputs import (
    field,
    file_input,
    modal,
    number_input,
    person_input,
    text_input,
)
from bot.views.markup import Markup, clip, escape, phrase, title
from bot.views.questions import question_fields
from bot.words.catalogue import say
from playbooks.documents import Document, form_of
from playbooks.questions import Question
from playbooks.records import Answer
from playbooks.run import Run, Step
from playbooks.signatures import Need, Version
from playbooks.signing_rounds import signatory_name

NAME, EMAIL = 120, 254  # characters
TEXT_BLOCKS = 40  # paragraphs of a document in a modal; the page has all of it


def build_fill_modal(run: Run, step: Step, document: Document, language: str) -> Block:
    """Every question of the form, with the answers so far; nothing has to be complete yet."""
    form = form_of(run, step)
    questions = form.questions if form else ()
    fields = [_question(q, document.answers.get(q.id, ()), run, language) for q in questions]
    stands = section(progress_line(form, document.answers, language)) if form else None
    return modal(
        ViewId.FORM_FILL, language, name_of_document(run, step, language), [stands, *fields],
        submit=say(language, "roles.submit"), run=run.id, step=step.key,
    )  # fmt: skip


def _question(
    question: Question, given: Sequence[str], run: Run, language: str
) -> Block:  # fmt: skip
    answer = Answer(question.id, ",".join(given), "", run.started_at, 0)
    asked = {**question_fields(question, answer, language)[0], "optional": True}
    if not question.required:
        return asked
    # Slack writes "optional" there, since the form may be sent with gaps.
    hints = [say(language, "document.required"), asked.get("hint", {}).get("text", "")]
    return {**asked, "hint": plain(" ".join(filter(None, hints)), 300)}


def build_sign_modal(run: Run, step: Step, version: Version, role: str, language: str) -> Block:
    """The whole text and what signing means; sending it signs."""
    facts = {"number": version.number, "digest": version.digest[:HASH]}
    means = section(phrase(language, "sign.meaning", **facts))
    blocks = [*_text(run, step, version, language), means]
    ref = SignRef(run.id, step.key, version.number, role)
    return _bound(ViewId.SIGN_SIGN, ref, "sign.sign", blocks, language)


def build_read_modal(run: Run, step: Step, version: Version, language: str) -> Block:
    """The whole text."""
    text = _text(run, step, version, language)
    return modal(ViewId.SIGN_READ, language, name_of_document(run, step, language), text)


def _text(run: Run, step: Step, version: Version, language: str) -> list[Block]:
    lines = [
        _shown(line)
        for line in as_lines(version.text, colon=say(language, "colon"))
        if line.strip()
    ]
    head = section(document_name(run, step, version.number, language))
    return [head, *sections(lines)[:TEXT_BLOCKS]]


def _shown(line: str) -> Markup:
    if line.startswith("# "):
        return Markup(f"*{title(line[2:], 200)}*")
    return clip(escape(line), 2900)


def build_send_modal(
    run: Run, step: Step, document: Document, need: Need, language: str, *, has_mail: bool
) -> Block:
    """Who of the client's gets the link to sign."""
    asked = document.asked_of(need.role)
    name = (asked.name if asked else "") or signatory_name(run, need)
    who = field(
        "name", say(language, "sign.who"), text_input(name, limit=NAME), required=True,
        hint=say(language, "sign.who_hint"),
    )  # fmt: skip
    email = _email(language, asked.email if asked else "", say(language, "sign.email_hint"))
    by_hand = section(phrase(language, "sign.no_mail"))
    ref = SignRef(run.id, step.key, document.number, need.role)
    blocks = [who, email if has_mail else by_hand]
    return _bound(ViewId.SIGN_SEND, ref, "sign.send", blocks, language)


def build_invite_modal(
    view: ViewId, run: Run, step: Step, language: str, *, has_mail: bool
) -> Block:
    """Who gets a link to fill the form in, or to read and comment."""
    verb = "document.ask_outside" if view is ViewId.FORM_SEND else "sign.comment"
    name = field("name", say(language, "sign.reader"), text_input(limit=NAME), required=True)
    blocks = [name, *([_email(language, "", None)] if has_mail else [])]
    return _bound(view, SignRef(run.id, step.key, 0), verb, blocks, language)


def _email(language: str, initial: str, hint: str | None) -> Block:
    element: Block = {"type": "email_text_input", "action_id": str(ActionId.FIELD)}
    if initial:
        element["initial_value"] = initial
    return field("email", say(language, "sign.email"), element, required=True, hint=hint)


def build_paper_modal(
    run: Run, step: Step, document: Document, version: Version, role: str, language: str
) -> Block:
    """Whose paper it is, its scan, and who has seen it besides the recorder."""
    need = Need("client", role)
    asked = document.asked_of(role)
    name = (asked.name if asked else "") or signatory_name(run, need)
    facts = {"number": version.number, "digest": version.digest[:HASH]}
    blocks = [
        section(phrase(language, "sign.paper_means", **facts)),
        field("name", say(language, "sign.who"), text_input(name, limit=NAME), required=True),
        field("scan", say(language, "sign.scan"), file_input(), required=True),
        field(
            "witness", say(language, "sign.witness_who"), person_input(), required=True,
            hint=say(language, "sign.witness_hint"),
        ),
    ]  # fmt: skip
    ref = SignRef(run.id, step.key, version.number, role)
    return _bound(ViewId.SIGN_PAPER, ref, "sign.paper", blocks, language)


def build_changes_modal(run: Run, step: Step, version: Version, language: str) -> Block:
    """What the client wants changed."""
    words = field("text", say(language, "sign.what"), text_input(long=True), required=True)
    ref = SignRef(run.id, step.key, version.number)
    blocks = [section(document_name(run, step, version.number, language)), words]
    return _bound(ViewId.SIGN_CHANGES, ref, "sign.changes", blocks, language)


def build_price_modal(run: Run, step: Step, document: Document, language: str) -> Block:
    """What a change request costs, in money and time."""
    request = document.open_request
    means = phrase(
        language, "sign.price_means",
        number=request.number if request else 0, text=title(request.text if request else "", 500),
    )  # fmt: skip
    blocks = [
        section(means),
        field("cost", say(language, "sign.cost"), text_input(limit=60), required=True),
        field("days", say(language, "sign.days"), number_input("0"), required=True),
    ]
    ref = SignRef(run.id, step.key, document.number)
    return _bound(ViewId.SIGN_PRICE, ref, "sign.price", blocks, language)


def _bound(view: ViewId, ref: SignRef, verb: str, blocks: Sequence[Block], language: str) -> Block:
    return modal(
        view, language, say(language, verb), blocks, submit=say(language, verb), run=ref.run,
        step=ref.step, version=str(ref.version), role=ref.role,
    )  # fmt: skip
