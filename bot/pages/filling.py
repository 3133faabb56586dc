"""What somebody outside sends who fills a form in, over several sittings."""

from bot.clock import Clock
from bot.pages.forms import build_form_page
from bot.pages.html import build_notice, t
from bot.pages.posted import Posted, nonce_of
from bot.pages.signing import owner_of
from bot.services.outside import Opened, OutsideService
from playbooks.answers import Problem
from playbooks.document_text import plain
from playbooks.documents import form_of
from playbooks.form_answers import lacking
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
        if finish and (missing := self._missing(opened, answers)):
            return build_form_page(opened, nonce, answers=answers, wrong=missing)
        try:
            kept = await self._outside.fill(token, answers, finish=finish, at=self._clock.now())
        except Refused as refused:
            wrong = refused.facts.get("fields")
            if not wrong:
                return build_notice(language, "failed", owner=owner_of(opened))
            return build_form_page(opened, nonce, answers=answers, wrong=wrong)
        if not kept:
            return None
        if finish:
            return build_notice(language, "finished", good=True, owner=owner_of(opened))
        return build_form_page(opened, nonce, answers=answers, well=t(language, "saved"))

    def _missing(self, opened: Opened, answers: dict[str, tuple[str, ...]]) -> dict[str, Problem]:
        form = form_of(opened.run, opened.step)
        if form is None:
            return {}
        required = {question.id for question in form.questions if question.required}
        missing = set(lacking(form, answers)) & required
        return {
            f"question.{id_}": Problem("answer.missing", {})
            for id_ in missing
            if not answers.get(id_)
        }


def answers_of(opened: Opened, posted: Posted) -> dict[str, tuple[str, ...]]:
    """The answers to questions of this form; what else was sent is left aside."""
    form = form_of(opened.run, opened.step)
    return {
        question.id: tuple(
            filter(None, map(plain, posted.fields.get(PREFIX + question.id, ())))
        )
        for question in (form.questions if form else ())
    }  # fmt: skip
