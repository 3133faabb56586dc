"""What is known of the content of evidence and of what became of it since."""

from collections.abc import Iterable, Iterator, Sequence

from bot.views.dates import moment
from bot.views.markup import Markup, joined, mention, phrase, title
from bot.views.step_lines import SHOWN, evidence_link
from bot.words.catalogue import say
from playbooks.amendments import amendments, unjudged
from playbooks.deliverables import stage_of
from playbooks.parts import moves_of
from playbooks.records import Evidence, Move, Version
from playbooks.run import Run, Step

HEX = 8  # digits of a hash that people compare


def short(digest: str) -> Markup:
    """A hash as people read it."""
    return Markup(digest[:HEX])


def frozen_link(piece: Evidence, language: str) -> Markup:
    """A piece of evidence and whether its content is frozen."""
    state = "link" if piece.kind in {"link", "message"} else piece.frozen or "pending"
    return phrase(
        language, f"frozen.{state}", piece=evidence_link(piece), digest=short(piece.digest)
    )


def frozen_lines(pieces: Sequence[Evidence], language: str, most: int = SHOWN) -> list[Markup]:
    """The newest pieces of what was handed in, with their hashes."""
    lines = [Markup(f"📎 {frozen_link(piece, language)}") for piece in pieces[-most:]]
    hidden = len(pieces) - len(lines)
    return [*lines, phrase(language, "more", n=hidden)] if hidden else lines


def stage_words(run: Run, step: Step, language: str) -> Markup | None:
    """Draft, approved inside or authorised; nothing where nothing is handed over or decided."""
    told = run.told(step)
    if told.deliverable is None or not told.approvals:
        return None
    return phrase(language, f"stage.{stage_of(run, step)}")


def changes_words(moves: Iterable[Move], language: str) -> Markup:
    """What was changed, with the hashes before and after."""
    parts = []
    for move in moves:
        line = phrase(language, f"change.{move.what or 'replaced'}", title=title(move.text, 80))
        known = [short(digest) for digest in (move.before, move.after) if digest]
        hashes = joined(" → ", known)
        parts.append(Markup(f"{line} (sha256 {hashes})") if hashes else line)
    return joined(say(language, "comma"), parts)


def since_changed_lines(run: Run, step: Step, language: str) -> Iterator[Markup]:
    """What has changed while the approval stands, and what who decided says of it."""
    changed, version = amendments(step), step.version
    if not changed or version is None:
        return
    last = changed[-1]
    line = phrase(
        language, "amended.since",
        what=changes_words(changed, language), by=mention(last.by), n=version.number,
        moment=moment(last.at, language, run.zone),
    )  # fmt: skip
    said: Markup | None = None
    minor = [move for move in moves_of(step, version) if move.kind == "minor"]
    if open_ := unjudged(step):
        said = phrase(language, "amended.is_asked", to=mention(open_[0].to))
    elif minor:
        said = phrase(language, "amended.was_minor", by=mention(minor[-1].by))
    yield joined(" · ", [line, said])


def void_line(run: Run, step: Step, version: Version, language: str) -> Markup | None:
    """That nothing decided on a version holds, because it was changed."""
    moves = moves_of(step, version)
    void = next((move for move in moves if move.kind in {"change", "material"}), None)
    if void is None:
        return None
    changes = [move for move in moves if move.kind in {"change", "amend"}] or [void]
    return phrase(
        language, "approval.changed",
        n=void.version, by=mention(changes[-1].by), what=changes_words(changes, language),
        moment=moment(void.at, language, run.zone),
    )  # fmt: skip
