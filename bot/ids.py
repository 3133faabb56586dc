"""What Slack hands back to us: the ids of actions and views, and what their values carry."""

from dataclasses import dataclass
from enum import StrEnum

from playbooks.records import Which


class ActionId(StrEnum):
    """Buttons, menus and inputs that act at once."""

    STEP_DONE = "step.done"
    STEP_REOPEN = "step.reopen"
    STEP_SKIP = "step.skip"
    STEP_RESCHEDULE = "step.reschedule"
    STEP_ASSIGN = "step.assign"
    STEP_HELP = "step.help"
    STEP_EVIDENCE = "step.evidence"
    STEP_COMMENT = "step.comment"
    STEP_MENU = "step.menu"
    ITEM_TOGGLE = "item.toggle"
    EVIDENCE_KEEP = "evidence.keep"
    GATE_OVERRIDE = "gate.override"
    APPROVAL_APPROVE = "approval.approve"
    APPROVAL_CHANGES = "approval.request_changes"
    APPROVAL_ASK = "approval.ask"
    APPROVAL_ANSWER = "approval.answer"
    APPROVAL_REJECT = "approval.reject"
    APPROVAL_DELEGATE = "approval.delegate"
    APPROVAL_UNDO = "approval.undo"
    APPROVAL_MENU = "approval.menu"
    CHANGE_MINOR = "change.minor"
    CHANGE_MATERIAL = "change.material"
    REPLY_RECORD = "reply.record"
    RUN_STEPS = "run.steps"
    RUN_MENU = "run.menu"
    RUN_CANCEL = "run.cancel"
    RUN_ROLES = "run.roles"
    RUN_STATUS = "run.status"
    RUN_JOIN = "run.join"
    RUN_INVITE = "run.invite"
    RUN_CHANNEL = "run.channel"
    HOME_START = "home.start"
    HOME_LANGUAGE = "home.language"
    MENU_MY = "menu.my"
    MENU_HELP = "menu.help"
    FIELD = "value"  # every input of a modal; its block_id is the field's name


class ViewId(StrEnum):
    """Modals and shortcuts, by callback_id."""

    RUN_START = "run.start"
    RUN_CANCEL = "run.cancel"
    RUN_ROLES = "run.roles"
    RUN_CHANNEL = "run.channel"
    RUN_STEPS = "run.steps"
    STEP_DONE = "step.done"
    STEP_SKIP = "step.skip"
    STEP_ASSIGN = "step.assign"
    STEP_RESCHEDULE = "step.reschedule"
    STEP_EVIDENCE = "step.evidence"
    STEP_COMMENT = "step.comment"
    GATE_OVERRIDE = "gate.override"
    APPROVAL_CHANGES = "approval.request_changes"
    APPROVAL_ASK = "approval.ask"
    APPROVAL_ANSWER = "approval.answer"
    APPROVAL_REJECT = "approval.reject"
    APPROVAL_DELEGATE = "approval.delegate"
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


def card_key(run: str, step: str, channel: str) -> str:
    """The key of a step's card in a channel."""
    return f"{run}/step/{step}/{channel}"


def step_of_key(key: str) -> str:
    """The step's key within the key of a message about it."""
    return key.split("/")[2]


def menu_value(action: ActionId, ref: StepRef | str) -> str:
    """The value of an overflow option: the id it stands for, then what it acts on."""
    return f"{action} {ref}"
