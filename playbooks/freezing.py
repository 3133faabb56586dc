"""Fetch the files that were handed in, so that an approval is bound to their content.

What is to be fetched is noted with the step (`freeze_at`), so that a crash loses none of it. A
link or a message is never frozen: what stands behind it may change unseen.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from playbooks.amendments import Amended, amended
from playbooks.calendars import Facts
from playbooks.digests import files_of, sealed, to_freeze
from playbooks.records import Evidence, Frozen, Version
from playbooks.run import Change, Event, EventKind, Run, Step

# How long after each attempt the next one may come; after the last one it is given up.
WAITS = tuple(timedelta(minutes=n) for n in (1, 2, 5, 15, 60, 180, 480))


@dataclass(frozen=True, slots=True)
class Found:
    """What came of fetching a file: its hash and whether we hold it, or that it is gone."""

    frozen: Frozen
    digest: str = ""
    size: int = 0
    by: str = ""  # whose change it is, where Slack tells


def begin_freezing(run: Run, key: str, *, at: datetime) -> Change:
    """Note an attempt to fetch a step's files; after too many give up what is not there."""
    step = run.step(key)
    if step is None or step.freeze_at is None or step.freeze_at > at:
        return Change(run, ())
    tries = step.freeze_tries
    if tries < len(WAITS):
        begun = replace(step, freeze_at=at + WAITS[tries], freeze_tries=tries + 1)
        return Change(run.with_step(begun), ())
    lost = {file: Found("lost") for file in files_of(step) if _is_pending(step, file)}
    return _noted(run, replace(step, freeze_at=None), lost, by="clock", at=at)


def freeze_evidence(
    run: Run, key: str, facts: Facts, *, found: Mapping[str, Found], until: datetime,
    at: datetime,
) -> Change:  # fmt: skip
    """Note what came of an attempt that began with `until` as the time of the next one.

    A file whose hash is not the one submitted has been changed since.
    """
    step = run.step(key)
    if step is None:
        return Change(run, ())
    changes, by = list(_changes(step, found)), _changed_by(step, found)
    if set(files_of(step)) <= found.keys() and step.freeze_at == until:
        step = replace(step, freeze_at=None, freeze_tries=0)
    noted = _noted(run, step, found, by=by, at=at)
    now = noted.run.step(key) or step
    changed = amended(noted.run, now, facts, changes, by=by, at=at)
    return Change(changed.run, (*noted.events, *changed.events))


def look_again(run: Run, key: str, *, at: datetime) -> Change:
    """Slack says that a file of the step has changed: fetch it again."""
    step = run.step(key)
    return Change(run if step is None else run.with_step(to_freeze(step, at=at)), ())


def _is_pending(step: Step, file: str) -> bool:
    return any(p.value == file and p.kind == "file" and not p.frozen for p in step.evidence)


def _changes(step: Step, found: Mapping[str, Found]) -> Iterator[Amended]:
    for piece in step.evidence:
        now = found.get(piece.value) if piece.kind == "file" else None
        if now is None or not piece.digest or now.digest == piece.digest:
            continue
        what = "replaced" if now.digest else "deleted"
        yield Amended(what, piece.title, piece.digest, now.digest)  # type: ignore[arg-type]


def _changed_by(step: Step, found: Mapping[str, Found]) -> str:
    told = [now.by for now in found.values() if now.by]
    return (told or [piece.by for piece in step.evidence if piece.value in found] or ["clock"])[0]


def _noted(run: Run, step: Step, found: Mapping[str, Found], *, by: str, at: datetime) -> Change:
    """The step and its versions with what was found out; what is known of a version stays."""
    evidence = tuple(_with(piece, found, afresh=True) for piece in step.evidence)
    last = len(step.versions)
    versions = tuple(
        _sealed(step, version, found if version.number == last else _too_late(found))
        for version in step.versions
    )
    new = [now for now, old in zip(evidence, step.evidence, strict=True) if now != old]
    events = tuple(
        Event(
            EventKind.EVIDENCE_FROZEN, at, "clock", step.key,
            {"title": p.title, "frozen": p.frozen, "digest": p.digest, "size": p.size, "by": by},
        )
        for p in new
    )  # fmt: skip
    noted = replace(step, evidence=evidence, versions=versions)
    return Change(run.with_step(noted), events)


def _sealed(step: Step, version: Version, found: Mapping[str, Found]) -> Version:
    pieces = tuple(_with(piece, found, afresh=False) for piece in version.evidence)
    if pieces == version.evidence:
        return version
    return sealed(step, replace(version, evidence=pieces))


def _too_late(found: Mapping[str, Found]) -> dict[str, Found]:
    """For a version before the last: what it held when it was handed in is not known."""
    return {file: Found("lost") for file in found}


def _with(piece: Evidence, found: Mapping[str, Found], *, afresh: bool) -> Evidence:
    now = found.get(piece.value) if piece.kind == "file" else None
    if now is None or (piece.frozen and not afresh):
        return piece
    frozen = "lost" if now.frozen == "gone" and not piece.digest else now.frozen
    return replace(piece, frozen=frozen, digest=now.digest, size=now.size)
