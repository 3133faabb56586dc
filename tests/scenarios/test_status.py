"""/sop status: of this channel, or of one's own runs elsewhere, and it says which."""

from bot.words.catalogue import say
from tests.scenarios.reading import buttons, words
from tests.scenarios.world import World


async def test_a_status_is_of_this_channel_or_else_of_my_runs(world: World) -> None:
    assert say("en", "menu.no_run") in (await world.anna.command("/sop status"))["text"]
    await world.start()
    mine = await world.li.command("/sop status", channel="C0MARKET")
    assert "Dealer day" in mine["text"]
    hers = await world.anna.command("/sop status", channel="C0MARKET")
    assert "Dealer day" not in hers["text"]
    here = await world.li.command("/sop status")
    assert say("zh-Hans", "menu.elsewhere") not in here["text"]


async def test_a_status_of_runs_elsewhere_says_that_there_is_none_here(world: World) -> None:
    await world.start()
    for count, expected in ((1, {"run.steps", "run.menu"}), (2, {"run.status"})):
        for person, language in {
            world.wang: "en",
            world.li: "zh-Hans",
            world.chen: "zh-Hant",
        }.items():
            answer = await person.command("/sop status", channel="C0MARKET")
            line = say(language, "menu.elsewhere")
            assert answer["text"].startswith(line)
            assert words(answer).startswith(line)
            assert "Dealer day" in answer["text"]
            assert expected <= set(buttons(answer)), count
        await world.start(name="Second")
