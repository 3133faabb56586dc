"""What counts as handed in."""

from typing import Any

import pytest

from playbooks.evidence import lacks_evidence, require_evidence
from playbooks.run import Evidence
from playbooks.step_actions import add_evidence
from tests.playbooks.engine import FACTS, LEAD, MONDAY, found, refused, started, step

LINK = "https://example.com"


@pytest.mark.parametrize(
    ("piece", "good_for"),
    [
        (("link", LINK, False), {"link"}), (("text", "Light", False), {"text"}),
        (("file", "F1", False), {"file"}), (("message", LINK, False), {"link"}),
        (("message", LINK, True), {"link", "file"}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["link", "text", "file"])
def test_only_evidence_of_the_wanted_kind_counts(
    kind: str, piece: tuple[Any, str, bool], good_for: set[str]
) -> None:
    run = started(step("a", deliverable={"title": "Brief", "kind": kind, "required": "yes"}))
    what, value, has_file = piece
    proof = Evidence(what, value, "Brief", LEAD, MONDAY, has_file)
    run = add_evidence(run, "a", FACTS, evidence=proof, by=LEAD, at=MONDAY).run
    assert lacks_evidence(run, found(run, "a")) == (kind not in good_for)
    if kind in good_for:
        require_evidence(run, found(run, "a"))
    else:
        assert refused(lambda: require_evidence(run, found(run, "a"))) == f"{kind}_missing"
