"""Playbook versions are kept for ever, and parsed once."""

from playbooks.definition import Playbook
from storage.database import Database
from storage.playbooks import ParsedPlaybooks
from tests.storage.factories import AT, HERE, PLAYBOOK


def save(database: Database, playbook: Playbook = PLAYBOOK, version: str = "v1") -> None:
    database.run_now(lambda tx: tx.playbooks.save(playbook, workspace=HERE, version=version, at=AT))


def get(database: Database, version: str = "v1") -> Playbook | None:
    return database.run_now(lambda tx: tx.playbooks.get(version, workspace=HERE))


def test_a_version_is_loaded_as_it_was_saved(database: Database) -> None:
    save(database)
    assert get(database) == PLAYBOOK
    assert get(database, "v2") is None


def test_a_version_never_changes(database: Database) -> None:
    save(database)
    save(database, PLAYBOOK.model_copy(update={"calendar": "CN"}))
    assert get(database) == PLAYBOOK


def test_a_version_is_parsed_once(database: Database) -> None:
    save(database)
    assert get(database) is get(database)


def test_only_the_playbooks_used_last_are_kept_parsed() -> None:
    parsed = ParsedPlaybooks()
    for number in range(128):
        parsed.keep(HERE, str(number), PLAYBOOK)
    assert parsed.get(HERE, "0") is PLAYBOOK
    parsed.keep(HERE, "128", PLAYBOOK)
    assert parsed.get(HERE, "0") is PLAYBOOK
    assert parsed.get(HERE, "1") is None
