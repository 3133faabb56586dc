"""A link is a web address, or it is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbooks.links import LINK_LIMIT, is_link, require_link, short_name
from tests.playbooks.engine import refused


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com", "http://wiki/page", "HTTPS://EXAMPLE.COM/A", "https://例子.中国/路径",
        "http://[::1]:8080/x", "https://a.example/?q=<b>&c=%20#d", "https://192.0.2.1/",
        "https://user@example.com/",
    ],
)  # fmt: skip
def test_an_address_of_the_web_is_a_link(address: str) -> None:
    require_link(address)


@pytest.mark.parametrize(
    "text",
    [
        "", "example.com", "//example.com", "https://", "https:///a", "https:example.com",
        "javascript:alert(1)", "ftp://example.com", "mailto:a@example.com", "https://a b",
        "https://a\tb", "https://a\nb", "https://a/\u202eb", "https://...", "https://[half",
        "https://a:port", "https://a:99999", "https://?q", "https://<script>/", "https://\x00",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(text: str) -> None:
    assert refused(lambda: require_link(text)) == "link_wrong"


def test_a_link_has_an_end() -> None:
    address = "https://example.com/"
    require_link(address.ljust(LINK_LIMIT, "x"))
    assert refused(lambda: require_link(address.ljust(LINK_LIMIT + 1, "x"))) == "link_long"


@given(st.one_of(st.text(), st.text().map("https://{}".format)))
def test_whatever_is_pasted_is_told_to_be_a_link_or_not(text: str) -> None:
    assert short_name(text, 20) == short_name(text, 20)[:20]
    if is_link(text):
        assert text.isprintable()
        assert short_name(text, 150)
