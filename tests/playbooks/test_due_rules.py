"""Due rules and lengths of time: read, written, refused."""

from datetime import time
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from playbooks.due_rules import Base, DueRule, Length, Rule, Span, Unit, parse_due_rule, parse_span

IDS = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,5})?", fullmatch=True)


@st.composite
def rules(draw: st.DrawFn) -> DueRule:
    """Any rule that can be written."""
    base = draw(st.sampled_from(get_args(Base)))
    ref = draw(IDS) if base in {"after", "param"} else None
    count = draw(st.integers(-9999, 9999))
    unit: Unit = draw(st.sampled_from(get_args(Unit))) if count else "workdays"
    at = draw(st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0)))
    return DueRule(base=base, ref=ref, count=count, unit=unit, at=at)


@given(rules())
def test_a_rule_is_read_as_it_was_written(rule: DueRule) -> None:
    assert parse_due_rule(str(rule)) == rule


@given(st.text(max_size=30) | st.from_regex(r"(start|anchor|after\(a\))[ +\-0-9a-z:]{0,20}"))
def test_any_other_text_is_refused_or_stays_the_same(text: str) -> None:
    try:
        rule = parse_due_rule(text)
    except ValueError:
        return
    assert parse_due_rule(str(rule)) == rule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("start", DueRule("start")),
        ("anchor - 20 workdays", DueRule("anchor", count=-20)),
        ("anchor-1 workday", DueRule("anchor", count=-1)),
        ("anchor  +  2   weeks at 9:05", DueRule("anchor", None, 2, "weeks", time(9, 5))),
        ("after( brief ) + 2 days", DueRule("after", "brief", 2, "days")),
        ("param.press-on - 3 hours", DueRule("param", "press-on", -3, "hours")),
        ("start + 0 days", DueRule("start")),
        ("anchor at 23:59", DueRule("anchor", at=time(23, 59))),
    ],
)
def test_the_ways_to_write_a_rule(text: str, rule: DueRule) -> None:
    assert parse_due_rule(text) == rule


@pytest.mark.parametrize(
    "text", ["", "anchor - 20", "20 workdays", "after() + 1 day", "anchor − 1 day", "anchor at ten"]
)
def test_what_is_no_rule_is_told_how_to_write_one(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no due rule: write start, anchor, after\(step\)"):
        parse_due_rule(text)


def test_an_hour_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="is no time of day: write 00:00 to 23:59"):
        parse_due_rule("anchor at 24:00")


@given(st.builds(Span, st.integers(0, 9999), st.sampled_from(["workdays", "days", "minutes"])))
def test_a_length_is_read_as_it_was_written(span: Span) -> None:
    assert parse_span(str(span)) == span
    assert TypeAdapter(Length).validate_python(span) == span


def test_what_is_no_length_is_told_how_to_write_one() -> None:
    with pytest.raises(ValueError, match="'2' is no length of time"):
        parse_span("2")


def test_a_rule_already_read_is_taken_as_it_is() -> None:
    rule = DueRule("start", count=3)
    adapter: TypeAdapter[DueRule] = TypeAdapter(Rule)
    assert adapter.validate_python(rule) is rule
    assert adapter.dump_python(rule) == "start + 3 workdays"
