"""The form that starts a run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default
from datetime import datetime

from bot.ids import ActionId, ViewId
from bot.views.blocks import (
    OPTIONS,
    VIEW_BLOCKS,
    Block,
    actions,
    button,
    checkboxes,
    context,
    option,
    select,
)
from bot.views.dates import written
from bot.views.inputs import (
    channel_input,
    date_input,
    field,
    modal,
    number_input,
    person_input,
    radio_input,
    text_input,
    time_input,
)
from bot.views.markup import Markup, joined, phrase, title
from bot.views.run_modals import role_fields
from bot.words.catalogue import say
from playbooks.calendars import CALENDARS, local_day
from playbooks.definition import Param, Playbook
from playbooks.people import Person
from playbooks.start import NAME_LIMIT
from playbooks.texts import LANGUAGES

CLASHES = 4  # steps named that nobody could decide
LATE = 10  # steps named that would already be late
_YES_NO = {"yes": "form.yes", "no": "form.no"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StartDraft:
    """What the start form shows; `values` are those known so far, by the field's name."""

    playbook: Playbook
    library: Sequence[Playbook]
    me: Person
    channel: str = ""
    language: str = "en"  # of the form
    values: Mapping[str, str] = default(default_factory=dict)
    people: Mapping[str, tuple[str, ...]] = default(default_factory=dict)
    outsiders: Mapping[str, str] = default(default_factory=dict)
    late: int = 0  # steps that would already be late
    late_ids: Sequence[str] = ()
    first_due: datetime | None = None
    undecidable: Sequence[str] = ()  # ids of steps that would wait for a stand-in
    repeats: tuple[str, str] | None = None  # when it starts again by itself; a hint perhaps
    repeat: bool = True
    provisional: Sequence[int] = ()  # years whose work days are not announced, though counted


def build_start_modal(draft: StartDraft, at: datetime) -> Block:
    """The form for the chosen playbook; of the run only what cannot be known is asked."""
    language, roles = draft.language, _roles(draft)
    name = text_input(draft.values.get("name", ""), limit=NAME_LIMIT)
    channel = channel_input(draft.values.get("channel", draft.channel))
    blocks = [
        _playbook(draft),
        field("name", say(language, "form.name"), name, required=True),
        *_dates(draft, at),
        _summary(draft),
        actions([button(say(language, "button.plan"), ActionId.PLAN_SHOW, draft.playbook.id)]),
        *_provisional(draft),
        *(_late(draft) if draft.late else ()),
        _repeat(draft) if draft.repeats else None,
        roles[0],
        field("channel", say(language, "form.channel"), channel),
        *roles[1:],
        *_stand_in(draft),
        *(_param(param, draft) for param in draft.playbook.params),
        *_settings(draft),
    ]
    shown = [block for block in blocks if block]
    return modal(
        ViewId.RUN_START, language, say(language, "form.start"), shown[:VIEW_BLOCKS],
        submit=say(language, "button.start"), playbook=draft.playbook.id, channel=draft.channel,
    )  # fmt: skip


def _playbook(draft: StartDraft) -> Block:
    options = [option(p.title.to(draft.language), p.id) for p in draft.library]
    menu = select(ActionId.FIELD, options, draft.playbook.id)
    hint = draft.playbook.why.to(draft.language) if draft.playbook.why else None
    label = say(draft.language, "form.playbook")
    return field("playbook", label, menu, required=True, hint=hint, redraws=True)


def _dates(draft: StartDraft, at: datetime) -> list[Block]:
    values, language = draft.values, draft.language
    today = local_day(at, draft.me.zone).isoformat()
    start = date_input(values.get("start_on", today))
    blocks = [field("start_on", say(language, "form.start_on"), start, redraws=True)]
    if draft.playbook.anchor:
        label = draft.playbook.anchor.title.to(language)
        anchor = date_input(values.get("anchor_on", ""))
        blocks.insert(0, field("anchor_on", label, anchor, required=True, redraws=True))
    return blocks


def _summary(draft: StartDraft) -> Block | None:
    language = draft.language
    due = draft.first_due and written(draft.first_due, language, draft.me.zone)
    parts = [
        phrase(language, "form.step_count", n=len(draft.playbook.steps)),
        phrase(language, "form.first_due", moment=due) if due else None,
        phrase(language, "form.late_count", n=draft.late) if draft.late else None,
    ]
    return context(joined(" · ", parts))


def _provisional(draft: StartDraft) -> list[Block | None]:
    """That dates may still shift, for each year whose work days are not announced."""
    return [
        context(phrase(draft.language, "provisional.form", year=str(year)))
        for year in draft.provisional
    ]


def _late(draft: StartDraft) -> list[Block | None]:
    """What would already be late, by name, and what is to become of it."""
    language, ways = draft.language, ("compress", "skip", "start")
    said = phrase(language, "form.late_steps", steps=_names(draft, draft.late_ids, LATE))
    options = [option(say(language, f"form.late_{way}"), way) for way in ways]
    radio = radio_input(options, draft.values.get("late", "compress"))
    asked = field("late", say(language, "form.late"), radio, required=True)
    return [context(said) if draft.late_ids else None, asked]


def _names(draft: StartDraft, ids: Sequence[str], most: int) -> Markup:
    steps, language = draft.playbook.steps_by_id, draft.language
    names = [title(steps[id_].title.to(language), 60) for id_ in ids[:most]]
    if len(ids) > most:
        names.append(phrase(language, "more", n=len(ids) - most))
    return joined(" · ", names)  # titles hold commas themselves


def _repeat(draft: StartDraft) -> Block:
    when, hint = draft.repeats or ("", "")
    box = checkboxes(ActionId.FIELD, [option(when, "yes")], ["yes"] if draft.repeat else [])
    return field("repeat", say(draft.language, "form.repeat"), box, hint=hint)


def _roles(draft: StartDraft) -> list[Block]:
    people = {draft.playbook.lead: (draft.me.id,), **draft.people}
    decide = {level.by for step in draft.playbook.steps for level in step.approvals}
    own = {step.owner for step in draft.playbook.steps if step.approvals}
    return role_fields(
        draft.playbook, draft.language, people, dict(draft.outsiders), redraw=decide | own
    )


def _stand_in(draft: StartDraft) -> list[Block | None]:
    """Who decides where somebody would decide on their own work, or twice; asked when needed."""
    chosen = draft.values.get("stand_in", "")
    if not (draft.undecidable or chosen):
        return []
    language, names = draft.language, _names(draft, draft.undecidable, CLASHES)
    said = phrase(language, "form.undecidable", steps=names)
    asked = field(
        "stand_in", say(language, "form.stand_in_person"), person_input(chosen),
        hint=say(language, "form.stand_in_hint"), redraws=True,
    )  # fmt: skip
    return [context(said) if names else None, asked]


def _param(param: Param, draft: StartDraft) -> Block:
    language, name = draft.language, f"param.{param.id}"
    value = draft.values.get(name, param.default or "")
    label = param.title.to(language)
    if param.unit:
        label = say(language, "form.with_unit", title=label, unit=param.unit)
    required = param.required and param.default is None
    return field(name, label, _param_input(param, value, language), required=required)


def _param_input(param: Param, value: str, language: str) -> Block:
    if param.type == "choice":
        options = [option(c.title.to(language), c.id) for c in param.choices[:OPTIONS]]
        return select(ActionId.FIELD, options, value)
    if param.type == "yes-no":
        options = [option(say(language, key), word) for word, key in _YES_NO.items()]
        return radio_input(options, value)
    inputs = {"number": number_input, "date": date_input, "time": time_input}
    return inputs[param.type](value) if param.type in inputs else text_input(value)


def _settings(draft: StartDraft) -> list[Block]:
    language = draft.language
    calendars = [option(say(language, f"calendar.{code}"), code) for code in CALENDARS]
    chosen = draft.values.get("calendar", draft.playbook.calendar or "none")
    languages = [option(say(language, f"language.{code}"), code) for code in LANGUAGES]
    spoken = draft.values.get("language", draft.me.language)
    return [
        field(
            "calendar", say(language, "form.calendar"),
            select(ActionId.FIELD, calendars, chosen), hint=say(language, "form.calendar_hint"),
            redraws=draft.repeats is not None,
        ),
        field("language", say(language, "form.language"),
              select(ActionId.FIELD, languages, spoken)),
    ]  # fmt: skip
