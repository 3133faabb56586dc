"""What Slack delivers twice is done once, and answered as it was the first time."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.words.catalogue import say
from playbooks.run import StepStatus
from tests.scenarios.forging import Recorder, deliver, forge, submission
from tests.scenarios.world import ANNA, CHANNEL, CHEN, LI, World, moment

ELSEWHERE = "C0MARKET"
Act = Callable[[World], Awaitable[object]]


async def _menu(world: World, action: str) -> None:
    await world.wang.click(world.run_card(), "run.menu", option=f"run.{action} ")


async def _assign(world: World) -> None:
    await world.choose(world.li, "plain", "step.assign")
    assert await world.li.submit({"person": ANNA}) is None


async def _skip(world: World) -> None:
    await world.choose(world.li, "plain", "step.skip")
    assert await world.li.submit({"reason": "Given"}) is None


async def _reschedule(world: World) -> None:
    await world.choose(world.li, "plain", "step.reschedule")
    due_at = int(moment("2025-09-03", "15:00").timestamp())
    assert await world.li.submit({"due_at": due_at, "reason": "Client away"}) is None


async def _comment(world: World) -> None:
    await world.choose(world.anna, "plain", "step.comment")
    assert await world.anna.submit({"comment": "Look here"}) is None


async def _evidence(world: World) -> None:
    await world.choose(world.li, "venue", "step.evidence")
    assert await world.li.submit({"evidence": [("a.pdf", b"a"), ("b.pdf", b"b")]}) is None


async def _message(world: World) -> None:
    message = await world.anna.post(CHANNEL, "It is online")
    await world.li.shortcut("message.evidence", message=message)
    assert await world.li.submit() is None


async def _done_form(world: World) -> None:
    await world.li.click(world.card("page"), "step.done")
    assert await world.li.submit({"evidence": "https://example.com", "comment": "Ok"}) is None


async def _roles(world: World) -> None:
    await _menu(world, "roles")
    assert await world.wang.submit({"role.controller": LI, "role.head": ANNA}) is None


async def _cancel(world: World) -> None:
    await _menu(world, "cancel")
    assert await world.wang.submit({"reason": "No hall"}) is None


async def _channel(world: World) -> None:
    await world.wang.archive(CHANNEL)
    await world.li.click(world.card("plain"), "step.help")
    await world.settle()
    [trouble] = world.told("notice", channel=world.wang.id)
    await world.wang.click(trouble, "run.channel")
    assert await world.wang.submit({"channel": ELSEWHERE}) is None


async def _start(world: World) -> None:
    assert await world.fill_start(world.wang, {"name": "Second"}) is None


async def _done(world: World) -> None:
    await world.li.click(world.card("plain"), "step.done")


async def _help(world: World) -> None:
    await world.anna.click(world.card("plain"), "step.help")


async def _tick(world: World) -> None:
    await world.li.check(world.card("venue"), "contract")


async def _reopen(world: World) -> None:
    await world.finish("plain", world.li)
    await world.choose(world.li, "plain", "step.reopen")


async def _keep(world: World) -> None:
    thread = world.card("page")["ts"]
    await world.li.post(CHANNEL, "<https://example.com/x>", thread_ts=thread)
    await world.settle()
    await world.li.click(world.li.ephemerals(CHANNEL)[-1], "evidence.keep")


ACTS = {
    act.__name__[1:]: act
    for act in (
        _assign, _skip, _reschedule, _comment, _evidence, _message, _done_form, _roles, _cancel,
        _channel, _start, _done, _help, _tick, _reopen, _keep,
    )
}  # fmt: skip


@pytest.mark.parametrize("name", ACTS)
async def test_what_comes_again_changes_nothing_and_is_answered_as_before(
    world: World, name: str
) -> None:
    await world.start()
    with Recorder(world) as recorder:
        await ACTS[name](world)
        await world.settle()
        runs = await world.runs()
        said = len(world.sandbox.space.channel(CHANNEL).messages)
        whispered = [world.whispers(person) for person in (world.wang, world.li, world.anna)]
        modals = [person.modal for person in (world.wang, world.li, world.anna)]
        assert await recorder.again() == recorder.answers
    await world.settle()
    assert await world.runs() == runs
    assert len(world.sandbox.space.channel(CHANNEL).messages) == said
    assert [world.whispers(p) for p in (world.wang, world.li, world.anna)] == whispered
    assert [person.modal for person in (world.wang, world.li, world.anna)] == modals


async def test_a_retry_does_not_undo_what_happened_after_the_first(world: World) -> None:
    await world.start()
    with Recorder(world) as recorder:
        await world.li.click(world.card("plain"), "step.done")
        await world.settle()
    await world.choose(world.wang, "plain", "step.reopen")
    await world.settle()
    assert await recorder.again() == [{}]
    await world.settle()
    assert (await world.step("plain")).status is StepStatus.ACTIVE
    assert world.whispers(world.li) == []


async def test_two_of_the_same_that_come_at_once_are_both_answered_well(world: World) -> None:
    await world.start()
    await world.choose(world.li, "plain", "step.assign")
    person = {"person": {"type": "users_select", "selected_user": CHEN}}
    payload = submission(world, world.li, person)
    answers = await asyncio.gather(deliver(world, payload), deliver(world, payload))
    assert list(answers) == [{}, {}]
    await world.settle()
    assert (await world.step("plain")).owner == CHEN
    assert len(world.thread(world.card("plain"))) == 1


async def test_a_form_whose_answer_was_lost_is_sent_again_by_hand(world: World) -> None:
    await world.start()
    await world.choose(world.li, "plain", "step.assign")
    person = {"person": {"type": "users_select", "selected_user": ANNA}}
    assert await forge(world, world.li, person) == {}
    assert await forge(world, world.li, person) == {}  # the form still stands there
    other = {"person": {"type": "users_select", "selected_user": CHEN}}
    answer = await forge(world, world.li, other)
    assert answer["response_action"] == "update"
    assert f"<@{ANNA}>" in str(answer["view"])
    assert (await world.step("plain")).owner == ANNA


async def test_a_refused_form_is_judged_anew_when_it_comes_again(world: World) -> None:
    await world.start()
    await world.choose(world.li, "plain", "step.skip")
    blank = {"reason": {"type": "plain_text_input", "value": " "}}
    for _ in range(2):
        answer = await forge(world, world.li, blank)
        assert answer["errors"] == {"reason": say("zh-Hans", "refused.words_missing")}
