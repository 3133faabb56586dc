"""Review questions: what fits, what is asked, what is kept of each version."""

from functools import partial
from typing import Any

import pytest

from playbooks.answers import Given, latest, questions_of
from playbooks.fitting import plain_number
from playbooks.run import EventKind, Refused, Run, StepStatus
from playbooks.submission import Handed, keep_form, needs_form, save_page
from tests.playbooks.engine import DORA, LEAD, STRANGER, WEI, found, kinds, refused, step
from tests.playbooks.reviewing import LATER, MANAGER, begun, change, drawing, submit, submitted

CHOICES = [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]
QUESTIONS: dict[str, dict[str, Any]] = {
    "text": {"type": "text"},
    "number": {"type": "number", "min": 0, "max": 1000000, "unit": "CNY"},
    "choice": {"type": "choice", "choices": CHOICES},
    "multi-choice": {"type": "multi-choice", "choices": CHOICES},
    "date": {"type": "date"},
    "link": {"type": "link"},
    "gate": {"type": "gate", "blocks-on": "no"},
}


def question(type_: str, id_: str = "q", **more: Any) -> dict[str, Any]:
    return {"id": id_, "ask": "Ask?", **QUESTIONS[type_], **more}


def asking(*questions: Any, **more: Any) -> Run:
    return begun(questions=list(questions), **more)


def problems(run: Run, given: dict[str, Given], **more: Any) -> dict[str, tuple[str, Any]]:
    try:
        submit(run, given=given, **more)
    except Refused as refused:
        return {name: (p.key, dict(p.facts)) for name, p in refused.facts["fields"].items()}
    return {}


FITS: dict[str, list[str]] = {
    "text": ["x", "多行\n文字", "x" * 3000],
    "number": ["0", "1000000", "2.5", "1e3"],
    "choice": ["a"],
    "multi-choice": ["a", "a,b"],
    "date": ["2026-12-31"],
    "link": ["https://example.com/a?b=c", "http://例子.中国/"],
    "gate": ["yes"],
}
FAILS: dict[str, list[tuple[str, str, dict[str, str]]]] = {
    "text": [("x" * 3001, "answer.long", {"limit": "3000"})],
    "number": [
        ("-1", "answer.min", {"limit": "0"}), ("1000001", "answer.max", {"limit": "1000000"}),
        ("many", "answer.number", {}), ("nan", "answer.number", {}), ("inf", "answer.number", {}),
        ("1,000", "answer.number", {}), ("1e99", "answer.number", {}),
    ],
    "choice": [("c", "answer.choice", {}), ("a,b", "answer.choice", {})],
    "multi-choice": [("a,c", "answer.choice", {})],
    "date": [
        ("31.12.2026", "answer.date", {}), ("2026-02-30", "answer.date", {}),
        ("9999-12-31", "answer.date", {}),
    ],
    "link": [
        ("example.com", "answer.link", {}), ("javascript:alert(1)", "answer.link", {}),
        ("https://", "answer.link", {}), ("https://a b.c/", "answer.link", {}),
        ("https://[::1", "answer.link", {}),
    ],
    "gate": [("maybe", "answer.choice", {})],
}  # fmt: skip


@pytest.mark.parametrize(("type_", "value"), [(t, v) for t, values in FITS.items() for v in values])
def test_an_answer_that_fits_is_kept_with_who_and_when(type_: str, value: str) -> None:
    run = submit(asking(question(type_, required="yes")), given={"q": Given(f" {value} ")}).run
    [answer] = drawing(run).answers
    assert (answer.value, answer.by, answer.at, answer.version) == (value, DORA, LATER, 1)


@pytest.mark.parametrize(
    ("type_", "value", "key", "facts"), [(t, *case) for t, cases in FAILS.items() for case in cases]
)
def test_an_answer_that_does_not_fit_is_told_at_its_field(
    type_: str, value: str, key: str, facts: dict[str, str]
) -> None:
    run = asking(question(type_))
    assert problems(run, {"q": Given(value)}) == {"question.q": (key, facts)}


@pytest.mark.parametrize("type_", sorted(set(QUESTIONS) - {"gate"}))
def test_what_is_required_is_asked_for_and_what_is_not_is_not(type_: str) -> None:
    missing: dict[str, Any] = {"question.q": ("answer.missing", {})}
    empty: list[dict[str, Given]] = [{}, {"q": Given(" ")}]
    for given in empty:
        assert problems(asking(question(type_, required="yes")), given) == missing
        assert problems(asking(question(type_)), given) == {}


def test_numbers_are_written_as_people_write_them() -> None:
    assert [plain_number(n) for n in (1000000, 2.5, 0, -3, 1e12, 0.1)] == [
        "1000000", "2.5", "0", "-3", "1000000000000", "0.1",
    ]  # fmt: skip


def test_what_hangs_on_an_answer_is_asked_for_when_it_applies() -> None:
    run = asking(
        question("choice", required="yes"),
        question("text", "why", required="yes", when="answer.draw.q = b"),
    )
    assert [q.id for q in questions_of(run, drawing(run))] == ["q", "why"]  # not known yet
    assert problems(run, {"q": Given("b")}) == {"question.why": ("answer.missing", {})}
    done = submit(run, given={"q": Given("a"), "why": Given("dropped")}).run
    assert set(latest(drawing(done))) == {"q"}


def test_what_hangs_on_a_question_that_is_not_asked_is_not_asked_either() -> None:
    run = asking(
        question("choice", required="yes"),
        question("choice", "then", required="yes", when="answer.draw.q = b"),
        question("text", "last", required="yes", when="answer.draw.then = a"),
    )
    assert drawing(submit(run, given={"q": Given("a")}).run).status is StepStatus.DONE


def test_an_answer_switches_the_steps_that_hang_on_it() -> None:
    later = step("print", "lead", needs=["draw"], when="answer.draw.q = b")
    run = asking(question("choice", required="yes"), after=[later])
    off = submit(run, given={"q": Given("a")}).run
    assert found(off, "print").status is StepStatus.OFF
    on = submit(run, given={"q": Given("b")}).run
    assert found(on, "print").status is StepStatus.ACTIVE


def test_an_answer_fills_the_parameter_it_names() -> None:
    run = asking(question("text", fills="param.size"))
    assert submit(run, given={"q": Given("large")}).run.params["size"] == "large"
    assert submit(run, given={"q": Given("")}).run.params["size"] == "small"


def test_answers_are_kept_version_by_version() -> None:
    run = submitted_with("first")
    run = change(run, "manager", WEI)
    run = submit(run, given={"q": Given("second")}, by=LEAD).run
    kept = [(a.value, a.by, a.version) for a in drawing(run).answers]
    assert kept == [("first", DORA, 1), ("second", LEAD, 2)]
    assert latest(drawing(run), 1)["q"].value == "first"
    assert latest(drawing(run))["q"].value == "second"


def submitted_with(value: str) -> Run:
    return submitted(MANAGER, questions=[question("text")], given={"q": Given(value)})


def test_the_same_answer_in_a_new_version_is_given_anew() -> None:
    run = submit(change(submitted_with("same"), "manager", WEI), given={"q": Given("same")}).run
    assert [a.version for a in drawing(run).answers] == [1, 2]


def test_a_version_knows_by_its_digest_whether_its_content_is_the_same() -> None:
    run = submitted_with("same")
    same = submit(change(run, "manager", WEI), given={"q": Given("same")}).run
    other = submit(change(run, "manager", WEI), given={"q": Given("other")}).run
    assert drawing(same).versions[1].digest == drawing(same).versions[0].digest
    assert drawing(other).versions[1].digest != drawing(other).versions[0].digest


def test_a_page_of_a_long_form_is_kept_and_the_step_stays_open() -> None:
    run = asking(question("text", "one", required="yes"), question("text", "two", required="yes"))
    saved = save_page(run, "draw", handed=Handed(given={"one": Given("1")}), by=DORA, at=LATER)
    assert kinds(saved.events) == [(EventKind.ANSWERS_SAVED, "draw")]
    assert drawing(saved.run).status is StepStatus.ACTIVE
    done = submit(saved.run, given={"two": Given("2")}).run
    assert {a.question for a in drawing(done).answers} == {"one", "two"}


def test_a_page_is_checked_for_itself_only() -> None:
    run = asking(question("text", "one", required="yes"), question("number", "two", required="yes"))
    page = Handed(given={"two": Given("-4")})
    with pytest.raises(Refused) as error:
        save_page(run, "draw", handed=page, by=DORA, at=LATER)
    assert list(error.value.facts["fields"]) == ["question.two"]
    kept = keep_form(run, "draw", handed=Handed(given={"two": Given("4")}), by=DORA, at=LATER)
    assert latest(drawing(kept.run))["two"].value == "4"
    again = keep_form(kept.run, "draw", handed=Handed(given={"two": Given("4")}), by=DORA, at=LATER)
    assert again.events == ()


def test_a_page_is_filled_in_by_those_whose_step_it_is_while_it_is_open() -> None:
    run, page = asking(question("text")), Handed(given={"q": Given("x")})
    deciding = submitted_with("x")
    for keep in (save_page, keep_form):
        by_others = partial(keep, run, "draw", handed=page, by=STRANGER, at=LATER)
        too_late = partial(keep, deciding, "draw", handed=page, by=DORA, at=LATER)
        assert refused(by_others) == "not_yours"
        assert refused(too_late) == "being_decided"


def test_a_form_is_needed_where_there_is_something_to_fill_in() -> None:
    assert not needs_form(begun(), "draw", by=DORA)
    assert not needs_form(begun(MANAGER), "draw", by=DORA)
    assert needs_form(begun({"level": "self", "by": "owner"}), "draw", by=DORA)
    assert needs_form(asking(question("text")), "draw", by=DORA)
    assert needs_form(change(submitted(MANAGER), "manager", WEI), "draw", by=DORA)
