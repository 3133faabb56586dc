"""What somebody outside sends who fills a form in, over several sittings."""

from bot.clock import Clock
from bot.pages.forms import build_form_page
from bot.pages.html import build_notice, t
from bot.pages.posted import Posted, nonce_of
from bot.pages.signing import owner_of
from bot.services.outside import Opened, OutsideService
from playbooks.document_text import plain
from playbooks.documents import form_of
from playbooks.fitting import Problem
from playbooks.form_answers import wrong_with
from playbooks.run import Refused

PREFIX = "question."


class Filling:
    """Answers the form page; None where the link does not work any more."""

    def __init__(self, outside: OutsideService, clock: Clock) -> None:
        self._outside = outside
        self._clock = clock

    def show(self, opened: Opened, token: str) -> str:
        """The form with the answers so far."""
        return build_form_page(opened, nonce_of(token, opened), answers=opened.document.answers)

    async def handle(self, opened: Opened, token: str, posted: Posted) -> str | None:
        """Keep the answers; those sent for good must be complete."""
        language, nonce = opened.run.language, nonce_of(token, opened)
        answers = answers_of(opened, posted)
        finish = posted.one("do") == "finish"
        if wrong := self._wrong(opened, answers, finish=finish):
            return build_form_page(opened, nonce, answers=answers, wrong=wrong)
        try:
            kept = await self._outside.fill(token, answers, finish=finish, at=self._clock.now())
        except Refused:  # it has been handed in meanwhile
            return build_notice(language, "failed", owner=owner_of(opened))
        if not kept:
            return None
        if finish:
            return build_notice(language, "finished", good=True, owner=owner_of(opened))
        return build_form_page(opened, nonce, answers=answers, well=t(language, "saved"))

    def _wrong(
        self, opened: Opened, answers: dict[str, tuple[str, ...]], *, finish: bool
    ) -> dict[str, Problem]:
        """What does not fit, by field; what is required only counts when it is sent for good."""
        form = form_of(opened.run, opened.step)
        wrong: dict[str, Problem] = {}
        for question in form.questions if form else ():
            given = answers.get(question.id, ())
            problem = wrong_with(question, given)
            if finish and question.required and not given:
                problem = Problem("answer.missing", {})
            if problem:
                wrong[f"question.{question.id}"] = problem
        return wrong


def answers_of(opened: Opened, posted: Posted) -> dict[str, tuple[str, ...]]:
    """The answers to questions of this form; what else was sent is left aside."""
    form = form_of(opened.run, opened.step)
    return {
        question.id: tuple(
            filter(None, map(plain, posted.fields.get(PREFIX + question.id, ())))
        )
        for question in (form.questions if form else ())
    }  # fmt: skip
