"""The words of the bot: one YAML file a language, read once."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from playbooks.texts import LANGUAGES

FALLBACK = "en"
PLURAL = frozenset({"one", "other"})  # sub-keys chosen by the fact `n`

Entry = str | Mapping[str, str]


def say(language: str, key: str, **facts: Any) -> str:
    """Put `key` into words, its `{placeholders}` filled from `facts`; KeyError when unknown."""
    entry = entries(language if language in LANGUAGES else FALLBACK)[key]
    if not isinstance(entry, str):
        entry = entry["one" if facts["n"] == 1 else "other"]
    return entry.format_map(facts)


@cache
def entries(language: str) -> Mapping[str, Entry]:
    """Every entry of a language by its dotted key."""
    path = Path(__file__).with_name(f"{language}.yaml")
    # Scalars stay the text that stands there: `on` and `no` are words here.
    tree = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    return dict(_flat(tree, ""))


def _flat(tree: Mapping[str, Any], prefix: str) -> list[tuple[str, Entry]]:
    found: list[tuple[str, Entry]] = []
    for name, node in tree.items():
        key = f"{prefix}{name}"
        if isinstance(node, str) or set(node) == PLURAL:
            found.append((key, node))
        else:
            found.extend(_flat(node, f"{key}."))
    return found
