"""What changed since the last round of an approval."""

from collections.abc import Iterator

from bot.views.markup import Markup, escape, mention, phrase
from bot.views.step_lines import evidence_link
from playbooks.records import Version
from playbooks.run import Run, Step


def since_lines(run: Run, step: Step, language: str) -> list[Markup]:
    """The replies to the changes asked for, and what was added; empty in the first round."""
    if len(step.versions) < 2:
        return []
    before, now = step.versions[-2:]
    lines = [*_replies(step, before, now, language), *_evidence(before, now, language)]
    changed = _answers_changed(step, now)
    if changed:
        lines.append(phrase(language, "approval.answers_changed", n=changed))
    if before.digest == now.digest:
        lines.append(phrase(language, "approval.same_content"))
    return [phrase(language, "approval.since", n=before.number), *lines]


def comment_line(version: Version, language: str) -> Markup | None:
    """What whoever handed it in says about it."""
    if not version.comment:
        return None
    words = escape(version.comment, 600)
    return phrase(language, "approval.comment", by=mention(version.by), text=words)


def _replies(step: Step, before: Version, now: Version, language: str) -> Iterator[Markup]:
    asked = [
        item
        for move in step.moves
        if move.version == before.number and not move.undone
        for item in move.items
    ]
    for number, item in enumerate(asked, 1):
        reply = now.replies[number - 1] if number <= len(now.replies) else ""
        key = "approval.replied" if reply else "approval.not_replied"
        yield phrase(language, key, n=number, item=escape(item, 200), reply=escape(reply, 300))


def _evidence(before: Version, now: Version, language: str) -> Iterator[Markup]:
    known = {(piece.kind, piece.value): piece.digest for piece in before.evidence}
    for piece in now.evidence:
        digest = known.get((piece.kind, piece.value))
        replaced = bool(digest and piece.digest and digest != piece.digest)
        if digest is None or replaced:
            yield phrase(language, "approval.added", evidence=evidence_link(piece))


def _answers_changed(step: Step, now: Version) -> int:
    before = {a.question: (a.value, a.quote) for a in step.answers if a.version < now.number}
    after = {a.question: (a.value, a.quote) for a in step.answers if a.version == now.number}
    return sum(before.get(question) not in {None, said} for question, said in after.items())
