"""What is said of the next run of a schedule: in the channel, to the lead, to the head."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.ids import ActionId
from bot.refs import CycleRef
from bot.views.blocks import Message, actions, button, message, section, text_message
from bot.views.cycles import cycle_label, next_line
from bot.views.dates import full_moment
from bot.views.markup import Markup, joined, mention, phrase, title
from bot.views.menu import start_button
from bot.words.catalogue import say
from playbooks.run import Event, EventKind, Run

_LEFT = 12  # open steps of the run before that are named


@dataclass(frozen=True, slots=True)
class Cycle:
    """What an event of a run says of a cycle, for readers of a language."""

    run: Run
    event: Event
    language: str

    @property
    def opens_at(self) -> datetime:
        """When it is due to start."""
        return datetime.fromisoformat(self.event.facts["opens_at"])

    def phrase(self, key: str, **more: Any) -> Markup:
        """Words about it."""
        told, run = self.event.facts, self.run
        rule = run.playbook.schedule
        every, period = rule.every if rule else "month", date.fromisoformat(told["period"])
        by = told.get("asked_by") or told.get("by") or self.event.by
        facts = {
            "name": title(told["name"], 60), "label": cycle_label(every, period, self.language),
            "moment": full_moment(self.opens_at, self.language, run.zone), "by": mention(by),
            "head": mention(told.get("head") or ""), "reason": title(told.get("reason", ""), 300),
            "open": title(str(told.get("open", "")), 80),
        }  # fmt: skip
        return phrase(self.language, f"cycle.{key}", **facts | more)


def build_skip_request(cycle: Cycle, at: datetime) -> Message:
    """To the head: whether the next one may be left out."""
    if at >= cycle.opens_at:
        return text_message(cycle.phrase("request_over"))
    asked, told = cycle.phrase("request"), cycle.event.facts
    ref = str(CycleRef(told["schedule"], told["cycle"]))
    buttons = [
        button(say(cycle.language, f"cycle.{word}"), action, ref)
        for word, action in (("agree", ActionId.CYCLE_AGREE), ("disagree", ActionId.CYCLE_DISAGREE))
    ]
    return message(asked, [section(asked), actions(buttons)])


def build_skip_answered(cycle: Cycle) -> Message:
    """To the head, in place of the request: what came of it."""
    by_clock = cycle.event.by == "clock"
    agreed = cycle.event.kind is EventKind.CYCLE_SKIPPED
    key = "request_agreed" if agreed else "request_over" if by_clock else "request_kept"
    return text_message(cycle.phrase(key))


def build_cycle_message(cycle: Cycle) -> Message:
    """What becomes of the next run."""
    tellers: Mapping[EventKind, Callable[[Cycle], Markup]] = {
        EventKind.CYCLE_SKIPPED: _skipped,
        EventKind.CYCLE_KEPT: _kept,
        EventKind.CYCLE_FAILED: lambda one: _then(one, one.phrase("failed")),
        EventKind.CYCLES_STOPPED: _stopped,
        EventKind.CYCLES_RESUMED: lambda one: one.phrase("resumed"),
        EventKind.CYCLE_OPENED: _opened,
    }
    text = tellers[cycle.event.kind](cycle)
    if cycle.event.kind is EventKind.CYCLE_FAILED:
        return text_message(text, start_button(cycle.language, cycle.run.playbook.id))
    return text_message(text)


def _then(cycle: Cycle, text: Markup) -> Markup:
    next_at = datetime.fromisoformat(cycle.event.facts["next_at"])
    return joined(" ", [text, next_line(next_at, cycle.run, cycle.language)])


def _skipped(cycle: Cycle) -> Markup:
    told = cycle.event.facts
    if told.get("open"):
        return _then(cycle, cycle.phrase("skipped_open"))
    alone = told.get("head") in {"", None, told.get("asked_by")}
    return _then(cycle, cycle.phrase("skipped_alone" if alone else "skipped"))


def _kept(cycle: Cycle) -> Markup:
    return cycle.phrase("kept_silent" if cycle.event.by == "clock" else "kept")


def _stopped(cycle: Cycle) -> Markup:
    by_rule = cycle.event.by == "clock"
    by = mention(cycle.event.by)
    return cycle.phrase("stopped_rule") if by_rule else cycle.phrase("stopped", by=by)


def has_news(event: Event) -> bool:
    """Whether the start of a cycle is worth a word besides the run's card."""
    told = event.facts
    return bool(told.get("late") or told.get("missed") or told.get("left"))


def _opened(cycle: Cycle) -> Markup:
    told = cycle.event.facts
    missed, left = told["missed"], told["left"]
    return joined("\n", [
        cycle.phrase("opened_late") if told["late"] else None,
        cycle.phrase("opened_missed", n=missed) if missed else None,
        cycle.phrase("opened_left", **{"from": title(told["from"], 80)}) if left else None,
        *(_left(cycle, one) for one in left[:_LEFT]),
        phrase(cycle.language, "more", n=len(left) - _LEFT) if len(left) > _LEFT else None,
    ])  # fmt: skip


def _left(cycle: Cycle, one: Mapping[str, str]) -> Markup:
    told = cycle.run.playbook.steps_by_id.get(one["id"])
    name = told.title.to(cycle.language) if told else one["id"]
    return phrase(cycle.language, "cycle.left", title=title(name, 100), owner=mention(one["owner"]))
