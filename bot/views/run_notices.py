"""What is said once about a whole run: its date has moved, it pauses, goes on, is open again."""

from collections.abc import Iterable
from datetime import date

from bot.views.blocks import Message, text_message
from bot.views.dates import written_day
from bot.views.markup import Markup, joined, mention, phrase, title
from bot.views.moving import date_name
from bot.views.named import named_steps
from bot.words.catalogue import say
from playbooks.run import Event, Run, Step

_FIRST = 3  # steps named at once: the form has shown them all


def build_moved_message(run: Run, event: Event, language: str, *, discreet: bool) -> Message:
    """The difference: from, to, why, what moves, what to confirm outside and by whom.

    Each person is named at most once. `discreet` is for people outside: the new day, no more.
    """
    told = event.facts
    before, after = (date.fromisoformat(told[key]) for key in ("from", "to"))
    head = phrase(
        language, "move.told", run=title(run.name, 80), title=date_name(run, language),
        before=written_day(before, language), after=written_day(after, language, since=before),
    )  # fmt: skip
    if discreet:
        return text_message(head)
    return text_message(joined("\n", [head, *_differences(run, event, language)]))


def _differences(run: Run, event: Event, language: str) -> Iterable[Markup | None]:
    told = event.facts
    moved, kept = told["moved"], told["kept"]
    keys = [key for key, _, _ in moved]
    late = told["skipped"] or [key for key in told["hurried"] if key in keys]
    if told["reason"]:
        yield phrase(language, "move.because", reason=title(told["reason"], 300))
    if moved:
        first = [key for key, _, _ in sorted(moved, key=_due)][:_FIRST]
        steps = named_steps(run, first, language)
        yield phrase(language, "move.moved", n=len(moved), steps=steps)
    if late:
        steps = named_steps(run, late, language, _FIRST)
        yield phrase(language, f"move.late_{told['late']}", steps=steps)
    if kept:
        yield phrase(language, "move.kept", n=len(kept))
    owners = dict.fromkeys(step.owner for step in _steps(run, keys) if step.owner != event.by)
    promised = _steps(run, told["promised"])
    for owner in dict.fromkeys(step.owner for step in promised):
        theirs = [step.key for step in promised if step.owner == owner]
        steps = named_steps(run, theirs, language, _FIRST)
        yield phrase(language, "move.confirm", owner=mention(owner), steps=steps)
        owners.pop(owner, None)
    if owners:
        people = joined(say(language, "comma"), map(mention, owners))
        yield phrase(language, "move.owners", people=people)


def _due(moved: list[str]) -> str:
    return moved[2] or "~"  # in UTC; what has no date comes last


def _steps(run: Run, keys: Iterable[str]) -> list[Step]:
    return [step for step in map(run.step, keys) if step]


def affected(run: Run, event: Event) -> list[str]:
    """Who has a new date, or something to confirm outside."""
    keys = [*(key for key, _, _ in event.facts["moved"]), *event.facts["promised"]]
    return list(dict.fromkeys(step.owner for step in _steps(run, keys)))


def build_paused_message(run: Run, event: Event, language: str, *, discreet: bool) -> Message:
    """The run stands still, and why; to people outside only that it does."""
    head = phrase(language, "pause.told", run=title(run.name, 80))
    return text_message(joined(" ", [head, None if discreet else _by(event, language)]))


def build_reopened_run_message(run: Run, event: Event, language: str, *, discreet: bool) -> Message:
    """The run is open again, and why."""
    head = phrase(language, "reopen.told", run=title(run.name, 80))
    told = joined(" ", [head, None if discreet else _by(event, language)])
    finished = event.facts["was"] == "finished" and not discreet
    rest = phrase(language, "reopen.finished") if finished else None
    return text_message(joined("\n", [told, rest]))


def _by(event: Event, language: str) -> Markup:
    reason = title(event.facts["reason"], 500)
    return phrase(language, "pause.by", by=mention(event.by), reason=reason)


def build_resumed_message(run: Run, event: Event, language: str, *, discreet: bool) -> Message:
    """The run goes on, with which dates."""
    head = phrase(language, "resume.told", run=title(run.name, 80))
    told = event.facts
    dates = phrase(language, "resume.told_keep")
    if told["dates"] == "shift" and told["moved"]:
        dates = phrase(language, "resume.told_shift", n=told["moved"])
    return text_message(joined(" ", [head, None if discreet else dates]))


def build_short_notice(run: Run, event: Event, language: str) -> Message:
    """What was already late when the run started, and what became of it."""
    keys, way = event.facts["hurried"], event.facts["late"]
    steps = named_steps(run, keys, language)
    return text_message(phrase(language, f"short.{way}", n=len(keys), steps=steps))
