"""A refusal says what did not happen, why, and what to do now."""

from bot.views.refusals import field_errors, refusal_text
from playbooks.run import Refused, Run
from tests.factories import AT, LEAD, OWNER, a_run


def refused_by(refused: Refused, run: Run | None = None) -> str:
    return refusal_text("en", refused, "Asia/Shanghai", run)


def test_a_refusal_names_whose_turn_it_is() -> None:
    text = refused_by(Refused("not_yours", owner=OWNER, lead=LEAD))
    assert "this step is <@U0LI>'s" in text
    assert "the lead, <@U0WANG>" in text


def test_a_refusal_says_when_in_the_readers_zone() -> None:
    assert "<!date^" in refused_by(Refused("already_done", by=LEAD, at=AT))


def test_a_refusal_names_steps_by_their_titles_where_it_knows_them() -> None:
    refused = Refused("still_waiting", steps=("venue",))
    assert "waits for Confirm venue." in refused_by(refused, a_run())
    assert "waits for other steps." in refused_by(refused)


def test_a_refusal_counts_what_is_open() -> None:
    assert "1 required box is open" in refused_by(Refused("items_open", items=("a",)))
    assert "2 required boxes are open" in refused_by(Refused("items_open", items=("a", "b")))


def test_wrong_fields_are_told_at_their_place_or_in_one_answer() -> None:
    refused = Refused(
        "start_invalid", fields={"name": "start.name_missing", "x": "start.param_date"}
    )
    assert field_errors("en", refused) == {"name": "Give the run a name.", "x": "Choose a date."}
    assert refused_by(refused).endswith("Give the run a name. Choose a date.")


def test_a_refusal_escapes_what_people_wrote() -> None:
    assert "<!channel>" not in refused_by(Refused("no_such_playbook", name="<!channel>"))
