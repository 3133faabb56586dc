"""Keep a workspace in a file between two demos: conversations, files and the time."""

import json
from base64 import b64decode, b64encode
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from bot.sandbox.shapes import Json
from bot.sandbox.state.channels import Channel
from bot.sandbox.state.files import StoredFile
from bot.sandbox.state.workspace import Workspace


def save(space: Workspace, path: Path) -> None:
    """Write the workspace; the file is replaced as a whole."""
    held: Json = {
        "now": space.clock.now().isoformat(),
        "ids": space.ids.state(),
        "channels": [
            asdict(channel) | {"members": sorted(channel.members)}
            for channel in space.channels.values()
        ],
        "files": [
            asdict(file) | {"content": b64encode(file.content or b"").decode()}
            for file in space.files.values()
        ],
    }
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(held, ensure_ascii=False))
    fresh.replace(path)


def restore(space: Workspace, path: Path) -> None:
    """Fill a workspace with what was kept; its clock was started from `kept_at`."""
    held = json.loads(path.read_text())
    space.ids.resume(held["ids"])
    for channel in held["channels"]:
        kept = Channel(**channel | {"members": set(channel["members"])})
        space.channels[kept.id] = kept
    for file in held["files"]:
        space.files[file["id"]] = StoredFile(**file | {"content": b64decode(file["content"])})
    space.changes.bump()


def kept_at(path: Path) -> datetime:
    """The moment the workspace in a file had come to."""
    return datetime.fromisoformat(json.loads(path.read_text())["now"])
