"""Read a YAML file safely: texts, lists and maps with their places, and nothing else."""

from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

import yaml

from playbooks.faults import Fault, fault, in_order
from playbooks.node_builder import CONTROL, NodeBuilder, Unreadable
from playbooks.nodes import Mark, Node
from playbooks.syntax import explain

SIZE_LIMIT = 1_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read; no root where nothing could be made of it."""

    file: str
    root: Node | None
    faults: tuple[Fault, ...]


def read_source(path: Path) -> Source:
    """Read a file; a large, odd or unreadable one is a fault, never an exception."""
    try:
        return parse_source(_bytes(path), str(path))
    except Unreadable as stop:
        return Source(str(path), None, (stop.fault,))


def _bytes(path: Path) -> bytes:
    try:
        if not S_ISREG(path.stat().st_mode):  # a pipe would keep us waiting
            raise Unreadable(fault(Mark(str(path)), "is no file: give the path of a YAML file"))
        with path.open("rb") as file:
            return file.read(SIZE_LIMIT + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no path"
        words = f"cannot be read ({why}): check the path and its rights"
        raise Unreadable(fault(Mark(str(path)), words)) from None


def parse_source(content: bytes, file: str) -> Source:
    """Turn the bytes of a file into nodes with their places."""
    builder, text = NodeBuilder(file), ""
    try:
        text = _decoded(content, file)
        builder.read(text)
    except yaml.YAMLError as error:
        return Source(file, None, in_order((*builder.faults, explain(error, file, text))))
    except Unreadable as stop:
        return Source(file, None, in_order((*builder.faults, stop.fault)))
    if builder.root is None or not isinstance(builder.root.value, dict):
        words = "is no playbook: begin with the keys id, title, roles and phases"
        return Source(file, None, in_order((*builder.faults, fault(Mark(file), words))))
    return Source(file, builder.root, in_order(builder.faults))


def _decoded(content: bytes, file: str) -> str:
    if len(content) > SIZE_LIMIT:
        words = "is larger than 1 MB: split the playbook, or use extends"
        raise Unreadable(fault(Mark(file), words))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        words = f"is not UTF-8 at byte {error.start}: save the file as UTF-8"
        raise Unreadable(fault(Mark(file, line, column), words)) from None
    found = CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        words = "a control character stands here: remove it"
        raise Unreadable(fault(Mark(file, line, column), words))
    return text
