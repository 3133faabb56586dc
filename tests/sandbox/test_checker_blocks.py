"""Each rule about views and blocks, broken once."""

import pytest

from bot.sandbox.checker.faults import Fault
from bot.sandbox.checker.messages import check_message
from bot.sandbox.checker.views import check_view
from tests.sandbox.samples import (
    TEXT,
    actions,
    bars,
    button,
    card,
    container,
    data_table,
    element,
    field,
    image,
    modal,
    mrkdwn,
    pie,
    plain,
    posted,
    rich,
    section,
    table,
    task,
)

E, W = "E", "W"
BAD: list[tuple[int, str, list[Fault]]] = [
    (22, E, check_view(modal(*[section()] * 101))),
    (22, E, check_view({"type": "sheet", "title": plain(), "blocks": [section()]})),
    (22, E, check_view(modal(title=plain(), private_metadata="x" * 250_000))),
    (23, E, check_view(modal(title=plain("A" * 25)))),
    (23, E, check_view(modal(title=mrkdwn("Start")))),
    (23, E, check_view({k: v for k, v in modal(field()).items() if k != "submit"})),
    (24, E, check_view({"type": "home", "blocks": [], "title": plain()})),
    (25, E, check_view(modal(private_metadata="x" * 3001))),
    (25, W, check_view({k: v for k, v in modal().items() if k != "callback_id"})),
    (26, W, check_view(modal(private_metadata="run 7"))),
    (27, E, check_view(modal(table()))),
    (27, E, posted({"type": "alert", "text": plain("Late")})),
    (28, E, posted(section(block_id="a"), section(block_id="a"))),
    (28, W, check_view(modal({k: v for k, v in field().items() if k != "block_id"}))),
    (31, E, posted(None)),
    (31, E, posted({"type": "poem", "text": "x"})),
    (31, E, posted(section(colour="red"))),
    (31, E, check_message({"text": TEXT, "blocks": {"type": "divider"}})),
    (32, E, posted(*[section()] * 51)),
    (33, E, posted(section(block_id="b" * 256))),
    (34, E, posted({"type": "section"})),
    (34, E, posted(section("x" * 3001))),
    (34, E, posted({"type": "section", "fields": [mrkdwn()] * 11})),
    (34, E, posted({"type": "section", "fields": [mrkdwn("x" * 2001)]})),
    (34, E, posted(section(accessory=element("plain_text_input")))),
    (35, E, posted({"type": "header", "text": mrkdwn()})),
    (35, E, posted({"type": "header", "text": plain("A" * 151)})),
    (36, E, posted({"type": "context", "elements": []})),
    (36, E, posted({"type": "context", "elements": [button()]})),
    (36, E, posted({"type": "context_actions", "elements": [button()]})),
    (37, E, posted({"type": "actions", "elements": []})),
    (37, E, posted(actions(*[button(action_id=str(n)) for n in range(26)]))),
    (37, E, posted(actions(button(), button()))),
    (37, E, posted(actions(element("plain_text_input")))),
    (38, E, check_view(modal(field(label=mrkdwn())))),
    (38, E, check_view(modal(field(button())))),
    (38, E, check_view(modal(field(hint=plain("x" * 2001))))),
    (39, E, posted(image(slack_file={"id": "F1"}))),
    (39, E, posted({"type": "image", "alt_text": "Bars"})),
    (39, E, posted(image(alt_text=""))),
    (39, E, posted(image(image_url="http://x.example/a.png"))),
    (39, W, posted(image(alt_text="a.png"))),
    (40, E, posted({"type": "markdown", "text": ""})),
    (40, E, posted(*[{"type": "markdown", "text": "x" * 7000}] * 2)),
    (41, E, posted(table(101))),
    (41, E, posted(table(cells=21))),
    (41, E, posted({"type": "table", "rows": [[{"type": "raw_text", "text": "x"}], []]})),
    (41, E, posted({"type": "table", "rows": [["x"]]})),
    (41, E, posted(table(), table())),
    (42, E, posted(data_table(1))),
    (42, E, posted(data_table(caption=""))),
    (42, E, posted(data_table(page_size=0))),
    (42, E, posted(data_table(row_header_column_index=2))),
    (42, E, posted({**data_table(), "rows": [[rich()], [{"type": "raw_text", "text": "x"}]]})),
    (43, E, posted(pie(0))),
    (43, E, posted(pie(title="x" * 51))),
    (43, E, posted(bars(["a"], ["b"]))),
    (43, W, posted(pie(*range(1, 9)))),
    (43, E, posted(pie(), pie(), pie())),
    (44, E, posted({"type": "card", "subtitle": plain()})),
    (44, E, posted(card(actions=[button(action_id=str(n)) for n in range(4)]))),
    (44, E, posted({"type": "carousel", "elements": [section()]})),
    (44, E, posted(container(default_collapsed=True))),
    (44, E, posted(container({"type": "plan", "title": "x"}))),
    (44, E, posted(container(width="huge"))),
    (45, E, check_view(modal({"type": "alert", "text": plain("x" * 201)}))),
    (45, E, check_view(modal({"type": "alert", "text": plain(), "level": "loud"}))),
    (46, E, posted(task(status="pending"))),
    (46, E, posted({"type": "plan", "title": "Work", "tasks": [task(), task()]})),
    (47, E, posted(rich(kind="rich_text_poem"))),
    (47, E, posted(rich({"type": "user", "user_id": "wang"}))),
    (47, E, posted(rich({"type": "emoji", "name": "x"}, kind="rich_text_preformatted"))),
    (47, E, posted(rich(kind="rich_text_list", style="stars"))),
    (47, W, posted(rich({"type": "broadcast", "range": "here"}))),
    (48, W, posted(rich({"type": "text", "text": "x" * 3001}))),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "severity", "faults"), BAD)
def test_each_rule_names_what_breaks_it(rule: int, severity: str, faults: list[Fault]) -> None:
    assert (rule, severity) in [(fault.rule, fault.severity) for fault in faults]


def test_every_rule_has_a_case() -> None:
    assert {rule for rule, _, _ in BAD} == set(range(22, 49)) - {29, 30}


def test_a_fault_says_where_it_is() -> None:
    fault = posted(section(), actions(button(style="loud")))[0]
    assert fault.path == "/blocks/1/elements/0/style"
    assert fault.error == "invalid_blocks"
