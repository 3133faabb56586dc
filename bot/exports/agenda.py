"""What a calendar link shows, before anybody writes it as a calendar."""

from dataclasses import dataclass

from playbooks.run import Run, Step


@dataclass(frozen=True, slots=True)
class Entry:
    """One step in a calendar."""

    run: Run
    step: Step
    owner: str = ""  # their name, where the calendar shows several people's steps
    card: str = ""  # its timestamp in the run's channel


@dataclass(frozen=True, slots=True)
class Agenda:
    """The steps of a person or a run."""

    id: str  # of the person, or the run
    name: str
    language: str
    is_run: bool
    entries: tuple[Entry, ...] = ()
