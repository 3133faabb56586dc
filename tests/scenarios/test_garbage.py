"""Whatever a form holds, it is taken, told at its field or refused in words; nothing breaks."""

from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.ids import ViewId
from bot.listeners import routes
from bot.sandbox.people import payloads
from bot.sandbox.state.elements import VALUE_KEYS
from bot.words.catalogue import say
from playbooks.run import Change, Run
from playbooks.texts import LANGUAGES
from storage.database import Transaction
from tests.scenarios.forging import deliver, submission
from tests.scenarios.garbage_forms import FORMS
from tests.scenarios.reading import Json, field, words
from tests.scenarios.world import WANG, World

Garbage = list[tuple[int, tuple[Any, Any]]]
KNOWN: tuple[Any, ...] = (
    "", " ", "2027-02-31", "2020-01-01", "9999-12-31", "0000-00-00", "20270228", "25:61", "1e400",
    "-1", "NaN", "yes", "maybe", "compress", "never", "U0NOBODY", "U0SOPBOT", "U0LI", "C0NOWHERE",
    "C0BRAND", "C0DEALER", "D0LI", "F0FILE", "XX", "tlh", "<!channel>", "a/b", "/", "gone/step",
    "event", "\x00", "\ud800", "\u202e", "x" * 5000, "https://", "javascript:alert(1)", 0, -1,
    1, 10**9, 10**12, 10**30, 2.5, True, None, [], {}, [None], [{}], [{"value": 5}],
    [{"id": None}], [{"id": "F0FILE", "name": 7}], {"value": None}, {"value": ["x"]},
    ["U0NOBODY", 3, None], ["U0LI"] * 200,
)  # fmt: skip
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=30)
VALUES = st.one_of(
    st.sampled_from(KNOWN), ANY_TEXT, st.integers(), st.lists(ANY_TEXT, max_size=3),
    st.dictionaries(st.sampled_from(["value", "id", "name"]), ANY_TEXT, max_size=2),
)  # fmt: skip
KEYS = [*sorted({key for key, _ in VALUE_KEYS.values()}), "type"]
HELD = st.one_of(
    st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=3), st.sampled_from([None, [], "x"])
)
# Which fields, by their number in the form; what stands where the value should, or instead of all.
ODD = st.one_of(*[VALUES.map(lambda value: (value, ...))] * 3, HELD.map(lambda held: (..., held)))
GARBAGE = st.lists(st.tuples(st.integers(0, 99), ODD), min_size=1, max_size=5)
FEW = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
SERIAL = count(1)
NAMES = {"Dealer day", "Zhao Foods", "Lamp prices"}  # of the runs that forms are opened in


def test_no_form_is_left_out() -> None:
    assert set(FORMS) == set(routes.VIEWS)


@pytest.mark.parametrize("form", FORMS)
@FEW
@given(garbage=GARBAGE)
async def test_garbage_in_any_field_is_answered_in_words(
    world: World, form: ViewId, garbage: Garbage
) -> None:
    payload, before = await _opened(world, form)
    view = payload["view"]
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    _fill(view, inputs, garbage)
    view["id"] = f"V{next(SERIAL)}"
    answer = await deliver(world, payload)
    _is_in_words(answer, inputs)
    if not answer:  # garbage that makes sense: it is said, then undone
        await world.settle()
        await _put_back(world, before)


def _fill(view: Json, names: list[str], garbage: Garbage) -> None:
    for number, (value, held) in garbage if names else ():
        name = names[number % len(names)]
        kind = field(view, name)["type"]
        own = {"type": kind, VALUE_KEYS[kind][0]: value}
        view["state"]["values"][name] = {"value": own if held is ... else held}


async def _opened(world: World, form: ViewId) -> tuple[Json, Run]:
    """The form as it would be sent, opened once in a world, and the run as it was then."""
    if not await world.runs():
        await FORMS[form](world)
        await world.settle()
    [run] = [run for run in await world.runs() if run.name in NAMES]
    people = (world.wang, world.li, world.chen, world.anna)
    person = next(p for p in people if p.modal and p.modal["callback_id"] == form)
    return submission(world, person, {}), run


async def _put_back(world: World, before: Run) -> None:
    """Let the run be as it was."""

    def work(tx: Transaction) -> None:
        tx.runs.save(Change(before, ()))

    await world.bot.database.run(work)


def _is_in_words(answer: Json, inputs: list[str]) -> None:
    if not answer:
        return
    if answer["response_action"] == "errors":
        assert answer["errors"]
        assert set(answer["errors"]) <= set(inputs)
        assert all(answer["errors"].values())
        return
    assert answer["response_action"] == "update"
    told = words(answer["view"])
    assert not any(say(language, "error", reference="")[:20] in told for language in LANGUAGES)


@FEW
@given(garbage=GARBAGE)
async def test_a_start_form_full_of_garbage_is_drawn_anew(world: World, garbage: Garbage) -> None:
    payload, _ = await _opened(world, ViewId.RUN_START)
    view = payload["view"]
    _fill(view, [name for name in view["state"]["values"] if name != "playbook"], garbage)
    shown = world.sandbox.space.views.top(WANG)
    assert shown
    action = {"action_id": "value", "block_id": "anchor_on", "type": "datepicker"}
    redrawn = payloads.view_action(world.sandbox.space, WANG, view, action, shown.channel)
    calls = len(world.sandbox.calls)
    await deliver(world, redrawn)
    assert [call.method for call in world.sandbox.calls[calls:]] == ["views.update"]
