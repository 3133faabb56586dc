"""Slack away, and messages away: when things are well again, all is said, once."""

from copy import deepcopy

import pytest

from bot import announcer
from bot.refs import card_key
from bot.sandbox.api.failures import Failure, Failures
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.shapes import Json
from bot.sandbox.state.messages import delete
from playbooks.run import Run
from tests.endurance.bots import living_bot
from tests.endurance.reckoning import doubled, keys, ticked
from tests.endurance.story import CHANNEL, Story

pytestmark = pytest.mark.usefixtures("impatient")


class Outage(Failures):
    """No call of any method succeeds."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__()
        self._changes = sandbox.space.changes
        self.calls = 0

    def take(self, method: str) -> Failure | None:
        """Fail, one way or the other."""
        self.calls += 1
        self._changes.signal()
        return Failure("http_500" if self.calls % 2 else "drop_before", 1, 0)


class LostAnswer(Failures):
    """The answer to one post is lost."""

    def __init__(self, post: int) -> None:
        super().__init__()
        self._posts_left = post

    def take(self, method: str) -> Failure | None:
        """Fail at that post."""
        self._posts_left -= method == "chat.postMessage"
        lost = method == "chat.postMessage" and self._posts_left == 0
        return Failure("drop_after", 1, 0) if lost else None


async def test_a_card_found_again_shows_what_has_changed_meanwhile(
    sandbox: Sandbox, url: str, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcer, "RESTS", (1.5,))
    sandbox.endpoint.failures = LostAnswer(post=4)
    async with living_bot(sandbox, url):
        person = sandbox.person("U0WANG")
        await person.command("/sop start errands", channel=CHANNEL)
        assert await person.submit({"name": "Errands"}) is None
        [run] = await story.runs()
        key = card_key(run.id, "pack", CHANNEL)
        await sandbox.until(lambda: key in story.said(CHANNEL), timeout=30)
        await story.tick(run, "pack", "b1")
        await story.settle()
    assert ticked(sandbox, run, "pack") == ["b1"]
    assert doubled(sandbox, run) == []


async def test_after_an_outage_all_is_said_once_though_nobody_does_anything(
    sandbox: Sandbox, url: str, story: Story
) -> None:
    async with living_bot(sandbox, url):
        run = await story.start("errands")
        well, outage = sandbox.faults, Outage(sandbox)
        sandbox.endpoint.failures = outage
        said = len(keys(sandbox, run))
        await story.finish(run, run.steps[0])
        await story.tick(run, "pack", "b1", "b2", "b3")
        moments = [step.remind_at for step in run.steps[1:] if step.remind_at]
        sandbox.clock.set(min(moments))  # from here on the workspace's clock stands still
        await sandbox.until(lambda: outage.calls > 12, timeout=30)
        assert len(keys(sandbox, run)) == said
        sandbox.endpoint.failures = well
        await story.settle()
    assert doubled(sandbox, run) == []
    reminded = [key for key in keys(sandbox, run) if "/reminded/" in key]
    assert len(reminded) == moments.count(min(moments))
    assert ticked(sandbox, run, "pack") == ["b1", "b2", "b3"]


async def test_a_post_under_way_when_the_bot_stops_is_made_by_the_next_one(
    sandbox: Sandbox, url: str, story: Story
) -> None:
    sandbox.faults.add("chat.postMessage", "timeout")
    async with living_bot(sandbox, url):
        person = sandbox.person("U0WANG")
        await person.command("/sop start errands", channel=CHANNEL)
        assert await person.submit({"name": "Errands"}) is None
    [run] = await story.runs()
    assert keys(sandbox, run) == []
    async with living_bot(sandbox, url):
        await story.settle()
    assert len(keys(sandbox, run)) == 6
    assert doubled(sandbox, run) == []


async def test_a_card_deleted_by_hand_comes_again_with_the_next_change(
    sandbox: Sandbox, url: str, story: Story
) -> None:
    async with living_bot(sandbox, url):
        run = await story.start("errands")
        card = deleted(sandbox, story, run, "pack")
        await sandbox.person(run.lead).check(card, "b1")  # on a screen that still shows it
        await story.settle()
    assert keys(sandbox, run)[-1] == f"run/step/pack/{CHANNEL}"
    assert doubled(sandbox, run) == []


async def test_what_belongs_under_a_deleted_card_brings_it_back(
    sandbox: Sandbox, url: str, story: Story
) -> None:
    async with living_bot(sandbox, url):
        run = await story.start("errands")
        card = deleted(sandbox, story, run, "call")
        lead = sandbox.person(run.lead)
        await lead.click(card, "step.menu", option="step.comment ")
        assert await lead.submit({"comment": "They call back."}) is None
        await story.settle()
        card = await story.card(run, run.steps[0])
    assert keys(sandbox, run)[-2] == f"run/step/call/{CHANNEL}"
    assert "They call back." in str(sandbox.messages(CHANNEL, card["ts"])[1])
    assert doubled(sandbox, run) == []


def deleted(sandbox: Sandbox, story: Story, run: Run, step: str) -> Json:
    """Somebody deletes a card; what it showed."""
    card = deepcopy(story.said(CHANNEL)[card_key(run.id, step, CHANNEL)])
    channel = sandbox.space.channel(CHANNEL)
    delete(sandbox.space, channel, channel.message(card["ts"]))
    return card
