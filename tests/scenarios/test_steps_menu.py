"""The rest of a step's card: skip, reopen, hand over, new date, help, comment."""

from datetime import timedelta

from bot.words.catalogue import say
from playbooks.run import StepStatus
from tests.scenarios.reading import buttons, field, words
from tests.scenarios.world import ANNA, BOT, CHANNEL, CHEN, LI, WANG, World, moment


async def test_a_skip_needs_a_reason_and_opens_what_waited(world: World) -> None:
    await world.start()
    await world.choose(world.li, "plain", "step.skip")
    assert world.li.modal
    assert "1" in words(world.li.modal)
    assert set(await world.li.submit({"reason": "   "}) or {}) == {"reason"}
    assert await world.li.submit({"reason": "Theme is <given>"}) is None
    await world.settle()
    assert "Theme is &lt;given&gt;" in world.card("plain")["text"]
    assert world.card("plain")["text"].startswith("⏭")
    assert world.told("step", "after")


async def test_a_menu_is_no_way_around_whose_step_it_is(world: World) -> None:
    await world.start()
    for action in ("step.skip", "step.assign", "step.reschedule"):
        await world.anna.click(world.card("plain"), "step.menu", option=f"{action} ")
        assert world.anna.modal is None
    await world.settle()
    assert len(world.whispers(world.anna)) == 3


async def test_a_reopened_step_makes_what_needs_it_wait_again(world: World) -> None:
    await world.start()
    await world.finish("plain", world.li)
    old = world.card("plain")["ts"]
    await world.choose(world.li, "plain", "step.reopen")
    await world.settle()
    assert world.card("plain")["ts"] == old
    assert "step.done" in buttons(world.card("plain"))
    assert "step.done" not in buttons(world.card("after"))
    assert (await world.step("after")).status is StepStatus.WAITING
    assert "is waiting again" in world.thread(world.card("after"))[-1]["text"]
    await world.finish("plain", world.li)
    assert len(world.told("step", "after")) == 1
    assert "step.done" in buttons(world.card("after"))


async def test_a_stale_card_answers_with_the_present_state(world: World) -> None:
    await world.start()
    stale = world.card("plain") | {"blocks": list(world.card("plain")["blocks"])}
    await world.finish("plain", world.li)
    for action in ("step.done", "step.help"):
        await world.li.click(stale, action)
        await world.settle()
    for action in ("step.skip", "step.assign", "step.reschedule"):
        await world.li.click(stale, "step.menu", option=f"{action} ")
        await world.settle()
    answers = world.whispers(world.li)
    assert len(answers) == 5
    assert all(f"<@{LI}>" in answer for answer in answers)
    assert world.li.modal is None


async def test_a_step_is_handed_over_in_its_thread_by_name(world: World) -> None:
    await world.start()
    await world.choose(world.li, "plain", "step.assign")
    assert world.li.modal
    assert field(world.li.modal, "person")["initial_user"] == LI
    assert await world.li.submit({"person": LI}) == {
        "person": say("zh-Hans", "refused.already_theirs")
    }
    assert await world.li.submit({"person": BOT}) == {
        "person": say("zh-Hans", "refused.cannot_own")
    }
    assert await world.li.submit({"person": ANNA}) is None
    await world.settle()
    text = world.card("plain")["text"]
    assert text.index(f"<@{ANNA}>") == text.index("<@")
    assert world.thread(world.card("plain"))[-1]["text"].startswith(f"<@{ANNA}>")
    await world.anna.click(world.card("plain"), "step.done")
    await world.settle()
    assert (await world.step("plain")).closed_by == ANNA


async def test_an_owner_outside_the_channel_is_invited_by_the_lead_with_one_click(
    world: World,
) -> None:
    await world.start()
    world.sandbox.talk.remove(CHANNEL, by=WANG, user=ANNA)
    await world.settle()
    await world.choose(world.li, "plain", "step.assign")
    assert await world.li.submit({"person": ANNA}) is None
    await world.settle()
    [trouble] = world.told("notice", channel=WANG)
    assert buttons(trouble) == ["run.invite"]
    assert f"<@{ANNA}>" in trouble["text"]
    await world.wang.click(trouble, "run.invite")
    await world.settle()
    assert ANNA in world.sandbox.space.channel(CHANNEL).members
    [mended] = world.told("notice", channel=WANG)
    assert buttons(mended) == []
    assert f"<@{ANNA}>" in mended["text"]


async def test_an_owner_who_left_is_told_of_when_their_step_opens(world: World) -> None:
    await world.start()
    world.sandbox.talk.remove(CHANNEL, by=WANG, user=CHEN)
    await world.settle()
    [leaving] = world.told("notice", channel=WANG)  # the motto is open already
    assert "run.invite" in buttons(leaving)
    await world.finish("motto", world.wang, {"evidence": "x"})
    world.clock.advance(timedelta(days=1))
    await world.finish("plain", world.li)
    assert len(world.told("notice", "after", channel=WANG)) == 1


async def test_a_new_date_must_lie_ahead_and_is_told_in_the_thread(world: World) -> None:
    await world.start()
    await world.choose(world.li, "plain", "step.reschedule")
    past = int(moment("2025-08-19").timestamp())
    assert set(await world.li.submit({"due_at": past}) or {}) == {"due_at"}
    ahead = moment("2025-09-03", "15:00")
    sent = {"due_at": int(ahead.timestamp()), "reason": "Client is away"}
    assert await world.li.submit(sent) is None
    await world.settle()
    assert (await world.step("plain")).due_at == ahead
    assert "Client is away" in world.thread(world.card("plain"))[-1]["text"]
    assert (await world.step("after")).due_at == moment("2025-09-05", "18:00", "Asia/Taipei")


async def test_help_may_be_asked_by_anyone_calls_the_lead_and_ends_the_nagging(
    world: World,
) -> None:
    await world.start()
    await world.anna.click(world.card("plain"), "step.help")
    await world.settle()
    called = world.thread(world.card("plain"))[-1]["text"]
    assert called.startswith(f"<@{WANG}>")
    assert f"<@{ANNA}>" in called
    assert "step.help" not in buttons(world.card("plain"))
    await world.at("2025-08-29")
    assert world.reminders("plain") == []


async def test_a_comment_is_kept_and_said_in_the_thread(world: World) -> None:
    await world.start()
    await world.choose(world.anna, "plain", "step.comment")
    assert await world.anna.submit({"comment": "Ask <!channel> & co"}) is None
    await world.settle()
    assert "Ask &lt;!channel&gt; &amp; co" in world.thread(world.card("plain"))[-1]["text"]
    assert [c.by for c in (await world.step("plain")).comments] == [ANNA]


async def test_a_button_of_a_version_long_gone_is_answered(world: World) -> None:
    await world.start()
    card = world.card("plain")
    row = card["blocks"][-1]["elements"]
    row[0] = row[0] | {"action_id": "step.teleport"}
    await world.anna.click(card, "step.teleport")
    await world.settle()
    assert world.whispers(world.anna) == [say("en", "refused.stale_button")]


async def test_a_button_that_names_no_step_and_one_of_no_run_are_answered(world: World) -> None:
    run = await world.start()
    for value, key in {
        "nonsense": "stale_button", "gone-1/plain": "no_such_run", f"{run.id}/gone": "no_such_step",
    }.items():  # fmt: skip
        card = world.card("plain")
        row = card["blocks"][-1]["elements"]
        row[0] = row[0] | {"value": value}
        await world.anna.click(card, "step.done")
        await world.settle()
        assert world.whispers(world.anna)[-1] == say("en", f"refused.{key}")
