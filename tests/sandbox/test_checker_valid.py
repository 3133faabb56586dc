"""What Slack takes passes the checker without a word."""

import pytest

from bot.sandbox.checker.faults import Fault
from bot.sandbox.checker.views import check_view
from tests.sandbox.samples import (
    actions,
    bars,
    button,
    card,
    confirm,
    container,
    data_table,
    element,
    field,
    image,
    marked,
    modal,
    mrkdwn,
    options,
    pie,
    plain,
    posted,
    rich,
    section,
    table,
    task,
)

GOOD: dict[str, list[Fault]] = {
    "section with fields": posted(
        {"type": "section", "fields": [mrkdwn(), plain()], "accessory": button()}
    ),
    "section with a picture": posted(section(accessory=image())),
    "header": posted({"type": "header", "text": plain("A" * 150, emoji=True)}),
    "context": posted({"type": "context", "elements": [mrkdwn(), image()]}),
    "divider": posted({"type": "divider"}),
    "actions": posted(actions(button(), button(action_id="b", confirm=confirm(), style="danger"))),
    "uploaded image": posted(
        {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "Gantt of the run"}
    ),
    "overflow": posted(actions(element("overflow", options=options(5)))),
    "checkboxes": posted(
        section(accessory=element("checkboxes", options=options(10), initial_options=options(1)))
    ),
    "select in groups": posted(
        actions(
            element(
                "static_select",
                option_groups=[{"label": plain("Mine"), "options": options(2)}],
                initial_option=options(2)[1],
                placeholder=plain("Choose"),
            )
        )
    ),
    "markdown": posted({"type": "markdown", "text": "# Title\n**bold**"}),
    "table": posted(table(column_settings=[{"align": "right"}, None])),
    "data table": posted(data_table()),
    "pie": posted(pie()),
    "bars": posted(bars(["a", "b"], ["a", "b"])),
    "card": posted(card(body=mrkdwn("why"), actions=[button()])),
    "carousel": posted({"type": "carousel", "elements": [card(), card()]}),
    "container": posted(container(is_collapsible=True, default_collapsed=True)),
    "plan": posted({"type": "plan", "title": "Work", "tasks": [task(status="pending")]}),
    "rich text": posted(
        rich({"type": "text", "text": "Hello "}, {"type": "user", "user_id": "U0WANG"})
    ),
    "feedback": posted(
        {
            "type": "context_actions",
            "elements": [
                element(
                    "feedback_buttons",
                    positive_button={"text": plain("Good"), "value": "1"},
                    negative_button={"text": plain("Bad"), "value": "0"},
                )
            ],
        }
    ),
    "mentions, dates and links": marked(
        "<@U0WANG> <#C0DEALER|dealer-day> <https://a.example/b|more> &amp; &lt;b&gt; "
        "<!date^1763604000^{date_short_pretty} {time}|Thu 20 Nov, 10:00 UTC+8>"
    ),
    "a quote": marked("> said so\n*bold* `a < b`".replace("<", "&lt;")),
    "modal": check_view(modal(field(), field(block_id="b", optional=True))),
    "modal with every input": check_view(
        modal(
            field(element("number_input", is_decimal_allowed=False, min_value="1", max_value="9")),
            field(element("datepicker", initial_date="2025-11-20"), block_id="b1"),
            field(element("timepicker", initial_time="18:00"), block_id="b2"),
            field(element("datetimepicker", initial_date_time=1763604000), block_id="b3"),
            field(element("multi_users_select", max_selected_items=3), block_id="b4"),
            field(
                element(
                    "conversations_select", response_url_enabled=True, filter={"include": ["im"]}
                ),
                block_id="b5",
            ),
            field(element("file_input", max_files=1, filetypes=["pdf"]), block_id="b6"),
            field(element("url_text_input", focus_on_load=True), block_id="b7"),
            field(element("radio_buttons", options=options(2)), block_id="b8"),
            field(element("rich_text_input"), block_id="b9"),
            {"type": "alert", "text": plain("Three steps are late"), "level": "warning"},
        )
    ),
    "home": check_view({"type": "home", "blocks": [section(), actions()]}),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_slack_takes_is_taken(name: str) -> None:
    assert [str(fault) for fault in GOOD[name]] == []
