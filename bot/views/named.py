"""Several steps by their titles, the last of them only counted."""

from collections.abc import Sequence

from bot.views.markup import Markup, joined, phrase
from bot.views.states import title_of
from playbooks.run import Run

NAMED = 10  # steps named at once


def named_steps(run: Run, keys: Sequence[str], language: str, most: int = NAMED) -> Markup:
    """The titles of the steps with these keys; beyond `most` how many more there are."""
    steps = [step for step in map(run.step, keys) if step]
    names = [title_of(run, step, language, 60) for step in steps[:most]]
    if len(steps) > most:
        names.append(phrase(language, "more", n=len(steps) - most))
    return joined(" · ", names)  # titles hold commas themselves
