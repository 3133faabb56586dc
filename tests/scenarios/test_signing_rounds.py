"""What the client wants changed, paper, reminders, and how it goes without mail or address."""

import re

from tests.scenarios.agreement import (
    edit_returned,
    handed_in,
    newest,
    record_paper,
    send,
    sign_ours,
)
from tests.scenarios.outsider import Outsider
from tests.scenarios.reading import buttons, words
from tests.scenarios.world import (
    ANNA,
    CHEN,
    WANG,
    World,
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
