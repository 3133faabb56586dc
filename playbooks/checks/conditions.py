"""Conditions: the names they ask about exist, and so do the choices they compare with."""

from collections.abc import Iterator

from playbooks.checks.outline import Outline, unknown_words
from playbooks.conditions import Comparison, parse_condition
from playbooks.faults import Fault, fault, quoted
from playbooks.nodes import Node

_YES_NO = ("yes", "no", "true", "false")


def check_conditions(outline: Outline) -> Iterator[Fault]:
    """Find conditions that ask about nothing, or compare with what can never be."""
    names = _names(outline)
    for node in _conditions(outline):
        try:
            condition = parse_condition(node.text)
        except ValueError:
            continue  # the shape reports it
        for comparison in condition.rule.comparisons():
            yield from _comparison(outline, node, comparison, names)


def _conditions(outline: Outline) -> Iterator[Node]:
    for step in outline.steps.values():
        yield step.get("when")
        for part in (*step.get("checklist").items, *step.get("approvals").items):
            yield part.get("when")
    for question in outline.questions():
        yield question.get("when")


def _comparison(
    outline: Outline, node: Node, asked: Comparison, names: dict[str, Node]
) -> Iterator[Fault]:
    kind, first, *rest = asked.name.split(".")
    if kind == "list":
        yield from _list(outline, node, first, rest)
    elif asked.name in names:
        yield from _value(node, asked, names[asked.name])
    else:
        mend = "ask about a parameter, an answer or a list of this playbook"
        yield fault(node.mark, unknown_words("name", asked.name, names, mend))


def _names(outline: Outline) -> dict[str, Node]:
    """Parameters and questions as conditions name them; a step's form counts as its own."""
    params = {f"param.{id_}": param for id_, param in outline.params.items()}
    return params | {
        f"answer.{id_}.{question.get('id').text}": question
        for id_, step in outline.steps.items()
        for holder in (step, outline.forms.get(step.get("form").text, step))
        for question in holder.get("questions").items
    }


def _list(outline: Outline, node: Node, id_: str, figure: list[str]) -> Iterator[Fault]:
    lists = outline.root.get("lists").entries
    if id_ not in lists:
        yield fault(node.mark, unknown_words("list", id_, lists, "add it under lists"))
        return
    columns = [column.get("id").text for column in lists[id_].get("columns").items]
    if figure[0] == "total" and ".".join(figure[1:]) not in columns:
        name = ".".join(figure[1:])
        yield fault(node.mark, unknown_words("column", name, columns, f"add it to list {id_!r}"))


def _value(node: Node, asked: Comparison, source: Node) -> Iterator[Fault]:
    """Compare the value with what the parameter or question can hold."""
    type_ = source.get("type").text
    choices = [choice.get("id").text for choice in source.get("choices").items]
    if type_ in {"choice", "multi-choice"} and asked.value not in choices:
        words = unknown_words("choice", asked.value, choices, f"use {', '.join(choices)}")
        yield fault(node.mark, f"{words} ({asked.name})")
    elif type_ in {"gate", "yes-no"} and asked.value not in _YES_NO:
        yield fault(node.mark, f"{asked.name} is yes or no, never {quoted(asked.value)}: use one")
    elif type_ == "number" and not _is_number(asked.value):
        words = f"{asked.name} is a number, never {quoted(asked.value)}: compare with a number"
        yield fault(node.mark, words)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
