"""Sign a version: in Slack, through a link, or on paper before a witness."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from playbooks.calendars import Facts
from playbooks.document_text import plain
from playbooks.documents import Document, DocumentChange, is_signed, with_signature
from playbooks.flow import TEXT_LIMIT, closed, require_theirs
from playbooks.run import Event, EventKind, Refused, Run, StepStatus
from playbooks.signatures import OUTSIDER, Asked, Need, Signature
from playbooks.signing_rounds import require_signing, signatory, with_chase

NAME_LIMIT = 120  # characters
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Paper:
    """A signature on paper as it is recorded: whose, the scan, and who is to look at it."""

    role: str
    name: str
    scan: str  # a file id, a link or words that say where it lies
    witness: str


def is_email(text: str) -> bool:
    """Whether a mail can be sent there."""
    return bool(_EMAIL.fullmatch(text))


def need_of(document: Document, role: str) -> Need:
    """The signature that a role gives."""
    found = next((need for need in document.needs if need.role == role), None)
    if found is None:
        raise Refused("stale_button")
    return found


def send_link(
    document: Document, run: Run, *, role: str, name: str, email: str, by: str, at: datetime,
    mails: bool = True,
) -> DocumentChange:  # fmt: skip
    """Ask one named person of the client's, without Slack, to sign the newest version."""
    step = require_signing(document, run)
    require_theirs(run, step, by)
    name, email = plain(name)[:NAME_LIMIT], email.strip()
    if need_of(document, role).side != "client" or document.signed_by(role):
        raise Refused("link_unwanted")
    if not name:
        raise Refused("name_missing")
    if not is_email(email) and (mails or email):
        raise Refused("email_wrong")
    number = document.number
    asked = Asked("client", role, name, "", email, "link", number, by, at)
    others = tuple(one for one in document.asked if (one.role, one.version) != (role, number))
    sent = with_chase(replace(document, asked=(*others, asked)), run, at=at)
    event = Event(EventKind.DOCUMENT_SENT, at, by, step.key, {"name": name, "version": number})
    return DocumentChange(sent, run, (event,))


def sign_document(
    document: Document, run: Run, *, role: str, version: int, by: str, at: datetime,
    name: str = "",
) -> DocumentChange:  # fmt: skip
    """Sign a version; in Slack as oneself, through a link as the person it is bound to."""
    step = require_signing(document, run, version=version)
    need = may_sign(document, run, role=role, by=by)
    person = "" if by == OUTSIDER else by
    current = document.versions[-1]
    signature = Signature(
        need.side, role, name, person, "slack" if person else "link", at, version, current.digest
    )
    signed = with_chase(with_signature(document, signature), run, at=at)
    told = {
        "role": role, "side": need.side, "name": name, "method": signature.method,
        "version": version, "digest": current.digest,
    }  # fmt: skip
    event = Event(EventKind.DOCUMENT_SIGNED, at, by, step.key, told)
    return DocumentChange(signed, run, (event,))


def may_sign(document: Document, run: Run, *, role: str, by: str) -> Need:
    """The signature somebody may give now; refuse everybody but the one named signatory."""
    need = need_of(document, role)
    person = "" if by == OUTSIDER else by
    if person and person != signatory(run, need):
        raise Refused("not_signatory", person=signatory(run, need) or need.role)
    _require_open(document, need, person)
    return need


def _require_open(document: Document, need: Need, person: str) -> None:
    """Refuse a second signature of a role, and one person's signature for two."""
    given = document.signed_by(need.role)
    if given:
        raise Refused("already_signed", name=given.name or given.person, at=given.at)
    others = (document.signed_by(other.role) for other in document.needs if other != need)
    if person and any(other and person == other.person for other in others):
        raise Refused("signs_twice")


def record_paper(
    document: Document, run: Run, facts: Facts, *, paper: Paper, by: str, at: datetime
) -> DocumentChange:
    """Record a signature on paper; it counts when a second person has seen it."""
    step = require_signing(document, run)
    require_theirs(run, step, by)
    need = need_of(document, paper.role)
    _require_open(document, need, "")
    _require_witness(facts, paper.witness, recorder=by)
    if need.side != "client" or not plain(paper.name):
        raise Refused("name_missing")
    if not paper.scan:
        raise Refused("paper_missing")
    current = document.versions[-1]
    signature = Signature(
        "client", paper.role, plain(paper.name)[:NAME_LIMIT], "", "paper", at, current.number,
        current.digest, recorded_by=by, wanted=paper.witness, paper=paper.scan[:TEXT_LIMIT],
    )  # fmt: skip
    told = {
        "role": paper.role,
        "name": signature.name,
        "witness": paper.witness,
        "version": current.number,
    }
    event = Event(EventKind.PAPER_RECORDED, at, by, step.key, told)
    return DocumentChange(with_signature(document, signature), run, (event,))


def witness_paper(
    document: Document, run: Run, facts: Facts, *, role: str, version: int, by: str, at: datetime
) -> DocumentChange:
    """Confirm as a second person that the paper is signed."""
    step = require_signing(document, run, version=version)
    given = document.signed_by(role)
    if given is None or given.method != "paper":
        raise Refused("stale_button")
    if given.witness:
        raise Refused("already_signed", name=given.name, at=given.at)
    _require_witness(facts, by, recorder=given.recorded_by)
    seen = replace(given, witness=by)
    signatures = tuple(seen if one is given else one for one in document.signatures)
    signed = with_chase(replace(document, signatures=signatures), run, at=at)
    told = {
        "role": role, "side": given.side, "name": given.name, "method": "paper", "witness": by,
        "version": version, "digest": given.digest, "recorded_by": given.recorded_by,
    }  # fmt: skip
    event = Event(EventKind.DOCUMENT_SIGNED, at, by, step.key, told)
    return DocumentChange(signed, run, (event,))


def _require_witness(facts: Facts, witness: str, *, recorder: str) -> None:
    person = facts.people.get(witness)
    if not witness or witness == recorder or (person and (person.is_bot or person.is_external)):
        raise Refused("witness_wrong", by=recorder)


def establish(
    document: Document, run: Run, facts: Facts, *, code: str, by: str, at: datetime
) -> DocumentChange:
    """Close the step whose document all have signed; the project gets its code."""
    step = run.step(document.step)
    if step is None or not is_signed(document):
        return DocumentChange(document, run)
    events: list[Event] = []
    if not run.code:
        run = replace(run, code=code, established_at=at)
        told = {"code": code, "version": document.number}
        events.append(Event(EventKind.RUN_ESTABLISHED, at, by, step.key, told))
    closer = step.owner if by == OUTSIDER else by
    done = Event(EventKind.STEP_DONE, at, by, step.key, {"comment": ""})
    over = closed(run, replace(step, status=StepStatus.DONE), (done,), facts, by=closer, at=at)
    return DocumentChange(
        replace(document, chase_at=None), over.run, (*over.events, *events)
    )  # fmt: skip


def code_prefix(playbook_id: str) -> str:
    """The letters a project's code begins with: initials, or the first two of a single word."""
    words = playbook_id.replace("_", "-").split("-")
    return ("".join(word[0] for word in words) if len(words) > 1 else playbook_id[:2]).upper()
