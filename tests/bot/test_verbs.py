"""The verbs of /sop, however people write them."""

import pytest

from bot.words.verbs import verb_of

VERBS = (
    "start", "list", "status", "my", "done", "lists", "kpi", "report", "ideas", "lessons", "brand",
    "away", "settings", "help",
)  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_known_by_its_own_name(verb: str) -> None:
    assert verb_of(verb) == (verb, "")


@pytest.mark.parametrize(
    ("text", "verb", "rest"),
    [
        ("start event", "start", "event"),
        ("  START   Dealer day ", "start", "Dealer day"),
        ("START　event", "start", "event"),
        ("开始 event", "start", "event"),
        ("開始event", "start", "event"),
        ("启动活动", "start", "活动"),
        ("啟動:活動", "start", "活動"),
        ("进度", "status", ""),
        ("進度", "status", ""),
        ("选题 夏季新品", "ideas", "夏季新品"),
        ("選題夏季新品", "ideas", "夏季新品"),
        ("列表", "list", ""),
        ("清單", "list", ""),
        ("我的工作", "my", ""),
        ("知識庫 場地", "lessons", "場地"),
        ("說明", "help", ""),
        ("?", "help", ""),
    ],
)
def test_verbs_are_known_in_three_languages(text: str, verb: str, rest: str) -> None:
    assert verb_of(text) == (verb, rest)


@pytest.mark.parametrize("text", ["dance", "dance now", "event", "活动", "🔥"])
def test_an_unknown_verb_is_told_with_its_text(text: str) -> None:
    assert verb_of(text) == (None, text)


def test_nothing_is_no_verb() -> None:
    assert verb_of("   ") == (None, "")
