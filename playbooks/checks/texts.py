"""Texts: every one in every language its file speaks."""

from collections.abc import Iterator

from playbooks.checks.outline import Outline
from playbooks.faults import Fault, fault
from playbooks.nodes import Node
from playbooks.texts import LANGUAGES


def check_texts(outline: Outline) -> Iterator[Fault]:
    """Tell of texts that lack a language which other texts of the same file have."""
    texts = [node for node in outline.root.walk() if _is_text(node)]
    spoken: dict[str, set[str]] = {}
    for text in texts:
        spoken.setdefault(text.mark.file, set()).update(_languages(text))
    for text in texts:
        lacking = spoken[text.mark.file] - _languages(text)
        if lacking:
            shown = " and ".join(language for language in LANGUAGES if language in lacking)
            yield fault(text.mark, f"the text lacks {shown}, which other texts have: add it")


def _is_text(node: Node) -> bool:
    return bool(node.entries) and all(key in LANGUAGES for key in node.entries)


def _languages(text: Node) -> set[str]:
    return {language for language, words in text.entries.items() if words.text.strip()}
