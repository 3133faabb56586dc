"""A playbook as plain data: to store it, to know its version, and to read it back."""

import json
from hashlib import sha256
from typing import Any

from playbooks.definition import Playbook


def to_content(playbook: Playbook) -> dict[str, Any]:
    """The playbook as JSON values, keys as in the file, defaults left out."""
    return playbook.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def from_content(content: dict[str, Any]) -> Playbook:
    """The playbook that `to_content` gave; raise ValidationError where it is none."""
    return Playbook.model_validate(content)


def version_of(playbook: Playbook) -> str:
    """The 12 hex digits that stand for this content."""
    canonical = json.dumps(
        to_content(playbook), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return sha256(canonical.encode()).hexdigest()[:12]
