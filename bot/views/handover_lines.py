"""Lines about a hand-over: what is agreed, what came back and why, who has read the decision."""

from collections.abc import Iterator

from bot.views.dates import moment
from bot.views.markup import Markup, escape, joined, mention, phrase, title
from bot.words.catalogue import say
from playbooks.acknowledgements import acknowledgements
from playbooks.handovers import handover_of, returns
from playbooks.records import Move
from playbooks.run import Run, Step

SHOWN = 10  # criteria, returns


def receiver_name(run: Run, step: Step, language: str) -> Markup:
    """The role that receives the work."""
    agreed = handover_of(run, step)
    return title(run.playbook.roles[agreed.to].title.to(language), 60) if agreed else Markup("")


def agreed_line(run: Run, step: Step, language: str) -> Markup | None:
    """Who receives the work and by what, in a line; nothing where nobody does."""
    agreed = handover_of(run, step)
    if agreed is None:
        return None
    shown = [title(one.text.to(language), 80) for one in agreed.criteria[:SHOWN]]
    hidden = len(agreed.criteria) - len(shown)
    more = [phrase(language, "more", n=hidden)] if hidden else []
    what = joined(" · ", [*shown, *more])
    return phrase(language, "handover.agreed", role=receiver_name(run, step, language), what=what)


def criteria_lines(run: Run, step: Step, language: str) -> list[Markup]:
    """The criteria, a line each."""
    agreed = handover_of(run, step)
    criteria = agreed.criteria if agreed else ()
    return [
        Markup(f"{n}. {title(one.text.to(language), 200)}") for n, one in enumerate(criteria, 1)
    ]


def criterion_name(run: Run, step: Step, move: Move, language: str) -> Markup:
    """The criterion that a return is tied to."""
    agreed = handover_of(run, step)
    found = next((c for c in agreed.criteria if c.id == move.criterion), None) if agreed else None
    return title(found.text.to(language) if found else move.criterion, 150)


def return_lines(run: Run, step: Step, language: str) -> Iterator[Markup]:
    """Every return with its criterion and reason, the latest ones."""
    for move in returns(step)[-SHOWN:]:
        yield phrase(
            language, "handover.return_line",
            n=move.version, by=mention(move.by), moment=moment(move.at, language, run.zone),
            criterion=criterion_name(run, step, move, language), reason=escape(move.text, 300),
        )  # fmt: skip


def returned_line(run: Run, step: Step, language: str) -> Markup | None:
    """How often it came back, and why the last time."""
    came = returns(step)
    if not came:
        return None
    return phrase(
        language, "handover.returned_times",
        n=len(came), criterion=criterion_name(run, step, came[-1], language),
        reason=title(came[-1].text, 200),
    )  # fmt: skip


def read_line(run: Run, step: Step, language: str) -> Markup | None:
    """Who of those a decision concerns has read it; the latest decision is told."""
    told = next(reversed(acknowledgements(step)), None)
    if told is None:
        return None
    count = phrase(
        language, "handover.read", n=len(told.decision.people) - len(told.open),
        of=len(told.decision.people),
    )  # fmt: skip
    if not told.open:
        return count
    people = joined(say(language, "comma"), [mention(person) for person in told.open[:SHOWN]])
    return phrase(language, "handover.not_read", count=count, people=people)
