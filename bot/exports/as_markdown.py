"""A record as Markdown, to be read: phases, steps with what was done, and the history."""

import re
from collections.abc import Iterator

from bot.exports.cells import event_rows, reason_of, step_cells
from bot.exports.decisions import decided_on, delivered
from bot.exports.record import Record
from bot.exports.summary import summary
from bot.exports.texts import plain, stamp
from bot.views.asked import level_name
from bot.views.handover_lines import criterion_name
from bot.views.markup import plain_text
from bot.views.questions import answer_words
from bot.views.states import EMOJI, name_of, state_of
from bot.words.catalogue import say
from playbooks.answers import latest
from playbooks.definition import Phase
from playbooks.flow import items_of
from playbooks.handovers import ACK, DECISION
from playbooks.records import Move
from playbooks.run import Evidence, Step

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)


def write(record: Record) -> bytes:
    """The whole record, in the run's language."""
    return ("\n".join(_lines(record)) + "\n").encode()


def _lines(record: Record) -> Iterator[str]:
    run = record.run
    yield f"# {_safe(run.name)}"
    yield ""
    yield from (_fact(record, name, value) for name, value in summary(record))
    for phase, steps in record.phases():
        if steps:
            yield from ("", f"## {_safe(phase.title.to(run.language))}")
        for step in steps:
            yield from ("", *_step(record, step, phase))
    if received := list(_delivered(record)):
        yield from ("", f"## {say(run.language, 'export.delivered')}", "", *received)
    yield from ("", f"## {say(run.language, 'export.history')}", "")
    for row in event_rows(record):
        told = [stamp(row["at"]), row["by"], row["what"], row["step"], row["detail"]]
        yield f"- {' · '.join(_safe(str(each)) for each in told if each)}"


def _step(record: Record, step: Step, phase: Phase) -> Iterator[str]:
    cells, language = step_cells(record, step, phase), record.run.language
    state = state_of(record.run, step, record.at)
    yield f"### {EMOJI[state]} {_safe(str(cells['title']))}"
    yield ""
    facts = {
        "state": say(language, f"state.{state}"), "owner": cells["owner"],
        "due": stamp(cells["due"]), "opened": stamp(cells["opened"]),
        "closed": stamp(cells["closed"]), "closed_by": cells["closed_by"],
        "reason": reason_of(record, step),
    }  # fmt: skip
    for name, value in facts.items():
        if value:
            yield _fact(record, say(language, f"export.column_{name}"), str(value))
    yield from _proof(record, step)


def _proof(record: Record, step: Step) -> Iterator[str]:
    ticks = {tick.item: tick for tick in step.ticks}
    for item in items_of(record.run, step):
        tick = ticks.get(item.id)
        by = f" ({_safe(record.name(tick.by))}, {stamp(record.local(tick.at))})" if tick else ""
        yield f"- [{'x' if tick else ' '}] {_safe(item.text.to(record.run.language))}{by}"
    yield from _decided(record, step)
    for evidence in step.evidence:
        yield f"- 📎 {_link(evidence)} ({_safe(record.name(evidence.by))})"
    for comment in step.comments:
        yield f"- 💬 {_safe(record.name(comment.by))}: {_safe(comment.text)}"


def _decided(record: Record, step: Step) -> Iterator[str]:
    """The answers that count, and what approvers have decided."""
    language, answers = record.run.language, latest(step)
    for question in record.run.told(step).questions:
        answer = answers.get(question.id)
        if answer and answer.value:
            said = plain_text(answer_words(question, answer, language, 3000))
            by = _safe(record.name(answer.by))
            yield f"- ❓ {_safe(question.ask.to(language))} {_safe(said)} ({by})"
    for version, level, move in decided_on(record, step):
        told = _told(record, step, move)
        name = _safe(plain_text(level_name(record.run, level, language)))
        by = f"{_safe(record.name(move.by))}, {stamp(record.local(move.at))}"
        text = f": {_safe(move.text)}" if move.text else ""
        yield f"- ⚖️ v{version.number} · {name} · {told} ({by}){text}"


def _told(record: Record, step: Step, move: Move) -> str:
    """What a move was, with the criterion it is tied to, or what was decided."""
    language = record.run.language
    told = say(language, f"export.move_{move.kind}")
    if move.criterion:
        criterion = plain_text(criterion_name(record.run, step, move, language))
        return f"{told}, {_safe(criterion)}"
    return f"{told}, {say(language, f'dispute.verdict_{move.verdict}')}" if move.verdict else told


def _delivered(record: Record) -> Iterator[str]:
    """Who was asked, for which version, and what they did, a line each."""
    run, language = record.run, record.run.language
    for step, level, one in delivered(record):
        name = plain_text(level_name(run, level, language))
        key = {ACK: "export.acknowledgement", DECISION: "export.decision"}.get(one.level)
        told = [
            stamp(record.local(one.asked_at)), _safe(record.name(one.person)),
            _safe(name_of(run, step, language)), f"v{one.version}",
            say(language, key) if key else _safe(name),
        ]  # fmt: skip
        done = one.move
        did = say(language, f"export.move_{done.kind}") if done else "–"
        at = f" ({stamp(record.local(done.at))})" if done else ""
        yield f"- {' · '.join(told)} → {did}{at}"


def _fact(record: Record, name: str, value: str) -> str:
    return f"- {_safe(name)}{say(record.run.language, 'colon')}{_safe(value)}"


def _link(evidence: Evidence) -> str:
    label = _safe(evidence.title or evidence.value)
    url = plain(evidence.value)
    if not _WEB.fullmatch(url):
        return label if evidence.title == evidence.value else f"{label}: {_safe(evidence.value)}"
    for sign, code in (("<", "%3C"), (">", "%3E"), ("\\", "%5C")):
        url = url.replace(sign, code)
    return f"[{label}](<{url}>)"


def _safe(text: str) -> str:
    """People's text as it stands, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(plain(text).split()))
