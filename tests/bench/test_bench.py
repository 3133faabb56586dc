"""The figures: medians of several runs, each beside a baseline of the same run."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest
import yaml
from rich.console import Console
from rich.table import Table

from bot.rehearsal import default_anchor, rehearse_playbook
from bot.services.nudges import NudgeService
from bot.services.runs import BATCH, RunService
from playbooks.calendars import Facts, WorkCalendar
from playbooks.definition import Playbook
from playbooks.library import BUILT_IN, load_file, load_library
from playbooks.rehearsal import rehearse
from playbooks.run import Change, StepStatus
from playbooks.start import StartForm, start_run
from storage.database import Database, Transaction
from tests.bench.bolt import ack_of, bot_and_bare

pytestmark = pytest.mark.bench

OUT = Path(__file__).parents[2] / "build/bench.json"
AT = datetime(2025, 9, 1, 1, tzinfo=UTC)
FACTS = Facts(WorkCalendar("CN"))
PENDING, DUE, ROUNDS = 10_000, BATCH, 5
FIGURES: list[dict[str, object]] = []


def note(figure: str, value: float, baseline: float, goal: str, *, met: bool) -> None:
    """Keep a figure, in milliseconds."""
    row = {"figure": figure, "value": round(value, 3), "baseline": round(baseline, 3)}
    FIGURES.append(row | {"ratio": round(value / baseline, 2), "goal": goal, "met": met})


def note_ratio(figure: str, value: float, baseline: float, most: float) -> None:
    """Keep a figure whose goal is a ratio."""
    note(figure, value, baseline, f"ratio <= {most}", met=value / baseline <= most)


def took(act: Callable[[], object]) -> float:
    """How many milliseconds it takes."""
    began = perf_counter()
    act()
    return (perf_counter() - began) * 1000


def side_by_side(act: Callable[[], object], plain: Callable[[], object]) -> tuple[float, float]:
    """The medians of both, taken in turn."""
    pairs = [(took(act), took(plain)) for _ in range(ROUNDS)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


@pytest.fixture(scope="module", autouse=True)
def report() -> object:
    """Print the table and write the file, once all is measured."""
    yield
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(FIGURES, indent=2) + "\n", encoding="utf-8")
    table = Table("figure", "ms", "baseline", "ratio", "goal", "met", box=None)
    for row in FIGURES:
        table.add_row(*(str(value) for value in row.values()))
    Console(width=120).print(table)


@pytest.fixture(scope="module")
def event() -> Playbook:
    return load_library().playbooks["event"]


@pytest.mark.parametrize("at_once", [1, 16])
async def test_the_ack_of_a_command(tmp_path: Path, at_once: int) -> None:
    pairs = []
    async with bot_and_bare(tmp_path) as (bot, bare):
        for _ in range(ROUNDS):
            times = max(5, 40 // at_once)
            ours = await ack_of(bot, at_once=at_once, times=times)
            pairs.append((ours, await ack_of(bare, at_once=at_once, times=times)))
    value, plain = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    if at_once == 1:
        note_ratio("/sop status, alone", value, plain, 2.0)
    else:
        note(f"/sop status, {at_once} at once", value, plain, "<= 100 ms", met=value <= 100)


async def test_the_reminder_tick(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/bench.db")
    database.upgrade()
    database.run_now(fill)
    runs = RunService(database, told=lambda: None)
    nudges, rows = NudgeService(database, runs, told=lambda: None), []
    for number in range(ROUNDS):
        at = AT + timedelta(days=40 + number)
        found = await database.run(partial(make_due, at=at))
        began = perf_counter()
        assert await nudges.remind_due(at=at) == DUE
        half = perf_counter()
        for run in range(DUE):
            await database.run(partial(write, run_id=f"r{run}"))
        ended = perf_counter()
        rows.append((*found, (half - began) * 1000, (ended - half) * 1000))
    database.close()
    claim, bare, tick, plain = (median(row[n] for row in rows) for n in range(4))
    note("claim of 100 due of 10,000", claim, bare, "<= 2 ms", met=claim <= 2)
    note("100 reminders decided, saved", tick, plain, "<= 1000 ms", met=tick <= 1000)


def write(tx: Transaction, *, run_id: str) -> None:
    """What a claim does at least: read a step by its key, and write one of its columns."""
    where = "WHERE workspace = 'T1' AND run_id = ? AND key = 's0'"
    bare = tx.runs._connection
    bare.exec_driver_sql(f"SELECT * FROM steps {where}", (run_id,)).one()  # noqa: S608
    bare.exec_driver_sql(f"UPDATE steps SET reminded = reminded + 1 {where}", (run_id,))  # noqa: S608


def fill(tx: Transaction) -> None:
    """Ten thousand steps that are to be reminded of in the far future."""
    steps = [
        {"id": f"s{n}", "title": "S", "owner": "lead", "due": "start + 5 workdays"}
        for n in range(50)
    ]
    tree = {"id": "bench", "title": "Bench", "roles": {"lead": {"title": "L", "lead": True}}}
    playbook = Playbook.model_validate(
        tree | {"phases": [{"id": "p", "title": "P", "steps": steps}]}
    )
    form = StartForm("Run", "C1", date(2025, 9, 1), calendar="CN")
    start = partial(start_run, playbook, workspace="T1", version="v", by="U1", at=AT)
    for number in range(PENDING // len(steps)):
        led = replace(form, people={"lead": (f"U{number}",)})
        run = start(led, FACTS, run_id=f"r{number}").run
        later = tuple(replace(s, remind_at=datetime(2099, 1, 1, tzinfo=UTC)) for s in run.steps)
        tx.runs.add(Change(replace(run, redraw_at=None, steps=later), ()))


def make_due(tx: Transaction, *, at: datetime) -> tuple[float, float]:
    """Let a hundred fall due; the times of our claim, and of the bare statement by the index."""
    for number in range(DUE):
        run = tx.runs.get(f"r{number}", workspace="T1")
        assert run
        step = next(s for s in run.steps if s.status is StepStatus.ACTIVE)
        tx.runs.save(Change(run.with_step(replace(step, remind_at=at)), ()))
    plain = (
        "SELECT workspace, run_id, key FROM steps WHERE status = 'active' AND remind_at <= ?"
        " ORDER BY remind_at LIMIT 100"
    )
    bare = tx.runs._connection
    moment = (at.replace(tzinfo=None).isoformat(" ", "microseconds"),)
    pairs = [
        (
            took(lambda: tx.runs.due_reminders(at=at, limit=DUE)),
            took(lambda: bare.exec_driver_sql(plain, moment).all()),
        )
        for _ in range(ROUNDS)
    ]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def test_loading_the_largest_playbook() -> None:
    path = BUILT_IN / "event.yaml"
    text = path.read_text(encoding="utf-8")
    value, plain = side_by_side(
        lambda: load_file(path),
        lambda: yaml.load(text, Loader=yaml.CSafeLoader),
    )
    note_ratio("loading event.yaml", value, plain, 4.0)


def test_a_rehearsal(event: Playbook) -> None:
    anchor_on = default_anchor(event, FACTS.calendar, AT.date())
    people = {role: (role,) for role in event.roles}
    form = StartForm("R", "C0", AT.date(), anchor_on=anchor_on, calendar="CN", people=people)
    value, plain = side_by_side(
        lambda: rehearse_playbook(
            event, at=AT, anchor_on=anchor_on, calendar="CN", people={}, late={}, until=None,
            language="en",
        ),
        lambda: list(rehearse(event, form, FACTS, at=AT, late={})),
    )  # fmt: skip
    note("rehearsal of event", value, plain, "<= 300 ms", met=value <= 300)


def test_a_cold_start() -> None:
    def loading(modules: str) -> Callable[[], object]:
        return partial(subprocess.run, [sys.executable, "-c", f"import {modules}"], check=True)

    value, plain = side_by_side(
        loading("bot.cli, bot.app"), loading("slack_bolt.async_app, sqlalchemy")
    )
    note_ratio("cold start", value, plain, 2.5)
