"""The Done form: what is still open, the review questions, the owner's own check."""

from bot.ids import ActionId, ViewId
from bot.views.blocks import BOXES, Block, checkboxes, option
from bot.views.inputs import field, text_input
from bot.views.markup import Markup, joined, phrase
from bot.views.questions import question_fields
from bot.views.step_modals import about_step, evidence_field, step_modal
from bot.words.catalogue import say
from playbooks.answers import latest, questions_of
from playbooks.evidence import lacks_evidence
from playbooks.flow import open_items
from playbooks.levels import is_decided_later
from playbooks.questions import Question
from playbooks.run import Run, Step
from playbooks.submission import is_signed, wanted_changes

PAGE = 10  # questions a page


def pages_of(run: Run, step: Step) -> list[tuple[Question, ...]]:
    """The review questions in pages, some of them perhaps empty; there is one at least.

    A question keeps its page, whatever the answers switch off, so that none is passed over.
    """
    told, on = run.told(step).questions, questions_of(run, step)
    pages = [told[n : n + PAGE] for n in range(0, len(told), PAGE)] or [()]
    return [tuple(question for question in page if question in on) for page in pages]


def next_page(run: Run, step: Step, page: int) -> int | None:
    """The page after this one that asks for something."""
    pages = pages_of(run, step)
    return next((n for n in range(page + 1, len(pages)) if pages[n]), None)


def page_of(run: Run, step: Step, field_name: str) -> int:
    """The page on which a field stands; what is no question's stands on the first or the last."""
    pages = pages_of(run, step)
    id_ = field_name.removeprefix("question.").removesuffix(".evidence")
    found = (n for n, page in enumerate(pages) if any(one.id == id_ for one in page))
    return next(found, 0 if field_name == "items" else len(pages) - 1)


def build_done_modal(
    run: Run, step: Step, language: str, page: int | None = 0, *, lacks: bool = False
) -> Block:
    """One page of what is missing; the last one closes the step, or sends it to be decided.

    Without a page it is the last one; `lacks` says that something on it is missing.
    """
    pages = pages_of(run, step)
    page = len(pages) - 1 if page is None else page
    is_last = next_page(run, step, page) is None
    answers = latest(step)
    asked = [
        block
        for question in pages[page]
        for block in question_fields(question, answers.get(question.id), language)
    ]
    first = _items(run, step, language) if page == 0 else []
    blocks = [
        about_step(run, step, language, _means(pages, page, lacks, language)), *first, *asked,
        *(_closing(run, step, language) if is_last else ()),
    ]  # fmt: skip
    verb = "button.done" if is_last and not is_decided_later(run, step) else "button.submit"
    verb = verb if is_last else "button.next"
    last = "yes" if is_last else "no"
    return step_modal(
        ViewId.STEP_DONE, run, step, language, verb, blocks, page=str(page), last=last
    )  # fmt: skip


def _means(pages: list[tuple[Question, ...]], page: int, lacks: bool, language: str) -> Markup:
    which = phrase(language, "form.page", page=page + 1, pages=len(pages))
    missing = phrase(language, "form.lacking") if lacks else None
    return joined("\n", [which if len(pages) > 1 else None, missing])


def _items(run: Run, step: Step, language: str) -> list[Block]:
    missing = [option(i.text.to(language), i.id) for i in open_items(run, step)]
    groups = [missing[n : n + BOXES] for n in range(0, len(missing), BOXES)]
    names = ["items", *(f"items.{n}" for n in range(2, len(groups) + 1))]
    return [
        field(name, say(language, "form.items"), checkboxes(ActionId.FIELD, group), required=True)
        for name, group in zip(names, groups, strict=False)
    ]


def _replies(step: Step, language: str) -> list[Block]:
    """A field for each change asked for in the last round."""
    return [
        field(
            f"reply.{n}", say(language, "form.change", n=n, change=change), text_input(),
            hint=say(language, "form.change_hint"),
        )
        for n, change in enumerate(wanted_changes(step), 1)
    ]  # fmt: skip


def _closing(run: Run, step: Step, language: str) -> list[Block | None]:
    wanted = run.told(step).deliverable
    evidence = None
    if wanted and wanted.kind != "list":
        label = wanted.title.to(language)
        evidence = evidence_field(label, wanted.kind, language, required=lacks_evidence(run, step))
    signed = None
    if is_signed(run, step):
        tick = checkboxes(ActionId.FIELD, [option(say(language, "form.signed_tick"), "signed")])
        signed = field("signed", say(language, "form.signed"), tick, required=True)
    comment = field("comment", say(language, "form.comment"), text_input(long=True))
    return [*_replies(step, language), evidence, signed, comment]
