"""YAML's own complaints in plain words."""

from typing import Any

import yaml

from playbooks.faults import Fault, fault
from playbooks.nodes import Mark

# What the parser says → what is wrong and how to mend it; the first that fits is used.
_PLAIN = (
    ("tab character", "a tab stands where spaces belong: indent with spaces only"),
    ("cannot start any token", "this character cannot begin a value: put the text in quotes"),
    (
        "mapping values are not allowed",
        "a colon stands where none may be: put the text in quotes, or check the indentation",
    ),
    (
        "could not find expected ':'",
        "a key lacks its colon: write 'key: value', or check the indentation",
    ),
    ("found unexpected end of stream", "a quote opens here and never closes: close it"),
    (
        "did not find expected ',' or '",
        "a bracket or a comma is missing: separate with commas and close every bracket",
    ),
    (
        "did not find expected '-' indicator",
        "a line of this list does not begin with '- ': check the dash and the indentation",
    ),
    (
        "did not find expected key",
        "a key is expected here: check the indentation and the quotes of the line above",
    ),
    (
        "block sequence entries are not allowed",
        "a list may not begin here: put '- ' on a line of its own, under its key",
    ),
    ("unknown escape character", "a backslash in double quotes is wrong: use single quotes"),
    ("undefined tag handle", "tags (!) are not allowed: remove it"),
    ("incompatible yaml document", "the %YAML line names an unknown version: remove it"),
    (
        "did not find expected <document start>",
        "the file goes on after its end: keep one playbook in one file",
    ),
    ("unexpected document indicator", "the file ends inside a quote or bracket: close it"),
)


def explain(error: yaml.YAMLError, file: str, text: str) -> Fault:
    """A parser's error as a fault at its place in `text`."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return fault(Mark(file), "is no YAML that can be read: check quotes and indentation")
    problem = str(error.problem or error.context or "")
    where: Any = error.problem_mark or error.context_mark
    if "end of stream" in problem and error.context_mark:
        where = error.context_mark
    if where is None:
        return fault(Mark(file), _plain(problem))
    if _is_tab(text, where.line, where.column):
        problem = "tab character"
    return fault(Mark(file, where.line + 1, where.column + 1), _plain(problem))


def _is_tab(text: str, line: int, column: int) -> bool:
    lines = text.splitlines()
    return line < len(lines) and lines[line][column : column + 1] == "\t"


def _plain(problem: str) -> str:
    lower = problem.lower()
    return next(
        (words for part, words in _PLAIN if part in lower),
        f"is no YAML that can be read ({problem}): check quotes, colons and indentation",
    )
