"""People are what Slack says of them, but for what they chose themselves."""

from dataclasses import replace
from datetime import datetime, time

from playbooks.people import Person
from storage.database import Database
from tests.storage.factories import AT, HERE, LATER

LI = Person(
    id="ULI",
    name="Li Na",
    zone="Asia/Shanghai",
    language="zh-Hans",
    from_hour=time(8, 30),
    to_hour=time(17, 45),
    is_external=True,
    handle="lina",
)
TOM = Person(id="UTOM", name="Tom", is_bot=True)


def save(database: Database, *people: Person) -> None:
    for person in people:
        save_one(database, person)


def save_one(database: Database, person: Person, at: datetime = AT) -> None:
    database.run_now(lambda tx: tx.people.save(person, workspace=HERE, at=at))


def get(database: Database, id_: str) -> Person | None:
    return database.run_now(lambda tx: tx.people.many([id_], workspace=HERE)).get(id_)


def test_a_person_is_loaded_as_they_were_saved(database: Database) -> None:
    save(database, LI, TOM)
    assert get(database, "ULI") == LI
    assert get(database, "UTOM") == TOM
    assert get(database, "UNEW") is None


def test_many_people_are_told_by_id_and_the_unknown_left_out(database: Database) -> None:
    save(database, LI, TOM)
    found = database.run_now(lambda tx: tx.people.many(["ULI", "UNEW"], workspace=HERE))
    assert found == {"ULI": LI}
    assert database.run_now(lambda tx: tx.people.many([], workspace=HERE)) == {}


def test_what_slack_says_later_replaces_what_it_said(database: Database) -> None:
    save(database, LI, replace(LI, name="Li Nana", language="en", zone="UTC"))
    assert get(database, "ULI") == replace(LI, name="Li Nana", language="en", zone="UTC")


def test_a_chosen_language_outlives_what_slack_says(database: Database) -> None:
    save(database, LI)
    database.run_now(
        lambda tx: tx.people.choose_language("ULI", workspace=HERE, language="zh-Hant")
    )
    save(database, replace(LI, name="Li Nana", language="en"))
    assert get(database, "ULI") == replace(LI, name="Li Nana", language="zh-Hant")


def test_somebody_unknown_can_choose_a_language_first(database: Database) -> None:
    database.run_now(lambda tx: tx.people.choose_language("ULI", workspace=HERE, language="en"))
    stale = database.run_now(lambda tx: tx.people.stale(["ULI"], workspace=HERE, before=AT))
    assert stale == {"ULI"}
    save(database, LI)
    hours = Person("", "")
    own = replace(LI, language="en", from_hour=hours.from_hour, to_hour=hours.to_hour)
    assert get(database, "ULI") == own


def test_people_not_seen_for_long_or_never_are_stale(database: Database) -> None:
    save(database, LI)
    save_one(database, TOM, at=LATER)
    ids = ["ULI", "UTOM", "UNEW"]
    stale = database.run_now(lambda tx: tx.people.stale(ids, workspace=HERE, before=LATER))
    assert stale == {"ULI", "UNEW"}


def test_hours_and_days_of_ones_own_outlive_what_slack_says(database: Database) -> None:
    save(database, LI)
    own = replace(
        LI, from_hour=time(10), to_hour=time(19), calendar="TW", digest_at=time(8, 30),
        digest_daily=True,
    )  # fmt: skip
    database.run_now(lambda tx: tx.people.set(own, workspace=HERE))
    save(database, replace(LI, name="Li Nana"))
    assert get(database, "ULI") == replace(own, name="Li Nana")


def test_whoever_sets_their_hours_first_is_known_then(database: Database) -> None:
    database.run_now(lambda tx: tx.people.set(LI, workspace=HERE))
    assert get(database, "ULI") == LI
