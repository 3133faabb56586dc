"""What is handed in is frozen: its bytes lie in our database, and every card says so."""

from pathlib import Path

import pytest

from bot import announcer, slack_files
from bot.app import Bot
from bot.courier import ATTEMPTS
from playbooks.freezing import WAITS
from playbooks.run import EventKind, StepStatus
from tests.scenarios.frozen import (
    FIRST,
    SECOND,
    approve,
    approve_all,
    digest,
    direct_files,
    frozen,
    hand_in,
    kept,
    replace,
    request,
    start,
)
from tests.scenarios.reading import words
from tests.scenarios.world import CHANNEL, CHEN, WANG, World, settings_for


async def test_a_file_is_frozen_with_its_hash_and_every_place_says_so(world: World) -> None:
    await start(world)
    await hand_in(world, "visual")
    piece = frozen(await world.step("visual"))
    assert (piece.frozen, piece.digest, piece.size) == ("kept", digest(FIRST), len(FIRST))
    blob = await kept(world, FIRST)
    assert blob
    assert (blob.content, blob.name, blob.mime) == (FIRST, "kv.pdf", "application/pdf")
    named = f"kv.pdf · sha256 {digest(FIRST)[:8]}"
    for shown in (request(world, "visual", "manager"), world.card("visual")):
        assert named in words(shown)
        assert "draft" in words(shown)
    assert named in words(request(world, "visual", "manager", WANG))
    await approve_all(world, "visual")
    assert f"internally approved · {named}" in words(world.card("visual"))
    assert "internally approved" in words(request(world, "visual", "head"))
    assert "draft" not in words(request(world, "visual", "head"))


async def test_the_file_itself_reaches_who_decides_once_under_their_request(world: World) -> None:
    await start(world)
    await hand_in(world, "visual", ("kv.pdf", FIRST), ("kv.png", SECOND))
    assert direct_files(world, WANG) == ["kv.pdf", "kv.png"]
    assert direct_files(world, CHEN) == []
    copy = request(world, "visual", "manager", WANG)
    thread = world.sandbox.messages(copy["channel"], copy["ts"])
    assert [f["name"] for m in thread for f in m.get("files", ())] == ["kv.pdf", "kv.png"]
    await approve(world, "visual", "manager", world.wang)
    assert direct_files(world, CHEN) == ["kv.pdf", "kv.png"]
    assert direct_files(world, WANG) == ["kv.pdf", "kv.png"]
    sent = world.sandbox.space.im(CHEN).messages[-1]["files"][0]["id"]
    assert world.sandbox.space.file(sent).content == SECOND


async def test_an_upload_whose_answer_is_lost_is_not_sent_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcer, "RESTS", (0.01,))
    await start(world)
    world.sandbox.faults.add("files.completeUploadExternal", "drop_after")
    await hand_in(world, "visual")
    await world.bot.settled()
    asked = [call for call in world.sandbox.calls if call.method == "conversations.replies"]
    assert len(asked) == 1
    assert direct_files(world, WANG) == ["kv.pdf"]


async def test_an_app_that_may_not_send_files_goes_on_speaking(world: World) -> None:
    await start(world)
    world.sandbox.faults.add("files.getUploadURLExternal", "error:missing_scope", 9)
    await hand_in(world, "visual")
    await approve(world, "visual", "manager", world.wang)
    assert f"<@{CHEN}>" in words(request(world, "visual", "head"))
    assert direct_files(world, WANG) == []


async def test_an_upload_that_fails_again_and_again_holds_nothing_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcer, "RESTS", (0.01,))
    await start(world)
    world.sandbox.faults.add("upload", "http_500", 10 * ATTEMPTS)
    await hand_in(world, "visual")
    await world.bot.settled()
    assert direct_files(world, WANG) == []
    world.sandbox.faults.clear()
    await approve(world, "visual", "manager", world.wang)
    assert direct_files(world, CHEN) == ["kv.pdf"]


async def test_a_link_is_never_frozen_and_a_text_at_once(world: World) -> None:
    await start(world)
    await world.finish("page", world.li, {"evidence": "https://example.com/p"})
    piece = frozen(await world.step("page"))
    assert (piece.frozen, piece.digest) == ("", "")
    assert "link, not frozen" in words(request(world, "page", "manager"))
    await approve(world, "page", "manager", world.wang)
    assert "link, not frozen" in words(world.card("page"))
    await world.finish("motto", world.li, {"evidence": "Light that pays back"})
    assert frozen(await world.step("motto")).digest == digest(b"Light that pays back")


async def test_a_download_that_fails_is_tried_again_until_it_comes(world: World) -> None:
    await start(world)
    world.sandbox.faults.add("download", "http_500", 2)
    await hand_in(world, "visual")
    assert frozen(await world.step("visual")).frozen == ""
    assert "copy being saved" in words(request(world, "visual", "manager"))
    assert direct_files(world, WANG) == []
    await world.at("2025-08-20", "10:01")
    await world.at("2025-08-20", "10:02")
    assert frozen(await world.step("visual")).frozen == ""
    await world.at("2025-08-20", "10:03")
    assert frozen(await world.step("visual")).digest == digest(FIRST)
    assert direct_files(world, WANG) == ["kv.pdf"]
    assert (await world.step("visual")).freeze_at is None


async def test_what_cannot_be_fetched_is_given_up_and_the_record_says_so(world: World) -> None:
    await start(world)
    world.sandbox.faults.add("download", "http_500", len(WAITS))
    await hand_in(world, "visual")
    for wait in WAITS:
        world.clock.set(world.clock.now() + wait)
        await world.settle()
    step = await world.step("visual")
    assert (frozen(step).frozen, step.freeze_at) == ("lost", None)
    assert "could not be fetched" in words(world.card("visual"))
    run = await world.run()
    history = await world.bot.database.run(
        lambda tx: tx.events.history(run.id, workspace=run.workspace)
    )
    told = [e.facts["frozen"] for e in history if e.kind is EventKind.EVIDENCE_FROZEN]
    assert told == ["lost"]


async def test_of_a_file_too_large_only_the_hash_is_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slack_files, "KEPT_LIMIT", len(FIRST))
    await start(world)
    await hand_in(world, "visual", ("small.pdf", FIRST), ("large.pdf", SECOND))
    version = (await world.step("visual")).version
    assert version
    assert [p.frozen for p in version.evidence] == ["kept", "large"]
    assert [p.digest for p in version.evidence] == [digest(FIRST), digest(SECOND)]
    blob = await kept(world, SECOND)
    assert blob
    assert (blob.content, blob.size) == (None, len(SECOND))
    assert "too large for a copy" in words(world.card("visual"))
    assert direct_files(world, WANG) == ["small.pdf"]


async def test_a_file_that_lies_elsewhere_is_no_more_than_a_link(world: World) -> None:
    await start(world)
    thread = world.card("visual")["ts"]
    posted = await world.li.post(CHANNEL, "", thread_ts=thread, files=[("kv.pdf", FIRST)])
    await world.settle()
    world.sandbox.space.file(posted["files"][0]["id"]).elsewhere = "https://drive.example/kv.pdf"
    [offer] = world.li.ephemerals(CHANNEL)
    await world.li.click(offer, "evidence.keep")
    await world.finish("visual", world.li)
    step = await world.step("visual")
    assert (frozen(step).frozen, step.freeze_at) == ("lost", None)


async def test_a_bot_killed_before_the_file_came_fetches_it_when_it_is_back(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*_: object) -> int:
        return 0

    await start(world)
    monkeypatch.setattr(world.bot.keeper, "_keep_some", never)
    await hand_in(world, "visual")
    assert frozen(await world.step("visual")).frozen == ""
    await world.bot.stop()
    again = Bot(
        settings_for(world.sandbox, tmp_path), clock=world.clock, post_every=0, look_every=0.1
    )
    await again.start()
    try:
        back = World(world.sandbox, again, world.clock)
        await back.settle()
        assert frozen(await back.step("visual")).digest == digest(FIRST)
        assert direct_files(back, WANG) == ["kv.pdf"]
    finally:
        await again.stop()


async def test_handed_in_again_a_file_is_fetched_afresh(world: World) -> None:
    await start(world)
    await hand_in(world, "visual")
    await world.choose(world.li, "visual", "step.reopen")
    await world.settle()
    await replace(world, "visual")
    step = await world.step("visual")
    assert (step.status, frozen(step).digest) == (StepStatus.ACTIVE, digest(FIRST))
    await world.finish("visual", world.li)
    step = await world.step("visual")
    assert [v.evidence[0].digest for v in step.versions] == [digest(FIRST), digest(SECOND)]
    assert step.versions[0].digest != step.versions[1].digest
    assert "new: kv.pdf" in words(request(world, "visual", "manager"))
