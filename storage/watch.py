"""How long work on a server may take: one that hangs holds up nobody who waits for an answer."""

import os
import socket
from contextlib import suppress
from threading import Lock
from typing import Literal

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError


class Unreachable(OperationalError):
    """The database could not be worked with; it changed nothing, unless `in_doubt`."""

    def __init__(self, reason: BaseException | None = None, *, in_doubt: bool = False) -> None:
        super().__init__(None, None, reason or TimeoutError("the database does not answer"))
        self.in_doubt = in_doubt  # the connection broke while the work was being committed


class Watch:
    """Ends one piece of work from outside, by shutting the connection it waits on."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._state: Literal["waiting", "working", "committed"] = "waiting"
        self._file = -1  # the connection's socket, by a number that nobody else is given meanwhile
        self.is_over = False

    def begin(self, connection: Connection) -> None:
        """Let the work go ahead on this connection; raise Unreachable where it is over."""
        with self._lock:
            if self.is_over:
                raise Unreachable
            driver = connection.connection.driver_connection
            if connection.dialect.name == "postgresql" and driver:
                self._file = os.dup(driver.fileno())
            self._state = "working"

    def end(self, *, committed: bool) -> None:
        """The work is done with its connection."""
        with self._lock:
            self._state = "committed" if committed else "waiting"
            if self._file >= 0:
                os.close(self._file)
            self._file = -1

    def cut(self) -> bool:
        """Let the work end now; False where it has not begun, and never will."""
        with self._lock:
            self.is_over = True
            if self._file >= 0:
                with suppress(OSError), socket.socket(fileno=os.dup(self._file)) as way:
                    way.shutdown(socket.SHUT_RDWR)
            return self._state != "waiting"
