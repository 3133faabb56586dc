"""Pydantic's complaints about a playbook in plain words, at their places."""

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from playbooks.definition import Playbook
from playbooks.faults import FAULT_LIMIT, Fault, fault, nearest, quoted
from playbooks.nodes import Node
from playbooks.shape import Part
from playbooks.type_words import MISFITS, say_type

Path = tuple[int | str, ...]


def shape_faults(error: ValidationError, root: Node) -> list[Fault]:
    """Every error of a validation as a fault, the branches of one choice of types folded."""
    details = error.errors(include_input=False, include_url=False)[:FAULT_LIMIT]
    groups: dict[Path, list[tuple[Path, ErrorDetails]]] = {}
    for detail in details:
        path, choice = _located(root, detail)
        groups.setdefault(path if choice is None else choice, []).append((path, detail))
    return [each for group in groups.values() for each in _folded(root, group)]


def _located(root: Node, detail: ErrorDetails) -> tuple[Path, Path | None]:
    """The path in the file, and where a choice of types begins: pydantic names types in between."""
    loc = detail["loc"]
    if detail["type"] == "missing" or loc[-1:] == ("[key]",):
        loc = loc[:-1]
    node, choice = root, None
    path: Path = ()
    for part in loc:
        child = _child(node, part)
        if child is not None:
            node, path = child, (*path, part)
        elif choice is None:
            choice = path
    return path, choice


def _child(node: Node, part: int | str) -> Node | None:
    if isinstance(part, int):
        return node.items[part] if part < len(node.items) else None
    return node.entries.get(part)


def _folded(root: Node, group: list[tuple[Path, ErrorDetails]]) -> Iterator[Fault]:
    """One group's faults; of a choice of types only those of the type that was meant."""
    deepest = max(len(path) for path, _ in group)
    deep = [(path, detail) for path, detail in group if len(path) == deepest]
    chosen = [(path, detail) for path, detail in deep if detail["type"] not in MISFITS] or deep[:1]
    types = {detail["type"] for _, detail in chosen}
    if types == {"literal_error", "int_parsing"}:
        path, detail = chosen[0]
        words = f"{_subject(root, path)} {say_type(detail)} or a whole number"
        yield fault(_at(root, path).mark, words)
        return
    if len(types) > 1:  # a number out of bounds was meant as a number
        chosen = [(path, detail) for path, detail in chosen if detail["type"] != "literal_error"]
    for path, detail in chosen:
        if not _is_echo(_at(root, path), detail):
            yield _translated(root, path, detail)


def _is_echo(node: Node, detail: ErrorDetails) -> bool:
    """Whether a list only seems short because its entries are wrong, which is told anyway."""
    shortest = detail.get("ctx", {}).get("min_length", 0)
    return detail["type"] == "too_short" and len(node.items or node.entries) >= shortest


def _translated(root: Node, path: Path, detail: ErrorDetails) -> Fault:
    node = _at(root, path)
    last = detail["loc"][-1] if detail["loc"] else ""
    if detail["type"] == "extra_forbidden":
        return fault(node.key_mark, _unknown(path))
    if detail["type"] == "missing":
        return _missing(root, path, last)
    if last == "[key]" or detail["type"] == "string_pattern_mismatch":
        name = str(path[-1]) if last == "[key]" else node.text
        words = "use lower-case letters, digits and hyphens, a letter first"
        mark = node.key_mark if last == "[key]" else node.mark
        return fault(mark, f"{quoted(name)} is no id: {words}")
    words = say_type(detail)
    if words.startswith(("'", '"')):
        return fault(node.mark, words)
    return fault(node.mark, f"{_subject(root, path)} {words}")


def _missing(root: Node, path: Path, key: int | str) -> Fault:
    parent = _at(root, path)
    if isinstance(key, int):
        return fault(parent.mark, f"{_subject(root, path)} lacks a value: write {key + 1} of them")
    if key in parent.entries:
        empty = parent.entries[key]
        return fault(empty.key_mark, f"{quoted(key)} is empty: write its value")
    return fault(parent.mark, f"{_subject(root, path)} lacks {quoted(key)}: add it")


def _unknown(path: Path) -> str:
    key, known = str(path[-1]), _keys_at(path[:-1])
    near = nearest(key.lower().replace("_", "-"), known)
    if near:
        return f"unknown key {quoted(key)}: did you mean {near!r}?"
    return f"unknown key {quoted(key)}: use {', '.join(known)}"


def _at(root: Node, path: Path) -> Node:
    for part in path:
        root = _child(root, part) or root
    return root


def _subject(root: Node, path: Path) -> str:
    """What a fault is about: a key, or an entry of a list by its id."""
    if not path:
        return "the playbook"
    if isinstance(path[-1], str):
        return quoted(path[-1])
    node = _at(root, path)
    name = node.get("id").text or node.get("level").text
    kind = str(path[-2]) if len(path) > 1 else ""
    return f"{kind.rstrip('s')} {quoted(name)}" if name else f"entry {path[-1] + 1} of {kind!r}"


@cache
def _keys_of(part: type[Part]) -> dict[str, tuple[type[Part] | None, bool]]:
    """A part's keys, each with the part it holds and whether it maps ids to it."""
    fields = part.model_fields.values()
    return {field.alias or "": _held(field.annotation) for field in fields}


def _held(annotation: Any) -> tuple[type[Part] | None, bool]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation, False
    for inner in get_args(annotation):
        found, mapped = _held(inner)
        if found:
            return found, mapped or get_origin(annotation) is dict
    return None, False


def _keys_at(path: Path) -> list[str]:
    """The keys that the part at a path may have."""
    part: type[Part] = Playbook
    mapped = False
    for step in path:
        if mapped or isinstance(step, int):
            mapped = False
            continue
        held, mapped = _keys_of(part)[step]
        part = held or part
    return list(_keys_of(part))
