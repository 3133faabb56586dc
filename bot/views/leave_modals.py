"""The forms about leave, and about handing everything over."""

from collections.abc import Sequence
from datetime import date

from bot.ids import ActionId, ViewId
from bot.views.blocks import (
    Block,
    Message,
    button,
    context,
    section,
    sections,
    text_message,
)
from bot.views.inputs import date_input, field, modal, person_input, text_input
from bot.views.markup import Markup, bold, joined, mention, phrase, title
from bot.views.states import title_of
from bot.words.catalogue import say
from playbooks.leave import Leave
from playbooks.leave_actions import COMMENT
from playbooks.leavers import Everything
from playbooks.run import Event, Run

SHOWN = 12  # lines of what goes, of what stays


def build_away_modal(
    language: str, *, today: date, deputy: str, me: str, leads: bool, leave: Leave | None = None
) -> Block:
    """When somebody is away, and who stands in; a lead may say so of others."""
    person = person_input(me)
    first, last = (leave.from_on, leave.until_on) if leave else (today, today)
    about = phrase(language, "away.means")
    for_whom = field(
        "person", say(language, "away.person"), person, required=True,
        hint=say(language, "away.person_hint"),
    )  # fmt: skip
    leaver = button(say(language, "away.leaver"), ActionId.AWAY_LEAVER, "me")
    blocks = [
        section(about),
        for_whom if leads and leave is None else None,
        field("from_on", say(language, "away.from_on"), _day(first), required=True),
        field("until_on", say(language, "away.until_on"), _day(last), required=True),
        field(
            "deputy", say(language, "away.deputy"), person_input(deputy), required=True,
            hint=say(language, "away.deputy_hint"),
        ),
        field("comment", say(language, "away.comment"), text_input(
            leave.comment if leave else "", limit=COMMENT
        )),
        section(phrase(language, "away.for_good"), leaver) if leave is None else None,
    ]  # fmt: skip
    return modal(
        ViewId.AWAY_SET, language, say(language, "away.title"), blocks,
        submit=say(language, "away.submit"), leave=leave.id if leave else "",
    )  # fmt: skip


def _day(day: date) -> Block:
    return date_input(day.isoformat())


def build_leaver_modal(language: str, *, me: str, leads: bool) -> Block:
    """Who leaves, and who takes everything over."""
    person = field(
        "person", say(language, "away.leaver_person"), person_input(me), required=True,
        hint=say(language, "away.leaver_hint"),
    )  # fmt: skip
    to = field("successor", say(language, "away.successor"), person_input(), required=True)
    blocks = [section(phrase(language, "away.leaver_means")), person if leads else None, to]
    return modal(
        ViewId.AWAY_LEAVER, language, say(language, "away.leaver"), blocks,
        submit=say(language, "away.preview"), person=me,
    )  # fmt: skip


def build_preview_modal(
    goes: Sequence[Everything], person: str, to: str, language: str
) -> Block:  # fmt: skip
    """What goes to the successor, and what cannot and why; then one yes."""
    counts = {
        "away.steps_go": sum(len(one.steps) for one in goes),
        "away.decisions_go": sum(len(one.decisions) for one in goes),
        "away.roles_go": sum(len(one.roles) for one in goes), "away.runs_go": len(goes),
    }  # fmt: skip
    head = phrase(language, "away.preview_head", person=mention(person), to=mention(to))
    tally = joined(" · ", [phrase(language, key, n=n) for key, n in counts.items() if n])
    stays = [line for one in goes for line in _stays(one, language)]
    blocks: list[Block | None] = [section(joined("\n", [head, tally]))]
    blocks += sections(_some([_run_line(one, language) for one in goes], language))
    if stays:
        why = phrase(language, "away.stays", person=mention(person), to=mention(to))
        blocks += sections([why, *_some(stays, language)])
    blocks.append(context(phrase(language, "away.preview_after", to=mention(to))))
    return modal(
        ViewId.AWAY_CONFIRM, language, say(language, "away.leaver"), blocks,
        submit=say(language, "away.confirm"), person=person, successor=to,
    )  # fmt: skip


def _some(lines: Sequence[Markup], language: str) -> list[Markup]:
    hidden = len(lines) - SHOWN
    return [*lines[:SHOWN], *([phrase(language, "more", n=hidden)] if hidden > 0 else [])]


def _run_line(one: Everything, language: str) -> Markup:
    run = one.run
    roles = [title(run.playbook.roles[id_].title.to(language), 60) for id_ in one.roles]
    steps = [title_of(run, step, language, 60) for key in one.steps if (step := run.step(key))]
    comma = say(language, "comma")
    shown = [joined(comma, roles), joined(comma, _some(steps[:4], language))]
    rest = len(steps) - 4
    if rest > 0:
        shown.append(phrase(language, "more", n=rest))
    return Markup(f"• {joined(' · ', [bold(run.name), *shown])}")


def _stays(one: Everything, language: str) -> list[Markup]:
    """What stays with whoever leaves, named by run."""
    return [Markup(f"• {name} · {what}") for name, what in _left_names(one, language)]


def _left_names(one: Everything, language: str) -> list[tuple[Markup, Markup]]:
    run, name = one.run, title(one.run.name, 60)
    found = [title(run.playbook.roles[id_].title.to(language), 60) for id_ in one.left_roles]
    keys = [*one.left_steps, *(key for key, _ in one.left_decisions)]
    found += [title_of(run, step, language, 60) for key in keys if (step := run.step(key))]
    return [(name, what) for what in dict.fromkeys(found)]


def role_lines(run: Run, ids: Sequence[str], language: str) -> list[Markup]:
    """The roles somebody plays from now on in a run."""
    titles = [title(run.playbook.roles[id_].title.to(language), 60) for id_ in ids]
    if not titles:
        return []
    roles = joined(say(language, "comma"), titles)
    return [phrase(language, "away.roles_of", run=title(run.name, 60), roles=roles)]


def build_handed_line(run: Run, event: Event, language: str) -> Message:
    """In the channel: who takes over from whom, and what is still to be given to somebody."""
    told = event.facts
    facts = {"to": mention(told["to"]), "from_": mention(told["from"])}
    line = phrase(language, "away.line", **facts, n=len(told["steps"]))
    stays = Everything(
        run, left_roles=tuple(told["left_roles"]), left_steps=tuple(told["left_steps"]),
        left_decisions=tuple((step, level) for step, level in told["left_decisions"]),
    )  # fmt: skip
    names = [what for _, what in _left_names(stays, language)]
    what = joined(say(language, "comma"), names[:SHOWN])
    left = phrase(language, "away.line_stays", lead=mention(run.lead), **facts, what=what)
    return text_message(joined("\n", [line, left if names else None]))
