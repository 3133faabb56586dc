"""Build small pieces of Block Kit, right unless a test spoils them."""

from typing import Any

from bot.sandbox.checker.faults import Fault
from bot.sandbox.checker.messages import check_message

Json = dict[str, Any]
TEXT = "Wang, please confirm the venue by Friday"


def plain(text: str = "Done", **extra: Any) -> Json:
    return {"type": "plain_text", "text": text, **extra}


def mrkdwn(text: str = "*Venue*", **extra: Any) -> Json:
    return {"type": "mrkdwn", "text": text, **extra}


def section(text: str = "*Venue*", **extra: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **extra}


def button(**extra: Any) -> Json:
    return {"type": "button", "action_id": "step.done", "text": plain(), "value": "1"} | extra


def actions(*elements: Json, **extra: Any) -> Json:
    return {"type": "actions", "elements": list(elements) or [button()], **extra}


def option(text: str = "One", value: str = "1", **extra: Any) -> Json:
    return {"text": plain(text), "value": value, **extra}


def options(count: int) -> list[Json]:
    return [option(f"Option {n}", str(n)) for n in range(count)]


def element(kind: str, **extra: Any) -> Json:
    return {"type": kind, "action_id": "value", **extra}


def field(inner: Json | None = None, **extra: Any) -> Json:
    return {
        "type": "input",
        "block_id": "name",
        "label": plain("Name"),
        "element": inner or element("plain_text_input"),
    } | extra


def modal(*blocks: Json, **extra: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "run.start",
        "title": plain("Start"),
        "submit": plain("Start"),
        "blocks": list(blocks) or [section()],
    } | extra


def image(**extra: Any) -> Json:
    return {"type": "image", "image_url": "https://x.example/a.png", "alt_text": "Bars"} | extra


def table(rows: int = 2, cells: int = 2, **extra: Any) -> Json:
    row = [{"type": "raw_text", "text": "x"}] * cells
    return {"type": "table", "rows": [row] * rows, **extra}


def data_table(rows: int = 2, **extra: Any) -> Json:
    return table(rows) | {"type": "data_table", "caption": "KPIs"} | extra


def pie(*values: float, **extra: Any) -> Json:
    segments = [{"label": f"part {n}", "value": v} for n, v in enumerate(values or (1, 2))]
    return {
        "type": "data_visualization",
        "title": "Leads",
        "chart": {"type": "pie", "segments": segments},
    } | extra


def bars(labels: list[str], categories: list[str]) -> Json:
    data = [{"label": label, "value": 1} for label in labels]
    chart = {
        "type": "bar",
        "series": [{"name": "leads", "data": data}],
        "axis_config": {"categories": categories},
    }
    return {"type": "data_visualization", "title": "Leads", "chart": chart}


def rich(*parts: Json, kind: str = "rich_text_section", **extra: Any) -> Json:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(parts), **extra}]}


def card(**extra: Any) -> Json:
    return {"type": "card", "title": mrkdwn("A topic"), **extra}


def container(*children: Json, **extra: Any) -> Json:
    return {
        "type": "container",
        "title": plain("Rundown"),
        "child_blocks": list(children) or [section()],
        **extra,
    }


def task(**extra: Any) -> Json:
    return {"type": "task_card", "task_id": "t1", "title": "Read", "status": "complete", **extra}


def confirm(**extra: Any) -> Json:
    words = {"title": plain("Skip?"), "text": plain("It stays undone.")}
    return words | {"confirm": plain("Skip"), "deny": plain("Keep")} | extra


def posted(*blocks: Any, **extra: Any) -> list[Fault]:
    args = {"text": TEXT, "blocks": list(blocks), "unfurl_links": False, "unfurl_media": False}
    return check_message(args | extra)


def marked(text: str) -> list[Fault]:
    return posted(section(text))
