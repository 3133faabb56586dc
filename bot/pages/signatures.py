"""What the signatory sends: a remark, the wish to sign or to send back, and the code for it."""

from datetime import datetime

from bot.clock import Clock
from bot.pages.html import build_notice, t
from bot.pages.posted import Posted, nonce_of
from bot.pages.signing import build_code_page, build_sign_page, owner_of
from bot.services.documents import Act
from bot.services.outside import Opened, OutsideService
from bot.views.dates import zoned
from playbooks.revisions import ask_changes
from playbooks.run import Refused
from playbooks.signatures import OUTSIDER
from playbooks.signing import sign_document

INTENTS = ("sign", "changes")


class Signing:
    """Answers the forms of the sign page; None where the link does not work any more."""

    def __init__(self, outside: OutsideService, clock: Clock) -> None:
        self._outside = outside
        self._clock = clock

    async def handle(self, opened: Opened, token: str, posted: Posted) -> str | None:
        """Do what a button of the page is for."""
        wish = posted.one("do")
        if wish == "comment":
            return await self._note(opened, token, posted)
        if opened.link.purpose != "sign" or posted.one("intent") not in INTENTS:
            return None
        if wish == "ask":
            return await self._ask(opened, token, posted)
        return await self._confirm(opened, token, posted) if wish == "confirm" else None

    async def _note(self, opened: Opened, token: str, posted: Posted) -> str | None:
        language = opened.run.language
        well = t(language, "comment_thanks", owner=owner_of(opened))
        try:
            if not await self._outside.note(token, posted.one("remark"), at=self._clock.now()):
                return None
        except Refused:  # nothing was zoned
            well = ""
        return self._page(opened, token, well=well)

    async def _ask(self, opened: Opened, token: str, posted: Posted) -> str:
        """Mail the code, now that somebody wants to sign or send back."""
        language, text = opened.run.language, posted.one("text")
        if posted.one("intent") == "changes" and not text:
            return self._page(opened, token, wrong=t(language, "words_missing"))
        wrong = ""
        if self._outside.has_mail and not await self._outside.send_code(
            token, at=self._clock.now()
        ):
            wrong = t(language, "no_more_codes", owner=owner_of(opened))
        return self._code_page(opened, token, posted, wrong)

    async def _confirm(self, opened: Opened, token: str, posted: Posted) -> str | None:
        language, at = opened.run.language, self._clock.now()
        intent, text, code = posted.one("intent"), posted.one("text"), posted.one("code")

        def act(opened: Opened) -> Act:
            return signing(opened, at=at) if intent == "sign" else returning(opened, text, at=at)

        try:
            outcome = await self._outside.confirm(token, code, act, at=at)
        except Refused:
            return build_notice(language, "failed", owner=owner_of(opened))
        if outcome is None:
            return None
        if outcome != "done":
            return self._code_page(opened, token, posted, t(language, outcome))
        if intent != "sign":
            return build_notice(language, "returned", good=True, owner=owner_of(opened))
        return build_notice(
            language, "signed", good=True, name=opened.link.name, number=opened.document.number,
            moment=zoned(at, language, opened.run.zone),
        )  # fmt: skip

    def _page(self, opened: Opened, token: str, *, wrong: str = "", well: str = "") -> str:
        return build_sign_page(
            opened, nonce_of(token, opened), has_mail=self._outside.has_mail, wrong=wrong, well=well
        )

    def _code_page(self, opened: Opened, token: str, posted: Posted, wrong: str) -> str:
        return build_code_page(
            opened, nonce_of(token, opened), intent=posted.one("intent"),
            text=posted.one("text"), has_mail=self._outside.has_mail, wrong=wrong,
        )  # fmt: skip


def signing(opened: Opened, *, at: datetime) -> Act:
    """Sign as the person the link is bound to."""
    link = opened.link
    return lambda document, run, _: sign_document(
        document, run, role=link.role, version=link.version, by=OUTSIDER, name=link.name, at=at
    )


def returning(opened: Opened, text: str, *, at: datetime) -> Act:
    """Send the version back as the person the link is bound to."""
    link = opened.link
    return lambda document, run, _: ask_changes(
        document, run, text=text, version=link.version, by=OUTSIDER, name=link.name, at=at
    )
