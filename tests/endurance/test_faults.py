"""Calls that fail in every way: nothing is lost, nothing doubled, the order is kept."""

import pytest

from bot.sandbox.sandbox import Sandbox
from playbooks.run import RunStatus
from tests.endurance.bots import living_bot
from tests.endurance.reckoning import doubled, keys, seen, ticked
from tests.endurance.story import CHANNEL, Story

pytestmark = pytest.mark.usefixtures("impatient")

STEPS = ["call", "print", "pack", "book", "greet"]
CARDS = [f"run/run/{CHANNEL}", *(f"run/step/{step}/{CHANNEL}" for step in STEPS)]
KINDS = (
    "ratelimited", "http_500", "timeout", "drop_before", "drop_after", "error:internal_error",
    "error:invalid_auth",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
async def test_a_call_that_fails_is_made_good(
    sandbox: Sandbox, url: str, story: Story, kind: str
) -> None:
    faults = sandbox.faults
    async with living_bot(sandbox, url, look_every=600):  # the announcer itself comes again
        faults.add("chat.postMessage", kind, times=2)
        faults.add("conversations.history", kind)  # while it looks whether it has posted
        run = await story.start("errands")
        assert keys(sandbox, run) == CARDS
        faults.add("chat.update", kind, times=2)
        await story.tick(run, "pack", "b1", "b2")
        faults.add("chat.postMessage", kind)
        faults.add("conversations.replies", kind)
        await story.comment(run, "call", "They call back.")
        await story.settle()
    [comment] = keys(sandbox, run)[len(CARDS) :]
    assert comment.startswith("run/comment_added/call/")
    assert doubled(sandbox, run) == []
    assert ticked(sandbox, run, "pack") == ["b1", "b2"]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_direct_message_that_fails_is_made_good(
    sandbox: Sandbox, url: str, story: Story, kind: str
) -> None:
    async with living_bot(sandbox, url):
        run = await story.start("errands")
        wang = sandbox.person(run.lead)
        await wang.archive(CHANNEL)
        sandbox.faults.add("conversations.open", kind)
        await story.comment(run, "call", "They call back.")
        await sandbox.until(lambda: sandbox.messages(run.lead), timeout=30)
        await wang.archive(CHANNEL, archived=False)
        await story.settle()  # the channel's rest ends by itself
    assert len([key for key in keys(sandbox, run) if "/trouble/" in key]) == 1
    assert len([key for key in keys(sandbox, run) if "/comment_added/" in key]) == 1


async def test_a_message_that_slack_refuses_stops_none_that_follow(
    sandbox: Sandbox, url: str, story: Story
) -> None:
    async with living_bot(sandbox, url):
        sandbox.faults.add("chat.postMessage", "error:invalid_blocks")
        run = await story.start("errands")
        assert keys(sandbox, run) == CARDS[1:]
        await story.finish(run, run.steps[0])
        await story.settle()
        assert keys(sandbox, run) == [*CARDS[1:], CARDS[0]]  # the run's card came with the change


async def test_a_message_that_cannot_be_drawn_stops_none_that_follow(
    sandbox: Sandbox, url: str, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.say.build_comment_message", fail)
    async with living_bot(sandbox, url):
        run = await story.start("errands")
        await story.comment(run, "call", "They call back.")
        await story.tick(run, "pack", "b1")
        await story.settle()
    assert keys(sandbox, run) == CARDS
    assert ticked(sandbox, run, "pack") == ["b1"]


async def test_a_run_that_fails_stops_no_other_run_of_its_channel(
    sandbox: Sandbox, url: str, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with living_bot(sandbox, url) as bot:
        runs = [await story.start("errands") for _ in range(2)]
        broken, sound = sorted(runs, key=lambda run: run.id)  # the order they are told in
        unsaid = bot.outbox.unsaid

        async def fail(run_id: str, *, workspace: str) -> object:
            if run_id == broken.id:
                raise ZeroDivisionError
            return await unsaid(run_id, workspace=workspace)

        monkeypatch.setattr(bot.outbox, "unsaid", fail)
        await story.tick(broken, "pack", "b1")
        await story.tick(sound, "pack", "b1", "b2")
        await sandbox.until(lambda: ticked(sandbox, sound, "pack") == ["b1", "b2"], timeout=30)
        assert ticked(sandbox, broken, "pack") == []
        monkeypatch.undo()
        await story.settle()
    assert ticked(sandbox, broken, "pack") == ["b1"]


async def test_a_rate_limit_holds_up_its_own_channel_only(
    sandbox: Sandbox, url: str, story: Story
) -> None:
    async with living_bot(sandbox, url):
        slow = await story.start("errands")
        quick = await story.start("errands", channel="C0MARKET")
        sandbox.faults.add("chat.update", "ratelimited", retry_after=600)
        await story.tick(slow, "pack", "b1")
        await sandbox.until(lambda: sandbox.calls[-1].response.get("error") == "ratelimited")
        for step in quick.steps:
            await story.finish(quick, step)
        card = f"run/run/{quick.channel}"
        done = RunStatus.FINISHED.value
        await sandbox.until(lambda: done in str(seen(sandbox, quick)[card]).lower(), timeout=30)
    assert ticked(sandbox, slow, "pack") == []
