"""`extends:` — lay a playbook file over the one it extends."""

from collections.abc import Iterator, Mapping, Sequence

from playbooks.checks.outline import unknown
from playbooks.faults import Fault, fault, quoted
from playbooks.nodes import Mark, Node

_CHAIN_LIMIT = 10


def inherit(root: Node, bases: Mapping[str, Node]) -> tuple[Node, list[Fault]]:
    """The file as understood: laid over its base, and that over its own base.

    With faults the file stays as it was.
    """
    chain = [root]
    seen = [root.get("id").text]
    while named := chain[-1].get("extends").text:
        problem = _unusable(chain, bases, seen)
        if problem:
            return root, [problem]
        seen.append(named)
        chain.append(bases[named])
    merged = chain.pop()
    while chain:
        overlay = chain.pop()
        conflicts = list(_conflicts(merged, overlay))
        if conflicts:
            return root, conflicts
        merged, faults = _merged(merged, overlay)
        if faults:
            return root, faults
    return merged, []


def _unusable(chain: list[Node], bases: Mapping[str, Node], seen: list[str]) -> Fault | None:
    extends, first = chain[-1].get("extends"), chain[0].get("extends")
    if extends.text in seen:
        circle = " → ".join((*seen, extends.text))
        return fault(first.mark, f"extends goes in a circle ({circle}): remove one of them")
    if extends.text not in bases:
        others = [id_ for id_ in bases if id_ not in seen]
        return unknown(extends, "playbook", others, "extend one that exists and is right itself")
    if len(seen) > _CHAIN_LIMIT:
        return fault(first.mark, f"extends more than {_CHAIN_LIMIT} playbooks: extend fewer")
    return None


def _conflicts(base: Node, overlay: Node) -> Iterator[Fault]:
    """Steps that the overlay puts into another phase than the base."""
    places = {id_: (phase, mark) for phase, id_, mark in _step_places(base)}
    for phase, id_, mark in _step_places(overlay):
        if id_ in places and places[id_][0] != phase:
            other, there = places[id_]
            where = f"{there.file}:{there.line}"
            words = f"step {quoted(id_)} stands in phase {quoted(other)} of the base ({where})"
            yield fault(mark, f"{words}: put it there, or give it another id")


def _step_places(root: Node) -> Iterator[tuple[str, str, Mark]]:
    for phase in root.get("phases").items:
        for step in phase.get("steps").items:
            if step.get("id").text:
                yield phase.get("id").text, step.get("id").text, step.get("id").mark


def _merged(base: Node, overlay: Node) -> tuple[Node, list[Fault]]:
    if overlay.value is None:
        return base, []
    if base.entries and overlay.entries:
        return _merged_map(base, overlay)
    key = _key_of(base.items, overlay.items)
    return _merged_list(base, overlay, key) if key else (overlay, [])


def _merged_map(base: Node, overlay: Node) -> tuple[Node, list[Fault]]:
    entries, faults = dict(base.entries), []
    for name, node in overlay.entries.items():
        entries[name], found = _merged(entries.get(name) or node, node)
        faults += found
    return Node(entries, overlay.mark, overlay.key_mark), faults


def _key_of(base: Sequence[Node], overlay: Sequence[Node]) -> str | None:
    """What the entries of both lists are told apart by."""
    both = [*base, *overlay]
    named = ("id", "level")
    return next((key for key in named if both and all(n.get(key).text for n in both)), None)


def _merged_list(base: Node, overlay: Node, key: str) -> tuple[Node, list[Fault]]:
    """Entries with the same id become one; new ones follow `after: <id>`, or the end."""
    merged = {node.get(key).text: node for node in base.items}
    faults: list[Fault] = []
    for node in overlay.items:
        id_, after, new = node.get(key).text, node.get("after"), _without_place(node)
        if after.text and after.text not in merged:
            words = f"nothing here is called {quoted(after.text)}: name an entry of the base"
            faults.append(fault(after.mark, words))
        placed, found = _merged(merged.get(id_, new), new)
        faults += found
        merged = _with(merged, id_, placed, after.text)
    return Node(list(merged.values()), overlay.mark, overlay.key_mark), faults


def _without_place(node: Node) -> Node:
    entries = {key: child for key, child in node.entries.items() if key != "after"}
    return Node(entries, node.mark, node.key_mark)


def _with(entries: dict[str, Node], id_: str, node: Node, after: str) -> dict[str, Node]:
    if after not in entries or after == id_:
        return {**entries, id_: node}
    others = [(key, value) for key, value in entries.items() if key != id_]
    at = [key for key, _ in others].index(after) + 1
    return dict([*others[:at], (id_, node), *others[at:]])
