"""Values that no form of ours offers, or that cannot be: told at the field, in three languages."""

from datetime import timedelta
from typing import Any

import pytest

from bot.words.catalogue import say
from tests.scenarios.forging import forge
from tests.scenarios.reading import field
from tests.scenarios.world import LI, TODAY, World, moment

WRONG_STARTS: dict[str, tuple[str, Any, str]] = {
    "start_on": ("selected_date", "2025-02-30", "param_date"),
    "anchor_on": ("selected_date", "2027-02-31", "param_date"),
    "channel": ("selected_conversation", "x" * 5000, "channel_missing"),
    "calendar": ("selected_option", {"value": "XX"}, "calendar_unknown"),
    "language": ("selected_option", {"value": "tlh"}, "language_unknown"),
    "late": ("selected_option", {"value": "never"}, "param_choice"),
    "role.designer": ("selected_user", "U0NOBODY", "person_unknown"),
    "role.head": ("selected_user", "<@U0LI>", "person_unknown"),
    "role.controller": ("selected_user", None, "lead_missing"),
    "param.guests": ("value", "many", "param_number"),
    "name": ("value", "x" * 121, "name_long"),
}


async def test_a_start_in_the_past_is_told_at_its_field_in_the_reader_s_language(
    world: World,
) -> None:
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    for person, language in {world.wang: "en", world.li: "zh-Hans", world.chen: "zh-Hant"}.items():
        errors = await world.fill_start(person, {"start_on": yesterday})
        assert errors == {"start_on": say(language, "start.date_past")}
    assert await world.runs() == []
    assert await world.fill_start(world.wang, {"start_on": TODAY.isoformat()}) is None


async def test_what_is_today_is_asked_where_the_starter_is(world: World) -> None:
    world.clock.set(moment((TODAY + timedelta(days=1)).isoformat(), "02:00"))  # 20:00 in Berlin
    errors = await world.fill_start(world.wang, {"start_on": TODAY.isoformat()})
    assert set(errors or {}) == {"start_on"}
    assert await world.fill_start(world.anna, {"start_on": TODAY.isoformat()}) is None


async def test_every_wrong_value_of_the_start_form_stands_at_its_field(world: World) -> None:
    await world.wang.command("/sop start tryout")
    await world.wang.choose("anchor_on", (TODAY + timedelta(days=3)).isoformat())
    assert world.wang.modal
    sent = {
        name: {"type": field(world.wang.modal, name)["type"], key: value}
        for name, (key, value, _) in WRONG_STARTS.items()
    }
    answer = await forge(world, world.wang, sent)
    assert answer["errors"] == {
        name: say("en", f"start.{problem}") for name, (_, _, problem) in WRONG_STARTS.items()
    }
    assert await world.runs() == []


async def test_a_playbook_that_is_not_there_is_told_at_its_field(world: World) -> None:
    await world.wang.command("/sop start tryout")
    held = {"type": "static_select", "selected_option": {"value": "moon-landing"}}
    answer = await forge(world, world.wang, {"playbook": held})
    assert set(answer["errors"]) == {"playbook"}


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (None, "date_wrong"), ("soon", "date_wrong"), ([], "date_wrong"), (10**30, "date_wrong"),
        (10**10, "date_far"), (1, "date_past"),
    ],
)  # fmt: skip
async def test_a_date_that_cannot_be_is_told_at_its_field(
    world: World, value: Any, problem: str
) -> None:
    await world.start()
    await world.choose(world.li, "plain", "step.reschedule")
    held = {"type": "datetimepicker", "selected_date_time": value}
    answer = await forge(world, world.li, {"due_at": held})
    assert answer["errors"] == {"due_at": say("zh-Hans", f"refused.{problem}")}


@pytest.mark.parametrize("value", [None, "", "Li Na", "U0NOBODY", "x" * 5000, 7])
async def test_a_step_is_not_handed_to_nobody(world: World, value: Any) -> None:
    await world.start()
    await world.choose(world.li, "plain", "step.assign")
    held = {"type": "users_select", "selected_user": value}
    answer = await forge(world, world.li, {"person": held})
    assert answer["errors"] == {"person": say("zh-Hans", "refused.cannot_own")}
    assert (await world.step("plain")).owner == LI


async def test_roles_are_not_given_to_nobody(world: World) -> None:
    await world.start()
    await world.wang.click(world.run_card(), "run.menu", option="run.roles ")
    held = {"type": "users_select", "selected_user": "U0NOBODY"}
    answer = await forge(world, world.wang, {"role.designer": held})
    assert answer["errors"] == {"role.designer": say("en", "start.person_unknown")}


async def test_an_empty_comment_is_told_at_its_field(world: World) -> None:
    await world.start()
    await world.choose(world.anna, "plain", "step.comment")
    held = {"type": "plain_text_input", "value": "\u200e \x00"}
    answer = await forge(world, world.anna, {"comment": held})
    assert answer["errors"] == {"comment": say("en", "refused.words_missing")}
