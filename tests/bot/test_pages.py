"""The pages' words and small parts."""

import ast
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.pages.html import build_notice, build_page, facts_table, t
from bot.pages.limits import Limiter
from bot.pages.signing import masked
from bot.words.catalogue import entries
from playbooks.texts import LANGUAGES

PAGES = Path(__file__).parents[2] / "bot"


def constants() -> set[str]:
    """Every text that stands in the modules of the pages and mails."""
    others = [PAGES / "views/mails.py", PAGES / "services/outside.py"]
    sources = [*(PAGES / "pages").glob("*.py"), *others]
    nodes = [node for path in sources for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    return {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def test_every_word_of_the_pages_is_used() -> None:
    said = constants()
    unused = [
        key
        for key in entries("en")
        if key.startswith("page.")
        and not key.startswith("page.method_")
        and key not in said
        and key.removeprefix("page.") not in said
        and key.removeprefix("page.").removesuffix("_title") not in said
    ]
    assert unused == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_write_stays_text(language: str) -> None:
    page = build_notice(language, "finished", owner="<b>x</b>")
    assert "<b>" not in page
    assert "&lt;b&gt;" in page
    assert f'<html lang="{language}">' in page


def test_every_element_is_closed() -> None:
    void = {"meta", "input", "hr", "br", "!doctype"}
    open_: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in void:
                open_.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert open_.pop() == tag

    Reader().feed(build_page("en", "x", facts_table([("a", "b"), ("c", "")])))
    assert open_ == []


def test_an_address_is_shown_only_as_far_as_its_owner_needs() -> None:
    assert masked("zhao@client.example") == "z***o@client.example"
    assert masked("li@client.example") == "***@client.example"


def test_misses_are_counted_by_address_and_forgotten_in_time() -> None:
    limiter = Limiter(misses=2, window=3600)
    for _ in range(2):
        limiter.miss("203.0.113.7")
    assert limiter.is_over("203.0.113.7")
    assert not limiter.is_over("203.0.113.8")
    short = Limiter(misses=1, window=0)
    short.miss("203.0.113.7")
    assert not short.is_over("203.0.113.7")


def test_an_unknown_word_is_an_error() -> None:
    with pytest.raises(KeyError):
        t("en", "dance")
