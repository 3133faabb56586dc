"""/sop settings: language, days off, hours, digest; and the days of the company."""

from datetime import date, time

import pytest

from playbooks.people import Person
from tests.scenarios.reading import buttons, field, fields, words
from tests.scenarios.world import ANNA, LI, WANG, World, moment

KEPT = {
    "language": "en", "calendar": "DE", "from_hour": "10:00", "to_hour": "19:30",
    "digest_at": "10:30", "digest": "daily",
}  # fmt: skip


async def kept(world: World, person: str = LI) -> Person:
    found = await world.bot.database.run(lambda tx: tx.people.many([person], workspace="T0SANDBOX"))
    return found[person]


@pytest.mark.parametrize("line", ["/sop settings", "/sop 设置", "/sop 設定"])
async def test_settings_show_what_is_kept_and_keep_what_is_chosen(world: World, line: str) -> None:
    await world.li.command(line)
    form = world.li.modal
    assert form
    assert form["callback_id"] == "settings.edit"
    assert fields(form) == list(KEPT)
    assert field(form, "calendar")["initial_option"]["value"] == "run"
    assert field(form, "from_hour")["initial_time"] == "09:00"
    assert await world.li.submit(KEPT) is None
    await world.settle()
    person = await kept(world)
    assert (person.language, person.calendar, person.digest_daily) == ("en", "DE", True)
    assert (person.from_hour, person.to_hour) == (time(10), time(19, 30))
    assert person.digest_at == time(10, 30)
    assert world.li.home
    assert "Days off: Germany · 10:00–19:30 · reminders from 10:30" in words(world.li.home)
    await world.li.command(line)
    assert field(world.li.modal or {}, "calendar")["initial_option"]["value"] == "DE"
    assert await world.li.submit(KEPT | {"calendar": "run"}) is None
    assert (await kept(world)).calendar == ""


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"to_hour": "09:00"}, "to_hour"),
        ({"to_hour": "10:00"}, "to_hour"),
        ({"digest_at": "09:59"}, "digest_at"),
        ({"digest_at": "19:30"}, "digest_at"),
    ],
)
async def test_what_is_wrong_stands_at_its_field_and_nothing_is_kept(
    world: World, wrong: dict[str, str], at: str
) -> None:
    await world.li.command("/sop settings")
    errors = await world.li.submit(KEPT | wrong)
    assert errors
    assert set(errors) == {at}
    assert (await kept(world)).calendar == ""


async def test_settings_are_opened_on_the_home_which_follows(world: World) -> None:
    await world.chen.open_home()
    await world.settle()
    assert "休假日：依各項目的行事曆 · 9:00–18:00 · 10:00 起提醒" in words(world.chen.home or {})
    await world.chen.click(world.chen.home or {}, "home.settings")
    assert await world.chen.submit(KEPT | {"language": "zh-Hans"}) is None
    await world.settle()
    assert "休息日：德国 · 10:00–19:30 · 10:30 起提醒" in words(world.chen.home or {})


async def test_reminders_keep_the_days_of_the_owners_own_country(world: World) -> None:
    await world.wang.command("/sop settings")
    await world.wang.submit(KEPT | {"calendar": "DE", "from_hour": "09:00"})
    await world.start(role__designer=WANG, calendar="CN")
    own = await world.step("plain")
    await world.at("2025-10-03")  # off in both: National Day, and German Unity
    await world.at("2025-10-04", "12:00")
    assert world.told("digest", channel=WANG) == []
    assert own.due_at
    await world.at("2025-10-06", "12:00")  # China rests until the 8th, Germany works
    assert "Agree the theme" in world.told("digest", channel=WANG)[0]["text"]


async def test_only_who_leads_a_run_keeps_the_days_of_the_company(world: World) -> None:
    await world.start()
    await world.li.command("/sop settings")
    assert "days.open" not in buttons(world.li.modal or {})
    await world.wang.command("/sop settings")
    settings = world.wang.modal or {}
    await world.wang.click(settings, "days.open")
    await world.wang.click(world.wang.modal or {}, "days.open", value="add")
    day = {"day": "2025-09-10", "kind": "off", "name": "Founding day"}
    assert await world.wang.submit(day) is None
    shown = world.wang.modal or {}
    assert "Wed 10 Sep* · Day off · Founding day" in words(shown)
    assert "days.remove" in buttons(shown)
    await world.wang.click(shown, "days.remove")
    assert "Founding day" not in words(world.wang.modal or {})


async def test_a_day_in_the_past_is_refused_at_its_field(world: World) -> None:
    await world.start()
    await world.wang.command("/sop settings")
    await world.wang.click(world.wang.modal or {}, "days.open")
    await world.wang.click(world.wang.modal or {}, "days.open", value="add")
    errors = await world.wang.submit({"day": "2025-08-19", "kind": "off"})
    assert errors
    assert "has passed" in errors["day"]


async def test_somebody_who_leads_no_run_is_refused_in_words(world: World) -> None:
    await world.start()
    await world.wang.command("/sop settings")
    stolen = world.wang.modal or {}
    await world.li.command("/sop settings")
    mine = world.li.modal or {}
    mine["blocks"] = stolen["blocks"]  # a button shown to nobody else, pressed all the same
    await world.li.click(mine, "days.open")
    await world.settle()
    assert "公司日历由项目总负责人维护" in words(world.li.modal or {})
    assert await world.bot.database.run(
        lambda tx: tx.company_days.worked(workspace="T0SANDBOX")
    ) == {}  # fmt: skip


async def test_days_of_the_company_count_for_new_dates_and_leave_old_ones(world: World) -> None:
    first = await world.start()
    before = [step.due_at for step in first.steps]
    await world.wang.command("/sop settings")
    await world.wang.click(world.wang.modal or {}, "days.open")
    for day in ("2025-08-21", "2025-08-22"):
        await world.wang.click(world.wang.modal or {}, "days.open", value="add")
        assert await world.wang.submit({"day": day, "kind": "off"}) is None
    second = await world.start(name="Second")
    again = await world.bot.database.run(
        lambda tx: tx.runs.get(first.id, workspace=first.workspace)
    )
    assert again
    assert [step.due_at for step in again.steps] == before
    assert again.own_days == {date(2025, 8, 21): False, date(2025, 8, 22): False}
    moved = [step.due_at for step in second.steps]
    assert moved != before
    off = {moment("2025-08-21").date(), moment("2025-08-22").date()}
    workdays = [s.due_at for s in second.steps if s.due_at and s.due_at.date() in off]
    assert workdays == []


async def test_anna_in_berlin_keeps_her_own_hours(world: World) -> None:
    await world.anna.command("/sop settings")
    await world.anna.submit(KEPT | {"from_hour": "07:00", "digest_at": "07:30"})
    assert (await kept(world, ANNA)).from_hour == time(7)
