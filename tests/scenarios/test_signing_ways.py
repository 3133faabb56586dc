"""A client in Slack, and a bot without mail or without a public address."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import Bot
from bot.manifest import build_manifest
from bot.sandbox.clock import SandboxClock
from bot.sandbox.sandbox import Sandbox
from playbooks.run import StepStatus
from tests.scenarios.agreement import (
    document,
    edit,
    edit_returned,
    handed_in,
    newest,
    record_paper,
    send,
    sign_ours,
    started,
)
from tests.scenarios.outsider import Outsider
from tests.scenarios.reading import buttons, fields, words
from tests.scenarios.world import (
    ANNA,
    CHANNEL,
    LI,
    WANG,
    World,
    moment,
    outside_settings,
    settings_for,
)


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


async def test_a_form_that_nobody_signs_is_kept_as_a_version(world: World) -> None:
    await started(world)
    await world.wang.click(world.card("minutes"), "form.fill")
    assert await world.wang.submit({"question.said": "Start in March"}) is None
    await world.finish("minutes", world.wang)
    assert (await world.step("minutes")).status is StepStatus.DONE
    [kept] = world.told("approval", "minutes")
    assert f"<@{WANG}> finished this version" in kept["text"]
    await world.li.click(kept, "sign.menu", option="sign.read ")
    assert "Start in March" in words(world.li.modal or {})
