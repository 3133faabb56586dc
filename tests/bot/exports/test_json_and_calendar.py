"""JSON for programs and calendars for calendars: what others hold on to."""

import json
from dataclasses import replace
from typing import Any

from icalendar import Calendar

from bot.exports.formats import write
from bot.exports.record import Record
from playbooks.run import RunStatus
from tests.bot.exports.records import NOW, a_record
from tests.factories import AT, DUE, LEAD


def told(record: Record) -> dict[str, Any]:
    """The JSON, read."""
    found: dict[str, Any] = json.loads(write(record, "json"))
    return found


def events(record: Record) -> list[Any]:
    """The calendar's events, read."""
    return list(Calendar.from_ical(write(record, "ics")).events)


def test_json_has_six_parts() -> None:
    found = told(a_record())
    assert list(found) == ["run", "steps", "lists", "events", "approvals", "kpis"]
    assert (found["lists"], found["approvals"], found["kpis"]) == ({}, [], [])


def test_json_tells_the_run_with_ids_and_names() -> None:
    run = told(a_record("zh-Hans"))["run"]
    assert (run["id"], run["status"], run["lead"]) == ("r1", "active", LEAD)
    assert run["playbook"]["id"] == "event"
    assert run["playbook"]["title"]["en"] == "Event"
    assert (run["start_on"], run["anchor_on"]) == ("2025-09-01", "2025-11-20")
    assert run["started_at"] == "2025-09-01T09:00:00+08:00"
    assert run["people"]["controller"] == [LEAD]
    assert run["names"][LEAD] == "Wang Li (王莉)"
    assert run["exported_at"] == "2025-10-28T09:00:00+08:00"


def test_json_tells_a_step_whole() -> None:
    venue, guests, *_ = told(a_record("zh-Hans"))["steps"]
    assert (venue["id"], venue["key"], venue["phase"]) == ("venue", "venue", "before")
    assert (venue["title"], venue["status"], venue["late"]) == ("预订场地", "done", False)
    assert venue["due_at"] == "2025-10-24T18:00:00+08:00"
    assert venue["checklist"][0] == {
        "id": "paid", "text": "已付定金", "required": True, "done_by": "U0LI",
        "done_at": "2025-10-21T10:00:00+08:00",
    }  # fmt: skip
    assert venue["checklist"][1]["done_at"] is None
    [evidence], [comment] = venue["evidence"], venue["comments"]
    assert (evidence["kind"], evidence["value"]) == ("link", "https://example.com/a?b=c")
    assert (comment["text"], comment["by"]) == ("=SUM(A1:A9)", "U0CHEN")
    assert (guests["status"], guests["late"], guests["closed_at"]) == ("active", True, None)


def test_json_tells_every_event_numbered_with_its_facts() -> None:
    found = told(a_record())["events"]
    assert [event["number"] for event in found] == list(range(1, 10))
    assert found[4] == {
        "number": 5, "kind": "step_skipped", "at": "2025-10-21T10:00:00+08:00", "by": LEAD,
        "step": "gifts", "facts": {"reason": "-2 %"},
    }  # fmt: skip


def test_json_has_room_for_lists_and_kpis() -> None:
    more = replace(
        a_record(), lists={"rundown": ({"at": "10:00"},)}, kpis=({"id": "attendance", "value": 75},)
    )
    found = told(more)
    assert found["lists"] == {"rundown": [{"at": "10:00"}]}
    assert found["kpis"] == [{"id": "attendance", "value": 75}]


def test_a_calendar_holds_what_is_still_due() -> None:
    guests, menu = events(a_record())
    assert (str(guests["SUMMARY"]), guests.start) == ("Confirm guests · Dealer day Shanghai", DUE)
    assert (str(guests["UID"]), guests["DTSTAMP"].dt) == ("r1.guests@sopbot", NOW)
    assert (str(guests["STATUS"]), str(menu["STATUS"])) == ("CONFIRMED", "TENTATIVE")
    assert (str(guests["TRANSP"]), str(guests["DESCRIPTION"])) == ("TRANSPARENT", "Owner: 李娜")


def test_a_calendar_of_long_chinese_names_is_folded_and_read_again() -> None:
    record = a_record("zh-Hant")
    record = replace(record, run=replace(record.run, name="經銷商大會，" * 30 + "上海；A\\B;c,d"))
    content = write(record, "ics")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert str(events(record)[0]["SUMMARY"]).endswith("經銷商大會，上海；A\\B;c,d")
    assert Calendar.from_ical(content).calendar_name == record.run.name


def test_a_run_that_has_ended_leaves_the_calendar_empty() -> None:
    record = a_record()
    over = replace(record.run, status=RunStatus.CANCELLED, ended_at=AT, ended_by=LEAD)
    assert events(replace(record, run=over)) == []


def test_the_same_record_gives_the_same_bytes() -> None:
    for form in ("md", "json", "csv", "ics"):
        assert write(a_record(), form) == write(a_record(), form)
