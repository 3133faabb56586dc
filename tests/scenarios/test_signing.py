"""S15: two signatures on one version, where the client is not in Slack."""

import re

from bot.words.catalogue import say
from playbooks.run import EventKind, StepStatus
from tests.scenarios.agreement import (
    document,
    edit,
    fill,
    handed_in,
    newest,
    send,
    sign_ours,
    started,
    versions,
)
from tests.scenarios.outsider import Outsider
from tests.scenarios.reading import buttons, field, words
from tests.scenarios.world import CHEN, WANG, World


async def test_a_step_is_not_handed_in_before_its_document_is_filled_in(world: World) -> None:
    await started(world)
    await world.wang.click(world.card("confirm"), "step.done")
    await world.settle()
    assert "still needs an answer" in world.whispers(world.wang)[-1]
    assert "What is the goal" in world.whispers(world.wang)[-1]
    assert (await world.step("confirm")).status is StepStatus.ACTIVE


async def test_the_form_is_filled_over_several_sittings(world: World) -> None:
    await started(world)
    await fill(world, {"question.goal": "More dealers"})
    await world.wang.click(world.card("confirm"), "form.fill")
    form = world.wang.modal
    assert form
    assert field(form, "question.goal")["initial_value"] == "More dealers"
    assert "initial_value" not in field(form, "question.baseline")
    errors = await world.wang.submit({"question.baseline": "-3"})
    assert errors
    assert set(errors) == {"question.baseline"}
    assert (await document(world)).answers == {"goal": ("More dealers",)}


async def test_the_form_and_the_card_say_what_is_answered_and_what_is_missing(
    world: World,
) -> None:
    await started(world)
    card = words(world.card("confirm"))
    assert "0 of 3 answered · still needed: What is the goal" in card
    assert "Signed afterwards by Department head (our side), Ms Zhao (client)" in card
    assert f"<@{CHEN}>" not in card  # nobody is called before it is their turn
    await world.wang.click(world.card("confirm"), "form.fill")
    form = world.wang.modal
    assert form
    assert "0 of 3 answered" in words(form)
    hints = {b["block_id"]: b.get("hint", {}).get("text") for b in form["blocks"][1:]}
    assert hints["question.goal"] == say("en", "document.required")
    assert hints["question.cadence"] is None
    assert await world.wang.submit({"question.goal": "More dealers"}) is None
    await world.settle()
    assert "1 of 3 answered · all required answers are there" in words(world.card("confirm"))
    saved = [event.by for event in await world.history() if event.kind == "document_saved"]
    assert saved == [WANG]


async def test_nobody_else_fills_the_form_in(world: World) -> None:
    await started(world)
    await world.anna.click(world.card("confirm"), "form.fill")
    await world.settle()
    assert "this step is" in world.whispers(world.anna)[-1]
    assert world.anna.modal is None


async def test_the_version_waits_for_the_teams_own_approval_before_it_is_signed(
    world: World,
) -> None:
    await started(world)
    await fill(world)
    await world.finish("confirm", world.wang)
    assert "Signatures follow once the team has approved it" in newest(world)["text"]
    assert "sign.sign" not in buttons(newest(world))
    approval = [m for m in world.told("approval", "confirm") if m not in versions(world)][-1]
    await world.li.click(approval, "approval.approve")
    await world.settle()
    shown = newest(world)
    assert re.search(r"<@(\w+)>", words(shown))[1] == CHEN  # type: ignore[index]
    assert {"sign.sign", "sign.send"} < set(buttons(shown))
    assert "Ms Zhao (client): not asked yet" in words(shown)


async def test_both_sign_the_same_version_and_the_project_is_established(world: World) -> None:
    await handed_in(world)
    await sign_ours(world)
    await send(world)
    async with Outsider(world) as zhao:
        page = await zhao.get(zhao.link())
        assert page.status == 200
        for shown in ("Zhao Foods", "Requirement confirmation", "More dealers", "Ms Zhao"):
            assert shown in page.words
        assert "10:00 (UTC+8)" in page.words  # the client may live elsewhere
        current = (await document(world)).versions[-1]
        assert current.digest in page.words
        done = await zhao.sign(zhao.link())
        assert "Signed. Thank you." in done.words
        run = await world.run()
        assert run.code == "AP-2025-0001"
        assert run.established_at == world.clock.now()
        assert (await world.step("confirm")).status is StepStatus.DONE
        market = await world.step("market")
        assert market.status is StepStatus.ACTIVE
        assert not market.due_planned
        assert "AP-2025-0001" in newest(world)["text"]
        assert [n["text"] for n in world.told("notice", "confirm") if "AP-2025-0001" in n["text"]]
        record = zhao.mails()[-1]
    assert "AP-2025-0001" in record.text
    assert "Ms Zhao, client: signed through a link" in record.text
    assert "Chen" in record.text
    assert current.digest in record.text
    assert record.files == ("Requirement-confirmation-v1.docx",)


async def test_the_record_says_name_side_method_time_and_hash(world: World) -> None:
    await handed_in(world)
    await sign_ours(world)
    run = await world.run()
    history = await world.bot.database.run(
        lambda tx: tx.events.history(run.id, workspace=run.workspace)
    )
    [signed] = [event for event in history if event.kind is EventKind.DOCUMENT_SIGNED]
    current = (await document(world)).versions[-1]
    assert signed.by == CHEN
    assert signed.at == world.clock.now()
    told = {"side": "ours", "method": "slack", "version": 1, "digest": current.digest}
    assert told.items() <= signed.facts.items()
    assert signed.facts["name"]


async def test_an_edit_voids_what_was_signed_and_asks_both_again(world: World) -> None:
    await handed_in(world)
    await sign_ours(world)
    await send(world)
    async with Outsider(world) as zhao:
        old = zhao.link()
        await edit(world, baseline="15")
        first, second = versions(world)
        assert "replaced by version 2; what was signed here is void" in first["text"]
        assert f"<@{CHEN}>, please sign." in words(second)
        assert "－ | Market share | 12 % |" in words(second)
        assert (await world.step("market")).status is StepStatus.WAITING
        assert (await zhao.get(old)).status == 404
        assert zhao.link() != old
        page = await zhao.get(zhao.link())
        assert "Changed since version 1" in page.words
        assert "Market share | 15 %" in page.words
        await zhao.sign(zhao.link())
        assert (await world.run()).code == ""
        await sign_ours(world)
    assert (await world.run()).code == "AP-2025-0001"


async def test_an_edit_without_a_difference_leaves_the_signatures(world: World) -> None:
    await handed_in(world)
    await sign_ours(world)
    await edit(world, goal="More dealers")
    assert len(versions(world)) == 1
    assert [need.side for need in (await document(world)).missing()] == ["client"]


async def test_only_the_named_signatory_signs_in_slack(world: World) -> None:
    await handed_in(world)
    await world.wang.click(newest(world), "sign.sign")
    await world.settle()
    assert f"only <@{CHEN}> can sign" in world.whispers(world.wang)[-1]
    assert world.wang.modal is None


async def test_a_form_left_open_signs_nothing_that_came_later(world: World) -> None:
    await handed_in(world)
    await world.chen.click(newest(world), "sign.sign")
    await edit(world, baseline="15")
    await world.chen.submit()
    await world.settle()
    assert world.chen.modal
    assert "第 2 版" in words(world.chen.modal)
    assert (await document(world)).missing() == (await document(world)).needs
