"""What a form may hold although no form of ours has it."""

import pytest

from bot.listeners.fields import files_of, person_of, replies_of, whole_of


def test_replies_stand_in_their_order_whatever_else_is_numbered() -> None:
    names = ("reply.2", "reply.²", "reply.x", "reply.999999", "reply." + "9" * 5000)
    assert replies_of({name: {"value": "done"} for name in names}) == ("", "done")


@pytest.mark.parametrize(
    ("value", "number"),
    [("0", 0), (" 12 ", 12), ("-1", None), ("2.5", None), ("²", None), ("9" * 5000, None)],
)
def test_a_whole_number_is_one_or_none(value: str, number: int | None) -> None:
    assert whole_of({"value": value}) == number


def test_what_is_not_filled_in_is_nothing() -> None:
    assert (files_of(None), person_of(None), whole_of(None)) == ((), "", None)
