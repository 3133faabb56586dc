"""What Prometheus reads: how soon clicks are answered, what waits, what Slack refuses."""

import asyncio
from datetime import timedelta
from pathlib import Path

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from tests.scenarios.over_http import http_world
from tests.scenarios.world import DEADLINE, World


async def measured(world: World, name: str, **labels: str) -> float:
    """The value of one sample; the tests of a process share the counters."""
    url = f"http://127.0.0.1:{world.bot.port}/metrics"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        assert answer.status == 200
        assert answer.content_type == "text/plain"
        families = text_string_to_metric_families(await answer.text())
    found = [
        sample.value
        for family in families
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    ]
    return sum(found)


async def test_answers_are_measured_by_kind(world: World) -> None:
    kinds = ("command", "action", "view", "shortcut", "event")
    name = "sopbot_ack_seconds_count"
    before = [await measured(world, name, kind=kind) for kind in kinds]
    await world.start()
    await world.li.shortcut("run.start")
    await world.li.open_home()
    await world.settle()
    after = [await measured(world, name, kind=kind) for kind in kinds]
    assert all(now > then for then, now in zip(before, after, strict=True))
    within = "sopbot_ack_seconds_bucket"
    assert await measured(world, within, kind="view", le="3.0") >= after[2] - before[2]


async def test_answers_are_measured_in_http_mode_too(tmp_path: Path) -> None:
    async with http_world(tmp_path) as (world, _):
        before = await measured(world, "sopbot_ack_seconds_count", kind="command")
        await world.anna.command("/sop")
        assert await measured(world, "sopbot_ack_seconds_count", kind="command") == before + 1


async def test_reminders_are_counted_with_how_late_they_were_said(world: World) -> None:
    await world.start()
    due = min(step.remind_at for step in (await world.run()).steps if step.remind_at)
    said = await measured(world, "sopbot_reminders_said_total")
    lateness = "sopbot_reminder_lateness_seconds_sum"
    called, posted = [await measured(world, lateness, part=part) for part in ("called", "said")]
    world.sandbox.faults.add("chat.postMessage", "late")
    world.clock.set(due + timedelta(seconds=90))
    await world.sandbox.until(world.reminders)
    world.clock.advance(timedelta(seconds=30))
    world.sandbox.faults.answer()
    await world.settle()
    assert await measured(world, "sopbot_reminders_said_total") == said + len(world.reminders())
    assert await measured(world, lateness, part="called") == called + 90 * len(world.reminders())
    assert await measured(world, lateness, part="said") >= posted + 30


async def test_what_waits_to_be_said_and_what_slack_refused_is_seen(world: World) -> None:
    await world.start()
    assert await measured(world, "sopbot_outbox_events") == 0
    errors, limits = "sopbot_slack_errors_total", "sopbot_slack_rate_limited_total"
    refused = {"method": "chat.update", "code": "fatal_error"}
    before = await measured(world, errors, **refused)
    limited = await measured(world, limits, method="chat.update")
    world.sandbox.faults.add("chat.update", "error:fatal_error")
    world.sandbox.faults.add("chat.update", "ratelimited", retry_after=1)
    await world.li.check(world.card("venue"), "contract")
    await world.sandbox.until(lambda: world.sandbox.calls[-1].response.get("error"))
    assert await measured(world, "sopbot_outbox_events") == 1
    async with asyncio.timeout(DEADLINE):
        await world.bot.settled()
    assert await measured(world, "sopbot_outbox_events") == 0
    assert await measured(world, errors, **refused) == before + 1
    assert await measured(world, limits, method="chat.update") == limited + 1
    assert await measured(world, errors, method="chat.update", code="ratelimited") >= 1


async def test_broken_calls_and_unreadable_answers_are_counted_too(world: World) -> None:
    errors = "sopbot_slack_errors_total"
    before = await measured(world, errors, method="views.open")
    for failure in ("http_500", "drop_before"):
        world.sandbox.faults.add("views.open", failure)
        await world.anna.command("/sop start tryout")
    assert await measured(world, errors, method="views.open") == before + 2
