"""Hand-overs: who receives a step's work, how often it came back, and who then decides."""

from datetime import datetime

from playbooks.calendars import Facts
from playbooks.owners import people_of
from playbooks.questions import Handover, Level
from playbooks.records import Move
from playbooks.run import Run, Step
from playbooks.working_time import working_after

HANDOVER, DECISION = "handover", "decision"  # ids of levels that no approval may have
ACK = "ack"  # what is kept of those whom a decision concerns
RESERVED = frozenset({HANDOVER, DECISION, ACK})
DISPUTED = 2  # from this return on, both sides' leaders decide


def handover_of(run: Run, step: Step) -> Handover | None:
    """What is agreed on the hand-over of a step."""
    return run.told(step).handover


def returns(step: Step) -> tuple[Move, ...]:
    """How often, and why, a step came back from its receiver, in order."""
    return tuple(move for move in step.moves if move.kind == "return" and not move.undone)


def opens_decision(step: Step, move: Move) -> bool:
    """Whether a return is not the first one, so that it is decided what follows."""
    return move.kind == "return" and move in returns(step)[DISPUTED - 1 :]


def sends_back(step: Step, move: Move) -> bool:
    """Whether through a move the step became its owner's again."""
    if move.kind == "return":
        return not opens_decision(step, move)
    if move.kind == "decide":
        return move.verdict == "return"
    return move.kind in {"changes", "reject", "lapse", "change", "material"}


def sponsors(run: Run, step: Step) -> tuple[str, ...]:
    """Who stands above both sides besides the lead; empty where nobody does."""
    agreed = handover_of(run, step)
    return people_of(run, agreed.sponsor) if agreed and agreed.sponsor else ()


def decide_by(run: Run, step: Step, who: str, facts: Facts) -> datetime:
    """Until when it is to be decided on a version that came back, in somebody's working time."""
    agreed, last = handover_of(run, step), returns(step)[-1]
    return working_after(facts, who, last.at, agreed.decide) if agreed else last.at


def asked_first(run: Run, step: Step, level: Level) -> tuple[str, ...]:
    """Who has a level by its role: of a decision the lead, and who stands above both sides."""
    if level.level == DECISION:
        return tuple(dict.fromkeys((run.lead, *sponsors(run, step))))
    return people_of(run, level.by)
