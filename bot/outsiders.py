"""How people without Slack are reached: their documents, their mails, their pages."""

from collections.abc import Callable, Coroutine
from typing import Any

from bot.clock import Clock
from bot.mail import Mailer, Postman
from bot.pages.routes import Pages
from bot.services.documents import DocumentService
from bot.services.links import Post
from bot.services.mails import MailService
from bot.services.outside import OutsideService
from bot.settings import Settings
from bot.views import mails
from storage.database import Database

Later = Callable[[Coroutine[Any, Any, None]], object]


def reach_outsiders(
    settings: Settings, database: Database, clock: Clock, *,
    told: Callable[[], None], later: Later,
) -> tuple[DocumentService, Mailer, Pages]:  # fmt: skip
    """Put together what settings allow; without mail the account manager is the postman."""
    has_mail = settings.has_mail
    post = Post(mails, settings.sopbot_public_url, has_mail)
    postman = Postman(settings.smtp_url, sender=settings.sopbot_mail_from) if has_mail else None
    mailer = Mailer(MailService(database), postman, clock)

    async def send() -> None:
        await mailer.send_due()

    def mailed() -> None:
        later(send())  # and by the clock what does not go out then

    documents = DocumentService(database, post, told=told, mailed=mailed)
    outside = OutsideService(database, post, wake=documents.wake)
    return documents, mailer, Pages(outside, clock)
