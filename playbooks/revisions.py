"""What the client wants changed: rounds that are included, and change requests beyond them."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from playbooks.calendars import Facts, local_day, local_moment
from playbooks.document_text import plain
from playbooks.documents import Document, DocumentChange
from playbooks.flow import TEXT_LIMIT, replan, require_step, require_theirs, worded
from playbooks.run import Event, EventKind, Refused, Run, Step
from playbooks.signatures import OUTSIDER, Revision
from playbooks.signing_rounds import require_signing, signatory

COST_LIMIT, DAYS_LIMIT = 60, 250  # characters, working days


def rounds_used(document: Document) -> int:
    """How many of the included rounds of revision are used up."""
    return sum(not revision.extra for revision in document.revisions)


def ask_changes(
    document: Document, run: Run, *, text: str, version: int, by: str, at: datetime, name: str = ""
) -> DocumentChange:
    """The client's signatory wants changes; beyond the included rounds a change request opens."""
    step = require_signing(document, run, version=version)
    if by != OUTSIDER:
        people = {signatory(run, need) for need in document.needs if need.side == "client"}
        if by not in people:
            raise Refused("not_signatory", person=next(iter(people - {""}), step.owner))
    words = plain(worded(text))[:TEXT_LIMIT]
    included = run.told(step).rounds
    extra = included is not None and rounds_used(document) >= included
    revision = Revision(len(document.revisions) + 1, words, name or by, version, at, extra=extra)
    told = {"name": name, "text": words, "number": revision.number, "extra": extra}
    returned = replace(document, revisions=(*document.revisions, revision), chase_at=None)
    event = Event(EventKind.CHANGES_ASKED, at, by, step.key, told | {"version": version})
    return DocumentChange(returned, run, (event,))


def price_request(
    document: Document, run: Run, facts: Facts, *, cost: str, days: int, by: str, at: datetime
) -> DocumentChange:
    """Say what a change request costs and how many working days it takes; the date moves by them.

    The price stands in the next version, which both sides sign.
    """
    step, request = _open_request(document, run)
    require_theirs(run, step, by)
    if not plain(cost) or not 0 <= days <= DAYS_LIMIT:
        raise Refused("price_missing")
    priced = replace(
        request, cost=plain(cost)[:COST_LIMIT], days=days, settled_by=by, settled_at=at
    )
    told = {"number": request.number, "cost": priced.cost, "days": days}
    moved = replan(run.with_step(_later(run, step, facts, days)), facts, at=at)
    event = Event(EventKind.CHANGE_PRICED, at, by, step.key, told)
    return DocumentChange(_settled(document, priced), moved, (event,))


def waive_request(document: Document, run: Run, *, by: str, at: datetime) -> DocumentChange:
    """Let a round beyond the included ones cost nothing: whoever signs for our side decides."""
    step, request = _open_request(document, run)
    heads = {signatory(run, need) for need in document.needs if need.side == "ours"}
    if by not in heads:
        raise Refused("head_only", person=next(iter(heads), run.lead))
    waived = replace(request, settled_by=by, settled_at=at, waived=True, extra=False)
    event = Event(EventKind.CHANGE_WAIVED, at, by, step.key, {"number": request.number})
    return DocumentChange(_settled(document, waived), run, (event,))


def _open_request(document: Document, run: Run) -> tuple[Step, Revision]:
    step = require_step(run, document.step)
    if document.open_request is None:
        raise Refused("no_request")
    return step, document.open_request


def _settled(document: Document, request: Revision) -> Document:
    revisions = tuple(
        request if one.number == request.number else one for one in document.revisions
    )
    return replace(document, revisions=revisions)


def _later(run: Run, step: Step, facts: Facts, days: int) -> Step:
    if step.due_at is None or not days:
        return step
    day = facts.calendar.shift(local_day(step.due_at, run.zone), days)
    clock = step.due_at.astimezone(ZoneInfo(run.zone)).time()
    return replace(step, due_at=local_moment(day, clock, run.zone))
