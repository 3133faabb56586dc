"""The form that exports a run, and what is said where its file got lost."""

from bot.exports.formats import FORMATS
from bot.ids import ViewId
from bot.views.blocks import Block, Message, option, section, text_message
from bot.views.inputs import field, modal, radio_input
from bot.views.markup import bold, joined, phrase, title
from bot.words.catalogue import say
from playbooks.run import Run


def build_export_modal(run: Run, language: str) -> Block:
    """In which format somebody wants a run's record."""
    options = [option(say(language, f"export_run.as_{form}"), form) for form in FORMATS]
    means = phrase(language, "export_run.means")
    blocks = [
        section(joined("\n", [bold(run.name), means])),
        field("format", say(language, "export_run.format"), radio_input(options, "xlsx"),
              required=True),
    ]  # fmt: skip
    return modal(
        ViewId.RUN_EXPORT, language, say(language, "export_run.title"), blocks,
        submit=say(language, "export_run.submit"), run=run.id,
    )  # fmt: skip


def build_export_lost_message(run: Run, language: str) -> Message:
    """To who asked: the file did not come through."""
    return text_message(phrase(language, "export_run.lost", run=title(run.name)))
