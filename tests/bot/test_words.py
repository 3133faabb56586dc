"""The catalogues are complete, alike, and say what they mean to whom they mean it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from bot.words.catalogue import Entry, entries, say
from playbooks.texts import LANGUAGES

ROOT = Path(__file__).parents[2]
SOURCES = [path for top in ("bot", "playbooks", "storage") for path in (ROOT / top).rglob("*.py")]
# Keys that are put together from a word and a code.
PREFIXES = (
    "ack.decision_", "dispute.decided_", "dispute.verdict_", "form.verdict_",
    "document.method_", "page.",
    "approval.rung_", "away.", "calendar.", "change.", "cycle.", "decided.", "plan.kind_",
    "export.column_", "export.move_", "export.status_", "export_run.as_", "form.amends_",
    "form.evidence_", "form.late_", "frozen.", "gate.answer_", "help.", "history.", "home.",
    "language.", "move.late_", "phase.stands_", "pressed.", "refused.", "rehearsal.", "reminder.",
    "short.", "stage.", "start.", "state.", "step.from_",
    "step.wanted_", "trouble.", "settings.", "company.", "feed.on_",
)  # fmt: skip
# Characters that only one of the two scripts has; a slip of either kind shows here.
SIMPLIFIED = set(
    "们个这时间开启动关闭请选择语说读写软设务别没还会对发见现问题项目标准历记录试验证件资料频顶"
    "频讨论编辑页输总负责让给谁认识导师队经过进远运达选轻辆转轮边区医卖买实当审帮带归复忆应志忧怀"
    "态总恋恶愿户执扩扫扬换据摆敌断旧时显术机权条来杨杰极构标样检楼欢残毕气汇汉没泽测济浏渔温湾满滞"
) - set("目料志没件复当显极讨准")
TRADITIONAL = set(
    "們個這時間開啟動關閉請選擇語說讀寫軟設務別還會對發見現問題項標準歷記錄試驗證資頻頂討論編輯頁輸"
    "總負責讓給誰認識導師隊經過進遠運達輕輛轉輪邊區醫賣買實當審幫帶歸複憶應憂懷態戀惡願戶執擴掃揚換據"
) - set("換別")


def texts(entry: Entry) -> list[str]:
    return [entry] if isinstance(entry, str) else list(entry.values())


def placeholders(entry: Entry) -> set[str]:
    """The facts an entry names; `n` may be told by the form of the word alone."""
    named = {name for text in texts(entry) for _, name, _, _ in Formatter().parse(text) if name}
    return named | ({"n"} if not isinstance(entry, str) else set())


def constants(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def keys_said(path: Path) -> Iterator[str]:
    """The literal keys, and the literal beginnings of keys, that a module asks words for."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(
                func=ast.Name(id="say" | "phrase"), args=[_, ast.Constant(value=key), *_]
            ):
                yield str(key)
            case ast.Call(
                func=ast.Name(id="say" | "phrase"),
                args=[_, ast.JoinedStr(values=[ast.Constant(value=key), *_]), *_],
            ):
                yield str(key) + "…"


def codes() -> set[str]:
    """Every code that a rule refuses with."""
    found = re.compile(r'Refused\(\s*"(\w+)"')
    return {code for path in SOURCES for code in found.findall(path.read_text(encoding="utf-8"))}


def only(language: str) -> str:
    """Every text of a language but its languages' own names."""
    return "".join(
        text
        for key, entry in entries(language).items()
        if not key.startswith("language.")
        for text in texts(entry)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys(language: str) -> None:
    assert set(entries(language)) == set(entries("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_names_the_same_facts(language: str) -> None:
    different = [
        key
        for key, entry in entries(language).items()
        if placeholders(entry) - {"n"} != placeholders(entries("en")[key]) - {"n"}
    ]
    assert different == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_empty(language: str) -> None:
    assert [key for key, entry in entries(language).items() if not all(texts(entry))] == []


def test_every_key_that_is_asked_for_exists() -> None:
    asked = {key for path in SOURCES for key in keys_said(path)}
    assert len(asked) > 100
    plain = {key for key in asked if not key.endswith("…")}
    assert plain - set(entries("en")) == set()
    assert [key for key in asked - plain if not key.startswith(PREFIXES)] == []


def test_every_key_is_used() -> None:
    said = {constant for path in SOURCES for constant in constants(path)}
    unused = [key for key in entries("en") if key not in said and not key.startswith(PREFIXES)]
    assert unused == []


def test_every_fault_of_the_start_form_has_words_and_no_words_are_left_over() -> None:
    kinds = re.compile(
        r"(start\.)?((name|channel|anchor|date|lead|calendar|language|param|person)_[a-z_]+)"
    )
    told = {key.removeprefix("start.") for key in entries("en") if key.startswith("start.")}
    rules = {"playbooks/start.py", "playbooks/params.py", "playbooks/run_actions.py"}
    named = {
        found[2]
        for path in SOURCES
        for constant in constants(path)
        if (found := kinds.fullmatch(constant))
        if found[1] or str(path.relative_to(ROOT)) in rules
    }
    made = {f"param_{kind}" for kind in ("number", "time")}
    assert told == (named | made) - {"anchor_on"}


def test_every_refusal_has_words_and_no_words_are_left_over() -> None:
    told = {key.removeprefix("refused.") for key in entries("en") if key.startswith("refused.")}
    assert told == codes()


def test_no_refusal_is_only_a_no() -> None:
    for language in LANGUAGES:
        stop = "." if language == "en" else "。"
        for code in codes():
            for text in texts(entries(language)[f"refused.{code}"]):
                assert text.count(stop) >= 1
                assert re.search(r"[:：,，]", text), text


def test_each_script_keeps_its_own_characters() -> None:
    assert set(only("zh-Hant")) & SIMPLIFIED == set()
    assert set(only("zh-Hans")) & TRADITIONAL == set()


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_what_is_bold_stands_apart_from_chinese_letters_or_slack_shows_the_stars(
    language: str,
) -> None:
    letter = "[\u3400-\u9fff]"
    glued = [
        key
        for key, entry in entries(language).items()
        for text in texts(entry)
        for bold in re.finditer(r"\*[^*\n]+\*", text)
        if re.search(f"{letter}$", text[: bold.start()]) or re.match(letter, text[bold.end() :])
    ]
    assert glued == []


def test_chinese_is_no_conversion_of_the_other_script() -> None:
    assert "略過" in only("zh-Hant")
    assert "跳过" in only("zh-Hans")


def test_reminders_do_not_shout() -> None:
    for language in LANGUAGES:
        assert not set(only(language)) & set("!！")


def test_english_counts_one_and_many() -> None:
    assert say("en", "date.in_days", n=1) == "in 1 day"
    assert say("en", "date.in_days", n=3) == "in 3 days"
    assert say("zh-Hans", "date.in_days", n=1) == "1 天后"


def test_an_unknown_language_gets_english() -> None:
    assert say("tlh", "button.done") == "Done"


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("en", "button.dance")


def test_facts_with_braces_are_only_facts() -> None:
    assert say("en", "step.why", why="{title} {0}") == "Why: {title} {0}"
