"""Every text of the built-in SOP for events is there in three languages, and fits its place."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from playbooks.definition import Playbook
from playbooks.library import BUILT_IN, load_file
from playbooks.texts import LANGUAGES, Words

# The same characters in both scripts, in the same order; those that both use are left out.
SIMPLIFIED = (
    "万与专两个临为买于产亲从仪们价伙会传体内册写冲决况准几划则别办务动势区单却参发变叠号后启员响团围图场备"
    "够宝实审对导届岗币带并广库应开张归当录忆态总执报择损换据摄数断无时权条来标档检气汇没测满点热状环现电画"
    "盖盘确礼种积称筹签类紧约纪纳纸线组细终结给络绝绪续缓网联胸脑节营补装见观规视览触计订认讨让训议记讲设访"
    "评识试话询语误说请谁调谈负财责货质购贴费资趋转轮较过还这进选遗邮采钟销错键长门问间队际险隐顶项顺须顾预"
    "领频题额风饮馈验麦齐"
)
TRADITIONAL = (
    "萬與專兩個臨為買於產親從儀們價夥會傳體內冊寫衝決況準幾劃則別辦務動勢區單卻參發變疊號後啟員響團圍圖場備"
    "夠寶實審對導屆崗幣帶並廣庫應開張歸當錄憶態總執報擇損換據攝數斷無時權條來標檔檢氣匯沒測滿點熱狀環現電畫"
    "蓋盤確禮種積稱籌簽類緊約紀納紙線組細終結給絡絕緒續緩網聯胸腦節營補裝見觀規視覽觸計訂認討讓訓議記講設訪"
    "評識試話詢語誤說請誰調談負財責貨質購貼費資趨轉輪較過還這進選遺郵採鐘銷錯鍵長門問間隊際險隱頂項順須顧預"
    "領頻題額風飲饋驗麥齊"
)
PAIRS = [pair for pair in zip(SIMPLIFIED, TRADITIONAL, strict=True) if pair[0] != pair[1]]
LABEL = 75  # characters Slack allows beside a box or in a menu


def event() -> Playbook:
    """The event playbook, which must load."""
    loaded = load_file(BUILT_IN / "event.yaml")
    assert loaded.playbook is not None, loaded.faults
    return loaded.playbook


EVENT = event()


def texts(part: Any, path: str = "") -> Iterator[tuple[str, Words]]:
    """Every text below a part, with the way to it."""
    if isinstance(part, Words):
        yield path, part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from texts(getattr(part, name), f"{path}.{getattr(part, 'id', '')}.{name}")
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from texts(value, f"{path}.{key}")
    elif isinstance(part, tuple):
        for value in part:
            yield from texts(value, path)


def too_long(named: Iterator[tuple[str, Words]], *, latin: int, chinese: int) -> list[str]:
    """The texts that have more characters than their place."""
    limits = {"en": latin, "zh-Hans": chinese, "zh-Hant": chinese}
    return [
        f"{path} {language}: {words.to(language)}"
        for path, words in named for language in LANGUAGES
        if len(words.to(language)) > limits[language]
    ]  # fmt: skip


def test_every_text_is_there_in_three_languages() -> None:
    plain = [
        (path, words.to("en")) for path, words in texts(EVENT) if set(words.by_language) == {""}
    ]
    notes_and_cells = [text for path, text in plain if re.fullmatch(r"PDCA: [PDCA]", text)]
    cells = [
        row[key].to("en") for row in EVENT.lists["material"].rows for key in row if key != "item"
    ]
    assert sorted(text for _, text in plain) == sorted(notes_and_cells + cells)
    spoken = [words for _, words in texts(EVENT) if "" not in words.by_language]
    assert len(spoken) > 600
    assert all(set(words.by_language) == set(LANGUAGES) for words in spoken)


def test_english_has_no_chinese_and_chinese_no_english_sentence() -> None:
    for path, words in texts(EVENT):
        if "" not in words.by_language:
            assert not re.search(r"[\u3400-\u9fff]", words.to("en")), path
            for language in ("zh-Hans", "zh-Hant"):
                assert not re.search(r"[a-z]{3,} [a-z]{3,}", words.to(language)), path


@pytest.mark.parametrize(("language", "foreign"), [("zh-Hans", 1), ("zh-Hant", 0)])
def test_each_chinese_keeps_to_its_own_characters(language: str, foreign: int) -> None:
    strangers = {pair[foreign] for pair in PAIRS}
    wrong = {
        path: sorted(strangers & set(words.to(language)))
        for path, words in texts(EVENT) if strangers & set(words.to(language))
    }  # fmt: skip
    assert wrong == {}


def test_the_two_chinese_differ_wherever_a_character_does() -> None:
    simplified = {pair[0] for pair in PAIRS}
    same = [
        path for path, words in texts(EVENT)
        if words.to("zh-Hans") == words.to("zh-Hant") and simplified & set(words.to("zh-Hans"))
    ]  # fmt: skip
    assert same == []
    assert len(PAIRS) > 200


def test_traditional_chinese_uses_its_own_words() -> None:
    words = {path: text.to("zh-Hant") for path, text in texts(EVENT)}
    joined = "\n".join(words.values())
    for word in (
        "視頻",
        "屏幕",
        "投影儀",
        "線索",
        "留資",
        "導入",
        "鏈接",
        "默認",
        "消息",
        "復盤覆",
    ):
        assert word not in joined, word
    for word in ("項目", "復盤", "物料", "潛在客戶", "影片", "匯入", "連結"):
        assert word in joined, word


def test_a_card_line_holds_every_title_of_a_step() -> None:
    titles = ((step.id, step.title) for step in EVENT.steps)
    assert too_long(titles, latin=50, chinese=28) == []


def test_a_box_or_menu_holds_every_item_and_choice() -> None:
    labels = [
        (path, words) for path, words in texts(EVENT)
        if re.search(r"\.(checklist|choices)\.", path)
    ]  # fmt: skip
    assert len(labels) > 200
    assert too_long(iter(labels), latin=LABEL, chinese=LABEL) == []


def test_an_item_is_short_enough_for_a_phone() -> None:
    items = ((f"{step.id}.{item.id}", item.text) for step in EVENT.steps for item in step.checklist)
    assert too_long(items, latin=40, chinese=18) == []


def test_a_question_and_a_reason_are_read_at_a_glance() -> None:
    asked = [(path, words) for path, words in texts(EVENT) if path.endswith(".ask")]
    reasons = [(step.id, step.why) for step in EVENT.steps if step.why]
    assert len(reasons) == len(EVENT.steps)
    assert too_long(iter(asked), latin=150, chinese=75) == []
    assert too_long(iter(reasons), latin=100, chinese=40) == []


def test_one_message_holds_the_boxes_of_every_step() -> None:
    assert max(len(step.checklist) for step in EVENT.steps) <= 10
