"""Questions, answers and decisions at their worst."""

from dataclasses import replace
from typing import Any, get_args

from playbooks.calendars import Facts, WorkCalendar
from playbooks.definition import Playbook
from playbooks.records import Answer, Evidence, Move, MoveKind, Override, Version
from playbooks.run import Run, Step, StepStatus
from tests.bot.views.nasty import LONG
from tests.factories import AT, HEAD, LEAD, OWNER, a_playbook, a_run, a_step, a_told_step

FACTS = Facts(WorkCalendar("CN"))
URL = f"https://x.example/{'a' * 2900}?a=<b>&c=d|e"


def a_reviewed_playbook(ask: str, most: int = 20) -> Playbook:
    """A step with every kind of question, and levels of every kind."""
    choices = [{"id": f"c{n}", "title": f"{n} {ask}"} for n in range(120)]
    kinds: list[dict[str, Any]] = [
        {"type": "text", "unit": ask}, {"type": "number", "min": -1e12, "max": 1e12, "unit": ask},
        {"type": "choice", "choices": choices[:10]}, {"type": "choice", "choices": choices},
        {"type": "multi-choice", "choices": choices[:10]},
        {"type": "multi-choice", "choices": choices},
        {"type": "date"}, {"type": "link"},
        {"type": "gate", "blocks-on": "no", "evidence": "required", "override": "head"},
        {"type": "gate", "blocks-on": "yes", "evidence": "optional"},
    ]  # fmt: skip
    questions = [
        {"id": f"q{n}", "ask": f"{n} {ask}", "required": True, **kinds[n % len(kinds)]}
        for n in range(most)
    ]
    silence = {"remind": "1 hour", "backup": "2 hours", "escalate": "1 week", "then": "lapse"}
    levels = [
        {"level": "self", "by": "owner", "title": ask},
        {"level": "any", "by": "head", "title": ask, "no-answer": silence},
        {"level": "all", "by": "head", "need": "all", "parallel": True},
        {"level": "some", "by": "controller", "need": 20, "title": ask},
    ]
    told = a_told_step(
        title=ask, questions=questions, approvals=levels, needs=["brief"],
        checklist=[{"id": f"i{n}", "text": ask} for n in range(60)],
        deliverable={"title": ask, "kind": "file", "required": True},
    )  # fmt: skip
    return a_playbook(
        a_told_step("brief", title=ask), told, override="head",
        roles={
            "controller": {"title": ask, "lead": True},
            "designer": {"title": ask, "backup": "controller"},
            "head": {"title": ask, "backup": "controller"},
        },
    )  # fmt: skip


def a_reviewed_step(words: str, rounds: int = 3, **facts: Any) -> Step:
    """A step that was sent back again and again, and everything said about it."""
    values = {2: "c0", 3: "c119", 4: "c0,c9", 5: ",".join(f"c{n}" for n in range(120)),
              6: "2026-12-31", 7: URL, 8: "no", 9: "yes", 1: "999999999999.25"}  # fmt: skip
    answers = tuple(
        Answer(f"q{n}", values.get(n % 10, words), OWNER, AT, number, quote=words)
        for number in range(1, rounds + 1)
        for n in range(20)
    )
    pieces = tuple(Evidence("link", f"{URL}{n}", words, OWNER, AT) for n in range(30))
    versions = tuple(
        Version(
            number, OWNER, AT, owner=OWNER, levels=("self", "any", "all", "some"),
            evidence=pieces[: 10 * number], comment=words, replies=(words,) * 20,
        )
        for number in range(1, rounds + 1)
    )  # fmt: skip
    moves = tuple(
        Move("changes", HEAD, AT, n, "any", text=words, items=(words,) * 20, note=words)
        for n in range(1, rounds)
    )
    known: dict[str, Any] = {
        "status": StepStatus.DECIDING, "answers": answers, "versions": versions, "moves": moves,
        "overrides": tuple(Override(f"q{n}", words, HEAD, AT, 1) for n in (8, 9, 18, 19)),
    }  # fmt: skip
    return a_step(**known | facts)


def every_move(words: str, version: int) -> list[Move]:
    """A move of every kind, about the first level of a version."""
    return [
        Move(
            kind, HEAD if kind in _BY_PEOPLE else "clock", AT, version, "any", text=words,
            of=HEAD, to=LEAD, items=(words,) * 20, note=words,
        )
        for kind in get_args(MoveKind)
    ]  # fmt: skip


_BY_PEOPLE = {"approve", "changes", "reject", "ask", "answer", "delegate", "withdraw"}


def a_reviewed_run(language: str, words: str = LONG, **facts: Any) -> Run:
    """A run with such a step."""
    step = a_reviewed_step(words, **facts)
    brief = a_step("brief", status=StepStatus.DONE, closed_at=AT, closed_by=LEAD)
    people = {
        "controller": (LEAD,), "designer": (OWNER,),
        "head": (HEAD, *(f"U0HEAD{n}" for n in range(30))),
    }  # fmt: skip
    return a_run(
        brief, step, playbook=a_reviewed_playbook(words), language=language, name=words,
        people=people,
    )  # fmt: skip


def after(run: Run, *moves: Move, **facts: Any) -> Run:
    """The run after some moves."""
    step = run.steps[1]
    return run.with_step(replace(step, moves=(*step.moves, *moves), **facts))
