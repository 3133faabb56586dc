"""What is said once: in a step's thread, to the lead, to one person."""

from collections.abc import Mapping
from typing import Literal

from bot.ids import ActionId
from bot.refs import StepRef
from bot.views.blocks import Message, button, text_message
from bot.views.dates import full_moment
from bot.views.markup import Markup, channel, escape, mention, phrase, title
from bot.views.states import title_of, waits_for
from bot.words.catalogue import say
from playbooks.run import Comment, Run, Step

Trouble = Literal["not_in_channel", "removed", "archived", "restricted", "not_member"]
_MENDS: Mapping[str, ActionId] = {
    "not_in_channel": ActionId.RUN_JOIN,
    "removed": ActionId.RUN_JOIN,
    "archived": ActionId.RUN_CHANNEL,
    "restricted": ActionId.RUN_CHANNEL,
    "not_member": ActionId.RUN_INVITE,
}


def build_help_asked_message(run: Run, step: Step, language: str) -> Message:
    """In the thread: the lead is called."""
    return text_message(
        phrase(
            language, "notice.help",
            lead=mention(run.lead), by=mention(step.help_by), title=title_of(run, step, language),
        )
    )  # fmt: skip


def build_handed_over_message(run: Run, step: Step, by: str, language: str) -> Message:
    """In the thread: the new owner is told."""
    name = title_of(run, step, language)
    return text_message(
        phrase(
            language, "notice.handed_over", owner=mention(step.owner), title=name, by=mention(by)
        )
    )


def build_reopened_message(run: Run, step: Step, by: str, language: str) -> Message:
    """In the thread: the step is taken up again."""
    facts = {
        "owner": mention(step.owner),
        "by": mention(by),
        "title": title_of(run, step, language),
    }
    return text_message(phrase(language, "notice.reopened", **facts))


def build_blocked_message(run: Run, step: Step, language: str) -> Message:
    """In the thread: the step waits again."""
    waits = waits_for(run, step, language, named=False) or phrase(language, "step.other_steps")
    name = title_of(run, step, language)
    return text_message(
        phrase(language, "notice.blocked", owner=mention(step.owner), title=name, steps=waits)
    )


def build_rescheduled_message(run: Run, step: Step, by: str, reason: str, language: str) -> Message:
    """In the thread: the new due moment."""
    facts = {
        "owner": mention(step.owner), "by": mention(by), "title": title_of(run, step, language),
        "due": _due(run, step, language),
    }  # fmt: skip
    said = title(reason, 300)
    key = "notice.rescheduled_because" if said else "notice.rescheduled"
    return text_message(phrase(language, key, **facts, reason=said))


def _due(run: Run, step: Step, language: str) -> Markup:
    if step.due_at is None:
        return phrase(language, "due.none")
    return full_moment(step.due_at, language, run.zone)


def build_comment_message(comment: Comment, language: str) -> Message:
    """In the thread: a remark kept with the step."""
    text = escape(comment.text, 2500)
    return text_message(phrase(language, "notice.comment", by=mention(comment.by), text=text))


def build_trouble_message(
    kind: Trouble, run: Run, language: str, *, step: Step | None = None
) -> Message:
    """To the lead: what Slack would not show, and one button that mends it."""
    owner = mention(step.owner) if step else ""
    line = phrase(
        language, f"trouble.{kind}",
        run=title(run.name), channel=channel(run.channel), owner=owner,
    )  # fmt: skip
    value = str(StepRef(run.id, step.key)) if step and kind == "not_member" else run.id
    return text_message(line, button(say(language, f"trouble.mend_{kind}"), _MENDS[kind], value))


def build_mended_message(
    kind: Trouble, run: Run, language: str, *, step: Step | None = None
) -> Message:
    """To the lead, in place of the trouble: it is mended."""
    owner = mention(step.owner) if step else ""
    facts = {"run": title(run.name), "channel": channel(run.channel), "owner": owner}
    return text_message(phrase(language, f"trouble.mended_{kind}", **facts))


def build_past_trouble(run: Run, language: str) -> Message:
    """To the lead, in place of trouble with a channel: the run goes on elsewhere, or has ended."""
    key = "trouble.over_ended" if run.ended_at else "trouble.over_moved"
    return text_message(phrase(language, key, run=title(run.name), channel=channel(run.channel)))


def build_evidence_offer(ref: StepRef, title_: str, file: str, language: str) -> Message:
    """To one person: keep what they just posted in the thread as evidence."""
    line = phrase(language, "notice.evidence_offer", title=title(title_, 80))
    keep = button(say(language, "button.keep"), ActionId.EVIDENCE_KEEP, f"{ref} {file}")
    return text_message(line, keep)


def build_evidence_kept(title_: str, language: str) -> Message:
    """To one person, in place of the offer: it is kept."""
    return text_message(phrase(language, "notice.evidence_kept", title=title(title_, 80)))
