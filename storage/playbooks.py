"""The playbook versions a workspace has used; they never change."""

from datetime import datetime
from threading import Lock

from sqlalchemy import Connection

from playbooks.definition import Playbook
from storage import tables
from storage.rows import Rows

_KEPT = 128


class ParsedPlaybooks:
    """The versions parsed last, for every transaction; reading one anew takes milliseconds."""

    def __init__(self) -> None:
        self._playbooks: dict[tuple[str, str], Playbook] = {}
        self._lock = Lock()

    def get(self, workspace: str, version: str) -> Playbook | None:
        """The version, if it is kept; it then counts as the newest."""
        with self._lock:
            playbook = self._playbooks.pop((workspace, version), None)
            if playbook is not None:
                self._playbooks[workspace, version] = playbook
            return playbook

    def keep(self, workspace: str, version: str, playbook: Playbook) -> None:
        """Keep a version, in the place of the one unused for longest."""
        with self._lock:
            self._playbooks[workspace, version] = playbook
            if len(self._playbooks) > _KEPT:
                del self._playbooks[next(iter(self._playbooks))]


class PlaybookRepository:
    """Playbooks by version."""

    def __init__(self, connection: Connection, parsed: ParsedPlaybooks) -> None:
        self._rows = Rows(connection, tables.playbooks)
        self._parsed = parsed

    def get(self, version: str, *, workspace: str) -> Playbook | None:
        """The playbook as it was in this version."""
        if kept := self._parsed.get(workspace, version):
            return kept
        row = self._rows.find(workspace, version=version)
        if row is None:
            return None
        playbook = Playbook.model_validate(row.content)
        self._parsed.keep(workspace, version, playbook)
        return playbook

    def save(self, playbook: Playbook, *, workspace: str, version: str, at: datetime) -> None:
        """Save a version, unless it is there already."""
        content = playbook.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        self._rows.insert_once(
            workspace, version=version, id=playbook.id, content=content, saved_at=at
        )
