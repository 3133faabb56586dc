"""A run that was started: its card, and the cards of what is open."""

from datetime import timedelta

import pytest

from tests.scenarios.reading import buttons, field, words
from tests.scenarios.world import ANNA, CHANNEL, CHEN, LI, TODAY, WANG, World

MENU = ("run.move_date", "run.pause", "run.cancel", "run.roles", "run.export")
LATER = (TODAY + timedelta(days=90)).isoformat()


async def test_a_form_sent_twice_starts_one_run(world: World) -> None:
    await world.wang.command("/sop start tryout")
    await world.wang.choose("anchor_on", LATER)
    shown = world.sandbox.space.views.top(WANG)
    assert shown
    held = {"name": {"value": {"type": "plain_text_input", "value": "Once"}}}
    await world.sandbox.acts.submit(shown, held)
    await world.sandbox.acts.submit(shown, held)
    await world.settle()
    assert len(await world.runs()) == 1
    assert len(world.told("run")) == 1


async def test_a_run_begins_with_its_card_and_the_cards_of_what_is_open(world: World) -> None:
    run = await world.start(outsider__vendor="Printer Zhao")
    card = world.run_card()
    assert card["metadata"]["event_type"] == "sopbot"
    assert card["metadata"]["event_payload"] == {
        "key": f"{run.id}/run/{CHANNEL}", "kind": "run", "run": run.id, "subject": "tryout",
    }  # fmt: skip
    assert card["ts"] in world.sandbox.space.channel(CHANNEL).pins
    assert "Dealer day" in card["text"]
    assert set(buttons(card)) == {"run.steps", "run.menu", *MENU}
    cards = world.told("step")
    assert [c["metadata"]["event_payload"]["subject"] for c in cards] == [
        "plain", "venue", "packing", "motto", "page", "print"
    ]  # fmt: skip
    assert len({c["metadata"]["event_payload"]["key"] for c in cards}) == 6
    assert all("thread_ts" not in c for c in cards)


async def test_the_first_person_a_card_mentions_is_its_owner_and_who_reaches_outsiders_is_said(
    world: World,
) -> None:
    await world.start(outsider__vendor="Printer Zhao")
    for step, owner in {"plain": LI, "motto": CHEN, "packing": WANG, "print": LI}.items():
        card = world.card(step)
        for text in (card["text"], words(card)):
            assert text.index(f"<@{owner}>") == text.index("<@")
    print_card = words(world.card("print"))
    assert "Printer Zhao" in print_card
    assert f"<@{LI}>, please get in touch" in print_card


async def test_nobody_in_a_role_is_explained_on_the_card(world: World) -> None:
    await world.start(role__head=None, role__designer=ANNA)
    assert (await world.step("motto")).owner == WANG
    assert "Nobody has the role “Head" in words(world.card("motto"))
    assert CHEN not in words(world.card("motto"))


async def test_the_form_opens_from_the_shortcut_and_from_a_direct_message(world: World) -> None:
    await world.li.shortcut("run.start")
    assert world.li.modal
    assert world.li.modal["callback_id"] == "run.start"
    await world.wang.command("/sop start tryout", channel=world.sandbox.space.im(WANG).id)
    assert world.wang.modal
    assert "initial_conversation" not in field(world.wang.modal, "channel")


@pytest.mark.parametrize("failure", ["http_500", "ratelimited", "drop_before", "error:fatal_error"])
@pytest.mark.parametrize("method", ["conversations.info", "users.info", "conversations.members"])
async def test_a_run_starts_though_slack_cannot_be_asked(
    world: World, method: str, failure: str
) -> None:
    world.sandbox.faults.add(method, failure, times=3)
    run = await world.start()
    assert [message["ts"] for message in world.told("run")]
    assert run.lead == WANG


async def test_the_bot_joins_though_slack_was_slow_to_say_where_it_is(world: World) -> None:
    world.sandbox.faults.add("conversations.info", "timeout", times=3)
    await world.start(channel="C0GENERAL")
    await world.sandbox.until(
        lambda: world.sandbox.space.channel("C0GENERAL").bot_member, timeout=15
    )
