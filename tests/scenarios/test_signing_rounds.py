"""What the client wants changed, paper, reminders, and how it goes without mail or address."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.app import Bot
from bot.manifest import build_manifest
from bot.sandbox.clock import SandboxClock
from bot.sandbox.sandbox import Sandbox
from playbooks.run import StepStatus
from tests.scenarios.agreement import document, edit, handed_in, newest, send, sign_ours
from tests.scenarios.outsider import Outsider
from tests.scenarios.reading import buttons, fields, words
from tests.scenarios.world import (
    ANNA,
    CHANNEL,
    CHEN,
    LI,
    WANG,
    World,
    moment,
    outside_settings,
    settings_for,
)


async def test_changes_go_back_to_us_and_come_again_as_a_new_version(world: World) -> None:
    await handed_in(world)
    await send(world)
    async with Outsider(world) as zhao:
        path = zhao.link()
        page = await zhao.get(path)
        nothing = await zhao.press(path, page, do="ask", intent="changes", text=" ")
        assert "Write what should change" in nothing.words
        done = await zhao.send_back(path, "Name the cities")
        assert "Sent back. Thank you." in done.words
        assert (await zhao.get(path)).status == 404
        shown = newest(world)
        assert "Ms Zhao asks for changes: Name the cities" in words(shown)
        assert "Revisions used: 1 of 1" in words(shown)
        assert "sign.sign" not in buttons(shown)
        notice = world.told("notice", "confirm")[-1]["text"]
        assert notice.startswith(f"<@{WANG}> Ms Zhao asks for changes")
        await world.wang.click(shown, "form.fill")
        assert await world.wang.submit({"question.goal": "More dealers in Wuhan"}) is None
        await world.settle()
        again = await zhao.get(zhao.link())
    assert "More dealers in Wuhan" in again.words
    assert {"sign.sign"} < set(buttons(newest(world)))


async def beyond(world: World, zhao: Outsider) -> None:
    """The one included revision is used up, and the client wants another."""
    await handed_in(world)
    await send(world)
    await zhao.send_back(zhao.link(), "Name the cities")
    await world.wang.click(newest(world), "form.fill")
    await world.wang.submit({"question.goal": "Wuhan"})
    await world.settle()
    await zhao.send_back(zhao.link(), "And a second city")


async def test_beyond_the_included_revisions_a_change_request_is_priced_and_signed(
    world: World,
) -> None:
    async with Outsider(world) as zhao:
        await beyond(world, zhao)
        shown = newest(world)
        assert "Change request 2, beyond the included revisions" in words(shown)
        assert {"sign.price", "sign.waive"} < set(buttons(shown))
        due = (await world.step("confirm")).due_at
        await world.wang.click(shown, "sign.price")
        errors = await world.wang.submit({"cost": "CNY 12,000", "days": "999"})
        assert errors
        assert await world.wang.submit({"cost": "CNY 12,000", "days": "5"}) is None
        await world.settle()
        moved = (await world.step("confirm")).due_at
        assert due
        assert moved
        assert moved > due
        await world.wang.click(newest(world), "form.fill")
        await world.wang.submit({"question.goal": "Wuhan and Changsha"})
        await world.settle()
        page = await zhao.get(zhao.link())
    assert "And a second city · CNY 12,000 · +5 d" in page.words


async def test_whoever_signs_for_us_may_waive_it_and_nobody_else(world: World) -> None:
    async with Outsider(world) as zhao:
        await beyond(world, zhao)
        await world.wang.click(newest(world), "sign.waive")
        await world.settle()
        assert f"only <@{CHEN}>, who signs for our side" in world.whispers(world.wang)[-1]
        await world.chen.click(newest(world), "sign.waive")
        await world.settle()
        assert f"<@{CHEN}> waived" in world.told("notice", "confirm")[-1]["text"]
        await edit_returned(world, "Wuhan and Changsha")
        assert "CNY" not in (await zhao.get(zhao.link())).words


async def edit_returned(world: World, goal: str) -> None:
    await world.wang.click(newest(world), "form.fill")
    assert await world.wang.submit({"question.goal": goal}) is None
    await world.settle()


async def record_paper(world: World, witness: str = ANNA) -> Any:
    await world.wang.click(newest(world), "sign.menu", option="sign.paper ")
    errors = await world.wang.submit(
        {"name": "Ms Zhao", "scan": [("signed.pdf", b"%PDF-1.4")], "witness": witness}
    )
    await world.settle()
    return errors


async def test_paper_is_recorded_by_one_and_witnessed_by_another(world: World) -> None:
    await handed_in(world)
    await sign_ours(world)
    assert await record_paper(world, witness=WANG)  # an error at the field
    await world.wang.close()
    assert await record_paper(world) is None
    notice = world.told("notice", "confirm")[-1]
    assert f"<@{ANNA}>, <@{WANG}> has recorded that Ms Zhao signed version 1" in notice["text"]
    assert (await world.run()).code == ""
    await world.wang.click(notice, "sign.witness")
    await world.settle()
    assert "a second person of your team has to witness it" in world.whispers(world.wang)[-1]
    await world.anna.click(notice, "sign.witness")
    await world.settle()
    assert (await world.run()).code == "AP-2025-0001"
    shown = words(newest(world))
    assert f"signed outside, on paper; recorded by <@{WANG}>, witnessed by <@{ANNA}>" in shown


async def test_the_client_is_reminded_politely_and_the_dates_say_what_it_costs(
    world: World,
) -> None:
    await handed_in(world)
    await send(world)
    async with Outsider(world) as zhao:
        first = zhao.link()
        assert "Waiting for the client since" in words(newest(world))
        await world.at("2025-08-21")
        assert len(zhao.mails()) == 1
        await world.at("2025-08-22")
        assert "A friendly reminder" in zhao.mails()[-1].subject
        assert (await zhao.get(first)).status == 404  # the newer mail has the link that works
        assert (await zhao.get(zhao.link())).status == 200
        assert "I have reminded Ms Zhao" in world.told("notice", "confirm")[-1]["text"]
        for day in ("2025-08-27", "2025-09-01", "2025-09-04", "2025-09-09", "2025-09-20"):
            await world.at(day)
        assert len(zhao.mails()) == 5
    shown = words(newest(world))
    assert re.search(r"\d+ working days past the date", shown)
    assert "1 later step moves with it" in shown
    assert world.reminders("confirm") == []  # the owner is not nagged for what the client has


async def test_a_client_in_slack_is_asked_directly_and_sees_no_thread(world: World) -> None:
    await handed_in(world, **{"role.client": ANNA})
    [asked] = world.told("approval", channel=ANNA)
    assert f"<@{ANNA}>, you are asked to sign" in asked["text"]
    assert set(buttons(asked)) == {"sign.sign", "sign.changes"}
    assert "sign.send" not in buttons(newest(world))
    await sign_ours(world)
    await world.anna.click(asked, "sign.sign")
    form = world.anna.modal
    assert form
    assert "More dealers" in words(form)
    assert "not a qualified electronic signature" in words(form)
    assert await world.anna.submit() is None
    await world.settle()
    assert (await world.run()).code == "AP-2025-0001"
    assert "you have signed" in world.told("approval", channel=ANNA)[-1]["text"]


async def test_a_client_in_slack_asks_for_changes_and_is_reminded(world: World) -> None:
    await handed_in(world, **{"role.client": ANNA})
    await world.at("2025-08-22", "17:00")
    assert "There is no hurry" in world.told("reminder", channel=ANNA)[-1]["text"]
    asked = world.told("approval", channel=ANNA)[-1]
    await world.anna.click(asked, "sign.changes")
    assert await world.anna.submit({"text": "Name the cities"}) is None
    await world.settle()
    assert "you asked for changes" in world.told("approval", channel=ANNA)[-1]["text"]
    await edit_returned(world, "Wuhan")
    first, second = world.told("approval", channel=ANNA)
    assert "replaced by a newer version" in first["text"]
    assert "version 2" in second["text"]


async def test_the_text_can_be_read_and_printed_by_the_team(world: World) -> None:
    await handed_in(world)
    await world.li.click(newest(world), "sign.menu", option="sign.read ")
    assert world.li.modal
    assert "More dealers" in words(world.li.modal)
    await world.li.close()
    await world.li.click(newest(world), "sign.menu", option="sign.print ")
    await world.settle()
    [path] = re.findall(
        r"https://sop\.agency\.example(/sign/[\w-]+)\|", world.whispers(world.li)[-1]
    )
    async with Outsider(world) as browser:
        page = await browser.get(path)
        assert page.status == 200
        assert "<form" not in page.text


async def test_a_finished_form_without_signatures_is_kept_as_a_version(world: World) -> None:
    await handed_in(world)
    kept = await document(world)
    assert kept.number == 1
    assert (await world.step("confirm")).status is StepStatus.DECIDING


@pytest.fixture
async def bare(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """A bot without mail, or without a public address."""
    clock = SandboxClock(moment("2025-08-20"))
    async with Sandbox(clock, post_every=0, manifest=build_manifest()) as sandbox:
        settings = settings_for(sandbox, tmp_path, **outside_settings(sandbox) | request.param)
        bot = Bot(settings, clock=clock, post_every=0, look_every=0.1)
        await bot.start()
        try:
            yield World(sandbox, bot, clock)
        finally:
            await bot.stop()
        assert sandbox.refused == []


@pytest.mark.parametrize("bare", [{"smtp_url": ""}], indirect=True)
async def test_without_mail_the_account_manager_gets_link_and_code_to_hand_over(
    bare: World,
) -> None:
    world = bare
    await handed_in(world)
    await world.wang.click(newest(world), "sign.send")
    form = world.wang.modal
    assert form
    assert fields(form) == ["name"]
    assert await world.wang.submit({"name": "Ms Zhao"}) is None
    await world.settle()
    shown = words(world.wang.modal or {})
    [path] = set(re.findall(r"https://sop\.agency\.example(/sign/[\w-]+)\|", shown))
    [code] = re.findall(r"Their code is (\d{6})", shown)
    assert "paper signature" in shown
    async with Outsider(world) as zhao:
        page = await zhao.get(path)
        assert "six-digit code that" in page.words
        asked = await zhao.press(path, page, do="ask", intent="sign")
        done = await zhao.press(path, asked, do="confirm", intent="sign", code=code)
        assert "Signed. Thank you." in done.words
        assert zhao.mails() == []
    assert [need.side for need in (await document(world)).missing()] == ["ours"]


@pytest.mark.parametrize("bare", [{"smtp_url": ""}], indirect=True)
async def test_without_mail_the_account_manager_is_asked_to_remind(bare: World) -> None:
    world = bare
    await handed_in(world)
    await world.wang.click(newest(world), "sign.send")
    await world.wang.submit({"name": "Ms Zhao"})
    await world.settle()
    await world.at("2025-08-22")
    notice = world.told("notice", "confirm")[-1]["text"]
    assert f"<@{WANG}> The client has had version 1 since" in notice


@pytest.mark.parametrize("bare", [{"sopbot_public_url": ""}], indirect=True)
async def test_without_a_public_address_the_bot_says_so_and_offers_paper(bare: World) -> None:
    world = bare
    await handed_in(world)
    await world.wang.click(newest(world), "sign.send")
    await world.settle()
    assert "SOPBOT_PUBLIC_URL" in world.whispers(world.wang)[-1]
    assert "Signed on paper" in world.whispers(world.wang)[-1]
    await sign_ours(world)
    assert await record_paper(world, witness=LI) is None
    await world.li.click(world.told("notice", "confirm")[-1], "sign.witness")
    await world.settle()
    assert (await world.run()).code == "AP-2025-0001"
    assert CHANNEL


async def test_an_edit_while_signing_reaches_everybody(world: World) -> None:
    await handed_in(world)
    await send(world)
    await edit(world, cadence="monthly")
    async with Outsider(world) as zhao:
        assert "version 2" in zhao.mails()[-1].subject
        assert "+ • Reports Monthly" in zhao.mails()[-1].text
