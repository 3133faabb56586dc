"""What is handed in gets its hash: at once, after it was fetched, or never."""

from dataclasses import replace
from datetime import timedelta

from playbooks.freezing import WAITS, begin_freezing, freeze_evidence, look_again
from playbooks.run import EventKind
from playbooks.step_actions import reopen_step
from playbooks.submission import complete_step
from tests.playbooks.engine import DORA, FACTS, MONDAY, found
from tests.playbooks.submitting import FILE, LATER, ONE, TWO, fetched, submitted


def test_a_text_is_frozen_at_once_a_link_never_a_file_when_it_was_fetched() -> None:
    text = replace(FILE, kind="text", value="口号")
    link = replace(FILE, kind="link", value="https://x.example")
    run = submitted("reset", text, link, FILE)
    pieces = found(run, "kv").versions[0].evidence
    assert [p.frozen for p in pieces] == ["kept", "", ""]
    assert pieces[0].digest
    assert pieces[0].size == 6
    before = found(run, "kv").versions[0].digest
    now = found(fetched(run, F1=ONE).run, "kv")
    assert now.versions[0].evidence[2].digest == ONE.digest
    assert now.versions[0].digest != before
    assert now.freeze_at is None


def test_an_attempt_is_noted_before_it_is_made_and_given_up_in_the_end() -> None:
    run, at = submitted(), MONDAY
    assert begin_freezing(run, "kv", at=MONDAY - timedelta(seconds=1)).run == run
    for tries, wait in enumerate(WAITS, 1):
        run = begin_freezing(run, "kv", at=at).run
        assert begin_freezing(run, "kv", at=at).run == run
        now = found(run, "kv")
        assert (now.freeze_at, now.freeze_tries) == (at + wait, tries)
        at += wait
    change = begin_freezing(run, "kv", at=at)
    assert [(e.kind, e.facts["frozen"]) for e in change.events] == [
        (EventKind.EVIDENCE_FROZEN, "lost")
    ]
    now = found(change.run, "kv")
    assert now.freeze_at is None
    assert now.versions[0].evidence[0].frozen == "lost"


def test_an_attempt_that_found_some_goes_on_for_the_others() -> None:
    run = submitted("reset", FILE, replace(FILE, value="F2"))
    now = found(fetched(run, F1=ONE).run, "kv")
    assert [p.frozen for p in now.evidence] == ["kept", ""]
    assert now.freeze_at == LATER + WAITS[0]


def test_news_during_an_attempt_is_not_forgotten() -> None:
    run = begin_freezing(submitted(), "kv", at=MONDAY).run
    until = MONDAY + WAITS[0]
    run = look_again(run, "kv", at=LATER).run
    change = freeze_evidence(run, "kv", FACTS, found={"F1": ONE}, until=until, at=LATER)
    assert found(change.run, "kv").freeze_at == LATER


def test_what_an_earlier_version_held_is_not_guessed_afterwards() -> None:
    run = reopen_step(submitted(), "kv", FACTS, by=DORA, at=MONDAY).run
    run = complete_step(run, "kv", FACTS, by=DORA, at=LATER).run
    now = found(fetched(run, F1=TWO).run, "kv")
    assert [v.evidence[0].frozen for v in now.versions] == ["lost", "kept"]
