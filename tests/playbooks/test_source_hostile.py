"""Files made to hurt are refused in bounded time and without a crash."""

import sys
import time
from pathlib import Path

import pytest

from playbooks.library import load_file
from playbooks.source import SIZE_LIMIT

# Half a second each when this was written; coverage's tracer makes everything slower.
LIMIT = 10 if sys.gettrace() else 2
HEAD = """\
id: x
title: x
roles: {m: {title: m, lead: true}}
phases:
  - id: p
    title: p
    steps:
"""
STEP = "      - {id: %s, title: t, owner: m, due: %s, needs: [%s]}\n"


def laughs() -> str:
    """Nine levels of nine aliases each: 387 million values if anyone wrote them out."""
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 9)]
    return "l0: &l0 [lol]\n" + "\n".join(levels)


def merges() -> str:
    """Merge keys that double at each level."""
    levels = [f"a{n}: &a{n}\n  <<: [*a{n - 1}, *a{n - 1}]" for n in range(1, 26)]
    return "a0: &a0 {k: v}\n" + "\n".join(levels)


def many(count: int, due: str = "start", needs: str = "") -> str:
    """A playbook of very many steps; {n} is a step's number, {next} the next one's."""
    steps = (
        STEP % (f"s{n}", due, needs.format(n=n, next=(n + 1) % count, pair=n ^ 1))
        for n in range(count)
    )
    return HEAD + "".join(steps)


HOSTILE = {
    "billion laughs": laughs(),
    "merge keys": merges(),
    "brackets 50,000 deep": "[" * 50_000,
    "braces": "{a: " * 20_000,
    "lists in lists": "- " * 400_000,
    "blocks": "".join(" " * n + "a:\n" for n in range(1_000)),
    "questions": "? " * 400_000,
    "many values": "a: [" + "b," * 400_000 + "]",
    "many keys": "".join(f"kez{n}: 1\n" for n in range(12_000)),
    "many wrong phases": "phases: [" + "1," * 24_000 + "]",
    "the same id": many(2_000).replace("id: s", "id: s1 #")[:300_000],
    "one long circle": many(2_000, needs="s{next}"),
    "many circles": many(2_000, needs="s{pair}"),
    "many unknown steps": many(2_000, needs="q{n}"),
    "many unknown roles": many(2_000).replace("owner: m,", "owner: n,"),
    "long series": many(60, due="[" + "start, " * 200 + "]", needs="s0, s1, s2, s3, s4, s5"),
    "long key": "k" * 900_000 + ": 1",
    "long id": HEAD.replace("id: x", "id: " + "x" * 900_000),
    "long due": HEAD + STEP % ("a", "after(" + "a" * 900_000, ""),
    "long blank": HEAD + STEP % ("a", "'start" + " " * 900_000 + "x'", ""),
    "brackets in a condition": HEAD + "      - {id: a, when: '" + "(" * 490 + "'}",
    "nots in a condition": HEAD + "      - {id: a, when: '" + "not " * 120 + "'}",
    "tags": "a: !!python/object/apply:os.system ['false']\n",
    "quotes": "a: " + "'" * 900_001,
    "colons": ":" * 900_000,
    "backups": "roles:\n" + "".join(f"  r{n}: {{backup: r{n + 1}}}\n" for n in range(5_000)),
    "one language each": HEAD + "".join(
        f"      - {{id: s{n}, title: {{{('en', 'zh-Hans', 'zh-Hant')[n % 3]}: t}}}}\n"
        for n in range(3_000)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_bounded_time(tmp_path: Path, name: str) -> None:
    path = tmp_path / "hostile.yaml"
    path.write_text(HOSTILE[name], encoding="utf-8")
    before = time.process_time()
    loaded = load_file(path)
    assert time.process_time() - before < LIMIT
    assert loaded.playbook is None
    assert 0 < len(loaded.faults) <= 300
    assert all(len(fault.message) < 500 for fault in loaded.faults)


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(10_000_000_000)  # sparse: it takes no room
    before = time.process_time()
    (fault,) = load_file(path).faults
    assert time.process_time() - before < 0.2
    assert fault.message == "is larger than 1 MB: split the playbook, or use extends"


def test_a_file_of_just_the_size_allowed_is_read(tmp_path: Path) -> None:
    path = tmp_path / "full.yaml"
    path.write_text("# " + "x" * (SIZE_LIMIT - 2), encoding="utf-8")
    assert "is no playbook" in load_file(path).faults[0].message
