"""What asked for something that is over: its buttons go, wherever it stands."""

from collections.abc import Awaitable, Callable

import pytest

from tests.scenarios.reading import Json, buttons, words
from tests.scenarios.world import ANNA, CHANNEL, CHEN, LI, WANG, World, moment

ELSEWHERE = "C0MARKET"
Act = Callable[[World], Awaitable[object]]


async def _done(world: World) -> None:
    await world.finish("plain", world.li)


async def _skip(world: World) -> None:
    await world.choose(world.li, "plain", "step.skip")
    assert await world.li.submit({"reason": "Given"}) is None


async def _assign(world: World) -> None:
    await world.choose(world.li, "plain", "step.assign")
    assert await world.li.submit({"person": ANNA}) is None


async def _roles(world: World) -> None:
    await world.wang.click(world.run_card(), "run.menu", option="run.roles ")
    assert await world.wang.submit({"role.designer": CHEN}) is None


async def _reschedule(world: World) -> None:
    await world.choose(world.li, "plain", "step.reschedule")
    due_at = int(moment("2025-09-03", "15:00").timestamp())
    assert await world.li.submit({"due_at": due_at}) is None


async def _help(world: World) -> None:
    await world.anna.click(world.told("reminder", "plain")[-1], "step.help")


async def _cancel(world: World) -> None:
    await world.wang.click(world.run_card(), "run.menu", option="run.cancel ")
    assert await world.wang.submit({"reason": "No hall"}) is None


ACTS: dict[str, tuple[Act, str]] = {
    "done": (_done, f"✅ *Agree the theme* — done · <@{LI}>"),
    "skip": (_skip, f"⏭️ *Agree the theme* — skipped · <@{LI}>"),
    "assign": (_assign, f"🔴 *Agree the theme* — <@{ANNA}>, was due"),
    "roles": (_roles, f"🔴 *Agree the theme* — <@{CHEN}>, was due"),
    "reschedule": (_reschedule, f"🔵 *Agree the theme* — <@{LI}>, due"),
    "help": (_help, f"🔴 *Agree the theme* — <@{LI}>, was due"),
    "cancel": (_cancel, f"⏹️ *Agree the theme* — <@{LI}>"),
}


def edits(world: World, of: list[Json]) -> int:
    """How often these messages were edited."""
    stamps = {message["ts"] for message in of}
    calls = (call for call in world.sandbox.calls if call.method == "chat.update")
    return sum(call.args["ts"] in stamps for call in calls)


async def _reminded(world: World, channel: str = CHANNEL) -> list[Json]:
    await world.start()
    for day in ("25", "27", "28"):
        await world.at(f"2025-08-{day}")
    reminders = world.told("reminder", "plain", channel)
    assert len(reminders) == 3
    assert all("step.done" in buttons(message) for message in reminders)
    return reminders


async def _heard(world: World) -> None:
    """Wait until Slack, which did not answer at first, has heard all there is to say."""
    await world.sandbox.until(lambda: world.told("step", "after"), timeout=20)
    await world.settle()


@pytest.mark.parametrize("name", ACTS)
async def test_every_reminder_of_a_step_that_moved_on_is_a_line_without_buttons(
    world: World, name: str
) -> None:
    await _reminded(world)
    act, line = ACTS[name]
    await act(world)
    await world.settle()
    reminders = world.told("reminder", "plain")
    assert len(reminders) == 3
    for message in reminders:
        assert buttons(message) == []
        assert message["text"].startswith(line)
        assert words(message).startswith(line)
    assert reminders[-1]["subtype"] == "thread_broadcast"
    assert edits(world, reminders) == 3


async def test_reminders_of_other_steps_and_of_one_that_has_not_moved_stay_as_they_are(
    world: World,
) -> None:
    reminders = await _reminded(world)
    await world.li.check(world.card("venue"), "contract")
    await world.choose(world.li, "plain", "step.comment")
    assert await world.li.submit({"comment": "Soon"}) is None
    await world.finish("motto", world.chen, {"evidence": "Light"})
    await world.at("2025-08-28", "23:59")
    await world.at("2025-08-29", "09:00")  # the cards have been drawn for a new day
    assert edits(world, world.told("reminder")) == 0
    assert world.told("reminder", "plain")[:3] == reminders


async def test_what_is_taken_up_again_is_told_so_where_it_was_reminded_of(world: World) -> None:
    await _reminded(world)
    await world.finish("plain", world.li)
    await world.choose(world.li, "plain", "step.reopen")
    await world.settle()
    reminders = world.told("reminder", "plain")
    assert all(message["text"].startswith("🔴") for message in reminders)
    assert all(buttons(message) == [] for message in reminders)


async def test_a_reminder_said_in_private_ends_like_any_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = world.sandbox.space.channel(CHANNEL)
    shared = channel.as_slack() | {"is_ext_shared": True}
    monkeypatch.setattr(channel, "as_slack", lambda: shared)
    await _reminded(world, channel=LI)
    await world.choose(world.li, "plain", "step.assign")
    assert await world.li.submit({"person": ANNA}) is None
    await world.settle()
    private = world.told("reminder", "plain", LI)
    assert [buttons(message) for message in private] == [[], [], []]
    assert all("定主题" in message["text"] for message in private)  # in Li's language


async def test_a_reminder_whose_answer_was_lost_has_no_buttons_once_its_step_is_done(
    world: World,
) -> None:
    await world.start()
    world.clock.set(moment("2025-08-25", "09:59"))
    await world.settle()
    world.sandbox.faults.add("chat.postMessage", "drop_after")
    world.clock.set(moment("2025-08-25"))
    await world.sandbox.until(lambda: world.told("reminder", "plain"), timeout=20)
    await world.li.click(world.card("plain"), "step.done")
    await _heard(world)
    [reminder] = world.told("reminder", "plain")
    assert buttons(reminder) == []
    assert reminder["text"].startswith("✅")


async def test_a_reminder_that_never_stood_there_is_not_posted_for_its_end(world: World) -> None:
    await world.start()
    world.clock.set(moment("2025-08-25", "09:59"))
    await world.settle()
    before = len(world.sandbox.calls)
    world.sandbox.faults.add("chat.postMessage", "error:internal_error")
    world.clock.set(moment("2025-08-25"))
    posted = "chat.postMessage"
    await world.sandbox.until(
        lambda: any(call.method == posted for call in world.sandbox.calls[before:]), timeout=20
    )
    await world.li.click(world.card("plain"), "step.done")
    await _heard(world)
    assert world.told("reminder", "plain") == []


async def test_a_run_that_moved_leaves_the_reminders_of_its_old_channel_alone(
    world: World,
) -> None:
    reminders = await _reminded(world)
    await world.wang.archive(CHANNEL)
    await world.at("2025-08-29")
    [trouble] = world.told("notice", channel=WANG)
    await world.wang.click(trouble, "run.channel")
    assert await world.wang.submit({"channel": ELSEWHERE}) is None
    await world.settle()
    await world.li.click(world.card("plain", ELSEWHERE), "step.done")
    await world.settle()
    assert world.told("reminder", "plain") == reminders
    assert [buttons(m) for m in world.told("reminder", "plain", ELSEWHERE)] == [[]]
    [trouble] = world.told("notice", channel=WANG)
    assert buttons(trouble) == []
    assert f"<#{ELSEWHERE}>" in trouble["text"]
