"""Anybody presses anything about a hand-over, also on the requests of former versions."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import TypeVar

from playbooks.acknowledgements import acknowledge, acknowledgements, ask_again
from playbooks.approvals import approve, ask, request_changes
from playbooks.delegation import delegate
from playbooks.handing_over import accept, decide, give_back
from playbooks.levels import DECISIONS, standing, waiting_for
from playbooks.patience import press_approval
from playbooks.records import Which
from playbooks.run import Change, Refused, Run
from playbooks.step_actions import assign_step, reopen_step
from playbooks.submission import complete_step
from playbooks.undo import undo_decision
from tests.playbooks.engine import DORA, FACTS, LEAD, MONDAY, NINA, WEI
from tests.playbooks.handed import handed_run, prices

T = TypeVar("T")

PEOPLE = [LEAD, DORA, WEI, NINA]
LEVELS = ["handover", "decision", "head", "ack"]
VERDICTS = ["accept", "remark", "return", "return"]
PAUSES = [0, 0, 0, 1, 1, 3, 60, 60 * 24, 60 * 24 * 5]  # minutes


class Walk:
    """One run and what random people did to it; `came` counts its returns by itself."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311
        two = self.random.sample(PEOPLE, 2)
        people = {
            "lead": (LEAD,), "designer": (self.pick(PEOPLE),), "data": tuple(two),
            "sponsor": (self.pick(PEOPLE),),
        }  # fmt: skip
        levels = [{"level": "head", "by": "sponsor"}] if seed % 2 else []
        stand_in = self.pick(["", NINA, LEAD])
        self.run: Run = handed_run(people=people, stand_in=stand_in, approvals=levels)
        self.at, self.came, self.did = MONDAY, 0, Counter[str]()

    def pick(self, of: list[T]) -> T:
        """One of several."""
        return self.random.choice(of)

    def somebody(self) -> str:
        """Who presses: mostly somebody whose turn it is."""
        step = prices(self.run)
        whose = waiting_for(self.run, step) or (step.owner,)
        return self.pick([*whose * 3, *PEOPLE])

    def which(self) -> Which:
        """What a button stands for: mostly what is open, else any level of any version."""
        step = prices(self.run)
        now = standing(self.run, step)
        number = len(step.versions)
        if now and now.open and self.random.random() < 0.8:
            return Which("prices", number, now.open[0].level)
        return Which("prices", self.pick(list(range(1, number + 2))), self.pick(LEVELS))

    def click(self) -> None:
        """One thing that somebody does; refusals change nothing."""
        before, by, about = self.run, self.somebody(), self.which()
        name = self.pick([*_CLICKS, "hand_in", "give_back", "give_back", "decide", "decide"])
        try:
            self.run = _CLICKS[name](self, by, about).run
        except Refused:
            return
        self.did[name] += self.run != before
        if name == "give_back":
            self.came += 1
        kind = "return" if name == "undo" else ""
        self.came -= sum(
            new.undone and not old.undone and new.kind == kind
            for old, new in zip(prices(before).moves, prices(self.run).moves, strict=False)
        )

    def wait(self) -> None:
        """Time passes, and the clock looks at everything."""
        self.at += timedelta(minutes=self.pick(PAUSES))
        self.run = press_approval(self.run, "prices", FACTS, at=self.at).run
        self.run = ask_again(self.run, "prices", FACTS, at=self.at).run


def _hand_in(walk: Walk, by: str, about: Which) -> Change:
    owner = prices(walk.run).owner
    return complete_step(walk.run, "prices", FACTS, by=owner, at=walk.at)


def _give_back(walk: Walk, by: str, about: Which) -> Change:
    criterion = walk.pick(["codes", "currency"])
    return give_back(
        walk.run, about, FACTS, criterion=criterion, reason="Missing", by=by, at=walk.at
    )


def _decide(walk: Walk, by: str, about: Which) -> Change:
    people = walk.random.sample(PEOPLE, 2)
    return decide(
        walk.run, about, FACTS, verdict=walk.pick(VERDICTS), reason="So be it", people=people,
        by=by, at=walk.at,
    )  # fmt: skip


def _acknowledge(walk: Walk, by: str, about: Which) -> Change:
    """Whoever it may be, about the latest decision there is."""
    told = acknowledgements(prices(walk.run))
    which = Which("prices", told[-1].decision.version if told else about.version, "ack")
    return acknowledge(walk.run, which, FACTS, by=walk.pick(PEOPLE), at=walk.at)


def _undo(walk: Walk, by: str, about: Which) -> Change:
    """Mostly their own latest decision, while its button is still there."""
    made = [move for move in prices(walk.run).moves if move.kind in DECISIONS]
    if made and walk.random.random() < 0.7:
        by, about = made[-1].by, Which("prices", made[-1].version, made[-1].level)
    return undo_decision(walk.run, about, FACTS, by=by, at=walk.at)


_CLICKS: dict[str, Callable[[Walk, str, Which], Change]] = {
    "hand_in": _hand_in,
    "give_back": _give_back,
    "decide": _decide,
    "acknowledge": _acknowledge,
    "accept": lambda w, by, about: accept(w.run, about, FACTS, by=by, at=w.at),
    "approve": lambda w, by, about: approve(w.run, about, FACTS, by=by, at=w.at),
    "changes": lambda w, by, about: request_changes(
        w.run, about, FACTS, comment="x", by=by, at=w.at
    ),
    "ask": lambda w, by, about: ask(w.run, about, FACTS, question="x", by=by, at=w.at),
    "undo": _undo,
    "delegate": lambda w, by, about: delegate(
        w.run, about, FACTS, person=w.pick(PEOPLE), by=by, at=w.at
    ),
    "assign": lambda w, by, _: assign_step(
        w.run, "prices", FACTS, person=w.pick(PEOPLE), by=LEAD, at=w.at
    ),
    "reopen": lambda w, by, _: reopen_step(w.run, "prices", FACTS, by=LEAD, at=w.at),
}  # fmt: skip
