"""The message of a document's version: who has to sign, what has changed, and the buttons."""

from datetime import datetime

from bot.ids import ActionId
from bot.refs import SignRef, menu_value
from bot.views.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    message,
    option,
    overflow,
    section,
)
from bot.views.dates import moment
from bot.views.document_lines import (
    HASH,
    change_lines,
    document_name,
    name_of_document,
    need_line,
    returned_lines,
    signer_of,
    small_print,
    waiting_line,
)
from bot.views.markup import Markup, joined, mention, phrase, title
from bot.words.catalogue import say
from playbooks.documents import Document, is_signed
from playbooks.run import Run, RunStatus, Step
from playbooks.signatures import Version
from playbooks.signing_rounds import is_signing, signatory

_MENU: dict[ActionId, str] = {
    ActionId.SIGN_PAPER: "sign.paper",
    ActionId.FORM_FILL: "sign.edit",
    ActionId.SIGN_READ: "sign.read",
    ActionId.SIGN_COMMENT: "sign.comment",
    ActionId.SIGN_PRINT: "sign.print",
}
_READ = (ActionId.SIGN_READ, ActionId.SIGN_PRINT)


def build_document_message(
    run: Run, step: Step, document: Document, version: Version, at: datetime, language: str
) -> Message:
    """A version's living message: all that is open, or one line when it is over."""
    if document.number != version.number:
        return _replaced(run, step, document, version, language)
    if is_signed(document) or not document.needs:
        return _finished(run, step, document, version, language)
    if run.pause and not step.is_closed:
        return _line(run, step, version, Markup("⏸️"), say(language, "document.paused"), language)
    if run.status is not RunStatus.ACTIVE or step.is_closed:
        return _line(run, step, version, Markup("⏹️"), say(language, "document.ended"), language)
    if not is_signing(run, step):
        waits = phrase(language, "document.waits", by=mention(version.by))
        return _line(run, step, version, Markup("🟡"), waits, language, reading=True)
    return _open(run, step, document, version, at, language)


def _open(
    run: Run, step: Step, document: Document, version: Version, at: datetime, language: str
) -> Message:
    call = _call(run, step, document, language)
    head = Markup(f"🟡 {call}\n{document_name(run, step, version.number, language)}")
    needs = [need_line(run, document, need, language) for need in document.needs]
    waiting = waiting_line(run, step, document, at, language)
    changed = joined("\n", change_lines(document, version, language))
    wanted = joined("\n", returned_lines(run, step, document, language))
    blocks = [
        section(head),
        section(joined("\n", [*needs, waiting])),
        section(wanted) if wanted else None,
        section(changed) if changed else None,
        context(small_print(run, step, document, version, language)),
        actions(_buttons(run, document, version, language)),
    ]
    text = joined(" ", [call, document_name(run, step, version.number, language), *needs, waiting])
    return message(text, blocks)


def _call(run: Run, step: Step, document: Document, language: str) -> Markup:
    """The first line: whoever has to act now is mentioned first."""
    if document.returned:
        return joined(" ", returned_lines(run, step, document, language)[-1:])
    for need in document.missing():
        if need.side == "ours" and not document.signed_by(need.role):
            return phrase(language, "document.to_sign", person=mention(signatory(run, need)))
    return phrase(language, "document.client_missing", person=mention(step.owner))


def _buttons(run: Run, document: Document, version: Version, language: str) -> list[Block]:
    ref = SignRef(run.id, document.step, version.number)
    if document.open_request:
        price = button(say(language, "sign.price"), ActionId.SIGN_PRICE, str(ref), primary=True)
        waive = button(say(language, "sign.waive"), ActionId.SIGN_WAIVE, str(ref))
        return [price, waive, _menu(ref, language, _READ)]
    if document.returned:
        step_ref = f"{ref.run}/{ref.step}"
        edit = button(say(language, "sign.edit"), ActionId.FORM_FILL, step_ref, primary=True)
        return [edit, _menu(ref, language, (*_READ, ActionId.SIGN_COMMENT))]
    open_needs = [need for need in document.needs if not document.signed_by(need.role)]
    shown: list[Block] = []
    for need in open_needs:
        at = str(SignRef(ref.run, ref.step, ref.version, need.role))
        if need.side == "ours" and not shown:
            label = say(language, "sign.sign")
            shown.append(button(label, ActionId.SIGN_SIGN, at, primary=True))
    for need in open_needs:
        at = str(SignRef(ref.run, ref.step, ref.version, need.role))
        if need.side == "client" and not signatory(run, need) and len(shown) < 2:
            shown.append(button(say(language, "sign.send"), ActionId.SIGN_SEND, at))
    return [*shown, _menu(ref, language, tuple(_MENU))]


def _menu(ref: SignRef, language: str, actions_: tuple[ActionId, ...]) -> Block:
    options = []
    for id_ in actions_:
        value = f"{ref.run}/{ref.step}" if id_ is ActionId.FORM_FILL else ref
        options.append(option(say(language, _MENU[id_]), menu_value(id_, value)))
    return overflow(ActionId.SIGN_MENU, options)


def _replaced(run: Run, step: Step, document: Document, version: Version, language: str) -> Message:
    signed = any(one.version == version.number for one in document.signatures)
    key = "document.replaced" if signed else "document.replaced_only"
    words = phrase(language, key, number=version.number + 1)
    return _line(run, step, version, Markup("➖"), words, language)


def _finished(run: Run, step: Step, document: Document, version: Version, language: str) -> Message:
    if not document.needs:
        kept = phrase(language, "document.kept", by=mention(version.by))
        return _line(run, step, version, Markup("✅"), kept, language, reading=True)
    given = [one for need in document.needs if (one := document.signed_by(need.role))]
    names = joined(say(language, "comma"), [signer_of(one) for one in given])
    code = phrase(language, "run.code", code=run.code) if run.code else None
    digest = phrase(language, "document.hash", digest=version.digest[:HASH])
    signed = phrase(language, "document.signed", names=names)
    words = joined(" · ", [signed, code, digest])
    line = _line(run, step, version, Markup("✅"), words, language, reading=True)
    record = [need_line(run, document, need, language) for need in document.needs]
    return Message(line.text, [*line.blocks, *filter(None, [context(joined("\n", record))])])


def _line(
    run: Run, step: Step, version: Version, sign: Markup, words: str, language: str, *,
    reading: bool = False,
) -> Message:  # fmt: skip
    name = document_name(run, step, version.number, language)
    line = Markup(f"{sign} {name} — {words}")
    ref = SignRef(run.id, step.key, version.number)
    return message(line, [section(line, _menu(ref, language, _READ) if reading else None)])


def build_client_message(
    run: Run, step: Step, document: Document, version: Version, person: str, language: str
) -> Message:
    """To a client in Slack, who sees nothing of the team's threads: what to sign, two buttons."""
    facts = {"title": title(name_of_document(run, step, language), 100), "number": version.number}
    roles = [n.role for n in document.needs if n.side == "client" and signatory(run, n) == person]
    state = _client_state(run, step, document, version, roles)
    if state != "document.asks_you":
        words = phrase(language, state, **facts)
        return message(words, [section(words)])
    call = phrase(
        language, "document.asks_you", person=mention(person), run=title(run.name), **facts
    )
    changed = joined("\n", change_lines(document, version, language))
    when = moment(version.at, language, run.zone)
    digest = phrase(language, "document.hash", digest=version.digest[:HASH])
    at = str(SignRef(run.id, step.key, version.number, roles[0]))
    read = button(say(language, "sign.read_and_sign"), ActionId.SIGN_SIGN, at, primary=True)
    back = button(say(language, "sign.changes"), ActionId.SIGN_CHANGES, at)
    blocks = [
        section(call), section(changed) if changed else None, context(digest, when),
        actions([read, back]),
    ]  # fmt: skip
    return message(joined(" ", [call, digest]), blocks)


def _client_state(
    run: Run, step: Step, document: Document, version: Version, roles: list[str]
) -> str:
    if document.number != version.number:
        return "document.yours_replaced"
    if roles and document.signed_by(roles[0]):
        return "document.thanks"
    if document.returned:
        return "document.yours_returned"
    if run.pause and roles and is_signing(run, step):
        return "document.yours_paused"
    open_ = run.status is RunStatus.ACTIVE and is_signing(run, step) and roles
    return "document.asks_you" if open_ else "document.yours_ended"
