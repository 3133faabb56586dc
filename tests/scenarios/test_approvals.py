"""Decide level by level: in the thread, in direct messages, in turn."""

from copy import deepcopy
from datetime import timedelta

from bot.words.catalogue import say
from playbooks.run import EventKind, StepStatus
from tests.scenarios.reading import buttons, field, fields, words
from tests.scenarios.reviewing import (
    VISUAL,
    approve,
    copy,
    hand_in_visual,
    notices,
    press,
    request,
    request_changes,
    requests,
    send,
    start_review,
)
from tests.scenarios.world import ANNA, CHANNEL, CHEN, LI, WANG, World

DECIDE = {"approval.approve", "approval.request_changes", "approval.menu"}


async def test_three_levels_are_decided_by_three_people_one_after_the_other(world: World) -> None:
    await start_review(world)
    await hand_in_visual(world)
    card = world.card("visual")
    assert card["text"].startswith("🟡")
    first = request(world, "visual")
    assert first["thread_ts"] == card["ts"]
    assert first["text"].index(f"<@{ANNA}>") < first["text"].index(f"<@{LI}>")
    assert set(buttons(first)) >= DECIDE
    await approve(world, world.anna, "visual")
    second = request(world, "visual")
    assert second["text"].index(f"<@{CHEN}>") < second["text"].index(f"<@{LI}>")
    assert len(requests(world, "visual")) == 2
    await approve(world, world.chen, "visual")
    step = await world.step("visual")
    assert (step.status, step.closed_by) == (StepStatus.DONE, LI)
    assert world.card("visual")["text"].startswith("✅")
    for message in requests(world, "visual"):
        assert message["text"].startswith("✅")
        assert not DECIDE & set(buttons(message))


async def test_the_request_carries_what_one_needs_to_decide(world: World) -> None:
    await start_review(world)
    await hand_in_visual(world, comment="The sun is new.")
    for shown in (request(world, "visual"), copy(world, world.anna, "visual")):
        seen = words(shown)
        for part in ("Key visual", "version 1", "files.example.com", "Page 2, first line",
                     f"<@{LI}>: The sun is new.", "own check signed"):  # fmt: skip
            assert part in seen, part
    assert "Dealer day" in words(copy(world, world.anna, "visual"))  # which run it is


async def test_a_decision_in_a_direct_message_changes_every_copy(world: World) -> None:
    await start_review(world)
    await world.finish("poster", world.li)
    copies = [copy(world, person, "poster") for person in (world.wang, world.chen, world.anna)]
    assert all("approval.approve" in buttons(shown) for shown in copies)
    assert world.told("approval", "poster", LI) == []
    await approve(world, world.chen, "poster", shown=copies[1])
    shown = [copy(world, person, "poster") for person in (world.wang, world.chen, world.anna)]
    for message in (*shown, request(world, "poster")):
        assert f"<@{CHEN}>" in message["text"]
        assert not DECIDE & set(buttons(message))


async def test_a_direct_message_is_in_its_reader_s_language(world: World) -> None:
    await start_review(world)
    await world.finish("poster", world.li)
    shown = words(copy(world, world.chen, "poster"))
    assert say("zh-Hant", "button.approve") in shown
    assert "印海報" in shown


async def test_without_the_signature_nothing_is_handed_in(world: World) -> None:
    await start_review(world)
    await world.finish("brief", world.wang)
    await world.li.click(world.card("visual"), "step.done")
    unsigned = {name: value for name, value in VISUAL.items() if name != "signed"}
    assert set(await world.li.submit(unsigned) or {}) == {"signed"}
    assert (await world.step("visual")).status is StepStatus.ACTIVE


async def test_the_wrong_person_is_told_alone_whose_turn_it_is_and_the_try_is_kept(
    world: World,
) -> None:
    run = await start_review(world)
    await hand_in_visual(world)
    said = len(world.thread(world.card("visual")))
    for person in (world.li, world.chen, world.wang):
        await press(world, person, request(world, "visual"), "approval.approve")
        [answer] = world.whispers(person)
        assert f"<@{ANNA}>" in answer
    assert "3" in world.whispers(world.chen)[0]  # whose level comes next
    await press(world, world.wang, request(world, "visual"), "approval.reject")
    assert world.wang.modal is None
    assert len(world.thread(world.card("visual"))) == said
    assert (await world.step("visual")).moves == ()
    history = await world.bot.database.run(
        lambda tx: tx.events.history(run.id, workspace=run.workspace)
    )
    tried = [event.by for event in history if event.kind is EventKind.DECISION_TRIED]
    assert tried == [LI, CHEN, WANG, WANG]


async def test_two_clicks_decide_once_and_the_second_hears_by_whom(world: World) -> None:
    await start_review(world)
    await hand_in_visual(world)
    shown = deepcopy(request(world, "visual"))
    await approve(world, world.anna, "visual", shown=shown)
    await approve(world, world.anna, "visual", shown=shown)
    [answer] = world.whispers(world.anna)
    assert f"<@{ANNA}>" in answer
    assert [move.by for move in (await world.step("visual")).moves] == [ANNA]


async def test_changes_requested_twice_come_back_each_time_with_what_changed(
    world: World,
) -> None:
    await start_review(world)
    await hand_in_visual(world)
    await press(world, world.anna, request(world, "visual"), "approval.request_changes")
    assert set(await world.anna.submit({"comment": " "}) or {}) == {"comment"}
    comment = "1. Logo larger\n- Quote the claim"
    assert await send(world, world.anna, {"comment": comment}) is None
    said = notices(world, "visual")[-1]
    assert said.startswith(f"<@{LI}>")
    assert "1. Logo larger\n2. Quote the claim" in said
    assert "Logo larger" in words(world.card("visual"))

    await world.li.click(world.card("visual"), "step.done")
    form = world.li.modal
    assert form
    assert [name for name in fields(form) if name.startswith("reply.")] == ["reply.1", "reply.2"]
    assert field(form, "question.claim")["initial_option"]["value"] == "yes"
    sent = VISUAL | {"reply.1": "Twice as large", "evidence": "https://files.example.com/v2"}
    assert await send(world, world.li, sent) is None
    again = words(request(world, "visual"))
    for part in ("version 2", "Logo larger → Twice as large", "Quote the claim → no reply", "v2"):
        assert part in again, part
    old = requests(world, "visual")[0]
    assert "version 1" in old["text"]
    assert not DECIDE & set(buttons(old))

    await request_changes(world, world.anna, "visual", "Still not")
    await world.finish("visual", world.li, VISUAL)
    assert words(request(world, "visual")).count("version 3") == 1
    step = await world.step("visual")
    assert (step.rounds, len(step.versions), len(step.answers)) == (2, 3, 3)
    await approve(world, world.anna, "visual")
    await approve(world, world.chen, "visual")
    assert (await world.step("visual")).status is StepStatus.DONE


async def test_a_change_may_open_an_earlier_step(world: World) -> None:
    await start_review(world)
    await hand_in_visual(world)
    await request_changes(world, world.anna, "visual", "The aim is wrong", opens="brief")
    assert (await world.step("brief")).status is StepStatus.ACTIVE
    assert (await world.step("visual")).status is StepStatus.WAITING
    assert "Write the brief" in notices(world, "visual")[-2]
    await world.finish("brief", world.wang)
    assert "The aim is wrong" in words(world.card("visual"))


async def test_a_question_is_answered_in_the_thread_and_then_decided(world: World) -> None:
    await start_review(world)
    await hand_in_visual(world)
    await press(world, world.anna, request(world, "visual"), "approval.ask")
    assert await send(world, world.anna, {"comment": "Why <red>?"}) is None
    asked = deepcopy(world.told("notice", "visual")[-1])
    assert asked["text"].startswith(f"<@{LI}>")
    assert "Why &lt;red&gt;?" in words(request(world, "visual"))
    await press(world, world.chen, asked, "approval.answer")
    assert f"<@{LI}>" in world.whispers(world.chen)[-1]
    await press(world, world.li, asked, "approval.answer")
    assert "Why &lt;red&gt;?" in words(world.li.modal or {"blocks": []})
    assert await send(world, world.li, {"comment": "It is the brand's."}) is None
    assert "It is the brand's." in notices(world, "visual")[-1]
    assert notices(world, "visual")[-1].startswith(f"<@{ANNA}>")
    await press(world, world.li, asked, "approval.answer")
    assert say("zh-Hans", "refused.nothing_asked") == world.whispers(world.li)[-1]
    await approve(world, world.anna, "visual")


async def test_a_rejection_goes_to_the_owner_and_the_lead_with_its_reason(world: World) -> None:
    await start_review(world)
    await hand_in_visual(world)
    await press(world, world.anna, request(world, "visual"), "approval.reject")
    assert await send(world, world.anna, {"comment": "Not our brand"}) is None
    said = notices(world, "visual")[-1]
    assert "Not our brand" in said
    assert {f"<@{LI}>", f"<@{WANG}>"} <= set(said.replace(",", " ").split())
    assert request(world, "visual")["text"].startswith("⛔")
    stands = f"<@{ANNA}> rejected version 1: Not our brand"
    assert stands in words(world.card("visual"))
    assert (await world.step("visual")).status is StepStatus.ACTIVE


async def test_a_note_in_confidence_is_for_author_and_lead_alone(world: World) -> None:
    await start_review(world)
    await hand_in_visual(world)
    await request_changes(world, world.anna, "visual", note="Take a course in colours.")
    everywhere = {
        person.id: str(world.sandbox.space.im(person.id).messages)
        for person in (world.wang, world.li, world.chen, world.anna)
    }
    hold = {id_ for id_, said in everywhere.items() if "course in colours" in said}
    assert hold == {LI, WANG}
    assert "course in colours" not in str(world.sandbox.space.channel(CHANNEL).messages)


async def test_a_decision_is_handed_over_with_everything_in_it(world: World) -> None:
    await start_review(world)
    await hand_in_visual(world)
    await press(world, world.anna, request(world, "visual"), "approval.delegate")
    assert set(await world.anna.submit({"person": LI}) or {}) == {"person"}
    assert await send(world, world.anna, {"person": WANG, "reason": "On leave"}) is None
    assert f"<@{WANG}>" in request(world, "visual")["text"].split(f"<@{LI}>")[0]
    assert "approval.approve" in buttons(copy(world, world.wang, "visual"))
    mine = copy(world, world.anna, "visual")
    assert f"<@{WANG}>" in mine["text"]
    assert "approval.approve" not in buttons(mine)
    await approve(world, world.wang, "visual", shown=copy(world, world.wang, "visual"))
    assert [m.kind for m in (await world.step("visual")).moves] == ["delegate", "approve"]


async def test_an_approval_is_taken_back_for_five_minutes(world: World) -> None:
    await start_review(world)
    await hand_in_visual(world)
    await approve(world, world.anna, "visual")
    first = requests(world, "visual")[0]
    assert "approval.undo" in buttons(first)
    await press(world, world.chen, first, "approval.undo")
    assert (await world.step("visual")).moves[0].undone is False
    await press(world, world.anna, first, "approval.undo")
    assert "approval.approve" in buttons(requests(world, "visual")[0])
    assert "approval.approve" not in buttons(requests(world, "visual")[1])
    assert "approval.approve" not in buttons(copy(world, world.chen, "visual"))
    await approve(world, world.anna, "visual", shown=requests(world, "visual")[0])
    world.clock.set(world.clock.now() + timedelta(minutes=6))
    await press(world, world.anna, requests(world, "visual")[0], "approval.undo")
    assert say("en", "refused.undo_late") == world.whispers(world.anna)[-1]
    assert "approval.approve" in buttons(requests(world, "visual")[2])  # asked anew
