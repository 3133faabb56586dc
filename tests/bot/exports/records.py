"""A small record in which everything has happened once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.exports.record import Record
from playbooks.run import Comment, Event, EventKind, Evidence, StepStatus, Tick
from tests.factories import (
    AT,
    DUE,
    HEAD,
    LEAD,
    OWNER,
    a_playbook,
    a_run,
    a_step,
    a_told_step,
    words,
)

NOW = datetime(2025, 10, 28, 1, 0, tzinfo=UTC)  # Tuesday 09:00 in Shanghai
NAMES = {LEAD: "Wang Li (王莉)", OWNER: "李娜"}
TEXTS = {
    "title": {"en": "Book the venue", "zh-Hans": "预订场地", "zh-Hant": "預訂場地"},
    "item": {"en": "Deposit paid", "zh-Hans": "已付定金", "zh-Hant": "已付訂金"},
}


def a_record(language: str = "en", **facts: Any) -> Record:
    """One step done, one late, one planned, one skipped, one switched off."""
    told = a_playbook(
        a_told_step(
            "venue", title=TEXTS["title"],
            checklist=[{"id": "paid", "text": TEXTS["item"]}, {"id": "plan", "text": "Floor plan"}],
        ),
        a_told_step("guests"), a_told_step("menu", needs=["guests"]), a_told_step("gifts"),
        a_told_step("band", when="param.music = yes"),
        params=[{"id": "music", "title": words("Music"), "type": "yes-no", "default": "no"}],
    )  # fmt: skip
    venue = a_step(
        "venue", status=StepStatus.DONE, closed_at=AT + timedelta(hours=1), closed_by=OWNER,
        ticks=(Tick("paid", OWNER, AT),),
        evidence=(Evidence("link", "https://example.com/a?b=c", "Contract", OWNER, AT),),
        comments=(Comment("=SUM(A1:A9)", HEAD, AT),),
    )  # fmt: skip
    steps = (
        venue,
        a_step("guests"),
        a_step("menu", status=StepStatus.WAITING, due_planned=True, due_at=DUE + timedelta(days=9)),
        a_step("gifts", status=StepStatus.SKIPPED, closed_at=AT, closed_by=LEAD, reason="-2 %"),
        a_step("band", status=StepStatus.OFF, closed_at=AT, due_at=None, reason="param.music"),
    )
    run = a_run(*steps, playbook=told, language=language, params={"music": "no"}, **facts)
    events = (
        Event(EventKind.RUN_STARTED, run.started_at, LEAD, facts={"name": run.name}),
        Event(EventKind.STEP_OPENED, AT, LEAD, "venue"),
        Event(EventKind.ITEMS_TICKED, AT, OWNER, "venue", {"ticked": ["paid"], "cleared": []}),
        Event(EventKind.STEP_DONE, AT, OWNER, "venue", {"comment": ""}),
        Event(EventKind.STEP_SKIPPED, AT, LEAD, "gifts", {"reason": "-2 %"}),
        Event(EventKind.STEP_ASSIGNED, AT, LEAD, "guests", {"from": HEAD, "to": OWNER}),
        Event(
            EventKind.STEP_RESCHEDULED, AT, OWNER, "guests",
            {"from": AT.isoformat(), "to": DUE.isoformat(), "reason": "late answers"},
        ),
        Event(EventKind.DAY_TURNED, AT, "clock"),
        Event(EventKind.REMINDED, DUE, "clock", "guests"),
    )  # fmt: skip
    return Record(run, events, NOW, NAMES)


def saying(text: str) -> Record:
    """The record with one text wherever people can write one."""
    record = a_record()
    venue, *others = record.run.steps
    ugly = replace(
        venue, status=StepStatus.SKIPPED, reason=text,
        evidence=(Evidence("text", text, text, OWNER, AT), Evidence("link", text, "", OWNER, AT)),
        comments=(Comment(text, OWNER, AT),),
    )  # fmt: skip
    events = (
        Event(EventKind.COMMENT_ADDED, AT, OWNER, "venue", {"text": text}),
        Event(EventKind.RUN_CANCELLED, AT, LEAD, facts={"reason": text}),
    )
    run = replace(record.run, name=text, reason=text, steps=(ugly, *others))
    return replace(record, run=run, events=events, names={OWNER: text, LEAD: text})
