"""Lists: columns that exist and fit what is asked of them."""

from collections.abc import Collection, Iterator

from playbooks.checks.outline import Outline, unknown, unknown_words
from playbooks.faults import Fault, fault, quoted
from playbooks.nodes import Node

_ELSEWHERE = ("kpi", "run", "step")  # what a column may point at besides a list


def check_lists(outline: Outline) -> Iterator[Fault]:
    """Find wrong columns, default rows, owners and statuses of every list."""
    lists = outline.root.get("lists").entries
    for each in lists.values():
        columns = {column.get("id").text: column for column in each.get("columns").items}
        for column in columns.values():
            yield from _column(column, lists)
        yield from _of_type(each.get("owner"), columns, ("person", "people"))
        for status in each.get("statuses").items:
            yield from _of_type(status, columns, ("status",))
        yield from _rows(each, columns)


def _column(column: Node, lists: Collection[str]) -> Iterator[Fault]:
    type_, name = column.get("type").text, quoted(column.get("id").text)
    ref = column.get("ref")
    if ref.text and ref.text not in (*lists, *_ELSEWHERE):
        yield unknown(ref, "list", lists, f"use a list's id, or {', '.join(_ELSEWHERE)}")
    if type_ == "ref" and not ref.text:
        yield fault(column.mark, f"column {name} points nowhere: add 'ref: <list id>'")
    if type_ in {"choice", "multi-choice"} and len(column.get("choices").items) < 2:
        yield fault(column.mark, f"column {name} has fewer than two choices: list them")
    if type_ == "formula" and not column.get("formula").text:
        yield fault(column.mark, f"column {name} has no formula: add 'formula'")


def _of_type(node: Node, columns: dict[str, Node], types: tuple[str, ...]) -> Iterator[Fault]:
    if not node.text:
        return
    if node.text not in columns:
        yield unknown(node, "column", columns, "add it under columns")
    elif columns[node.text].get("type").text not in types:
        words = f"column {quoted(node.text)} is not of type {types[0]}: name another, or change it"
        yield fault(node.mark, words)


def _rows(each: Node, columns: Collection[str]) -> Iterator[Fault]:
    for row in each.get("rows").items:
        for key, cell in row.entries.items():
            if key not in columns:
                words = unknown_words("column", key, columns, "add it under columns")
                yield fault(cell.key_mark, words)
