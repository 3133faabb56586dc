"""Input at its worst: long, hostile, in every script, in every field."""

from dataclasses import replace
from typing import Any

from playbooks.definition import Playbook
from playbooks.people import Person
from playbooks.run import Comment, Evidence, Run, Step, StepStatus, Tick
from tests.factories import AT, LEAD, OWNER, a_person, a_playbook, a_run, a_step, a_told_step

UGLY = (
    "<!channel> <@U0EVIL> &amp; & <https://evil.example|click> *bold* _it_ `code`"
    " \u202eright-to-left\u2066 مرحبا بالعالم 👩‍👩‍👧‍👦🔥 活动现场布置与物料清单"
    "\x00\x07\n\tnew line | pipe "
)
LONG = (UGLY * 20)[:3000]
STATES = (
    StepStatus.ACTIVE, StepStatus.WAITING, StepStatus.DONE, StepStatus.SKIPPED, StepStatus.OFF,
)  # fmt: skip


def an_ugly_playbook(steps: int = 80, items: int = 60) -> Playbook:
    """A playbook whose every text is as long and as hostile as Slack lets a person write."""
    told = [_told(n, items if n < 3 else 2) for n in range(steps)]
    roles: dict[str, Any] = {
        f"role{n}": {
            "title": LONG,
            "backup": "lead",
            "several": str(n % 2 == 0),
            "outsider": "true",
        }
        for n in range(30)
    }
    choices = [{"id": f"c{n}", "title": f"{n} {LONG}"} for n in range(120)]
    types = ("text", "number", "choice", "date", "time", "yes-no")
    return a_playbook(
        title=LONG, why=LONG, roles={"lead": {"title": LONG, "lead": "true"}, **roles},
        phases=[
            {"id": f"p{n}", "title": LONG, "objective": LONG, "steps": told[n::4],
             "gate": {"ask": LONG, "by": f"role{n}"}}
            for n in range(4)
        ],
        lists={f"l{n}": {"title": LONG, "columns": [{"id": "a", "title": LONG}]} for n in range(9)},
        params=[
            {"id": f"x{n}", "title": LONG, "type": type_, "unit": LONG}
            | ({"choices": choices} if type_ == "choice" else {})
            for n, type_ in enumerate(types * 2)
        ],
    )  # fmt: skip


def _told(n: int, items: int) -> dict[str, Any]:
    return a_told_step(
        f"s{n}", title=LONG, why=LONG, owner=f"role{n % 30}", needs=[f"s{n - 1}"] if n else [],
        checklist=[{"id": f"i{m}", "text": f"{m} {LONG}"} for m in range(items)],
        deliverable={"title": LONG, "kind": ("link", "file", "text", "list")[n % 4]},
        questions=[{"id": f"q{m}", "ask": LONG} for m in range(8)],
        approvals=[{"level": f"v{m}", "by": "lead", "title": LONG} for m in range(9)],
        lists=[f"l{m}" for m in range(9)],
    )  # fmt: skip


def an_ugly_step(n: int = 0, **facts: Any) -> Step:
    """A step that everything has happened to."""
    pieces = [
        Evidence("link", f"https://x.example/{'a' * 400}?a=<b>&c=d|e", LONG, OWNER, AT),
        Evidence("link", "javascript:alert(1)", LONG, OWNER, AT),
        Evidence("text", LONG, "", OWNER, AT),
        Evidence("file", "F1", LONG, OWNER, AT),
        Evidence("message", "https://s.slack.com/archives/C1/p1", LONG, OWNER, AT),
    ]
    return replace(
        a_step(
            f"s{n}", role=f"role{n % 30}", reach=LONG, reason=LONG, compressed=True, help_by=OWNER,
            closed_at=AT, closed_by=LEAD, owner_from="backup", evidence=tuple(pieces * 3),
            ticks=tuple(Tick(f"i{m}", OWNER, AT) for m in range(60)),
            comments=(Comment(LONG, OWNER, AT),),
        ),
        **facts,
    )  # fmt: skip


def an_ugly_run(language: str = "en", **facts: Any) -> Run:
    """A run of eighty ugly steps in every state."""
    playbook = an_ugly_playbook()
    steps = tuple(an_ugly_step(n, status=STATES[n % 5]) for n in range(len(playbook.steps)))
    known: dict[str, Any] = {
        "playbook": playbook, "name": LONG, "language": language, "reason": LONG,
        "outsiders": {f"role{n}": LONG for n in range(30)},
        "people": {"lead": (LEAD,), **{f"role{n}": (OWNER, LEAD) for n in range(20)}},
        "anchor_on": None,
    }  # fmt: skip
    return a_run(*steps, **{**known, **facts})


def an_ugly_person(language: str) -> Person:
    """Somebody with a name that is no name."""
    return a_person(name=LONG, language=language, zone="Asia/Kathmandu")
