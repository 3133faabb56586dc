"""The whole run: its steps, its people, its end; and evidence from where people talk."""

from bot.sandbox.delivery.envelopes import Envelope
from playbooks.run import RunStatus, StepStatus
from tests.scenarios.world import (
    ANNA,
    BOT,
    CHANNEL,
    CHEN,
    LI,
    PRIVATE,
    WANG,
    World,
    buttons,
    field,
    fields,
    words,
)


async def menu(world: World, action: str) -> None:
    await world.wang.click(world.run_card(), "run.menu", option=f"{action} ")


async def test_every_step_is_listed_privately_in_the_reader_s_language(world: World) -> None:
    await world.start()
    calls = len(world.told("step"))
    await world.li.click(world.run_card(), "run.steps")
    assert world.li.modal
    shown = words(world.li.modal)
    assert shown.index("定主题") < shown.index("通知团队") < shown.index("印胸牌")
    assert "🔵" in shown
    assert "⬜" in shown
    assert len(world.told("step")) == calls


async def test_roles_filled_anew_move_open_steps_but_not_those_given_by_hand(world: World) -> None:
    await world.start()
    await world.choose(world.li, "venue", "step.assign")
    assert await world.li.submit({"person": CHEN}) is None
    await world.settle()
    await menu(world, "run.roles")
    assert world.wang.modal
    assert field(world.wang.modal, "role.designer")["initial_user"] == LI
    assert await world.wang.submit({"role.designer": ANNA, "role.controller": LI}) is None
    await world.settle()
    run = await world.run()
    owners = {step.key: step.owner for step in run.steps}
    assert owners == {
        "plain": ANNA, "after": CHEN, "venue": CHEN, "packing": LI, "motto": CHEN, "page": ANNA,
        "print": ANNA,
    }  # fmt: skip
    assert run.lead == LI
    assert f"<@{ANNA}>" in world.card("plain")["text"]
    assert world.thread(world.card("plain"))[-1]["text"].startswith(f"<@{ANNA}>")
    assert f"lead <@{LI}>" in world.run_card()["text"]


async def test_roles_given_to_an_app_or_to_no_lead_stand_at_their_fields(world: World) -> None:
    await world.start()
    await menu(world, "run.roles")
    assert set(await world.wang.submit({"role.head": BOT}) or {}) == {"role.head"}
    assert set(await world.wang.submit({"role.head": CHEN, "role.controller": None}) or {}) == {
        "role.controller"
    }


async def test_only_the_lead_manages_a_run(world: World) -> None:
    await world.start()
    for action in ("run.roles", "run.cancel"):
        await world.li.click(world.run_card(), "run.menu", option=f"{action} ")
    await world.settle()
    assert world.li.modal is None
    answers = world.whispers(world.li)
    assert len(answers) == 2
    assert all(f"<@{WANG}>" in answer for answer in answers)


async def test_a_cancelled_run_falls_silent(world: World) -> None:
    await world.start()
    await world.finish("motto", world.chen, {"evidence": "Light"})
    stale = [card | {"blocks": list(card["blocks"])} for card in world.told("step")]
    await menu(world, "run.cancel")
    assert world.wang.modal
    preview = words(world.wang.modal)
    assert "6 open steps stop" in preview
    assert set(await world.wang.submit({"reason": "  "}) or {}) == {"reason"}
    assert await world.wang.submit({"reason": "The hall burnt down"}) is None
    await world.settle()
    assert (await world.run()).status is RunStatus.CANCELLED
    assert "The hall burnt down" in world.run_card()["text"]
    for card in (world.run_card(), *world.told("step")):
        assert set(buttons(card)) <= {"run.steps"}
    said = len(world.sandbox.space.channel(CHANNEL).messages)
    await world.li.click(stale[0], "step.done")
    await world.li.click(stale[0], "step.help")
    await world.li.click(stale[0], "step.menu", option="step.comment ")
    await world.li.click(stale[0], "step.menu", option="step.evidence ")
    await world.settle()
    assert len(world.whispers(world.li)) == 4
    assert world.li.modal is None
    for week in range(1, 5):
        await world.at(f"2025-09-{week * 7:02}", "10:00")
    assert len(world.sandbox.space.channel(CHANNEL).messages) == said
    assert world.told("notice", channel=WANG) == []


async def test_a_run_whose_last_step_closes_is_finished(world: World) -> None:
    await world.start()
    for key in ("plain", "after", "venue", "packing", "motto", "page", "print"):
        await world.choose(world.wang, key, "step.skip")
        assert await world.wang.submit({"reason": "Rehearsal only"}) is None
        await world.settle()
    assert (await world.run()).status is RunStatus.FINISHED
    assert world.run_card()["text"].startswith("✅")
    assert buttons(world.card("print")) == []


async def test_a_status_asked_among_several_runs_lets_one_choose(world: World) -> None:
    await world.start()
    await world.start(name="Second run")
    await world.anna.command("/sop status")
    shown = world.anna.ephemerals(CHANNEL)[-1]
    assert buttons(shown) == ["run.status"]
    second = next(run for run in await world.runs() if run.name == "Second run")
    await world.anna.click(shown, "run.status", option=second.id)
    await world.settle()
    card = world.anna.ephemerals(CHANNEL)[-1]
    assert "Second run" in card["text"]
    assert {"run.steps", "run.menu"} <= set(buttons(card))


async def test_what_the_owner_posts_in_the_thread_is_offered_once_and_kept_on_a_click(
    world: World,
) -> None:
    await world.start()
    thread = world.card("page")["ts"]
    await world.anna.post(CHANNEL, "<https://example.com/anna>", thread_ts=thread)
    await world.li.post(CHANNEL, "no link here", thread_ts=thread)
    await world.li.post(CHANNEL, "<https://example.com/elsewhere>")
    await world.settle()
    assert world.li.ephemerals() == []
    assert world.anna.ephemerals() == []
    posted = await world.li.post(CHANNEL, "see <https://example.com/p/draft|it>", thread_ts=thread)
    await world.settle()
    event = next(
        e.payload for e in world.sandbox.events.sent if e.payload["event"].get("ts") == posted["ts"]
    )
    again = Envelope("events_api", event, retry_attempt=1, retry_reason="timeout")
    await world.sandbox.delivery.send(again)
    await world.settle()
    [offer] = world.li.ephemerals(CHANNEL)
    assert offer["thread_ts"] == thread
    await world.li.click(offer, "evidence.keep")
    await world.settle()
    assert [e.value for e in (await world.step("page")).evidence] == ["https://example.com/p/draft"]
    assert "example.com" in words(world.card("page"))
    [kept] = world.li.ephemerals(CHANNEL)
    assert "blocks" not in kept or buttons(kept) == []


async def test_a_file_in_the_thread_is_offered_by_its_name(world: World) -> None:
    await world.start()
    thread = world.card("venue")["ts"]
    await world.li.post(CHANNEL, "", thread_ts=thread, files=[("floor.pdf", b"%PDF")])
    await world.settle()
    [offer] = world.li.ephemerals(CHANNEL)
    assert "floor.pdf" in offer["text"]
    await world.li.click(offer, "evidence.keep")
    await world.settle()
    [piece] = (await world.step("venue")).evidence
    assert (piece.kind, piece.title) == ("file", "floor.pdf")
    await world.li.click(world.card("venue"), "step.done")
    assert world.li.modal
    evidence = next(b for b in world.li.modal["blocks"] if b.get("block_id") == "evidence")
    assert evidence["optional"]


async def test_nothing_is_offered_in_the_thread_of_a_closed_step(world: World) -> None:
    await world.start()
    await world.finish("plain", world.li)
    await world.li.post(CHANNEL, "<https://e.com/x>", thread_ts=world.card("plain")["ts"])
    await world.settle()
    assert world.li.ephemerals() == []


async def test_any_message_is_attached_to_a_step_by_the_shortcut(world: World) -> None:
    await world.start()
    message = await world.anna.post(CHANNEL, "The printer says yes\nsecond line")
    await world.li.shortcut("message.evidence", message=message)
    form = world.li.modal
    assert form
    assert fields(form) == ["step", "title"]
    offered = [o["value"].rpartition("/")[2] for o in field(form, "step")["options"]]
    assert set(offered) == {"plain", "venue", "packing", "motto", "page", "print"}
    run = await world.run()
    assert await world.li.submit({"step": f"{run.id}/print"}) is None
    await world.settle()
    [piece] = (await world.step("print")).evidence
    assert (piece.kind, piece.title) == ("message", "The printer says yes")
    assert piece.value in world.card("print")["text"] + words(world.card("print"))
    await world.li.shortcut("message.evidence", message=message)
    assert await world.li.submit({"step": f"{run.id}/print"}) is None
    await world.settle()
    assert len((await world.step("print")).evidence) == 1


async def test_a_message_the_bot_cannot_see_is_refused_with_a_way_out(world: World) -> None:
    await world.start()
    message = await world.anna.post(PRIVATE, "secret")
    await world.anna.shortcut("message.evidence", message=message)
    assert world.anna.modal is not None
    await world.li.shortcut("message.evidence", message=message)
    assert await world.li.submit() is None
    assert world.li.modal
    assert "/invite" in words(world.li.modal)
    assert all(step.evidence == () for step in (await world.run()).steps)


async def test_evidence_is_added_from_the_card_without_closing_the_step(world: World) -> None:
    await world.start()
    await world.choose(world.anna, "page", "step.evidence")
    sent = {"evidence": "https://example.com/p", "title": "Our <page>"}
    assert await world.anna.submit(sent) is None
    await world.settle()
    assert (await world.step("page")).status is StepStatus.ACTIVE
    assert "<https://example.com/p|Our &lt;page&gt;>" in words(world.card("page"))
