"""The digest of a day: everything one person should hear of, in one direct message."""

from datetime import datetime

from bot.ids import ActionId
from bot.refs import StepRef
from bot.views.blocks import Block, Message, actions, button, context, message, section
from bot.views.dates import Zones, written_day
from bot.views.markup import Markup, bold, joined, mention, phrase, title
from bot.views.states import due_short, emoji, title_of
from bot.words.catalogue import say
from playbooks.ladder import is_late
from playbooks.nudges import Digest, DigestItem
from playbooks.run import RunStatus, Step, StepStatus

ROWS = 20  # things shown, at two blocks each
_WORDS = {"own": "digest.own", "late": "digest.late_step", "decide": "digest.decide"}


def build_digest_message(digest: Digest, at: datetime) -> Message:
    """How much it is, then a line each to act on; what is over keeps its line alone."""
    language = digest.person.language
    head = bold(_head(digest))
    shown = digest.items[:ROWS]
    blocks: list[Block | None] = [section(head)]
    for item in shown:
        blocks += [section(_line(digest, item, at)), _buttons(item, at, language)]
    hidden = len(digest.items) - len(shown)
    if hidden > 0:
        more = button(say(language, "button.my"), ActionId.MENU_MY, "digest")
        blocks += [context(phrase(language, "more", n=hidden)), actions([more])]
    late = phrase(language, "digest.late") if digest.late else None
    blocks.append(context(joined(" ", [phrase(language, "digest.merged"), late])))
    lines = [_line(digest, item, at) for item in shown]
    return message(joined("\n", [head, *lines]), blocks)


def _head(digest: Digest) -> Markup:
    language = digest.person.language
    steps = sum(item.about != "decide" for item in digest.items)
    waiting = len(digest.items) - steps
    facts = {
        "name": title(digest.person.name, 60), "day": written_day(digest.on, language),
        "decisions": phrase(language, "digest.decisions", n=waiting) if waiting else "",
    }  # fmt: skip
    return phrase(language, "digest.head", n=steps, **facts)


def _line(digest: Digest, item: DigestItem, at: datetime) -> Markup:
    """Where one thing stands now."""
    run, step, language = item.run, item.step, digest.person.language
    due = due_short(run, step, at, language, Zones(reader=digest.person.zone))
    facts = {
        "title": bold(title_of(run, step, language, 100)), "run": title(run.name, 60),
        "due": due, "owner": mention(step.owner),
    }  # fmt: skip
    if not _is_open(item):
        line = phrase(language, "digest.over", **facts)
    else:
        line = phrase(language, _WORDS[item.about], **facts)
    return Markup(f"{emoji(run, step, at)} {line}")


def _is_open(item: DigestItem) -> bool:
    wanted = StepStatus.DECIDING if item.about == "decide" else StepStatus.ACTIVE
    return item.run.status is RunStatus.ACTIVE and item.step.status is wanted


def _buttons(item: DigestItem, at: datetime, language: str) -> Block | None:
    if not _is_open(item) or item.about == "decide":
        return None
    ref, step = str(StepRef(item.run.id, item.step.key)), item.step
    date = button(say(language, "button.new_date"), ActionId.STEP_RESCHEDULE, ref)
    if item.about == "late":
        return actions([date, button(say(language, "button.hand_over"), ActionId.STEP_ASSIGN, ref)])
    done = button(say(language, "button.done"), ActionId.STEP_DONE, ref)
    later = button(say(language, "button.later"), ActionId.STEP_SNOOZE, ref)
    return actions([done, date if is_late(step, at) else later, *_help(step, ref, language)])


def _help(step: Step, ref: str, language: str) -> list[Block]:
    if step.help_by:
        return []
    return [button(say(language, "button.help"), ActionId.STEP_HELP, ref)]
