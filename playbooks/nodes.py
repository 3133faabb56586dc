"""The values of a YAML file, each with the place where it stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a file; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def seen_from(self, other: "Mark") -> str:
        """This place in words, for a reader who looks at `other`."""
        same_file = self.file == other.file
        return f"line {self.line}" if same_file else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Node:
    """A text, a list, a map, or None where nothing stands."""

    value: "str | list[Node] | dict[str, Node] | None"
    mark: Mark
    key_mark: Mark  # where its key stands; the value's own place in a list

    @property
    def text(self) -> str:
        """The text, or "" where it is none."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def items(self) -> "Sequence[Node]":
        """The entries of a list, or none."""
        return self.value if isinstance(self.value, list) else ()

    @property
    def entries(self) -> "Mapping[str, Node]":
        """The entries of a map, or none."""
        return self.value if isinstance(self.value, dict) else {}

    def get(self, key: str) -> "Node":
        """The value under a key; an empty one at this place where the key is absent."""
        return self.entries.get(key) or Node(None, self.mark, self.mark)

    def walk(self) -> "Iterator[Node]":
        """This node and all inside it, in no promised order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(node.items or node.entries.values())

    def plain(self) -> Any:
        """The value without places; a key without a value is left out."""
        if isinstance(self.value, dict):
            present = self.value.items()
            return {key: child.plain() for key, child in present if child.value is not None}
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        return self.value
