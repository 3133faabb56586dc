"""People's text is shown as text, whatever it holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views.blocks import text_message
from bot.views.markup import (
    Markup,
    bold,
    channel,
    clean,
    clip,
    cut,
    escape,
    joined,
    link,
    mention,
    one_line,
    phrase,
    title,
)
from tests.bot.views.checking import faults_of


def test_markup_of_people_is_escaped() -> None:
    assert escape("<!channel> & <@U1>") == "&lt;!channel&gt; &amp; &lt;@U1&gt;"


def test_what_is_safe_is_not_escaped_again() -> None:
    assert escape(escape("a & b")) == "a &amp; b"


def test_facts_of_a_phrase_are_escaped_and_markup_is_kept() -> None:
    line = phrase("en", "step.why", why="<!here>")
    assert line == "Why: &lt;!here&gt;"
    assert phrase("en", "run.lead", lead=mention("U0WANG")) == "lead <@U0WANG>"


def test_control_and_direction_characters_are_taken_out() -> None:
    assert clean("a\x00b\u202ec\u2066d\ud800e\u2028f") == "abcde\nf"


def test_a_family_of_emoji_stays_together() -> None:
    assert clean("👩‍👩‍👧‍👦") == "👩‍👩‍👧‍👦"


def test_a_title_is_one_line() -> None:
    assert one_line(" a\n\tb   c ", 80) == "a b c"


def test_what_is_cut_shows_it() -> None:
    assert cut("abcdef", 4) == "abc…"
    assert cut("abcd", 4) == "abcd"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("abcdef <@U0WANG>", "abcdef…"),
        ("abcdefg &amp; x", "abcdefg…"),
        ("abcdefghijklmnop", "abcdefghi…"),
    ],
)
def test_safe_text_is_clipped_between_its_parts(text: str, kept: str) -> None:
    assert clip(Markup(text), 10) == kept


def test_stars_of_people_do_not_end_the_bold() -> None:
    assert bold("a*b*") == "*a∗b∗*"
    assert bold("") == ""


def test_only_ids_are_mentioned() -> None:
    assert mention("U0LI") == "<@U0LI>"
    assert mention("clock") == "clock"
    assert mention("U1> <!channel") == "U1&gt; &lt;!channel"
    assert channel("C0DEALER") == "<#C0DEALER>"
    assert channel("nowhere") == "nowhere"


def test_a_link_has_a_safe_address_and_label() -> None:
    assert link("https://x.example/a?b=1&c=|", "A|B") == "<https://x.example/a?b=1&amp;c=%7C|A/B>"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc", "https://a b", "x" * 700])
def test_what_is_no_web_address_is_no_link(url: str) -> None:
    assert link(url, "Contract") == "Contract"


def test_a_link_without_a_label_shows_its_address() -> None:
    assert link("https://x.example", "") == "<https://x.example|https://x.example>"


def test_what_is_missing_is_left_out_when_joining() -> None:
    assert joined(" · ", [Markup("a"), None, Markup(""), Markup("b")]) == "a · b"


@given(st.text(max_size=400), st.integers(min_value=2, max_value=200))
def test_no_text_breaks_a_message(text: str, limit: int) -> None:
    shown = joined(" ", [Markup("Said:"), escape(text, limit), title(text, limit), bold(text)])
    severe = [fault for fault in faults_of(text_message(shown)) if fault.startswith("E")]
    assert severe == []
    assert len(escape(text, limit)) <= limit
