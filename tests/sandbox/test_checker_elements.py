"""Each rule about elements and texts, broken once."""

import pytest

from bot.sandbox.checker.faults import Fault
from bot.sandbox.checker.messages import check_message
from bot.sandbox.checker.views import check_view
from tests.sandbox.samples import (
    TEXT,
    actions,
    button,
    confirm,
    element,
    field,
    marked,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    posted,
    section,
)

E, W = "E", "W"
BAD: list[tuple[int, str, list[Fault]]] = [
    (49, E, posted(actions(button(action_id="x" * 256)))),
    (49, E, posted(actions({"type": "button", "text": plain()}))),
    (49, E, posted(actions(button(colour="red")))),
    (50, E, posted(actions(button(text=plain("x" * 76))))),
    (50, E, posted(actions(button(text=mrkdwn())))),
    (50, E, posted(actions(button(value="x" * 2001)))),
    (50, E, posted(actions(button(url="ftp://x")))),
    (50, E, posted(actions(button(style="loud")))),
    (50, W, posted(actions(button(text=plain("x" * 31))))),
    (50, W, posted(actions(button(style="danger")))),
    (50, W, posted(actions(button(style="primary"), button(action_id="b", style="primary")))),
    (51, E, posted(actions(element("overflow", options=[option(), option("Two")])))),
    (51, E, posted(actions(element("static_select", options=[option("x" * 76)])))),
    (51, E, posted(actions(element("static_select", options=[option(value="x" * 151)])))),
    (51, E, posted(actions(element("static_select", options=[option(url="https://x.y")])))),
    (51, W, posted(actions(element("static_select", options=[option(value="x" * 76)])))),
    (52, E, posted(actions(element("static_select")))),
    (52, E, posted(actions(element("static_select", options=options(101))))),
    (52, E, posted(actions(element("static_select", options=options(1), initial_option=option())))),
    (53, E, posted(section(accessory=element("checkboxes", options=options(11))))),
    (53, E, posted(actions(element("overflow", options=options(6))))),
    (53, W, posted(actions(element("overflow", options=options(1))))),
    (54, E, posted(actions(element("users_select", placeholder=mrkdwn())))),
    (55, E, posted(actions(element("datepicker", initial_date="2025-02-30")))),
    (55, E, posted(actions(element("timepicker", initial_time="9:00")))),
    (55, E, posted(actions(element("timepicker", timezone="Mars/Base")))),
    (55, E, posted(actions(element("datetimepicker", initial_date_time=1763604000000)))),
    (56, E, check_view(modal(field(element("plain_text_input", max_length=3001))))),
    (56, E, check_view(modal(field(element("plain_text_input", min_length=5, max_length=4))))),
    (56, E, check_view(modal(field(element("plain_text_input", max_length=1,
                                           initial_value="ab"))))),
    (57, E, check_view(modal(field(element("number_input"))))),
    (57, E, check_view(modal(field(element("number_input", is_decimal_allowed=True,
                                           min_value=1))))),
    (58, E, check_view(modal(field(element("file_input", max_files=11))))),
    (58, E, check_view(modal(field(element("multi_users_select", max_selected_items=0))))),
    (59, E, posted(actions(button(confirm=confirm(title=plain("x" * 101)))))),
    (59, E, posted(actions(button(confirm={"title": plain()})))),
    (60, E, posted(actions(element("conversations_select", filter={"include": []})))),
    (60, E, posted(actions(element("conversations_select", response_url_enabled=True)))),
    (61, E, check_view(modal(
        field(element("url_text_input", focus_on_load=True)),
        field(element("url_text_input", focus_on_load=True), block_id="b"),
    ))),
    (62, E, check_view(modal(field(
        element("plain_text_input", dispatch_action_config={"trigger_actions_on": ["blink"]})
    )))),
    (63, E, posted({"type": "section", "text": {"type": "html", "text": "x"}})),
    (63, E, posted({"type": "section", "text": mrkdwn(emoji=True)})),
    (64, E, marked("a <b> c")),
    (64, E, marked("3 < 4")),
    (64, E, check_message({"text": "Hello <Wang>, good morning"})),
    (65, E, marked("<!channel> come here")),
    (65, E, marked("<!subteam^S0TEAM1> come here")),
    (66, W, marked("Light & shade")),
    (67, E, posted({"type": "header", "text": plain("<!date^1763604000^{date}|Thu>")})),
    (67, E, marked("<!date^1763604000^{moon}|Thursday>")),
    (67, E, marked("<!date^1763604000^{date}>")),
    (67, W, marked("<!date^1763604000^{time}|10 o'clock>")),
    (68, W, marked("**bold**")),
    (68, W, marked("# Title")),
    (68, W, marked("[more](https://a.example)")),
    (69, W, marked("<https://a.example|a|b>")),
    (69, W, marked("<https://a.example/a b|more>")),
    (70, W, marked("evil \u202e txt")),
    (71, W, posted(actions(button(text=plain("✅"))))),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "severity", "faults"), BAD)
def test_each_rule_names_what_breaks_it(rule: int, severity: str, faults: list[Fault]) -> None:
    assert (rule, severity) in [(fault.rule, fault.severity) for fault in faults]


def test_every_rule_has_a_case() -> None:
    assert {rule for rule, _, _ in BAD} == set(range(49, 72))


def test_an_explicit_flag_allows_a_broadcast() -> None:
    args = {"text": TEXT, "blocks": [section("<!here> come")]}
    assert check_message(args, allow_broadcast=True) == []
