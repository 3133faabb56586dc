"""The start form follows what is chosen, and what is wrong stands at its field."""

import asyncio
from datetime import timedelta

import pytest

from bot.words.catalogue import say
from tests.scenarios.reading import field, fields, words
from tests.scenarios.world import BOT, LI, PRIVATE, TODAY, WANG, World

SOON = (TODAY + timedelta(days=3)).isoformat()
LATER = (TODAY + timedelta(days=90)).isoformat()


@pytest.mark.parametrize(
    "line",
    ["/sop start tryout", "/sop start Try-out", "/sop START rehearsal", "/sop 开始 演练",
     "/sop 開始演練", "/sop start 试一试"],
)  # fmt: skip
async def test_a_playbook_is_found_by_id_title_alias_and_chinese_word(
    world: World, line: str
) -> None:
    await world.wang.command(line)
    assert world.wang.modal
    assert field(world.wang.modal, "playbook")["initial_option"]["value"] == "tryout"


async def test_an_unknown_playbook_is_answered_privately(world: World) -> None:
    answer = await world.anna.command("/sop start moon-landing")
    assert "moon-landing" in answer["text"]
    assert world.anna.modal is None
    assert "/sop list" in answer["text"]


async def test_the_form_asks_what_the_interface_promises(world: World) -> None:
    await world.wang.command("/sop start tryout", channel="C0MARKET")
    form = world.wang.modal
    assert form
    assert form["callback_id"] == "run.start"
    assert set(fields(form)) >= {
        "playbook", "name", "anchor_on", "start_on", "channel", "calendar", "language",
        "role.controller", "role.designer", "role.head", "role.vendor", "outsider.vendor",
        "param.guests",
    }  # fmt: skip
    required = [b["block_id"] for b in form["blocks"] if b["type"] == "input" and not b["optional"]]
    assert {"name", "anchor_on", "role.controller"} <= set(required) <= {
        "name", "anchor_on", "role.controller", "playbook"
    }  # fmt: skip
    assert field(form, "channel")["initial_conversation"] == "C0MARKET"
    assert field(form, "role.controller")["initial_user"] == WANG
    assert field(form, "calendar")["initial_option"]["value"] == "CN"
    assert "late" not in fields(form)


async def test_the_form_follows_another_playbook(world: World) -> None:
    await world.wang.command("/sop start tryout")
    await world.wang.choose("playbook", "event")
    form = world.wang.modal
    assert form
    assert "role.content_manager" in fields(form)
    assert "role.vendor" in fields(form)
    assert "param.doors_open" in fields(form)
    await world.wang.choose("playbook", "tryout")
    assert world.wang.modal
    assert "param.doors_open" not in fields(world.wang.modal)


async def test_a_form_whose_fields_are_changed_twice_at_once_stays_open(world: World) -> None:
    await world.wang.command("/sop start tryout")
    # Both leave before the bot has answered the first: the second names a form of the past.
    await asyncio.gather(
        world.wang.choose("anchor_on", LATER), world.wang.choose("anchor_on", SOON)
    )
    assert world.wang.modal
    assert world.wang.modal["callback_id"] == "run.start"
    assert "late" in fields(world.wang.modal)


async def test_steps_that_would_be_late_are_asked_about_and_compressed(world: World) -> None:
    await world.wang.command("/sop start tryout")
    await world.wang.choose("anchor_on", SOON)
    form = world.wang.modal
    assert form
    assert [o["value"] for o in field(form, "late")["options"]] == ["compress", "skip", "start"]
    assert field(form, "late")["initial_option"]["value"] == "compress"
    assert await world.wang.submit({"name": "Hurry", "role.designer": LI}) is None
    await world.settle()
    page = await world.step("page")
    assert page.compressed
    assert page.due_at
    assert page.due_at.date() == TODAY + timedelta(days=1)
    assert "Short notice" in words(world.card("page"))


@pytest.mark.parametrize(("late", "status"), [("skip", "skipped"), ("start", "active")])
async def test_late_steps_are_skipped_or_started_as_chosen(
    world: World, late: str, status: str
) -> None:
    await world.wang.command("/sop start tryout")
    await world.wang.choose("anchor_on", SOON)
    assert await world.wang.submit({"name": "Hurry", "late": late}) is None
    await world.settle()
    assert (await world.step("page")).status == status
    assert not (await world.step("page")).compressed
    if late == "start":
        assert "🔴" in words(world.card("page"))


async def test_every_wrong_field_is_told_at_once_and_where_it_is(world: World) -> None:
    errors = await world.fill_start(
        world.wang,
        {
            "name": "x  " * 30 + "y", "anchor_on": "2025-08-01", "role.controller": BOT,
            "role.head": BOT, "channel": PRIVATE,
        },
    )  # fmt: skip
    assert errors
    assert set(errors) == {"anchor_on", "role.controller", "role.head", "channel"}
    assert "/invite" in errors["channel"]
    assert await world.runs() == []
    assert world.wang.modal


async def test_a_name_of_blanks_is_refused_in_the_reader_s_language(world: World) -> None:
    errors = await world.fill_start(world.li, {"name": "   "})
    assert errors == {"name": say("zh-Hans", "start.name_missing")}


async def test_a_missing_lead_is_told_at_its_field(world: World) -> None:
    errors = await world.fill_start(world.wang, {"role.controller": None})
    assert errors
    assert set(errors) == {"role.controller"}


async def test_an_archived_channel_is_refused(world: World) -> None:
    await world.wang.archive("C0MARKET")
    errors = await world.fill_start(world.wang, {"channel": "C0MARKET"})
    assert errors
    assert set(errors) == {"channel"}
    assert "archived" in errors["channel"]


async def test_a_public_channel_without_the_bot_is_entered(world: World) -> None:
    assert await world.fill_start(world.wang, {"channel": "C0GENERAL"}) is None
    await world.settle()
    assert BOT in world.sandbox.space.channel("C0GENERAL").members
    assert world.run_card("C0GENERAL")


async def test_the_runs_language_is_preset_to_that_of_whoever_starts_it(world: World) -> None:
    for person, language in ((world.wang, "en"), (world.li, "zh-Hans"), (world.chen, "zh-Hant")):
        await person.command("/sop start tryout")
        assert person.modal
        assert field(person.modal, "language")["initial_option"]["value"] == language


async def test_dates_in_a_year_not_announced_yet_are_said_to_be_provisional(world: World) -> None:
    await world.wang.command("/sop start tryout")
    await world.wang.choose("anchor_on", LATER)
    sure = words(world.wang.modal or {})
    await world.wang.choose("anchor_on", "2095-11-20")
    shown = words(world.wang.modal or {})
    note = say("en", "provisional.form", year="2095")
    assert note not in sure
    assert note in shown
    await world.wang.choose("calendar", "DE")
    await world.wang.choose("anchor_on", "2095-11-21")
    assert note not in words(world.wang.modal or {})
    await world.wang.choose("calendar", "CN")
    assert await world.wang.submit({"name": "Far ahead", "language": "en"}) is None
    await world.settle()
    shown = words(world.card("page"))
    assert "(provisional: the 2095 work days are not announced yet)" in shown
    assert "provisional" not in words(world.card("plain"))
