"""Texts in several languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

LANGUAGES = ("en", "zh-Hans", "zh-Hant")

_FALLBACKS = {
    "en": ("en", "zh-Hans", "zh-Hant"),
    "zh-Hans": ("zh-Hans", "zh-Hant", "en"),
    "zh-Hant": ("zh-Hant", "zh-Hans", "en"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """One text; a plain string is the same in every language (key "")."""

    by_language: Mapping[str, str]

    def to(self, language: str) -> str:
        """The text in `language`, or in the nearest language it has."""
        for candidate in (language, "", *_FALLBACKS.get(language, LANGUAGES)):
            if candidate in self.by_language:
                return self.by_language[candidate]
        return next(iter(self.by_language.values()))

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.by_language.items())))


def _read(value: Any) -> Any:
    if isinstance(value, Words):
        return value
    if isinstance(value, str):
        if not value.strip():
            raise ValueError("is empty: write the text here, or leave the key out")
        return Words({"": value})
    if not isinstance(value, Mapping) or not value:
        raise ValueError("must be a text, or a map of en, zh-Hans, zh-Hant")
    unknown = [key for key in value if key not in LANGUAGES]
    if unknown:
        raise ValueError(f"has no language {unknown[0]!r}: use en, zh-Hans, zh-Hant")
    for language, words in value.items():
        if not isinstance(words, str) or not words.strip():
            raise ValueError(f"has no words for {language}: write them, or leave the language out")
    return Words({language: value[language] for language in LANGUAGES if language in value})


def _write(text: Words) -> str | dict[str, str]:
    return text.by_language.get("") or dict(text.by_language)


Text = Annotated[
    Words,
    BeforeValidator(_read),
    PlainSerializer(_write),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {language: {"type": "string"} for language in LANGUAGES},
                    "additionalProperties": False,
                    "minProperties": 1,
                },
            ]
        }
    ),
]
