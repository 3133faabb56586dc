"""The people an action takes account of."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a workspace, with what their reminders and texts need."""

    id: str
    name: str
    zone: str = "UTC"  # IANA name
    language: str = "en"
    from_hour: time = time(9)
    to_hour: time = time(18)
    is_bot: bool = False
    is_external: bool = False  # guest, or of another company
    handle: str = ""
