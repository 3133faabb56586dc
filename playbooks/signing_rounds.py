"""Who is asked to sign a version, and how often the client is reminded of it."""

from dataclasses import replace
from datetime import datetime, time

from playbooks.calendars import Facts, local_day, local_moment
from playbooks.documents import Document, DocumentChange
from playbooks.flow import require_open
from playbooks.levels import standing
from playbooks.owners import own
from playbooks.run import Event, EventKind, Refused, Run, RunStatus, Step, StepStatus
from playbooks.signatures import Asked, Need

FIRST_CHASE, NEXT_CHASE, CHASES = 2, 3, 4  # working days, working days, how many at most
MORNING = time(10)


def signatory(run: Run, need: Need) -> str:
    """The Slack id of who signs; empty for a client without Slack."""
    if need.side == "client":
        return next(iter(run.people.get(need.role) or ()), "")
    return own(run, need.role).owner


def signatory_name(run: Run, need: Need) -> str:
    """The name of a signatory without Slack, as far as it is known."""
    return run.outsiders.get(need.role, "")


def is_signing(run: Run, step: Step) -> bool:
    """Whether the step has been handed in and approved within the team."""
    if step.status is not StepStatus.DECIDING or not run.told(step).sign:
        return False
    now = standing(run, step)
    return now is not None and now.outcome == "approved"


def require_signing(document: Document, run: Run, *, version: int | None = None) -> Step:
    """The step whose document can be signed now, in this version; refuse otherwise."""
    step = run.step(document.step)
    if run.pause:
        require_open(run)
    if run.status is not RunStatus.ACTIVE or step is None or not is_signing(run, step):
        raise Refused("not_to_sign")
    if version is not None and version != document.number:
        raise Refused("version_replaced", version=document.number)
    if document.open_request:
        raise Refused("request_open", number=document.open_request.number)
    if document.returned:
        raise Refused("changes_wanted", name=document.returned.name)
    return step


def ask_again(document: Document, run: Run, *, by: str, at: datetime) -> DocumentChange:
    """Ask everybody to sign the newest version: in Slack, or by the address they had before."""
    step = run.step(document.step)
    current = document.current
    if step is None or current is None or not is_signing(run, step):
        return DocumentChange(document, run)
    if any(one.version == current.number for one in document.asked):
        return DocumentChange(document, run)
    asked = [one for need in document.needs if (one := _asked(document, run, need, by, at))]
    now = replace(document, asked=(*document.asked, *asked))
    now = with_chase(now, run, at=at)
    told = {"version": current.number}
    return DocumentChange(now, run, (Event(EventKind.DOCUMENT_ASKED, at, by, step.key, told),))


def _asked(document: Document, run: Run, need: Need, by: str, at: datetime) -> Asked | None:
    person, number = signatory(run, need), document.number
    if person:
        return Asked(need.side, need.role, "", person, "", "slack", number, by, at)
    last = document.asked_of(need.role)
    return replace(last, version=number, by=by, at=at) if last and last.name else None


def with_chase(document: Document, run: Run, *, at: datetime) -> Document:
    """The document with the moment the client is reminded next, if it is their turn."""
    waiting = document.waiting_since() is not None and document.chased < CHASES
    after = NEXT_CHASE if document.chased else FIRST_CHASE
    day = run.work_calendar.shift(local_day(at, run.zone), after)
    return replace(document, chase_at=local_moment(day, MORNING, run.zone) if waiting else None)


def chase_client(document: Document, run: Run, facts: Facts, *, at: datetime) -> DocumentChange:
    """Remind the client politely, in working hours, a few times and then no more."""
    step = run.step(document.step)
    if document.chase_at is None or document.chase_at > at or run.pause:
        return DocumentChange(document, run)
    idle = run.status is not RunStatus.ACTIVE or step is None or not is_signing(run, step)
    if step is None or idle or document.waiting_since() is None:
        return DocumentChange(replace(document, chase_at=None), run)
    working = facts.next_working(step.owner, at)
    if working > at:
        return DocumentChange(replace(document, chase_at=working), run)
    chased = with_chase(replace(document, chased=document.chased + 1), run, at=at)
    told = {"version": document.number, "nth": chased.chased}
    event = Event(EventKind.DOCUMENT_CHASED, at, "clock", step.key, told)
    return DocumentChange(chased, run, (event,))


def days_lost(run: Run, step: Step, *, at: datetime) -> int:
    """Working days by which the open step is past its date, and all that hangs on it with it."""
    if step.due_at is None or step.due_at >= at:
        return 0
    days = local_day(step.due_at, run.zone), local_day(at, run.zone)
    return max(0, run.work_calendar.between(*days))


def hanging_on(run: Run, step: Step) -> int:
    """How many open steps have a date that moves with this one's."""
    return sum(other.due_planned and not other.is_closed and other is not step
               for other in run.steps)  # fmt: skip
