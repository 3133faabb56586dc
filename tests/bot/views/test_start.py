"""The start form asks for what cannot be known, and says what will happen."""

import json
from typing import Any

import pytest

from bot.views.start import StartDraft, build_start_modal
from tests.bot.views.checking import field, texts
from tests.factories import AT, DUE, HEAD, OWNER, a_person, a_playbook, a_told_step

PARAMS = [
    {"id": "size", "title": "Size", "type": "choice", "default": "small",
     "choices": [{"id": "small", "title": "Small"}, {"id": "big", "title": "Big"}]},
    {"id": "guests", "title": "Guests", "type": "number", "unit": "people", "required": "true"},
    {"id": "doors", "title": "Doors", "type": "time", "default": "09:30"},
    {"id": "eve", "title": "Eve", "type": "date"},
    {"id": "online", "title": "Online", "type": "yes-no", "default": "no"},
    {"id": "place", "title": "Place", "default": "Shanghai"},
]  # fmt: skip
PLAYBOOK = a_playbook(a_told_step("brief"), a_told_step("venue"), params=PARAMS, calendar="CN")


def form(**facts: Any) -> dict[str, Any]:
    known: dict[str, Any] = {
        "playbook": PLAYBOOK, "library": [PLAYBOOK, a_playbook(id="launch")], "me": a_person(),
        "channel": "C0DEALER",
    }  # fmt: skip
    return build_start_modal(StartDraft(**{**known, **facts}), AT)


def names(view: dict[str, Any]) -> list[str]:
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def test_the_fields_stand_in_the_order_people_think() -> None:
    assert names(form()) == [
        "playbook", "name", "anchor_on", "start_on", "role.controller", "channel", "role.designer",
        "role.head", "param.size", "param.guests", "param.doors", "param.eve", "param.online",
        "param.place", "calendar", "language",
    ]  # fmt: skip


def test_only_what_cannot_be_known_is_required() -> None:
    view = form()
    required = [n for n in names(view) if not field(view, n)["optional"]]
    assert required == ["playbook", "name", "anchor_on", "role.controller", "param.guests"]


def test_what_can_be_known_is_filled_in() -> None:
    view = form()
    assert field(view, "role.controller")["element"]["initial_user"] == OWNER
    assert field(view, "channel")["element"]["initial_conversation"] == "C0DEALER"
    assert field(view, "start_on")["element"]["initial_date"] == "2025-10-21"
    assert field(view, "calendar")["element"]["initial_option"]["value"] == "CN"
    assert field(view, "language")["element"]["initial_option"]["value"] == "en"
    assert field(view, "playbook")["element"]["initial_option"]["value"] == "event"
    assert field(view, "param.size")["element"]["initial_option"]["value"] == "small"
    assert field(view, "param.doors")["element"]["initial_time"] == "09:30"
    assert field(view, "param.online")["element"]["initial_option"]["value"] == "no"
    assert field(view, "param.place")["element"]["initial_value"] == "Shanghai"
    assert json.loads(view["private_metadata"]) == {"playbook": "event", "channel": "C0DEALER"}


def test_what_was_typed_is_kept_when_the_form_is_drawn_again() -> None:
    values = {
        "name": "Dealer day", "anchor_on": "2025-11-20", "start_on": "2025-10-22", "channel": "C1",
        "calendar": "TW", "language": "zh-Hant", "param.guests": "80", "param.size": "big",
    }  # fmt: skip
    view = form(values=values, people={"designer": (HEAD,)}, late=2)
    assert field(view, "name")["element"]["initial_value"] == "Dealer day"
    assert field(view, "anchor_on")["element"]["initial_date"] == "2025-11-20"
    assert field(view, "start_on")["element"]["initial_date"] == "2025-10-22"
    assert field(view, "channel")["element"]["initial_conversation"] == "C1"
    assert field(view, "calendar")["element"]["initial_option"]["value"] == "TW"
    assert field(view, "param.guests")["element"]["initial_value"] == "80"
    assert field(view, "param.size")["element"]["initial_option"]["value"] == "big"
    assert field(view, "role.designer")["element"]["initial_user"] == HEAD


def test_every_input_answers_under_the_same_name() -> None:
    view = form(late=1)
    assert {field(view, n)["element"]["action_id"] for n in names(view)} == {"value"}


def test_what_changes_the_form_is_told_at_once() -> None:
    view = form()
    told = [n for n in names(view) if field(view, n)["dispatch_action"]]
    assert told == ["playbook", "anchor_on", "start_on"]


def test_late_steps_are_counted_and_the_choice_appears_preset() -> None:
    view = form(late=3, first_due=DUE)
    late = field(view, "late")["element"]
    assert [o["value"] for o in late["options"]] == ["compress", "skip", "start"]
    assert late["initial_option"]["value"] == "compress"
    assert "2 steps · first due Fri 24 Oct, 18:00 · 3 would already be late" in texts(view)


def test_a_playbook_without_an_anchor_asks_for_none() -> None:
    playbook = a_playbook(a_told_step(due="start + 3 days"), anchor=None)
    assert "anchor_on" not in names(form(playbook=playbook, library=[playbook]))


@pytest.mark.parametrize("channel", ["", "D0LI"])
def test_a_direct_message_is_not_preset_as_the_channel(channel: str) -> None:
    assert "initial_conversation" not in field(form(channel=channel), "channel")["element"]


def test_the_chosen_playbook_is_in_the_menu_however_many_there_are() -> None:
    library = [a_playbook(id=f"sop-{n}") for n in range(120)]
    menu = field(form(playbook=library[119], library=library), "playbook")["element"]
    assert len(menu["options"]) == 100
    assert menu["initial_option"]["value"] == "sop-119"
