"""The whole run: its steps, its people, its end."""

from playbooks.run import RunStatus
from tests.scenarios.reading import buttons, field, words
from tests.scenarios.world import ANNA, BOT, CHANNEL, CHEN, LI, WANG, World


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
    assert "6 open steps will stop" in preview
    assert set(await world.wang.submit({"reason": "  "}) or {}) == {"reason"}
    assert await world.wang.submit({"reason": "The hall burnt down"}) is None
    await world.settle()
    assert (await world.run()).status is RunStatus.CANCELLED
    assert "The hall burnt down" in world.run_card()["text"]
    after = {"run.steps", "run.menu", "run.reopen", "run.export"}
    assert set(buttons(world.run_card())) == after
    assert all(buttons(card) == [] for card in world.told("step"))
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
