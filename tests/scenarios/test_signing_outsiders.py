"""What people outside do besides signing, and links that end with their step or run."""

from tests.scenarios.agreement import (
    document,
    handed_in,
    newest,
    send,
    started,
)
from tests.scenarios.outsider import ADDRESS, Outsider
from tests.scenarios.world import CHANNEL, WANG, World


async def test_a_step_taken_back_cannot_be_signed_until_it_is_approved_again(world: World) -> None:
    await handed_in(world)
    await send(world)
    await world.choose(world.wang, "confirm", "step.reopen")
    await world.settle()
    async with Outsider(world) as zhao:
        assert (await zhao.get(zhao.link())).status == 404


async def test_a_client_contact_comments_but_does_not_sign(world: World) -> None:
    await handed_in(world)
    await world.wang.click(newest(world), "sign.menu", option="sign.comment ")
    assert await world.wang.submit({"name": "Mr Wu", "email": "wu@client.example"}) is None
    await world.settle()
    async with Outsider(world, "wu@client.example") as wu:
        path = wu.link()
        page = await wu.get(path)
        assert "With this link you can read and comment" in page.words
        assert 'value="confirm"' not in page.text
        assert 'value="sign"' not in page.text
        await wu.press(path, page, do="comment", remark="Why 12 %? <!channel>")
        notice = world.told("notice", "confirm")[-1]["text"]
        assert notice.startswith(f"<@{WANG}> Mr Wu, for the client, remarked on version 1")
        assert "&lt;!channel&gt;" in notice
        forged = await wu.press(path, page, do="confirm", intent="sign", code="000000")
        assert forged.status == 404
        assert (await wu.press(path, page, do="ask", intent="sign")).status == 404
        assert len(wu.mails()) == 1


async def test_the_client_fills_the_form_in_through_a_link(world: World) -> None:
    await started(world)
    await world.wang.click(world.card("confirm"), "form.send")
    assert await world.wang.submit({"name": "Mr Wu", "email": "wu@client.example"}) is None
    await world.settle()
    async with Outsider(world, "wu@client.example") as wu:
        path = wu.link()
        page = await wu.get(path)
        saved = await wu.press(path, page, **{"do": "save", "question.baseline": "7"})
        assert "Saved." in saved.words
        wrong = await wu.press(path, page, **{"do": "finish", "question.baseline": "x"})
        assert "Please look at what is marked below" in wrong.words
        again = await wu.get(path)
        assert 'value="7"' in again.text
        whole = {"question.goal": "Ten shops", "question.cadence": "monthly", "do": "finish"}
        done = await wu.press(path, page, **whole)
        assert "Sent. Thank you." in done.words
        assert (await wu.get(path)).status == 404
    assert "Mr Wu has filled in answers" in world.told("notice", "confirm")[-1]["text"]
    assert (await document(world)).answers["cadence"] == ("monthly",)


async def test_the_run_ends_and_no_link_works_any_more(world: World) -> None:
    await handed_in(world)
    await send(world)
    await world.wang.click(world.run_card(), "run.menu", option="run.cancel ")
    await world.wang.submit({"reason": "The client left"})
    await world.settle()
    async with Outsider(world) as zhao:
        assert (await zhao.get(zhao.link())).status == 404
    assert "no longer to be signed" in newest(world)["text"]
    assert ADDRESS not in "".join(m["text"] for m in world.sandbox.messages(CHANNEL))
