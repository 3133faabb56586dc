"""What one person sees: menu, work, Home; and what the thread and the lead are told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.refs import StepRef
from bot.views.home import HomeDesk, build_home_view
from bot.views.menu import (
    VERBS,
    build_help_message,
    build_menu_message,
    build_my_work_message,
    build_status_message,
)
from bot.views.notices import (
    Trouble,
    build_evidence_offer,
    build_handed_over_message,
    build_help_asked_message,
    build_rescheduled_message,
    build_trouble_message,
)
from bot.views.playbook_list import build_playbooks_message
from bot.views.reminders import build_reminder_message
from bot.views.work import Work
from bot.words.verbs import verb_of
from tests.bot.views.checking import element, elements, texts
from tests.factories import AT, DUE, HEAD, LEAD, OWNER, a_person, a_playbook, a_run, a_step

ME = a_person()


def rows(*due: datetime | None) -> list[Work]:
    run = a_run()
    return [(run, a_step(due_at=at), None) for at in due]


def test_the_menu_shows_two_lines_of_mine_and_what_i_can_do() -> None:
    message = build_menu_message(ME, rows(DUE, AT - timedelta(days=1), None), AT)
    assert message.blocks[0]["text"]["text"].startswith(
        "3 steps are yours now.\n🔴 *Confirm venue*"
    )
    assert message.blocks[0]["text"]["text"].count("\n") == 2
    row = message.blocks[1]["elements"]
    assert [e["action_id"] for e in row] == ["home.start", "menu.my", "run.status", "menu.help"]


def test_somebody_without_work_is_left_in_peace() -> None:
    assert texts(build_menu_message(ME, [], AT)).startswith("Nothing is waiting for you.")


def test_every_command_of_the_help_is_known() -> None:
    shown = texts(build_help_message("en"))
    for verb in VERBS:
        assert f"`/sop {verb}`" in shown
        assert verb_of(verb)[0] == verb
    for language in ("zh-Hans", "zh-Hant"):
        commands = [
            line.split("`")[1]
            for line in texts(build_help_message(language)).split("\n")
            if line[:1] == "•"
        ]
        assert [verb_of(c.removeprefix("/sop ")) for c in commands] == [(v, "") for v in VERBS]


def test_my_work_is_done_in_place_and_linked_to_its_card() -> None:
    run = a_run()
    message = build_my_work_message(ME, [(run, run.steps[0], "https://s.slack.com/p1")], AT)
    assert element(message, "step.done")["value"] == "r1/venue"
    assert "*<https://s.slack.com/p1|Confirm venue>* · Dealer day Shanghai" in texts(message)


def test_a_channel_with_one_run_shows_its_card() -> None:
    assert element(build_status_message([a_run()], AT, "en"), "run.steps")


def test_a_channel_with_several_runs_asks_which() -> None:
    runs = [a_run(), replace(a_run(), id="r2", name="Spring")]
    menu = element(build_status_message(runs, AT, "en"), "run.status")
    assert [(o["value"], o["text"]["text"]) for o in menu["options"]] == [
        ("r1", "Dealer day Shanghai"), ("r2", "Spring")
    ]  # fmt: skip


def test_a_channel_without_a_run_offers_to_start_one() -> None:
    assert element(build_status_message([], AT, "en"), "home.start")["value"] == "any"


def test_playbooks_are_started_from_their_list() -> None:
    message = build_playbooks_message([a_playbook()], "zh-Hans")
    assert element(message, "home.start")["value"] == "event"
    assert "*Event（简）* · 1 步\nGuests come back as customers.（简）" in texts(message)


def test_home_groups_work_by_when_it_is_due() -> None:
    view = build_home_view(
        ME, HomeDesk(work=rows(DUE + timedelta(days=9), DUE, AT, None), runs=[a_run()]), AT
    )
    shown = texts(view)
    order = [shown.index(f"*{name}*") for name in ("Today", "This week", "Later", "My runs")]
    assert order == sorted(order)
    assert shown.startswith("Good morning, Li · Tue 21 Oct")
    assert len(elements(view, "step.done")) == 4
    assert element(view, "home.language")["initial_option"]["value"] == "en"
    assert element(view, "home.start")


@pytest.mark.parametrize(
    ("hour", "greeting"), [(1, "Good morning"), (6, "Good afternoon"), (12, "Good evening")]
)
def test_home_greets_by_the_persons_own_clock(hour: int, greeting: str) -> None:
    view = build_home_view(ME, HomeDesk(), datetime(2025, 10, 21, hour, tzinfo=UTC))
    assert texts(view).startswith(greeting)


def test_an_empty_home_says_one_sentence_and_how_to_start() -> None:
    view = build_home_view(ME, HomeDesk(), AT)
    assert "start an SOP" in texts(view)
    assert [block["type"] for block in view["blocks"]] == [
        "header", "section", "actions", "context",
    ]  # fmt: skip


def test_a_reminder_calls_its_owner_first_and_offers_three_ways_on() -> None:
    run = a_run()
    message = build_reminder_message(run, run.steps[0], "due", AT, "en")
    assert message.text.startswith("<@U0LI> *Confirm venue* is due <!date^1761300000^")
    assert [e["action_id"] for e in message.blocks[1]["elements"]] == [
        "step.done", "step.snooze", "step.help", "step.menu"
    ]  # fmt: skip
    asked = build_reminder_message(run, replace(run.steps[0], help_by=OWNER), "due", AT, "en")
    assert not elements(asked, "step.help")


def test_an_overdue_reminder_asks_and_does_not_scold() -> None:
    step = a_step(due_at=AT - timedelta(days=1))
    text = build_reminder_message(a_run(step), step, "overdue", AT, "en").text
    assert text.startswith("<@U0LI> *Confirm venue* was due yesterday. What is in the way?")


def test_a_call_for_help_reaches_the_lead_first() -> None:
    run = a_run(a_step(help_by=OWNER))
    text = build_help_asked_message(run, run.steps[0], "en").text
    assert text.startswith("<@U0WANG>, <@U0LI> needs help with *Confirm venue*.")


def test_a_new_owner_is_told_by_whom() -> None:
    run = a_run(a_step(owner=HEAD))
    text = build_handed_over_message(run, run.steps[0], LEAD, "en").text
    assert text == "<@U0CHEN> *Confirm venue* is yours now, handed over by <@U0WANG>."


def test_a_new_date_is_told_with_its_reason() -> None:
    run = a_run()
    text = build_rescheduled_message(run, run.steps[0], LEAD, "finance <late>", "en").text
    assert text.endswith("Reason: finance &lt;late&gt;")


@pytest.mark.parametrize(
    ("kind", "action", "value"),
    [
        ("not_in_channel", "run.join", "r1"),
        ("removed", "run.join", "r1"),
        ("archived", "run.channel", "r1"),
        ("not_member", "run.invite", "r1/venue"),
    ],
)
def test_the_lead_hears_of_trouble_with_the_button_that_mends_it(
    kind: Trouble, action: str, value: str
) -> None:
    run = a_run()
    message = build_trouble_message(kind, run, "en", step=run.steps[0])
    assert element(message, action)["value"] == value
    assert "<#C0DEALER>" in message.text


def test_what_is_posted_in_a_thread_may_be_kept_as_evidence() -> None:
    offer = build_evidence_offer(StepRef("r1", "venue"), "contract.pdf", "F0FILE", "en")
    assert element(offer, "evidence.keep")["value"] == "r1/venue F0FILE"
