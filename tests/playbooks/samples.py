"""A right playbook that uses every key, and what becomes of it after a change."""

from pathlib import Path

from playbooks.faults import Fault
from playbooks.library import Loaded, load_file

SAMPLE = """\
id: fair
title: {en: Trade fair, zh-Hans: 展会, zh-Hant: 展會}
also: [Messe]
anchor: {id: fair-on, title: {en: Day, zh-Hans: 日, zh-Hant: 日}}
calendar: CN
params:
  - {id: size, title: Size, type: choice, choices: [{id: small, title: S}, {id: large, title: L}],
     default: small}
  - {id: press-on, title: Press day, type: date, default: 2026-03-31}
  - {id: opens-at, title: Doors, type: time, default: "10:00"}
  - {id: guests, title: Guests, type: number, default: 20}
  - {id: stream, title: Stream, type: yes-no, default: no}
  - {id: motto, title: Motto, default: none}
tiers:
  - {id: basic, title: Basic}
  - {id: full, title: Full}
roles:
  head: {title: Head, lead: yes}
  writer: {title: Writer, backup: head}
phases:
  - id: before
    title: Before
    gate: {ask: Ready?, by: head}
    steps:
      - id: brief
        title: Brief
        owner: head
        due: start + 2 workdays
        remind: close
        checklist: [{id: goal, text: Goal, when: param.size = large}]
        deliverable: {title: Rundown, kind: list, list: rundown}
        questions:
          - {id: budget, ask: Budget?, type: number, min: 0, max: 9, fills: kpi.visits.target}
          - {id: kind, ask: Kind?, type: choice, choices: [{id: a, title: A}, {id: b, title: B}]}
          - {id: claim, ask: Claim?, type: gate, blocks-on: no, evidence: required}
          - {id: doors, ask: Doors?, fills: param.motto, when: param.stream = yes}
        approvals:
          - {level: self, by: owner}
          - {level: head, by: head, need: 2, when: answer.brief.budget > 5}
      - id: invite
        title: Invite
        owner: writer
        due: {basic: anchor - 10 workdays, full: anchor - 20 days}
        needs: [brief]
        when: answer.brief.kind = a and not list.rundown.total.minutes > 90
        lists: [rundown]
        form: survey
        ideas: true
      - id: mail
        title: Mail
        owner: writer
        due: [anchor - 5 workdays, anchor - 2 workdays at 09:00]
        needs: [invite]
        tiers: [full]
        kpis: [visits]
        report: weekly
  - id: after
    title: After
    steps:
      - id: daily
        title: Daily
        owner: writer
        due: param.press-on
        repeat: {every: week, on: friday at 16:00, until: anchor}
      - id: thank
        title: Thank
        owner: head
        due: after(mail) + 2 days
        needs: [mail, daily]
        repeat: {per-row: rundown}
        when: answer.invite.liked = yes or param.guests >= 10
forms:
  - {id: survey, title: Survey, questions: [{id: liked, ask: Liked?, type: gate, blocks-on: no}]}
lists:
  rundown:
    title: Rundown
    owner: who
    statuses: [done]
    columns:
      - {id: who, title: Who, type: person}
      - {id: done, title: Done, type: status}
      - {id: minutes, title: Minutes, type: number}
      - {id: figure, title: Figure, type: ref, ref: kpi}
      - {id: room, title: Room, type: choice, choices: [{id: a, title: A}, {id: b, title: B}]}
      - {id: end, title: End, type: formula, formula: start + minutes}
    rows: [{who: Host}, {minutes: "5"}]
kpis:
  - {id: visits, title: Visits, unit: people, direction: up, owner: head, read: [anchor + 1 day]}
reports:
  weekly: {title: Weekly, due: [start + 1 week]}
schedule: {every: year, on: workday 1 at 09:30}
retrospective: {questions: [{id: keep, ask: Keep?}]}
retired: [booth]
"""


OVERLAY = "id: fair-plus\ntitle: {en: More fair, zh-Hans: 更多, zh-Hant: 更多}\nextends: fair\n"


def load_text(folder: Path, text: str, name: str = "fair.yaml") -> Loaded:
    """What becomes of a file with this text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return load_file(path)


def changed(old: str, new: str) -> str:
    """The sample with one place changed."""
    assert SAMPLE.count(old) == 1, f"{SAMPLE.count(old)} places read {old!r}"
    return SAMPLE.replace(old, new)


def place_of(text: str, mark: str) -> tuple[int, int]:
    """Line and column where the first `mark` of a text stands."""
    before = text[: text.index(mark)]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def told(faults: tuple[Fault, ...]) -> list[tuple[int, int, str]]:
    """Faults without their file."""
    return [(fault.line, fault.column, fault.message) for fault in faults]


def laid(folder: Path, more: str, base: str = SAMPLE) -> Loaded:
    """What becomes of an overlay over the sample."""
    (folder / "fair.yaml").write_text(base, encoding="utf-8")
    path = folder / "fair-plus.yaml"
    path.write_text(OVERLAY + more, encoding="utf-8")
    return load_file(path)
