"""The digests that name a run, as everything in them stands now."""

from collections.abc import Iterator, Mapping, Sequence

from playbooks.nudges import Digest, DigestItem, Said
from playbooks.people import Person
from playbooks.run import Run
from storage.database import Transaction


def digests_of(tx: Transaction, run: Run) -> tuple[Digest, ...]:
    """The latest digests that name a run, as their steps stand now."""
    rows = tx.nudges.digests_naming(run.id, workspace=run.workspace)
    runs = {run.id: run}
    for id_ in {said.run for row in rows for said in row.said} - {run.id}:
        if other := tx.runs.get(id_, workspace=run.workspace):
            runs[id_] = other
    people = tx.people.many({row.person for row in rows}, workspace=run.workspace)
    return tuple(
        Digest(
            people.get(row.person) or Person(row.person, row.person, zone=run.zone), row.on,
            tuple(_items(row.said, runs)), any(said.late for said in row.said),
        )
        for row in rows
    )  # fmt: skip


def _items(said: Sequence[Said], runs: Mapping[str, Run]) -> Iterator[DigestItem]:
    for one in said:
        run = runs.get(one.run)
        if run and (step := run.step(one.step)):
            yield DigestItem(run, step, one.about)
