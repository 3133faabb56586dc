"""What a rehearsal tells is what the bot then says, message by message."""

from datetime import UTC, date, datetime
from pathlib import Path

from bot.rehearsal import rehearse_playbook
from playbooks.calendars import Facts
from playbooks.definition import Playbook
from playbooks.library import load_file
from playbooks.rehearsal import decided, handed_whole
from playbooks.run import Change, Event, Run, RunStatus, Step, StepStatus
from playbooks.start import StartForm
from playbooks.submission import complete_step
from tests.scenarios.reading import Json
from tests.scenarios.world import CHANNEL, CHEN, LI, SOPS, TODAY, WANG, World

Said = tuple[str, str, str]  # the moment, the kind and what it is about
ANCHOR = date(2025, 11, 18)
CAST = {"controller": WANG, "designer": LI, "head": CHEN, "vendor": LI}


def loaded(name: str) -> Playbook:
    found = load_file(Path(SOPS) / f"{name}.yaml").playbook
    assert found
    return found


async def started(world: World, playbook: Playbook) -> Run:
    form = StartForm(
        name="Dealer day", channel=CHANNEL, start_on=TODAY, anchor_on=ANCHOR, language="en",
        calendar="CN", people={role: (CAST[role],) for role in playbook.roles}, stand_in=WANG,
    )  # fmt: skip
    return await world.bot.runs.start(
        playbook, form, request="r", workspace="T0SANDBOX", by=WANG, at=world.clock.now()
    )


async def done_when_due(world: World, run: Run) -> None:
    """Let time go from moment to moment; every owner is done when it is due."""
    while run.status is RunStatus.ACTIVE:
        now = world.clock.now()
        rings = [step.remind_at for step in run.steps if step.remind_at]
        dues = [step.due_at or now for step in run.steps if step.status is StepStatus.ACTIVE]
        at = max(now, min([*rings, *dues]))
        world.clock.set(at)
        await world.settle()
        run = await world.run()
        for step in run.steps:
            if step.status is StepStatus.ACTIVE and (step.due_at or at) <= at:
                await finish(world, run, step, at)
        await world.settle()
        run = await world.run()


async def finish(world: World, run: Run, step: Step, at: datetime) -> None:
    def act(run: Run, facts: Facts) -> Change:
        now = run.step(step.key) or step
        handed = handed_whole(run, now, at)
        change = complete_step(run, step.key, facts, by=now.owner, at=at, handed=handed)
        events: list[Event] = [*change.events]
        for decision in decided(change.run, step.key, facts, at):
            change, events = decision, [*events, *decision.events]
        return Change(change.run, tuple(events))

    await world.bot.runs.change(run.id, act, workspace=run.workspace)


def heard(world: World) -> list[Said]:
    """All messages of the bot with their metadata, direct ones included."""
    conversations = [world.sandbox.space.channel(CHANNEL)]
    conversations += [world.sandbox.space.im(person) for person in (WANG, LI, CHEN)]
    found = [
        (m, m.get("metadata", {}).get("event_payload")) for c in conversations for m in c.messages
    ]
    return sorted(_said(message, payload) for message, payload in found if payload)


def _said(message: Json, payload: Json) -> Said:
    at = datetime.fromtimestamp(int(float(message["ts"])), UTC)
    return f"{at:%m-%d %H:%M}", payload["kind"], payload["subject"]


async def test_the_bot_says_what_the_rehearsal_told(world: World) -> None:
    playbook = loaded("tryout")
    told = rehearse_playbook(
        playbook, at=world.clock.now(), anchor_on=ANCHOR, calendar="CN", people=CAST, late={},
        until=None, language="en",
    )  # fmt: skip
    plan = sorted(
        (f"{one.at.astimezone(UTC):%m-%d %H:%M}", one.kind, one.subject) for one in told.messages
    )
    await started(world, playbook)
    await world.settle()
    await done_when_due(world, await world.run())
    assert (await world.run()).status is RunStatus.FINISHED
    assert heard(world) == plan
