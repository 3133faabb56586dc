"""/sop and the App Home: private, in the reader's language, to act on in place."""

import pytest

from bot.words.catalogue import say
from playbooks.run import StepStatus
from tests.scenarios.reading import buttons, every, field, words
from tests.scenarios.world import CHANNEL, LI, WANG, World

VERBS = {
    "en": {"list": "list", "status": "status", "my": "my", "help": "help", "done": "done"},
    "zh-Hans": {"list": "列表", "status": "进度", "my": "我的", "help": "帮助", "done": "完成"},
    "zh-Hant": {"list": "清單", "status": "進度", "my": "我的", "help": "幫助", "done": "完成"},
}


@pytest.mark.parametrize("language", VERBS)
async def test_every_verb_answers_privately_in_three_languages(world: World, language: str) -> None:
    await world.start()
    person = {"en": world.wang, "zh-Hans": world.li, "zh-Hant": world.chen}[language]
    step = {"en": "Pack the boxes", "zh-Hans": "定主题", "zh-Hant": "寫口號"}[language]
    title = {"en": "Try-out", "zh-Hans": "演练", "zh-Hant": "演練"}[language]
    expected = {"list": title, "status": "Dealer day", "my": step, "done": step}
    before = len(world.sandbox.space.channel(CHANNEL).messages)
    for verb, word in VERBS[language].items():
        answer = await person.command(f"/sop {word}")
        assert expected.get(verb, say(language, "help.intro")) in answer["text"]
        assert "in_channel" not in answer.get("response_type", "")
    assert len(world.sandbox.space.channel(CHANNEL).messages) == before


@pytest.mark.parametrize("line", ["/sop dance", "/sop 跳舞", "/sop <script>", "/sop report now"])
async def test_what_is_no_verb_or_not_there_yet_gets_help(world: World, line: str) -> None:
    answer = await world.anna.command(line)
    assert answer["text"].startswith(say("en", "help.intro"))


async def test_the_menu_says_what_is_mine_and_what_i_can_do(world: World) -> None:
    answer = await world.li.command("/sop")
    assert set(buttons(answer)) == {"home.start", "menu.my", "run.status", "menu.help"}
    assert answer["text"] == say("zh-Hans", "menu.free")
    await world.start()
    await world.li.command("/sop")
    menu = world.li.ephemerals(CHANNEL)[-1]
    assert "定主题" in menu["text"]
    expected = {"menu.my": "确认场地", "run.status": "Dealer day", "menu.help": "/sop"}
    for action, word in expected.items():
        await world.li.click(menu, action)
        await world.settle()
        assert word in world.whispers(world.li)[-1]
    await world.li.click(menu, "home.start")
    assert world.li.modal
    assert world.li.modal["callback_id"] == "run.start"


async def test_a_playbook_is_started_from_the_list(world: World) -> None:
    await world.wang.command("/sop list")
    shown = world.wang.ephemerals(CHANNEL)[-1]
    await world.wang.click(shown, "home.start", value="tryout")
    assert world.wang.modal
    assert field(world.wang.modal, "playbook")["initial_option"]["value"] == "tryout"


async def test_done_in_the_private_list_is_answered_in_the_list(world: World) -> None:
    run = await world.start()
    await world.li.command("/sop my")
    [shown] = world.li.ephemerals(CHANNEL)
    assert "定主题" in shown["text"]
    await world.li.click(shown, "step.done", value=f"{run.id}/plain")
    await world.settle()
    [shown] = world.li.ephemerals(CHANNEL)
    assert "定主题" not in shown["text"]
    assert world.card("plain")["text"].startswith("✅")


async def test_an_empty_home_offers_a_start(world: World) -> None:
    await world.anna.open_home()
    await world.settle()
    assert world.anna.home
    assert say("en", "home.empty") in words(world.anna.home)
    await world.anna.click(world.anna.home, "home.start")
    assert world.anna.modal
    assert world.anna.modal["callback_id"] == "run.start"


async def test_work_is_done_in_place_on_the_home(world: World) -> None:
    run = await world.start()
    await world.li.open_home()
    await world.settle()
    assert world.li.home
    assert "定主题" in words(world.li.home)
    assert "Dealer day" in words(world.li.home)
    await world.li.click(world.li.home, "step.done", value=f"{run.id}/plain")
    await world.settle()
    assert "定主题" not in words(world.li.home)
    assert (await world.step("plain")).status is StepStatus.DONE


async def test_a_form_opened_on_the_home_redraws_the_home_when_it_was_sent(world: World) -> None:
    run = await world.start()
    await world.li.open_home()
    await world.settle()
    assert world.li.home
    await world.li.click(world.li.home, "step.done", value=f"{run.id}/page")
    assert await world.li.submit({"evidence": "https://example.com"}) is None
    await world.settle()
    assert (await world.step("page")).status is StepStatus.DONE
    assert "发布页面" not in words(world.li.home)


async def test_a_refusal_on_the_home_opens_in_a_modal(world: World) -> None:
    run = await world.start()
    await world.li.open_home()
    await world.settle()
    stale = world.li.home
    assert stale
    await world.finish("plain", world.wang)
    await world.li.click(stale, "step.done", value=f"{run.id}/plain")
    await world.settle()
    assert world.li.modal
    assert f"<@{WANG}>" in words(world.li.modal)


async def test_another_language_changes_what_i_read_but_not_what_the_channel_reads(
    world: World,
) -> None:
    await world.start()
    await world.li.open_home()
    await world.settle()
    assert world.li.home
    await world.li.click(world.li.home, "home.language", option="en")
    await world.settle()
    assert "Agree the theme" in words(world.li.home)
    assert "Agree the theme" in (await world.li.command("/sop my"))["text"]
    await world.chen.open_home()
    await world.settle()
    assert world.chen.home
    await world.chen.click(world.chen.home, "home.language", option="zh-Hans")
    await world.at("2025-08-25")
    assert "写口号" in (await world.chen.command("/sop my"))["text"]
    assert "Agree the theme" in world.reminders("plain")[0]
    assert "Write the motto" in world.card("motto")["text"]


async def test_a_chosen_language_outlives_the_day_after_which_slack_is_asked_again(
    world: World,
) -> None:
    await world.li.open_home()
    await world.settle()
    assert world.li.home
    await world.li.click(world.li.home, "home.language", option="en")
    await world.at("2025-08-25")
    assert (await world.li.command("/sop"))["text"] == say("en", "menu.free")


async def test_only_the_owner_is_mentioned_by_what_one_person_alone_reads(world: World) -> None:
    await world.start()
    await world.li.open_home()
    await world.settle()
    assert world.li.home
    links = [n for n in every(world.li.home["blocks"]) if f"<@{LI}>" in str(n.get("text"))]
    assert links == []


async def test_a_click_is_answered_within_three_seconds_while_slack_s_look_ups_hang(
    world: World,
) -> None:
    world.sandbox.faults.add("users.info", "timeout", times=5)
    answer = await world.anna.command("/sop")
    assert answer["text"] == say("en", "menu.free")


async def test_the_home_is_taken_in_and_a_form_given_up_while_slack_hangs(world: World) -> None:
    world.sandbox.faults.add("views.publish", "timeout")
    await world.anna.open_home()
    assert world.sandbox.events.under_way
    await world.sandbox.until(lambda: not world.sandbox.events.under_way, timeout=2)
    world.sandbox.faults.add("views.open", "timeout")
    await world.anna.command("/sop start tryout")
    assert world.anna.modal is None
