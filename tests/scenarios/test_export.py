"""A run led in Slack, and its record in every format."""

import asyncio
import csv
import json
from io import BytesIO, StringIO
from pathlib import Path

from docx import Document
from icalendar import Calendar
from openpyxl import load_workbook

from bot.exports.formats import FORMATS, write
from bot.services.records import RecordService
from tests.bot.command_line import in_a_shell
from tests.scenarios.world import World


async def test_the_record_of_a_run_tells_what_happened_in_every_format(world: World) -> None:
    run = await world.start(language="zh-Hans")
    await world.finish("plain", world.li)
    page = {"evidence": "https://example.com/page", "comment": "=1+1"}
    await world.finish("page", world.li, page)
    service = RecordService(world.bot.database)
    workspace = await service.home_of(run.id)
    assert workspace == run.workspace
    record = await service.record(run.id, workspace=workspace, at=world.clock.now())
    files = {form: write(record, form) for form in FORMATS}
    told = json.loads(files["json"])
    steps = {step["id"]: step for step in told["steps"]}
    assert steps["page"]["evidence"][0]["value"] == "https://example.com/page"
    assert told["events"][0]["kind"] == "run_started"
    assert told["run"]["names"]["U0LI"] == "Li Na (李娜)"
    text = StringIO(files["csv"].decode("utf-8-sig"), newline="")
    rows = {row["id"]: row for row in csv.DictReader(text)}
    assert list(rows) == [step.key for step in run.steps]
    assert (rows["page"]["state"], rows["page"]["owner"]) == ("done", "Li Na (李娜)")
    assert rows["page"]["comments"] == "Li Na (李娜): =1+1"
    assert load_workbook(BytesIO(files["xlsx"])).sheetnames == ["步骤", "项目", "过程记录"]
    assert Document(BytesIO(files["docx"])).paragraphs[0].text == "Dealer day"
    due = {str(event["UID"]) for event in Calendar.from_ical(files["ics"]).events}
    assert f"{run.id}.venue@sopbot" in due
    assert f"{run.id}.page@sopbot" not in due
    assert "Li Na (李娜): =1+1\n" in files["md"].decode()


async def test_the_command_writes_it_while_the_bot_runs(world: World, tmp_path: Path) -> None:
    run = await world.start()
    out = tmp_path / "record.xlsx"
    words = ("export", run.id, "--format", "xlsx", "--out", str(out))
    url = f"sqlite:///{tmp_path}/sopbot.db"
    done = await asyncio.to_thread(in_a_shell, *words, DATABASE_URL=url)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"wrote {out}\n", "")
    assert load_workbook(out).properties.title == "Dealer day"
