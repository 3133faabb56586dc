"""How far the form of a step's document is filled in, and what it still lacks."""

from collections.abc import Mapping, Sequence

from bot.views.document_lines import side_of
from bot.views.markup import Markup, joined, phrase, title
from bot.words.catalogue import say
from playbooks.document_text import Answers
from playbooks.documents import form_of, needs_of
from playbooks.form_answers import lacking
from playbooks.questions import Form
from playbooks.run import Run, Step
from playbooks.signatures import Need
from playbooks.signing_rounds import signatory_name

NAMED = 3  # questions named; the rest is counted
NOTHING: Answers = {}


def progress_line(form: Form, answers: Answers, language: str) -> Markup:
    """How many questions are answered, and which required answers are missing."""
    given = sum(1 for question in form.questions if answers.get(question.id))
    count = phrase(language, "document.answered", n=given, of=len(form.questions))
    missing = lacking(form, answers)
    if not missing:
        return joined(" · ", [count, phrase(language, "document.all_there")])
    names = question_names(form, missing, language)
    return joined(" · ", [count, phrase(language, "document.lacks", questions=names)])


def question_names(form: Form, ids: Sequence[str], language: str) -> Markup:
    """The first few questions, shortened, and how many more there are."""
    asked = {question.id: question.ask.to(language) for question in form.questions}
    names = [title(asked.get(id_, id_).rstrip("?？"), 40) for id_ in ids[:NAMED]]
    if len(ids) > NAMED:
        names.append(phrase(language, "more", n=len(ids) - NAMED))
    return joined(say(language, "comma"), names)


def form_lines(run: Run, step: Step, drafts: Mapping[str, Answers], language: str) -> list[Markup]:
    """Where the form of an open step stands, and who signs its document afterwards."""
    form = form_of(run, step)
    if form is None:
        return []
    line = Markup(f"📝 {progress_line(form, drafts.get(step.key, NOTHING), language)}")
    # Nobody is mentioned before it is their turn.
    signing = [
        phrase(
            language,
            "document.signer",
            who=title(_signer(run, need, language), 80),
            side=side_of(need, language),
        )
        for need in needs_of(run.told(step))
    ]
    who = joined(say(language, "comma"), signing)
    return [line, *([phrase(language, "document.will_sign", who=who)] if who else [])]


def _signer(run: Run, need: Need, language: str) -> str:
    return signatory_name(run, need) or run.playbook.roles[need.role].title.to(language)
