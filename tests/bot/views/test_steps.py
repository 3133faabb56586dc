"""The card of a step says who must do what by when, and is quiet when it is over."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.ids import ActionId
from bot.views.blocks import Message
from bot.views.steps import build_step_message
from playbooks.run import Evidence, Run, RunStatus, Step, StepStatus, Tick
from playbooks.texts import LANGUAGES
from tests.bot.views.checking import elements, texts
from tests.factories import AT, DUE, LEAD, OWNER, a_playbook, a_run, a_step, a_told_step

TOLD = a_told_step(
    why="The guests' travel hangs on it.",
    checklist=[{"id": f"i{n}", "text": f"Item {n}"} for n in range(12)]
    + [{"id": "map", "text": "Floor plan", "required": "false"}],
    deliverable={"title": "The signed contract", "required": "true"},
    questions=[{"id": f"q{n}", "ask": f"Question {n}?"} for n in range(5)],
    approvals=[
        {"level": "self", "by": "owner"},
        {"level": "manager", "by": "head", "title": "Project manager"},
        {"level": "head", "by": "head"},
    ],
    lists=["rundown"],
)  # fmt: skip
PLAYBOOK = a_playbook(
    TOLD, lists={"rundown": {"title": "Rundown", "columns": [{"id": "at", "title": "At"}]}}
)


def card(step: Step | None = None, language: str = "en", **run: Any) -> Message:
    step = step or a_step()
    return build_step_message(a_run(step, playbook=PLAYBOOK, **run), step, AT, language)


def first_mention(message: Message) -> str:
    found = re.search(r"<@(\w+)>", texts(message))
    assert found
    return found[1]


def closed(status: StepStatus, **facts: Any) -> Step:
    return a_step(status=status, closed_at=AT, closed_by=OWNER, **facts)


def test_the_first_line_says_who_must_do_what_by_when() -> None:
    first = card().blocks[0]["text"]["text"]
    assert first.startswith("🔵 *Confirm venue* · under way\n<@U0LI> · due <!date^1761300000^")
    assert first.endswith("· in 3 working days")


def test_the_text_alone_says_it_too() -> None:
    text = card().text
    assert text.startswith("Confirm venue (under way): <@U0LI>, due <!date^1761300000^")
    assert "The guests' travel hangs on it." in text


def test_at_most_three_things_are_to_press_and_each_says_what_it_is_about() -> None:
    row = card().blocks[-1]["elements"]
    assert [e["action_id"] for e in row] == ["step.done", "step.help", "step.snooze", "step.menu"]
    assert [e["value"] for e in row[:3]] == ["r1/venue"] * 3
    assert row[0]["style"] == "primary"
    assert [o["value"] for o in row[3]["options"]] == [
        "step.reschedule r1/venue", "step.assign r1/venue", "step.evidence r1/venue",
        "step.comment r1/venue", "step.skip r1/venue",
    ]  # fmt: skip


def test_boxes_come_in_groups_of_ten_that_know_their_step() -> None:
    step = a_step(ticks=(Tick("i1", OWNER, AT), Tick("map", OWNER, AT)))
    message = card(step)
    groups = [b for b in message.blocks if "#" in b.get("block_id", "")]
    assert [b["block_id"] for b in groups] == ["r1/venue#0", "r1/venue#1"]
    first, second = (b["elements"][0] for b in groups)
    assert first["action_id"] == ActionId.ITEM_TOGGLE
    assert [o["value"] for o in first["options"]] == [f"i{n}" for n in range(10)]
    assert [o["value"] for o in first["initial_options"]] == ["i1"]
    assert [o["text"]["text"] for o in second["options"]][-1] == "Floor plan (optional)"


def test_more_boxes_than_the_card_holds_are_told() -> None:
    items = [{"id": f"i{n}", "text": f"Item {n}"} for n in range(43)]
    step = a_step()
    run = a_run(step, playbook=a_playbook(a_told_step(checklist=items)))
    message = build_step_message(run, step, AT, "en")
    assert len(elements(message, "item.toggle")) == 4
    assert "3 more boxes are in the Done form." in texts(message)


def test_what_comes_is_told_without_calling_anybody() -> None:
    shown = texts(card())
    assert "Wanted: The signed contract (link)" in shown
    assert "Asked at the end: Question 0? · Question 1? · Question 2? · and 2 more" in shown
    assert "Approvals: owner → Project manager (Head of marketing) → Head of marketing" in shown
    assert "Lists: Rundown" in shown
    assert set(re.findall(r"<@(\w+)>", shown)) == {OWNER}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"owner_from": "backup"}, "Nobody has the role “Designer” here, so its backup"),
        ({"owner_from": "lead"}, "Nobody has the role “Designer” here, so the lead"),
        ({"owner_from": "backup", "reach": "Ms <Ho>"}, "Ms &lt;Ho&gt; is not in Slack. <@U0LI>,"),
        ({"compressed": True}, "Short notice"),
        ({"due_planned": True}, "planned for <!date"),
        ({"due_at": None}, "no date yet"),
        ({"help_by": LEAD}, "<@U0WANG> asked for help."),
        ({"due_at": AT - timedelta(days=4)}, "🔴 *Confirm venue* · late\n<@U0LI> · was due <!date"),
        ({"due_at": AT - timedelta(days=4)}, "2 working days ago"),
    ],
)
def test_what_is_unusual_is_explained(facts: dict[str, Any], words: str) -> None:
    message = card(a_step(**facts))
    assert words in texts(message)
    assert first_mention(message) == OWNER


def test_help_is_offered_until_it_is_asked_for() -> None:
    assert not elements(card(a_step(help_by=LEAD)), "step.help")


def test_the_newest_evidence_is_linked() -> None:
    pieces = tuple(Evidence("link", f"https://x.example/{n}", f"v{n}", OWNER, AT) for n in range(5))
    shown = texts(card(a_step(evidence=(*pieces, Evidence("file", "F1", "kv.pdf", OWNER, AT)))))
    assert "📎 <https://x.example/4|v4>\n📎 kv.pdf\nand 3 more" in shown


def test_a_step_that_occurs_often_says_which_one_it_is() -> None:
    told = a_told_step(due=["anchor - 3 days", "anchor - 2 days"])
    steps = (a_step("venue.1"), a_step("venue.2"))
    run = a_run(*steps, playbook=a_playbook(told))
    assert (
        "*Confirm venue (2/2)*"
        in build_step_message(run, steps[1], AT, "en").blocks[0]["text"]["text"]
    )


def test_done_is_one_line_with_owner_time_and_evidence() -> None:
    piece = Evidence("link", "https://x.example/c", "contract.pdf", OWNER, AT)
    message = card(closed(StepStatus.DONE, evidence=(piece,)))
    [block] = message.blocks
    assert block["text"]["text"].startswith("✅ *Confirm venue* — done · <@U0LI>, <!date^")
    assert block["text"]["text"].endswith("<https://x.example/c|contract.pdf>")
    assert [option["value"] for option in block["accessory"]["options"]] == [
        "step.reopen r1/venue", "step.evidence r1/venue", "step.comment r1/venue",
    ]  # fmt: skip


def test_what_somebody_else_closed_still_names_its_owner_first() -> None:
    message = card(replace(closed(StepStatus.DONE), closed_by=LEAD))
    assert first_mention(message) == OWNER
    assert "closed by <@U0WANG>" in message.text


def test_a_skipped_step_says_why() -> None:
    assert "⏭️ *Confirm venue* — skipped · <@U0LI>" in card(closed(StepStatus.SKIPPED)).text
    assert card(closed(StepStatus.SKIPPED, reason="no <budget>")).text.endswith("no &lt;budget&gt;")
    short = card(closed(StepStatus.SKIPPED, reason="short_notice")).text
    assert short.endswith("its date had already passed")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", [StepStatus.WAITING, StepStatus.OFF])
def test_what_is_not_open_is_one_line_without_buttons(status: StepStatus, language: str) -> None:
    message = card(a_step(status=status), language)
    assert len(message.blocks) == 1
    assert "accessory" not in message.blocks[0]
    assert first_mention(message) == OWNER


def test_a_waiting_step_says_what_it_waits_for() -> None:
    told = [a_told_step("brief"), a_told_step("venue", needs=["brief"])]
    steps = (a_step("brief"), a_step(status=StepStatus.WAITING))
    run = a_run(*steps, playbook=a_playbook(*told))
    assert "waits for Confirm brief" in build_step_message(run, steps[1], AT, "en").text


@pytest.mark.parametrize("status", [RunStatus.CANCELLED, RunStatus.FINISHED])
def test_nothing_is_to_press_once_the_run_has_ended(status: RunStatus) -> None:
    ended: dict[str, Any] = {"status": status, "ended_at": AT, "ended_by": LEAD}
    for step in (a_step(), closed(StepStatus.DONE)):
        assert len(card(step, **ended).blocks) == 1
        assert not re.search("action_id", str(card(step, **ended).blocks))
    assert "⏹️" in card(a_step(), **ended).text


def test_the_card_speaks_the_language_of_the_run() -> None:
    run: Run = a_run(playbook=PLAYBOOK, language="zh-Hans")
    shown = texts(build_step_message(run, run.steps[0], AT, run.language))
    assert "Confirm venue（简）" in shown
    assert "还有 3 个工作日" in shown
    assert DUE > AT
