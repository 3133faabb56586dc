"""What an event makes the bot say to people beside a thread: digests, and to those above."""

from collections.abc import Iterable, Iterator

from bot.refs import OnceKey
from bot.saying import Audience, Saying, step_card
from bot.views.digests import build_digest_message
from bot.views.reminders import build_escalated_message
from playbooks.nudges import Digest
from playbooks.run import Event, EventKind, Run, Step


def say_nudges(
    event: Event, number: int, run: Run, digests: Iterable[Digest], readers: Audience
) -> Iterator[Saying]:
    """Who above hears of it, and each digest that names what has changed."""
    step = run.step(event.step) if event.kind is EventKind.ESCALATED else None
    if step:
        yield _escalated(event, number, run, step, readers)
    yield from _digests(event, run, digests)


def _digests(event: Event, run: Run, digests: Iterable[Digest]) -> Iterator[Saying]:
    """Posted once, edited ever after."""
    for digest in digests:
        mine = {item.step.key for item in digest.items if item.run.id == run.id}
        if event.step and event.step not in mine:
            continue
        person = digest.person.id
        told = event.facts if event.kind is EventKind.DIGESTED else {}
        yield Saying(
            key=f"digest/{person}/{digest.on.isoformat()}", kind="digest", subject="digest",
            draw=lambda at, digest=digest: build_digest_message(digest, at),  # type: ignore[misc]
            living=True, to=person, spans=True,
            create=(told.get("person"), told.get("on")) == (person, digest.on.isoformat()),
        )  # fmt: skip


def _escalated(event: Event, number: int, run: Run, step: Step, readers: Audience) -> Saying:
    """Tell somebody above in the thread; directly, where another company reads along."""
    to = str(event.facts["to"])
    private = to if readers.outsiders else ""
    language = readers.language_of(private, run)
    return Saying(
        key=str(OnceKey(run.id, event.kind, step.key, number, private)), kind="reminder",
        subject=step.id, to=private,
        draw=lambda at: build_escalated_message(run, step, to, at, language, readers.zones),
        under=None if private else step_card(run, step, readers.facts),
    )  # fmt: skip
