"""What the values of buttons and the keys of messages carry."""

from dataclasses import dataclass

from bot.ids import ActionId
from playbooks.records import Which, WhichGate


@dataclass(frozen=True, slots=True)
class StepRef:
    """The step a button is about, written `<run>/<step key>`."""

    run: str
    step: str

    def __str__(self) -> str:
        return f"{self.run}/{self.step}"

    @classmethod
    def parse(cls, text: str) -> "StepRef":
        """Read a reference; ValueError when it is none."""
        run, slash, step = text.partition("/")
        if not (run and slash and step):
            raise ValueError(f"{text!r} is no step reference")
        return cls(run, step)


@dataclass(frozen=True, slots=True)
class DecisionRef:
    """The decision a button is about, written `<run>/<step key>/<version>/<level>`."""

    run: str
    step: str
    version: int
    level: str

    def __str__(self) -> str:
        return f"{self.run}/{self.step}/{self.version}/{self.level}"

    @classmethod
    def parse(cls, text: str) -> "DecisionRef":
        """Read a reference; ValueError when it is none."""
        run, step, version, level = text.split("/")
        return cls(run, step, int(version), level)

    @property
    def which(self) -> Which:
        """The decision within its run."""
        return Which(self.step, self.version, self.level)


@dataclass(frozen=True, slots=True)
class OnceKey:
    """The key of what is said once, written `<run>/<kind>/<step>/<number>[/<person>]`."""

    run: str
    kind: str
    step: str  # the step's key, or "-" where it is about none
    number: int  # of the event
    person: str = ""  # whose direct messages it stands in; empty is the channel

    def __str__(self) -> str:
        private = f"/{self.person}" if self.person else ""
        return f"{self.run}/{self.kind}/{self.step}/{self.number}{private}"

    @classmethod
    def parse(cls, key: str) -> "OnceKey | None":
        """Read a key; None where it is one of a living message."""
        run, kind, step, number, person = [*key.split("/"), "", "", "", ""][:5]
        return cls(run, kind, step, int(number), person) if number.isdigit() else None


@dataclass(frozen=True, slots=True)
class GateRef:
    """The gate a button is about, written `<run>/<phase>/<how often it has been asked>`."""

    run: str
    phase: str
    round: int

    def __str__(self) -> str:
        return f"{self.run}/{self.phase}/{self.round}"

    @classmethod
    def parse(cls, text: str) -> "GateRef":
        """Read a reference; ValueError when it is none."""
        run, phase, round_ = text.split("/")
        return cls(run, phase, int(round_))

    @property
    def which(self) -> WhichGate:
        """The gate within its run."""
        return WhichGate(self.phase, self.round)


@dataclass(frozen=True, slots=True)
class ChangeRef:
    """The changes since a submission that a button judges, written `<run>/<step key>/<version>`."""

    run: str
    step: str
    version: int

    def __str__(self) -> str:
        return f"{self.run}/{self.step}/{self.version}"

    @classmethod
    def parse(cls, text: str) -> "ChangeRef":
        """Read a reference; ValueError when it is none."""
        run, step, version = text.split("/")
        return cls(run, step, int(version))


@dataclass(frozen=True, slots=True)
class SignRef:
    """A signature a button is about, written `<run>/<step key>/<version>/<role>`."""

    run: str
    step: str
    version: int
    role: str = ""

    def __str__(self) -> str:
        return f"{self.run}/{self.step}/{self.version}/{self.role}"

    @classmethod
    def parse(cls, text: str) -> "SignRef":
        """Read a reference; ValueError when it is none."""
        run, step, version, role = text.split("/")
        return cls(run, step, int(version), role)


@dataclass(frozen=True, slots=True)
class CycleRef:
    """The cycle a button is about, written `<schedule>/<number>`."""

    schedule: str
    cycle: int

    def __str__(self) -> str:
        return f"{self.schedule}/{self.cycle}"

    @classmethod
    def parse(cls, text: str) -> "CycleRef":
        """Read a reference; ValueError when it is none."""
        schedule, cycle = text.split("/")
        return cls(schedule, int(cycle))


def card_key(run: str, step: str, channel: str) -> str:
    """The key of a step's card in a channel."""
    return f"{run}/step/{step}/{channel}"


def step_of_key(key: str) -> str:
    """The step's key within the key of a message about it."""
    return key.split("/")[2]


def menu_value(action: ActionId, ref: StepRef | SignRef | CycleRef | str) -> str:
    """The value of an overflow option: the id it stands for, then what it acts on."""
    return f"{action} {ref}"
