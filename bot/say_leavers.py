"""That somebody has handed everything over: one line in the run's channel."""

from datetime import datetime

from bot.refs import OnceKey
from bot.saying import Audience, Saying
from bot.views.blocks import Message
from bot.views.leave_modals import build_handed_line
from playbooks.run import Event, Run


def say_handed(event: Event, number: int, run: Run, readers: Audience) -> Saying:
    """To the channel; with outsiders in it to the lead alone."""
    to = run.lead if readers.outsiders else ""
    language = readers.language_of(to, run)

    def draw(_: datetime) -> Message:
        return build_handed_line(run, event, language)

    return Saying(
        key=str(OnceKey(run.id, event.kind, "-", number, to)), kind="notice",
        subject=run.playbook.id, draw=draw, to=to,
    )  # fmt: skip
