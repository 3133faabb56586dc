"""The lines that say where a document stands."""

from datetime import datetime

from bot.rendering import as_line
from bot.views.dates import moment
from bot.views.markup import Markup, bold, joined, mention, phrase, title
from bot.words.catalogue import say
from playbooks.document_text import differences
from playbooks.documents import Document, form_of
from playbooks.revisions import rounds_used
from playbooks.run import Run, Step
from playbooks.signatures import Need, Signature, Version
from playbooks.signing_rounds import days_lost, hanging_on, signatory, signatory_name

HASH = 12  # characters shown; the page and the record have all of it
DIFFERENCES = 8  # lines


def name_of_document(run: Run, step: Step, language: str) -> str:
    """What the document is called."""
    form = form_of(run, step)
    return (form.title if form else run.told(step).title).to(language)


def document_name(run: Run, step: Step, number: int, language: str) -> Markup:
    """The document's name with its version, in bold."""
    named = title(name_of_document(run, step, language), 100)
    return bold(phrase(language, "document.name", title=named, number=number))


def side_of(need: Need, language: str) -> Markup:
    """Whose side a signature is on."""
    return phrase(language, "document.ours" if need.side == "ours" else "document.client")


def who_signs(run: Run, document: Document, need: Need, language: str) -> Markup:
    """The signatory: a mention, a name, or the role where nobody is named yet."""
    person = signatory(run, need)
    if person:
        return mention(person)
    asked = document.asked_of(need.role)
    role = run.playbook.roles[need.role].title.to(language)
    return title((asked.name if asked else "") or signatory_name(run, need) or role, 80)


def signer_of(signature: Signature) -> Markup:
    """Who has signed."""
    return mention(signature.person) if signature.person else title(signature.name, 80)


def method_of(signature: Signature, language: str) -> Markup:
    """How somebody has signed; on paper with who recorded and who witnessed it."""
    return phrase(
        language, f"document.method_{signature.method}",
        recorder=mention(signature.recorded_by), witness=mention(signature.witness),
    )  # fmt: skip


def need_line(run: Run, document: Document, need: Need, language: str) -> Markup:
    """Where one signature stands."""
    given, side = document.signed_by(need.role), side_of(need, language)
    if given and given.counts:
        facts = {
            "who": signer_of(given), "method": method_of(given, language),
            "moment": moment(given.at, language, run.zone),
        }  # fmt: skip
        return Markup("✅ " + phrase(language, "document.need_signed", side=side, **facts))
    if given:
        who, witness = signer_of(given), mention(given.wanted)
        line = phrase(language, "document.need_witness", who=who, side=side, witness=witness)
        return Markup(f"🟡 {line}")
    who = who_signs(run, document, need, language)
    asked = document.asked_of(need.role)
    if asked and asked.version == document.number:
        when = moment(asked.at, language, run.zone)
        line = phrase(language, "document.need_asked", who=who, side=side, moment=when)
        return Markup(f"🟡 {line}")
    return Markup("⬜ " + phrase(language, "document.need_unasked", who=who, side=side))


def change_lines(document: Document, version: Version, language: str) -> list[Markup]:
    """What has changed since the version before."""
    before = document.before(version.number)
    if before is None:
        return []
    changed = differences(before.text, version.text)
    shown = [
        Markup(("＋ " if line.sign == "+" else "－ ") + title(as_line(line.text), 200))
        for line in changed[:DIFFERENCES]
    ]
    if len(changed) > DIFFERENCES:
        shown.append(phrase(language, "more", n=len(changed) - DIFFERENCES))
    return [phrase(language, "document.since", number=before.number), *shown]


def small_print(
    run: Run, step: Step, document: Document, version: Version, language: str
) -> Markup:
    """Hash, origin and the revisions used."""
    included = run.told(step).rounds
    rounds = included is not None and phrase(
        language, "document.rounds", used=rounds_used(document), included=included
    )
    when = moment(version.at, language, run.zone)
    frozen = phrase(language, "document.frozen", by=mention(version.by), moment=when)
    digest = phrase(language, "document.hash", digest=version.digest[:HASH])
    return joined(" · ", [digest, frozen, rounds or None])


def waiting_line(
    run: Run, step: Step, document: Document, at: datetime, language: str
) -> Markup | None:
    """Since when the client has it, and what that does to the dates."""
    since = document.waiting_since()
    if since is None:
        return None
    late, hanging = days_lost(run, step, at=at), hanging_on(run, step)
    parts = [
        phrase(language, "document.waiting", moment=moment(since, language, run.zone)),
        phrase(language, "document.late", n=late) if late else None,
        phrase(language, "document.hanging", n=hanging) if hanging else None,
    ]
    return joined(" · ", parts)


def returned_lines(run: Run, step: Step, document: Document, language: str) -> list[Markup]:
    """What the client wants changed, and whose turn it is."""
    wanted = document.returned
    if wanted is None:
        return []
    name = mention(wanted.name) if wanted.name else say(language, "document.client")
    lines = [phrase(language, "document.returned", name=name, text=title(wanted.text, 500))]
    owner, request = mention(step.owner), document.open_request
    if request:
        heads = [mention(signatory(run, need)) for need in document.needs if need.side == "ours"]
        facts = {"owner": owner, "head": heads[0] if heads else mention(run.lead)}
        return [*lines, phrase(language, "document.request", number=request.number, **facts)]
    if wanted.cost:
        cost, days = title(wanted.cost, 60), wanted.days
        number = wanted.number
        lines.append(phrase(language, "document.priced", number=number, cost=cost, days=days))
    return [*lines, phrase(language, "document.edit_now", owner=owner)]
