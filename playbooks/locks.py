"""Which gates a step waits for: a gate locks only what needs its phase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playbooks.definition import Phase, PlaybookStep

Links = Mapping[str, Iterable[str]]


def locks_of(phases: Sequence[Phase]) -> dict[str, tuple[str, ...]]:
    """The phases whose gate a step waits for, by the step's id.

    A later step waits for a gate when it needs a step of its phase, directly or through others,
    or when it needs nothing at all. A phase `beside` others is locked by none of their gates, and
    what needs nothing there by none at all. No gate locks what it waits for itself.
    """
    links = {step.id: links_of(step) for phase in phases for step in phase.steps}
    waits: dict[str, set[str]] = {id_: set(needed) for id_, needed in links.items()}
    found: dict[str, list[str]] = {id_: [] for id_ in links}
    for number, phase in enumerate(phases):
        if phase.gate is None:
            continue
        own = {step.id for step in phase.steps}
        gate = f"gate {phase.id}"  # a name that no step can have
        waits[gate] = set(own)
        before = _reached(waits, gate)
        for step in _locked(phases, number, own, links):
            if step not in before:
                waits[step].add(gate)
                found[step].append(phase.id)
    return {id_: tuple(ids) for id_, ids in found.items()}


def links_of(step: PlaybookStep) -> frozenset[str]:
    """The steps it needs, or is due after."""
    dues = step.due.values() if isinstance(step.due, dict) else step.due_rules()
    after = {rule.ref for rule in dues if rule.base == "after" and rule.ref}
    return frozenset(step.needs) | after


def _locked(phases: Sequence[Phase], number: int, own: set[str], links: Links) -> Iterable[str]:
    beside = True  # the gated phase, as long as no phase after it stands by itself
    for phase in phases[number + 1 :]:
        beside = beside and phase.beside
        if beside:
            continue
        for step in phase.steps:
            needs = links[step.id]
            if own & _reached(links, step.id) or not (needs or phase.beside):
                yield step.id


def _reached(links: Links, start: str) -> set[str]:
    """Everything that `start` waits for, near and far."""
    seen: set[str] = set()
    ahead = [start]
    while ahead:
        new = set(links.get(ahead.pop(), ())) - seen
        seen |= new
        ahead += new
    return seen
