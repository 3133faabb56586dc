"""Calendar links: made and switched off in Slack, read by a calendar."""

import re
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from bot.app import Bot
from bot.manifest import build_manifest
from bot.sandbox.clock import SandboxClock
from bot.sandbox.person import Person
from bot.sandbox.sandbox import Sandbox
from tests.scenarios.outsider import Outsider, Page
from tests.scenarios.over_http import http_world
from tests.scenarios.reading import buttons, words
from tests.scenarios.world import CHEN, LI, World, moment, settings_for

_LINK = re.compile(r"https://sop\.agency\.example(/calendar/[\w-]{43}\.ics)")
NEVER = {
    "unknown": "/calendar/" + "A" * 43 + ".ics",
    "short": "/calendar/abc.ics",
    "long": "/calendar/" + "A" * 4000 + ".ics",
    "odd": "/calendar/%00%ff..%2f.ics",
    "empty": "/calendar/.ics",
}


def link(person: Person) -> str:
    found = _LINK.search(words(person.modal or {}))
    assert found, words(person.modal or {})
    return found[1]


async def make(world: World, person: Person) -> str:
    """Make one's own link in the settings."""
    await person.command("/sop settings")
    await person.click(person.modal or {}, "feed.make")
    return link(person)


async def fetch(world: World, path: str, **headers: str) -> Page:
    async with Outsider(world) as calendar:
        return await calendar.get(path, **headers)


def events(page: Page) -> dict[str, Any]:
    calendar = Calendar.from_ical(page.text)
    return {str(event["summary"]): event for event in calendar.walk("VEVENT")}


async def test_my_link_shows_my_steps_open_and_done_at_their_due_moment(world: World) -> None:
    run = await world.start()
    await world.finish("plain", world.li)
    page = await fetch(world, await make(world, world.li))
    assert page.status == 200
    assert page.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in page.headers["Cache-Control"]
    shown = events(page)
    mine = {step.key: step for step in run.steps if step.owner == LI and step.due_at}
    assert len(shown) == len(mine)
    venue = shown["确认场地 · Dealer day"]
    assert venue["uid"] == f"{run.id}.venue@sopbot"
    assert venue["dtstart"].dt == mine["venue"].due_at
    assert venue["dtstart"].to_ical().endswith(b"Z")
    card = world.card("venue")
    address = f"/archives/{card['channel']}/p{card['ts'].replace('.', '')}"
    assert str(venue["description"]).endswith(address)
    assert str(venue["description"]).startswith("http")
    assert "✅ 定主题 · Dealer day" in shown


async def test_a_run_s_link_is_the_lead_s_and_tells_title_owner_and_due_alone(world: World) -> None:
    run = await world.start()
    await world.wang.click(world.run_card(), "run.steps")
    await world.wang.click(world.wang.modal or {}, "feed.make")
    page = await fetch(world, link(world.wang))
    shown = events(page)
    assert len(shown) == len([step for step in run.steps if step.due_at])
    for event in shown.values():
        assert set(event) <= {
            "UID", "SUMMARY", "DESCRIPTION", "DTSTART", "DTSTAMP", "STATUS", "TRANSP",
        }  # fmt: skip
    description = str(shown["Confirm the venue · Dealer day"]["description"])
    assert re.fullmatch(r"Owner: .+\nhttps?://\S+", description)
    await world.li.click(world.run_card(), "run.steps")
    assert "feed.make" not in buttons(world.li.modal or {})


async def test_a_link_is_shown_once_and_a_new_one_ends_the_old(world: World) -> None:
    await world.start()
    old = await make(world, world.li)
    await world.li.command("/sop settings")
    await world.li.click(world.li.modal or {}, "feed.make")
    assert not _LINK.search(words(world.li.modal or {}))
    await world.li.click(world.li.modal or {}, "feed.make")
    new = link(world.li)
    assert new != old
    assert (await fetch(world, old)).status == 404
    assert (await fetch(world, new)).status == 200
    await world.li.click(world.li.modal or {}, "feed.revoke")
    assert (await fetch(world, new)).status == 404


async def test_links_that_do_not_work_all_look_the_same(world: World) -> None:
    await world.start()
    path = await make(world, world.li)
    await world.li.click(world.li.modal or {}, "feed.revoke")
    tampered = path.replace(".ics", "")[:-1] + ("A" if path[-5] != "A" else "B") + ".ics"
    pages = [await fetch(world, bad) for bad in (path, tampered, *NEVER.values())]
    assert {page.status for page in pages} == {404}
    assert {page.text for page in pages} == {"404: Not Found"}


async def test_the_database_holds_no_token(world: World, tmp_path: Path) -> None:
    await world.start()
    token = (await make(world, world.li)).removeprefix("/calendar/").removesuffix(".ics")
    held = [file.read_bytes() for file in tmp_path.iterdir() if "sopbot.db" in file.name]
    assert held
    assert not [content for content in held if token.encode() in content]


async def test_a_calendar_that_knows_the_answer_is_spared_it(world: World) -> None:
    await world.start()
    path = await make(world, world.li)
    page = await fetch(world, path)
    tag = page.headers["Etag"]
    assert (await fetch(world, path)).text == page.text
    for known in (tag, f'"other", W/{tag}'):
        again = await fetch(world, path, **{"If-None-Match": known})
        assert (again.status, again.text) == (304, "")
    await world.finish("plain", world.li)
    assert (await fetch(world, path, **{"If-None-Match": tag})).status == 200


async def test_somebody_s_link_shows_nothing_of_others_or_of_runs_called_off(world: World) -> None:
    run = await world.start()
    path = await make(world, world.chen)
    mine = [step for step in run.steps if step.owner == CHEN and step.due_at]
    assert len(events(await fetch(world, path))) == len(mine) < len(run.steps)
    await world.wang.click(world.run_card(), "run.menu", option="run.cancel ")
    assert await world.wang.submit({"reason": "No budget"}) is None
    assert events(await fetch(world, path)) == {}


async def test_without_a_public_address_the_bot_says_so(tmp_path: Path) -> None:
    clock = SandboxClock(moment("2025-08-20"))
    async with Sandbox(clock, post_every=0, manifest=build_manifest()) as sandbox:
        bot = Bot(settings_for(sandbox, tmp_path), clock=clock, post_every=0, look_every=0.1)
        await bot.start()
        world = World(sandbox, bot, clock)
        await world.anna.command("/sop settings")
        await world.anna.click(world.anna.modal or {}, "feed.make")
        await world.settle()
        assert "SOPBOT_PUBLIC_URL" in words(world.anna.modal or {})
        await bot.stop()


async def test_feeds_are_there_over_http_too(tmp_path: Path) -> None:
    async with http_world(tmp_path) as (world, _):
        assert (await fetch(world, NEVER["unknown"])).text == "404: Not Found"


@pytest.mark.parametrize("surface", ["settings", "home"])
async def test_the_link_is_made_from_settings_and_home(world: World, surface: str) -> None:
    if surface == "home":
        await world.anna.open_home()
        await world.settle()
        await world.anna.click(world.anna.home or {}, "feed.make")
    else:
        await world.anna.command("/sop settings")
        await world.anna.click(world.anna.modal or {}, "feed.make")
    assert (await fetch(world, link(world.anna))).status == 200
