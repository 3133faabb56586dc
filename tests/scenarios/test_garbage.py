"""Whatever a form holds, it is taken, told at its field or refused in words; nothing breaks."""

from collections.abc import Callable
from itertools import count
from typing import Any, NamedTuple, TypeVar

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.ids import ViewId
from bot.listeners import routes
from bot.sandbox.people import payloads
from bot.sandbox.person import Person
from bot.sandbox.state.elements import VALUE_KEYS
from bot.words.catalogue import say
from playbooks.documents import Document
from playbooks.run import Change, Run
from playbooks.texts import LANGUAGES
from storage.database import Transaction
from tests.scenarios.document_forms import NAME
from tests.scenarios.forging import deliver, fill_in, submission
from tests.scenarios.forms import FORMS
from tests.scenarios.reading import Json, field, fields, words
from tests.scenarios.world import ANNA, WANG, World

Garbage = list[tuple[int, tuple[Any, Any]]]
NASTY: tuple[Any, ...] = (  # what has broken programs, or looks like what belongs here
    " ", "2027-02-31", "9999-12-31", "0000-00-00", "1e400", "NaN", "9" * 5000, "²", "U0NOBODY",
    "U0SOPBOT", "C0NOWHERE", "gone/step", "\x00", "\ud800", "x" * 5000, "https://", 10**30, None,
    [], {}, [None], [{}], [{"value": 5}], [{"id": None}], [{"id": "F" + "0" * 5000, "name": 7}],
    {"value": None}, {"value": ["x"]}, ["U0NOBODY", 3, None], ["U0LI"] * 200,
)  # fmt: skip
KNOWN: tuple[Any, ...] = (
    *NASTY, "", "2020-01-01", "20270228", "25:61", "-1", "yes", "no", "maybe", "compress", "never",
    "U0LI", "U0ANNA", "C0BRAND", "C0DEALER", "D0LI", "F0FILE", "XX", "tlh", "<!channel>", "a/b",
    "/", "event", "\u202e", "٣", "javascript:alert(1)", "a@b.example",
    "a@b.example\nBcc: c@d.example", 0, -1, 1, 10**9, 10**12, 2.5, True,
    [{"id": "F0FILE", "name": "\x00"}], {"value": "yes"}, {"value": "fair"}, [{"value": "called"}],
    [{"value": "mail"}] * 200,
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
# Each nasty value in each field once, beside others.
EACH: list[Garbage] = [
    [(n, (NASTY[(k + 7 * n) % len(NASTY)], ...)) for n in range(12)] for k in range(len(NASTY))
]
FEW = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
ELSEWHERE = "C0MARKET"
SERIAL = count(1)
Test = TypeVar("Test", bound=Callable[..., object])


def test_no_form_is_left_out() -> None:
    assert {form.partition(" ")[0] for form in FORMS} == set(routes.VIEWS)


def nasty_first(test: Test) -> Test:
    """Let a test begin with every nasty value."""
    for garbage in EACH:
        test = example(garbage=garbage)(test)
    return test


@pytest.mark.parametrize("form", FORMS)
@FEW
@nasty_first
@given(garbage=GARBAGE)
async def test_garbage_in_any_field_is_answered_in_words(
    world: World, form: str, garbage: Garbage
) -> None:
    payload, before = await _opened(world, form)
    view = payload["view"]
    inputs = fields(view)
    if form != ViewId.RUN_START:  # which tells all that is wrong at once, and else starts runs
        fill_in(view, person=ANNA if payload["user"]["id"] == WANG else WANG, channel=ELSEWHERE)
    _fill(view, inputs, garbage)
    view["id"] = f"V{next(SERIAL)}"
    answer = await deliver(world, payload)
    _is_in_words(answer, inputs)
    if answer.get("response_action") != "errors":  # what makes sense is said, then undone
        await world.settle()
        await _put_back(world, before)


def _fill(view: Json, names: list[str], garbage: Garbage) -> None:
    for number, (value, held) in garbage:
        name = names[number % len(names)] if names else "nowhere"
        kind = field(view, name)["type"] if names else "plain_text_input"
        own = {"type": kind, VALUE_KEYS[kind][0]: value}
        view["state"]["values"][name] = {"value": own if held is ... else held}


class Before(NamedTuple):
    """A run and its documents as they were when the form was opened."""

    run: Run
    documents: dict[str, Document]


async def _opened(world: World, form: str) -> tuple[Json, Before]:
    """The form as it would be sent, opened once in a world, and what there was then."""
    if not await world.runs():
        await FORMS[form](world)
        await world.settle()
    person = _reader(world)
    assert (person.modal or {})["callback_id"] == form.partition(" ")[0]
    return submission(world, person, {}), await world.bot.database.run(_before)


def _reader(world: World) -> Person:
    """Whoever has the form open."""
    people = (world.wang, world.li, world.chen, world.anna)
    [reader] = [person for person in people if person.modal]
    return reader


def _before(tx: Transaction) -> Before:
    [run] = [run for run in tx.runs.all(workspace="T0SANDBOX") if run.name == NAME]
    return Before(run, tx.documents.of_run(run.id, workspace=run.workspace))


async def _put_back(world: World, before: Before) -> None:
    """Let the run and its documents be as they were."""

    def work(tx: Transaction) -> None:
        tx.runs.save(Change(before.run, ()))
        for document in before.documents.values():
            tx.documents.save(document)

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
