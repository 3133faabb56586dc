"""What Slack hands back to us: the ids of actions and views, and what their values carry."""

import re
from dataclasses import dataclass
from enum import StrEnum

from playbooks.records import Which, WhichGate

# Slack's own ids, as far as they can be told from other words.
PERSON = re.compile(r"[UW][A-Z0-9]{1,30}")
CHANNEL = re.compile(r"[CG][A-Z0-9]{1,30}")
FILE = re.compile(r"F[A-Z0-9]{1,30}")


class ActionId(StrEnum):
    """Buttons, menus and inputs that act at once."""

    STEP_DONE = "step.done"
    STEP_REOPEN = "step.reopen"
    STEP_SKIP = "step.skip"
    STEP_SNOOZE = "step.snooze"
    STEP_RESCHEDULE = "step.reschedule"
    STEP_ASSIGN = "step.assign"
    STEP_HELP = "step.help"
    STEP_EVIDENCE = "step.evidence"
    STEP_COMMENT = "step.comment"
    STEP_MENU = "step.menu"
    ITEM_TOGGLE = "item.toggle"
    EVIDENCE_KEEP = "evidence.keep"
    FORM_FILL = "form.fill"
    FORM_SEND = "form.send"
    SIGN_SIGN = "sign.sign"
    SIGN_SEND = "sign.send"
    SIGN_PAPER = "sign.paper"
    SIGN_WITNESS = "sign.witness"
    SIGN_CHANGES = "sign.changes"
    SIGN_PRICE = "sign.price"
    SIGN_WAIVE = "sign.waive"
    SIGN_READ = "sign.read"
    SIGN_COMMENT = "sign.comment"
    SIGN_PRINT = "sign.print"
    SIGN_MENU = "sign.menu"
    GATE_OVERRIDE = "gate.override"
    APPROVAL_APPROVE = "approval.approve"
    APPROVAL_CHANGES = "approval.request_changes"
    APPROVAL_ASK = "approval.ask"
    APPROVAL_ANSWER = "approval.answer"
    APPROVAL_REJECT = "approval.reject"
    APPROVAL_DELEGATE = "approval.delegate"
    APPROVAL_UNDO = "approval.undo"
    APPROVAL_MENU = "approval.menu"
    HANDOVER_ACCEPT = "handover.accept"
    HANDOVER_RETURN = "handover.return"
    HANDOVER_DECIDE = "handover.decide"
    ACK_CONFIRM = "ack.confirm"
    PHASE_GO = "phase.pass"
    PHASE_HOLD = "phase.hold"
    PHASE_UNDO = "phase.undo"
    CHANGE_MINOR = "change.minor"
    CHANGE_MATERIAL = "change.material"
    REPLY_RECORD = "reply.record"
    RUN_STEPS = "run.steps"
    RUN_MENU = "run.menu"
    RUN_MOVE_DATE = "run.move_date"
    RUN_PAUSE = "run.pause"
    RUN_RESUME = "run.resume"
    RUN_CANCEL = "run.cancel"
    RUN_REOPEN = "run.reopen"
    RUN_ROLES = "run.roles"
    RUN_EXPORT = "run.export"
    RUN_STATUS = "run.status"
    RUN_JOIN = "run.join"
    RUN_INVITE = "run.invite"
    RUN_CHANNEL = "run.channel"
    CYCLE_MENU = "cycle.menu"
    CYCLE_SKIP = "cycle.skip"
    CYCLE_STOP = "cycle.stop"
    CYCLE_RESUME = "cycle.resume"
    CYCLE_AGREE = "cycle.agree"
    CYCLE_DISAGREE = "cycle.disagree"
    PLAN_SHOW = "plan.show"
    STEP_OPEN = "step.open"
    HOME_START = "home.start"
    HOME_LANGUAGE = "home.language"
    HOME_SETTINGS = "home.settings"
    HOME_PAGE = "home.page"
    FEED_MAKE = "feed.make"
    FEED_REVOKE = "feed.revoke"
    DAYS_OPEN = "days.open"
    DAY_REMOVE = "days.remove"
    AWAY_ACCEPT = "away.accept"
    AWAY_DECLINE = "away.decline"
    AWAY_CHANGE = "away.change"
    AWAY_BACK = "away.back"
    AWAY_LEAVER = "away.leaver"
    MENU_MY = "menu.my"
    MENU_HELP = "menu.help"
    FIELD = "value"  # every input of a modal; its block_id is the field's name


class ViewId(StrEnum):
    """Modals and shortcuts, by callback_id."""

    RUN_START = "run.start"
    RUN_MOVE_DATE = "run.move_date"
    RUN_PAUSE = "run.pause"
    RUN_RESUME = "run.resume"
    RUN_CANCEL = "run.cancel"
    RUN_REOPEN = "run.reopen"
    RUN_ROLES = "run.roles"
    RUN_EXPORT = "run.export"
    RUN_CHANNEL = "run.channel"
    RUN_STEPS = "run.steps"
    STEP_DONE = "step.done"
    STEP_SKIP = "step.skip"
    STEP_ASSIGN = "step.assign"
    STEP_RESCHEDULE = "step.reschedule"
    STEP_SNOOZE = "step.snooze"
    STEP_EVIDENCE = "step.evidence"
    STEP_COMMENT = "step.comment"
    FORM_FILL = "form.fill"
    FORM_SEND = "form.send"
    SIGN_SIGN = "sign.sign"
    SIGN_SEND = "sign.send"
    SIGN_PAPER = "sign.paper"
    SIGN_CHANGES = "sign.changes"
    SIGN_PRICE = "sign.price"
    SIGN_READ = "sign.read"
    SIGN_COMMENT = "sign.comment"
    GATE_OVERRIDE = "gate.override"
    APPROVAL_CHANGES = "approval.request_changes"
    APPROVAL_ASK = "approval.ask"
    APPROVAL_ANSWER = "approval.answer"
    APPROVAL_REJECT = "approval.reject"
    APPROVAL_DELEGATE = "approval.delegate"
    HANDOVER_RETURN = "handover.return"
    HANDOVER_DECIDE = "handover.decide"
    PHASE_GO = "phase.pass"
    PHASE_HOLD = "phase.hold"
    CYCLE_SKIP = "cycle.skip"
    PLAN_SHOW = "plan.show"
    STEP_OPEN = "step.open"
    SETTINGS_EDIT = "settings.edit"
    DAYS_EDIT = "days.edit"
    FEED_SHOW = "feed.show"
    AWAY_SET = "away.set"
    AWAY_LEAVER = "away.leaver"
    AWAY_CONFIRM = "away.confirm"
    MESSAGE_EVIDENCE = "message.evidence"
    ANSWER = "answer.close"


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
