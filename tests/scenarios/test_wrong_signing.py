"""Values that no form about a document offers: told at the field, and nothing is recorded."""

from typing import Any

import pytest

from bot.words.catalogue import say
from tests.scenarios import agreement
from tests.scenarios.forging import deliver, forge, submission
from tests.scenarios.forms import FORMS
from tests.scenarios.world import BOT, WANG, World

PAPER: dict[str, Any] = {
    "name": {"type": "plain_text_input", "value": "Ms Zhao"},
    "scan": {"type": "file_input", "files": [{"id": "F0SCAN", "name": "signed.pdf"}]},
    "witness": {"type": "users_select", "selected_user": "U0ANNA"},
}


@pytest.mark.parametrize("witness", [None, "Anna", "<@U0ANNA>", "U0NOBODY", BOT, WANG])
async def test_a_paper_is_witnessed_by_nobody_but_a_colleague(world: World, witness: Any) -> None:
    await FORMS["sign.paper"](world)
    held = {"type": "users_select", "selected_user": witness}
    answer = await forge(world, world.wang, PAPER | {"witness": held})
    assert set(answer["errors"]) == {"witness"}
    assert (await agreement.document(world)).signatures == ()


@pytest.mark.parametrize(
    "files", [None, [], ["F0SCAN"], "F0SCAN", [{"id": None}], [{"id": "scan"}]]
)
async def test_a_scan_that_is_no_file_is_told_at_its_field(world: World, files: Any) -> None:
    await FORMS["sign.paper"](world)
    held = {"type": "file_input", "files": files}
    answer = await forge(world, world.wang, PAPER | {"scan": held})
    assert set(answer["errors"]) == {"scan"}
    assert await forge(world, world.wang, PAPER) == {}


async def test_days_that_are_no_number_of_days_are_told_at_their_field(world: World) -> None:
    await FORMS["sign.price"](world)
    for days in ("9" * 5000, "1000000", "251", "-1", "2.5", "²", "soon", None, 3):
        given = {"type": "number_input", "value": days}
        cost = {"type": "plain_text_input", "value": "none"}
        payload = submission(world, world.wang, {"days": given, "cost": cost})
        answer = await deliver(world, payload)
        assert answer["errors"] == {"days": say("en", "refused.price_missing")}, days
    assert (await agreement.document(world)).open_request


async def test_changes_without_a_word_are_told_at_their_field(world: World) -> None:
    await FORMS["sign.changes"](world)
    held = {"type": "plain_text_input", "value": " \u202e\x00"}
    answer = await forge(world, world.anna, {"text": held})
    assert set(answer["errors"]) == {"text"}
    assert (await agreement.document(world)).revisions == ()
