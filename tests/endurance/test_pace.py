"""How fast the bot speaks: no faster than Slack likes, and no more often than need be."""

from time import monotonic

from bot.sandbox.clock import SandboxClock
from bot.sandbox.sandbox import Sandbox
from storage.database import Database
from tests.endurance.bots import living_bot
from tests.endurance.reckoning import keys, ticked
from tests.endurance.story import START, Story

PAUSE = 0.5  # seconds between two edits of one message


async def test_a_burst_of_posts_is_never_told_to_slow_down(url: str, database: Database) -> None:
    async with Sandbox(SandboxClock(START), post_every=1.0) as sandbox:
        async with living_bot(sandbox, url, post_every=1.0):
            run = await Story(sandbox, database).start("errands")
        assert len(keys(sandbox, run)) == 6
        assert [call for call in sandbox.calls if call.response.get("error")] == []


async def test_many_ticks_within_a_second_become_few_edits(
    sandbox: Sandbox, url: str, story: Story
) -> None:
    items = [f"b{number}" for number in range(1, 7)]
    async with living_bot(sandbox, url, post_every=PAUSE):
        run = await story.start("errands")
        before, began = len(sandbox.calls), monotonic()
        for count in range(1, len(items) + 1):
            await story.tick(run, "pack", *items[:count])
        await story.settle()
        most = (monotonic() - began) / PAUSE + 1
    edits = [call for call in sandbox.calls[before:] if call.method == "chat.update"]
    assert ticked(sandbox, run, "pack") == items
    assert len(edits) <= most


async def test_a_bot_with_nothing_to_say_calls_nobody(
    sandbox: Sandbox, url: str, story: Story
) -> None:
    async with living_bot(sandbox, url) as bot:
        await story.start("errands")
        before = len(sandbox.calls)
        for _ in range(20):
            bot.announcer.wake()
        await story.settle()
    assert sandbox.calls[before:] == []


async def test_a_bot_that_takes_over_keeps_the_pace_of_the_one_before_it(
    sandbox: Sandbox, url: str, story: Story
) -> None:
    async with living_bot(sandbox, url):
        run = await story.start("errands")
    began = monotonic()
    async with living_bot(sandbox, url, post_every=2 * PAUSE):
        await story.comment(run, "call", "They close at six.")
        await story.settle()
    assert monotonic() - began >= 2 * PAUSE
