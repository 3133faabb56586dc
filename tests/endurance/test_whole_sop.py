"""The whole event SOP, done by its owners through Slack."""

from bot.sandbox.sandbox import Sandbox
from playbooks.run import RunStatus, StepStatus
from storage.database import Database
from tests.endurance.bots import living_bot
from tests.endurance.reckoning import doubled, keys, messages, seen
from tests.endurance.story import Story, key_of


async def test_the_event_sop_is_driven_to_its_end(
    sandbox: Sandbox, url: str, database: Database
) -> None:
    async with living_bot(sandbox, url):
        run = await Story(sandbox, database).play()
    assert run.status is RunStatus.FINISHED
    assert {step.status for step in run.steps} <= {StepStatus.DONE, StepStatus.OFF}
    assert len(run.playbook.steps) == 29
    assert len(run.steps) == 31
    assert doubled(sandbox, run) == []
    cards = {f"run/step/{step.key}/{run.channel}" for step in run.steps if step.closed_at}
    assert cards | {f"run/run/{run.channel}"} <= set(keys(sandbox, run))
    for message in messages(sandbox, run):
        if "/step/" in key_of(message):
            assert "step.done" not in str(message["blocks"]), key_of(message)
    assert "finished" in " ".join(seen(sandbox, run)[f"run/run/{run.channel}"]).lower()
