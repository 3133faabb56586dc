"""The playbooks in force, read anew when a team's file has changed."""

import asyncio
from pathlib import Path

import structlog

from playbooks.library import Library, load_library

log = structlog.get_logger(__name__)

Stamp = frozenset[tuple[str, int, int]]


class Shelf:
    """Holds the library; a wrong new version of a file leaves the former one in force."""

    def __init__(self, folders: list[Path]) -> None:
        self._folders = folders
        self._stamp = self._look()
        self.library = load_library(folders)
        self._tell()

    async def refresh(self) -> None:
        """Read the folders again if anything in them has changed."""
        stamp = await asyncio.to_thread(self._look)
        if stamp != self._stamp:
            self._stamp = stamp
            self.library = await asyncio.to_thread(self.library.refreshed)
            self._tell()

    def _look(self) -> Stamp:
        """Name, size and time of every file of the team's folders."""
        found = set()
        for folder in self._folders:
            for path in folder.glob("*.y*ml"):
                try:
                    state = path.stat()
                except OSError:  # gone between the two looks
                    continue
                found.add((str(path), state.st_size, state.st_mtime_ns))
        return frozenset(found)

    def _tell(self) -> None:
        for fault in self.library.faults:
            log.warning("playbook", fault=str(fault))

    def current(self) -> Library:
        """The library as it is now."""
        return self.library
