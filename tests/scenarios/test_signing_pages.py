"""What stands on the page, and what does not."""

from bot.pages.limits import MISSES
from tests.scenarios.agreement import document, edit, handed_in, newest, send, sign_ours
from tests.scenarios.outsider import Outsider
from tests.scenarios.reading import words
from tests.scenarios.world import CHANNEL, World


async def test_who_tries_many_links_has_to_wait(world: World) -> None:
    await handed_in(world)
    await send(world)
    async with Outsider(world) as zhao, Outsider(world) as guesser:
        for n in range(MISSES):
            assert (await guesser.get(f"/sign/{n}")).status == 404
        assert (await guesser.get("/sign/one-more")).status == 429
        assert (await guesser.get(zhao.link())).status == 429  # whatever they open next
        behind_a_proxy = {"X-Forwarded-For": "203.0.113.7"}
        assert (await zhao.get(zhao.link(), **behind_a_proxy)).status == 200


async def test_nothing_of_another_run_or_of_the_teams_talk_is_on_the_page(world: World) -> None:
    await handed_in(world)
    await send(world)
    card = world.card("confirm")
    await world.wang.post(CHANNEL, "the client is difficult", thread_ts=card["ts"])
    await world.choose(world.wang, "confirm", "step.comment")
    await world.wang.submit({"comment": "margin is 60 %"})
    await world.settle()
    async with Outsider(world) as zhao:
        page = await zhao.get(zhao.link())
    for secret in ("difficult", "margin is", "U0WANG", "U0CHEN", CHANNEL, "agreement-project"):
        assert secret not in page.text


async def test_the_document_is_downloaded_as_a_word_file(world: World) -> None:
    await handed_in(world)
    await sign_ours(world)
    await send(world)
    async with Outsider(world) as zhao:
        path = zhao.link()
        async with zhao._session.get(f"{zhao._base}{path}?as=docx") as answer:
            assert answer.status == 200
            assert "Requirement-confirmation-v1.docx" in answer.headers["Content-Disposition"]
            assert (await answer.read()).startswith(b"PK")


async def test_hostile_answers_stay_text(world: World) -> None:
    await handed_in(world)
    await send(world)
    await edit(world, goal="<script>alert(1)</script> ![x](https://evil.example/p.png)\n# Fake")
    async with Outsider(world) as zhao:
        page = await zhao.get(zhao.link())
    assert "<script>alert" not in page.text
    assert "<img" not in page.text
    assert "&lt;script&gt;" in page.text
    assert "![x](https://evil.example/p.png)\n# Fake" in page.text  # as it was written
    # Slack shows the signs as they were written too, which only looks like Markdown of ours.
    assert {fault.rule for fault in world.sandbox.warnings} == {68}
    world.sandbox.warnings.clear()


async def test_a_used_link_signs_once_though_it_is_pressed_twice(world: World) -> None:
    await handed_in(world)
    await send(world)
    async with Outsider(world) as zhao:
        path = zhao.link()
        page = await zhao.press(path, await zhao.get(path), do="ask", intent="sign")
        code = zhao.code()
        first = await zhao.press(path, page, do="confirm", intent="sign", code=code)
        second = await zhao.press(path, page, do="confirm", intent="sign", code=code)
    assert first.status == 200
    assert second.status == 404
    assert len((await document(world)).signatures) == 1
    assert "✅ Ms Zhao (client): signed through the link" in words(newest(world))
