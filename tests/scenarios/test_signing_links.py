"""Links: bound to one person, one version and one mailbox; none of the others says anything."""

import re
from datetime import timedelta

import pytest

from tests.scenarios.agreement import document, edit, handed_in, send
from tests.scenarios.outsider import Outsider
from tests.scenarios.world import World


async def test_the_page_runs_no_script_and_is_kept_and_framed_by_nobody(world: World) -> None:
    await handed_in(world)
    await send(world)
    async with Outsider(world) as zhao:
        page = await zhao.get(zhao.link())
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script" not in policy
    assert "<script" not in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert not re.search(r'(?:src|href)="https?:', page.text)


async def test_links_that_do_not_work_are_told_apart_by_nothing(world: World) -> None:
    await handed_in(world)
    await send(world)
    async with Outsider(world) as zhao:
        path = zhao.link()
        head, token = path.rsplit("/", 1)
        tampered = token[:-1] + ("A" if token[-1] != "A" else "B")
        wrong = [
            await zhao.get(f"{head}/{tampered}"),
            await zhao.get(f"{head}/{'x' * 43}"),
            await zhao.get(f"{head}/1"),
            await zhao.get(f"{head}/{'x' * 5000}"),
            await zhao.get(f"/form/{token}"),
            await zhao.get(f"{head}/{token}x"),
        ]
        await zhao.sign(path)
        wrong.append(await zhao.get(path))  # used
        assert {page.status for page in wrong} == {404}
        assert len({page.text for page in wrong}) == 1
        plain = [{k: v for k, v in p.headers.items() if k != "Date"} for p in wrong]
        assert all(headers == plain[0] for headers in plain)
        posted = await zhao.post(path, {"do": "confirm", "nonce": "x"})
        assert posted.text == wrong[0].text


async def test_the_page_of_a_dead_link_speaks_the_readers_language(world: World) -> None:
    async with Outsider(world) as zhao:
        for accepted, said in {
            "zh-CN,zh;q=0.9,en;q=0.8": "链接无法使用", "zh-TW": "連結無法使用",
            "zh-Hant-HK": "連結無法使用", "en-GB": "This link does not work",
            "de-DE,de;q=0.9": "This link does not work", "": "This link does not work",
        }.items():  # fmt: skip
            page = await zhao.get("/sign/nothing", **{"Accept-Language": accepted})
            assert said in page.words


async def test_a_link_expires(world: World) -> None:
    await handed_in(world)
    await send(world)
    async with Outsider(world) as zhao:
        path = zhao.link()
        world.clock.set(world.clock.now() + timedelta(days=13, hours=23))
        assert (await zhao.get(path)).status == 200
        world.clock.set(world.clock.now() + timedelta(hours=1))
        assert (await zhao.get(path)).status == 404


async def test_looking_uses_nothing_up(world: World) -> None:
    await handed_in(world)
    await send(world)
    async with Outsider(world) as zhao:
        path = zhao.link()
        for _ in range(3):
            async with zhao._session.head(zhao._base + path) as answer:
                assert answer.status == 200
            assert (await zhao.get(path)).status == 200
        assert len(zhao.mails()) == 1  # no code was sent either
        assert "Signed" in (await zhao.sign(path)).words


async def test_whoever_a_link_is_forwarded_to_cannot_sign(world: World) -> None:
    await handed_in(world)
    await send(world)
    async with Outsider(world) as zhao, Outsider(world, "thief@else.example") as thief:
        path = zhao.link()
        page = await thief.get(path)
        asked = await thief.press(path, page, do="ask", intent="sign")
        assert thief.mails() == []
        assert "z***o@client.example" in asked.words
        assert "zhao@client.example" not in asked.text
        real = zhao.code()
        for n in range(5):
            guess = f"{(int(real) + n + 1) % 1_000_000:06}"
            tried = await thief.press(path, asked, do="confirm", intent="sign", code=guess)
            assert "This code is not right" in tried.words
        tried = await thief.press(path, asked, do="confirm", intent="sign", code=real)
        assert "This code works no more" in tried.words
        assert len((await document(world)).missing()) == 2
        assert "Signed" in (await zhao.sign(path)).words  # with a new code of their own


async def test_a_code_is_short_lived_and_only_so_many_are_sent(world: World) -> None:
    await handed_in(world)
    await send(world)
    async with Outsider(world) as zhao:
        path = zhao.link()
        page = await zhao.press(path, await zhao.get(path), do="ask", intent="sign")
        old = zhao.code()
        world.clock.set(world.clock.now() + timedelta(minutes=11))
        late = await zhao.press(path, page, do="confirm", intent="sign", code=old)
        assert "This code works no more" in late.words
        for _ in range(5):
            page = await zhao.press(path, page, do="ask", intent="sign")
        assert "No more codes" not in page.words
        page = await zhao.press(path, page, do="ask", intent="sign")
        assert "No more codes can be sent" in page.words
        assert len(zhao.mails()) == 1 + 6


@pytest.mark.parametrize(
    "spoilt",
    [{"nonce": ""}, {"nonce": "0" * 64}, {"intent": "dance"}, {"do": ""}],
)
async def test_a_form_that_is_not_ours_does_nothing(world: World, spoilt: dict[str, str]) -> None:
    await handed_in(world)
    await send(world)
    async with Outsider(world) as zhao:
        path = zhao.link()
        nonce = (await zhao.get(path)).hidden("nonce")
        fields = {"nonce": nonce, "do": "ask", "intent": "sign", **spoilt}
        assert (await zhao.post(path, fields)).status == 404
        foreign = {"nonce": nonce, "do": "ask", "intent": "sign"}
        sent = await zhao.post(path, foreign, **{"Sec-Fetch-Site": "cross-site"})
        assert sent.status == 404
        await world.settle()
        assert len(zhao.mails()) == 1


async def test_a_page_shown_for_an_older_version_signs_nothing(world: World) -> None:
    await handed_in(world)
    await send(world)
    async with Outsider(world) as zhao:
        path = zhao.link()
        page = await zhao.press(path, await zhao.get(path), do="ask", intent="sign")
        code = zhao.code()
        await edit(world, baseline="15")
        late = await zhao.press(path, page, do="confirm", intent="sign", code=code)
        assert late.status == 404
        assert len((await document(world)).missing()) == 2
