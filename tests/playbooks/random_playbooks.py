"""Random small playbooks: acyclic needs, series, conditions, phases with gates, odd reminders."""

from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from playbooks.definition import Playbook
from tests.playbooks.engine import ANCHORED, ROLES, items, playbook_of, step

NAMES = ["alpha", "beta", "gamma", "delta", "eta", "theta"]
PARAMS = [
    {
        "id": "size", "title": "Size", "type": "choice", "scales-beyond": 2,
        "choices": [{"id": "small", "title": "S", "scale": "0.5"}, {"id": "large", "title": "L"}],
    },
    {"id": "day", "title": "Day", "type": "date"},
    {"id": "opens", "title": "Opens", "type": "time"},
]  # fmt: skip
CHOSEN = {"day": "2026-03-20", "opens": "14:30"}
CONDITIONS = st.sampled_from(["param.size = large", "param.size != small", "list.x.rows > 3"])
REMINDERS = st.sampled_from(
    [
        "std", "close", "quiet", "none",
        {"before": ["4 hours", "1 week"], "again": "1 workday"},
        {"before": ["30 minutes", "0 workdays"], "again": "0 workdays"},
        {"before": ["3 days"], "due": "no", "again": "2 hours"},
        {"before": ["9 hours", "3 hours"], "again": "1 week"},
    ]
)  # fmt: skip


def _plain_rules() -> st.SearchStrategy[str]:
    return st.one_of(
        st.integers(0, 9).map(lambda n: f"start + {n} workdays"),
        st.integers(-9, 9).map(lambda n: f"anchor {'-' if n < 0 else '+'} {abs(n)} workdays"),
        st.sampled_from(
            ["anchor - 1 week", "anchor + 3 days at 07:15", "start + 5 hours", "param.day",
             "anchor - 90 minutes", "param.opens", "param.day - 1 day", "param.missing"]
        ),
    )  # fmt: skip


@st.composite
def _steps(draw: st.DrawFn, name: str, earlier: list[str]) -> dict[str, Any]:
    due: Any = draw(_plain_rules())
    follows = draw(st.booleans())
    if earlier and follows:
        unit = draw(st.sampled_from(["workdays", "hours"]))
        due = f"after({draw(st.sampled_from(earlier))}) + {draw(st.integers(0, 6))} {unit}"
    if draw(st.integers(0, 3)) == 3:
        due = draw(st.lists(_plain_rules(), min_size=2, max_size=3))
    told: dict[str, Any] = step(name, draw(st.sampled_from(sorted(ROLES))), due)
    if earlier:
        needs = st.lists(st.sampled_from(earlier), max_size=2, unique=True)
        told["needs"] = draw(needs)
    boxes = draw(st.sampled_from([(), ("one",), ("one", "two")]))
    told["checklist"] = items(*boxes) + draw(
        st.sampled_from([[], items("three", required="no"), items("three", when="param.size = x")])
    )
    told["remind"] = draw(REMINDERS)
    if earlier and draw(st.integers(0, 5)) == 5:
        told["when"] = draw(CONDITIONS)
    if draw(st.integers(0, 3)) == 3:
        kind = draw(st.sampled_from(["text", "link", "list"]))
        told["deliverable"] = {"title": "Proof", "kind": kind, "required": "yes"}
    return told


@st.composite
def playbooks(draw: st.DrawFn, *, in_order: bool = False) -> Playbook:
    """A random playbook of two to six steps in phases, in an order of the file that is drawn too.

    `in_order` no step stands before one it needs.
    """
    names = NAMES[: draw(st.integers(2, len(NAMES)))]
    steps = [draw(_steps(name, names[:number])) for number, name in enumerate(names)]
    told = steps if in_order else draw(st.permutations(steps))
    override = draw(st.sampled_from([{}, {"override": "writer"}]))
    phases = draw(_phases(told))
    return playbook_of(phases=phases, params=PARAMS, **ANCHORED, **override)


@st.composite
def _phases(draw: st.DrawFn, steps: list[Any]) -> list[dict[str, Any]]:
    """The steps in one to four phases, mostly with gates; some run beside the one before."""
    cuts = draw(st.lists(st.integers(0, len(steps)), max_size=3).map(sorted))
    phases = []
    for number, (low, high) in enumerate(pairwise([0, *cuts, len(steps)])):
        phase: dict[str, Any] = {"id": f"p{number}", "title": "P", "steps": steps[low:high]}
        if draw(st.integers(0, 2)):
            phase["gate"] = {"ask": "Go on?", "by": draw(st.sampled_from(sorted(ROLES)))}
        if number and not draw(st.integers(0, 3)):
            phase["beside"] = "yes"
        phases.append(phase)
    return phases
