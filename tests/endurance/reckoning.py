"""What has been said in the workspace, counted there; two runs can be compared by it."""

from collections import Counter
from typing import Any

from bot.refs import card_key
from bot.sandbox.sandbox import Sandbox
from playbooks.run import Run
from tests.endurance.story import key_of

Json = dict[str, Any]


def keys(sandbox: Sandbox, run: Run) -> list[str]:
    """The key of every message about a run, in order; the run is called `run`."""
    return [key_of(message).replace(run.id, "run") for message in messages(sandbox, run)]


def occasions(sandbox: Sandbox, run: Run) -> list[str]:
    """The keys without the numbers of events, which hang on who looked first."""
    return [key.rstrip("0123456789") for key in keys(sandbox, run)]


def messages(sandbox: Sandbox, run: Run) -> list[Json]:
    """Every message about a run that stands in the workspace, channel by channel."""
    channels = sorted(sandbox.space.channels.values(), key=lambda channel: channel.id)
    everything = (message for channel in channels for message in channel.messages)
    return [message for message in everything if key_of(message).startswith(f"{run.id}/")]


def doubled(sandbox: Sandbox, run: Run) -> list[str]:
    """The keys that stand in the workspace more than once."""
    return [key for key, times in Counter(keys(sandbox, run)).items() if times > 1]


def seen(sandbox: Sandbox, run: Run) -> dict[str, list[str]]:
    """What a reader sees of each message, by key."""
    return {
        key: [message["text"].replace(run.name, "NAME"), *_texts(message["blocks"])]
        for key, message in zip(occasions(sandbox, run), messages(sandbox, run), strict=True)
    }


def ticked(sandbox: Sandbox, run: Run, step: str) -> list[str]:
    """The items that a step's card shows as done."""
    key = card_key(run.id, step, run.channel)
    [card] = [message for message in messages(sandbox, run) if key_of(message) == key]
    return [o["value"] for b in card["blocks"] for o in _initial(b)]


def _initial(block: Json) -> list[Json]:
    return [o for e in block.get("elements", []) for o in e.get("initial_options", [])]


def _texts(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["text"]] if isinstance(node.get("text"), str) else []
        return own + [text for child in node.values() for text in _texts(child)]
    return [text for child in node for text in _texts(child)] if isinstance(node, list) else []


def state(run: Run) -> Json:
    """Where a run and its steps have come to, but for what two runs need not share."""
    steps = [
        (
            step.key, step.status, step.owner, step.due_at, step.remind_at, step.reminded,
            step.closed_at, step.closed_by, sorted(step.ticked()), len(step.evidence),
            step.answers, step.versions, step.moves,
        )
        for step in run.steps
    ]  # fmt: skip
    return {
        "status": run.status,
        "ended_at": run.ended_at,
        "ended_by": run.ended_by,
        "steps": steps,
    }
