"""Build nodes from the events of the YAML parser."""

import re
from dataclasses import dataclass
from typing import Any

import yaml

from playbooks.faults import FAULT_LIMIT, Fault, fault, quoted
from playbooks.nodes import Mark, Node

DEPTH_LIMIT = 30
NODE_LIMIT = 25_000
CONTROL = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_NO_KEYS = ("", "<<")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Unreadable(Exception):
    """Nothing behind this fault is worth reading."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


@dataclass(slots=True)
class _Open:
    """A list or map whose end is still to come."""

    value: list[Node] | dict[str, Node]
    mark: Mark
    key: str | None = None  # of a map, whose value is to come
    key_mark: Mark | None = None


class NodeBuilder:
    """Builds a tree event by event, so that depth and number are bounded while reading."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.root: Node | None = None
        self._open: list[_Open] = []
        self._nodes = 0
        self._documents = 0

    def read(self, text: str) -> None:
        """Read every event; raise Unreadable or YAMLError where it cannot go on."""
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.NodeEvent):
                self._begin(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close()
            elif isinstance(event, yaml.DocumentStartEvent):
                self._documents += 1
                if self._documents > 1:
                    words = "a second document begins here: keep one playbook in one file"
                    raise Unreadable(fault(self._mark(event), words))

    def _begin(self, event: yaml.NodeEvent) -> None:
        mark = self._mark(event)
        self._nodes += 1
        if self._nodes > NODE_LIMIT or len(self.faults) >= FAULT_LIMIT:
            raise Unreadable(fault(mark, "holds too much for a playbook: split it, or use extends"))
        self._refuse_references(event, mark)
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, mark)
        elif isinstance(event, yaml.AliasEvent):
            self._add(None, mark)
        else:
            self._nest(isinstance(event, yaml.MappingStartEvent), mark)

    def _refuse_references(self, event: yaml.NodeEvent, mark: Mark) -> None:
        if isinstance(event, yaml.AliasEvent):
            self.faults.append(fault(mark, "aliases (*) are not allowed: write the value out"))
        elif event.anchor is not None:
            self.faults.append(fault(mark, "anchors (&) are not allowed: remove it"))
        if getattr(event, "tag", None) is not None:
            self.faults.append(fault(mark, "tags (!) are not allowed: remove it"))

    def _nest(self, is_map: bool, mark: Mark) -> None:
        if len(self._open) >= DEPTH_LIMIT:
            words = f"is nested deeper than {DEPTH_LIMIT} levels: make it flatter"
            raise Unreadable(fault(mark, words))
        if self._open and isinstance(self._open[-1].value, dict) and self._open[-1].key is None:
            raise Unreadable(fault(mark, "a key must be one word: put the text in quotes"))
        self._open.append(_Open({} if is_map else [], mark))

    def _scalar(self, event: yaml.ScalarEvent, mark: Mark) -> None:
        value: str | None = event.value
        if not event.style and value in {"", "~"}:
            value = None
        elif value and CONTROL.search(value):
            self.faults.append(fault(mark, "the text has a control character: remove it"))
        self._add(value, mark)

    def _close(self) -> None:
        closed = self._open.pop()
        self._add(closed.value, closed.mark)

    def _add(self, value: str | list[Node] | dict[str, Node] | None, mark: Mark) -> None:
        if not self._open:
            self.root = Node(value, mark, mark)
            return
        parent = self._open[-1]
        if isinstance(parent.value, list):
            parent.value.append(Node(value, mark, mark))
        elif parent.key is None:
            parent.key = self._key(value, mark)
            parent.key_mark = mark
        else:
            self._entry(parent.value, parent.key, Node(value, mark, parent.key_mark or mark))
            parent.key = None

    def _key(self, value: object, mark: Mark) -> str:
        if isinstance(value, str) and value not in _NO_KEYS:
            return value
        words = "merge keys (<<) are not allowed: use extends"
        empty = "a key is empty here: write a word before the colon"
        self.faults.append(fault(mark, words if value == "<<" else empty))
        return ""

    def _entry(self, entries: dict[str, Node], key: str, node: Node) -> None:
        first = entries.get(key)
        if first is None:
            if key not in _NO_KEYS:
                entries[key] = node
            return
        words = f"key {quoted(key)} stands here again, first in line {first.key_mark.line}"
        self.faults.append(fault(node.key_mark, f"{words}: keep one of them"))

    def _mark(self, event: yaml.Event) -> Mark:
        mark: Any = event.start_mark
        return Mark(self.file, mark.line + 1, mark.column + 1)
