"""The forms about a whole run."""

from collections.abc import Collection
from datetime import datetime

from bot.ids import ActionId, ViewId
from bot.views.blocks import Block, button, context, section, sections
from bot.views.dates import NOBODYS, Zones
from bot.views.inputs import channel_input, field, modal, people_input, person_input, text_input
from bot.views.markup import Markup, bold, joined, phrase
from bot.views.off_reasons import off_reason
from bot.views.on_demand import open_buttons
from bot.views.phase_lines import gate_line
from bot.views.runs import about_run, tally_of
from bot.views.states import (
    closed_line,
    counts,
    due_short,
    emoji,
    state_words,
    title_of,
    waits_for,
    whose,
)
from bot.words.catalogue import say
from playbooks.definition import Playbook
from playbooks.run import Run, Step, StepStatus

OUTSIDER = 80  # characters of an outsider's name


def build_steps_modal(
    run: Run, at: datetime, language: str, zones: Zones = NOBODYS, *, reader: str = ""
) -> Block:
    """Every step by phase: state, owner, due moment, what it waits for; for the lead a calendar."""
    tally = context(about_run(run, at, language), tally_of(run, at, language))
    feed = button(say(language, "button.feed"), ActionId.FEED_MAKE, f"show/{run.id}")
    name = section(bold(run.name), feed if reader == run.lead else None)
    blocks: list[Block | None] = [name, tally]
    for phase in run.playbook.phases:
        steps = [step for told in phase.steps for step in run.of(told.id)]
        lines = [_step_line(run, step, at, language, zones) for step in steps]
        gate = gate_line(run, phase, language)
        head = joined("\n", [bold(phase.title.to(language)), gate])
        blocks.extend(sections([head, *lines]))
        blocks.append(open_buttons(run, phase, language))
    return modal(ViewId.RUN_STEPS, language, say(language, "button.steps"), blocks, run=run.id)


def _step_line(run: Run, step: Step, at: datetime, language: str, zones: Zones) -> Markup:
    name = title_of(run, step, language, 120)
    due = due_short(run, step, at, language, zones)
    parts = [name, state_words(run, step, at, language), *_details(run, step, due, language)]
    return Markup(f"{emoji(run, step, at)} {joined(' · ', parts)}")


def _details(run: Run, step: Step, due: Markup, language: str) -> list[Markup]:
    if step.status is StepStatus.OFF:
        return [reason] if (reason := off_reason(run, step, language)) else []
    if step.is_closed:
        return [closed_line(run, step, language)]
    waits = waits_for(run, step, language)
    if not waits:
        return [whose(step, language), due]
    return [whose(step, language), due, phrase(language, "step.needs", steps=waits)]


def build_cancel_modal(run: Run, language: str) -> Block:
    """What cancelling stops, and why it is done."""
    tally = counts(run, run.started_at)
    reminders = sum(step.remind_at is not None for step in run.steps)
    means = [
        phrase(language, "cancel.steps", n=tally.total - tally.closed),
        phrase(language, "cancel.reminders", n=reminders),
        phrase(language, "cancel.kept"),
    ]
    reason = field("reason", say(language, "form.reason"), text_input(long=True), required=True)
    blocks = [section(joined("\n", [bold(run.name), *means])), reason]
    return modal(
        ViewId.RUN_CANCEL, language, say(language, "cancel.title"), blocks,
        submit=say(language, "cancel.submit"), run=run.id,
    )  # fmt: skip


def build_roles_modal(run: Run, language: str) -> Block:
    """Who plays which role; open steps follow."""
    blocks: list[Block | None] = [
        section(joined("\n", [bold(run.name), phrase(language, "roles.means")])),
        *role_fields(run.playbook, language, dict(run.people), dict(run.outsiders)),
    ]
    return modal(
        ViewId.RUN_ROLES, language, say(language, "roles.title"), blocks,
        submit=say(language, "roles.submit"), run=run.id,
    )  # fmt: skip


def role_fields(
    playbook: Playbook, language: str, people: dict[str, tuple[str, ...]],
    outsiders: dict[str, str], redraw: Collection[str] = (),
) -> list[Block]:  # fmt: skip
    """A field for each role, the lead's first and required, and names of people outside Slack.

    The form follows a change of the roles in `redraw`.
    """
    blocks = []
    for id_, role in sorted(playbook.roles.items(), key=lambda pair: not pair[1].lead):
        name, chosen = role.title.to(language), people.get(id_, ())
        element = people_input(chosen) if role.several else person_input(*chosen[:1])
        hint = None if role.lead else _stand_in(playbook, id_, language)
        blocks.append(
            field(
                f"role.{id_}", name, element, required=role.lead, hint=hint, redraws=id_ in redraw
            )
        )
        if role.outsider:
            label = say(language, "form.outsider", role=name)
            words = text_input(outsiders.get(id_, ""), limit=OUTSIDER)
            blocks.append(field(f"outsider.{id_}", label, words))
    return blocks


def _stand_in(playbook: Playbook, role: str, language: str) -> str:
    backup = playbook.roles[role].backup or playbook.lead
    return say(language, "form.stand_in", role=playbook.roles[backup].title.to(language))


def build_channel_modal(run: Run, language: str) -> Block:
    """The channel where the run goes on."""
    label = say(language, "channel.label")
    blocks = [
        section(joined("\n", [bold(run.name), phrase(language, "channel.means")])),
        field("channel", label, channel_input(), required=True),
    ]
    return modal(
        ViewId.RUN_CHANNEL, language, say(language, "channel.title"), blocks,
        submit=say(language, "channel.submit"), run=run.id,
    )  # fmt: skip
