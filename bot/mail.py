"""Mail: the only place that talks SMTP, and the job that empties the outbox."""

import asyncio
from base64 import b64decode
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from urllib.parse import unquote, urlsplit

import aiosmtplib
import structlog
from aiosmtplib.errors import SMTPException, SMTPResponseException

from bot.clock import Clock
from bot.services.mails import MailService, Outgoing

log = structlog.get_logger(__name__)

TIMEOUT = 20  # seconds
RESTS = (10, 60, 300, 1800, 7200)  # seconds between two attempts, the longer the later
CLAIM = timedelta(minutes=5)  # longer than an attempt can take
REFUSALS = frozenset({550, 551, 552, 553, 554})  # of the recipient or the mail, for good
PORTS = {"smtp": 587, "smtps": 465}


class Postman:
    """Sends mails through one server; `url` is smtp:// or smtps://, with user and password."""

    def __init__(self, url: str, *, sender: str) -> None:
        parts = urlsplit(url)
        self._secure = parts.scheme == "smtps"
        self._host, self._port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None
        self._sender = sender

    async def send(self, mail: Outgoing, *, date: str) -> None:
        """Send one mail; raises NotSent where it certainly has not gone out."""
        client = aiosmtplib.SMTP(
            hostname=self._host, port=self._port, username=self._user, password=self._password,
            timeout=TIMEOUT, use_tls=self._secure,
        )  # fmt: skip
        message = as_message(mail, sender=self._sender, date=date).as_bytes()
        try:
            try:
                await client.connect()
                await client.mail(parseaddr(self._sender)[1])
                await client.rcpt(mail.to)
            except (SMTPException, OSError) as error:
                raise NotSent(error) from error
            try:
                await client.data(message)
            except SMTPResponseException as error:
                raise NotSent(error) from error
        finally:
            client.close()


class NotSent(Exception):
    """The server did not take the mail; `is_final` where it never will."""

    def __init__(self, error: Exception) -> None:
        super().__init__(type(error).__name__)
        code = error.code if isinstance(error, SMTPResponseException) else 0
        self.is_final = code in REFUSALS


def as_message(mail: Outgoing, *, sender: str, date: str) -> EmailMessage:
    """The mail as it goes over the wire; its id comes from its key, so that servers know it."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = sender, mail.to
    message["Subject"] = " ".join(mail.subject.split())
    message["Date"] = date
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    name = sha256(f"{mail.workspace}/{mail.key}".encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{name}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    for file in mail.attachments:
        main, _, sub = file["type"].partition("/")
        content = b64decode(file["content"])
        message.add_attachment(content, maintype=main, subtype=sub, filename=file["name"])
    return message


class Mailer:
    """Empties the outbox; any number of them may run, each mail goes out once."""

    def __init__(self, mails: MailService, postman: Postman | None, clock: Clock) -> None:
        self._mails = mails
        self._postman = postman
        self._clock = clock
        self._turn = asyncio.Lock()  # one connection at a time is kind to a mail server

    async def send_due(self) -> int:
        """Send what waits; returns how many mails were dealt with."""
        if self._postman is None:
            return 0
        done = 0
        async with self._turn:
            await self._mails.give_up(at=self._clock.now())
            while mail := await self._mails.claim(at=self._clock.now(), lasts=CLAIM):
                await self._deliver(self._postman, mail)
                done += 1
        return done

    async def _deliver(self, postman: Postman, mail: Outgoing) -> None:
        try:
            await postman.send(mail, date=format_datetime(self._clock.now()))
        except NotSent as error:
            await self._not_sent(mail, error)
        except Exception as error:
            # The connection broke after it had begun: it may have gone out, so not once more.
            log.error("mail may not have arrived", key=mail.key, error=type(error).__name__)
        else:
            await self._mails.sent(mail, at=self._clock.now())

    async def _not_sent(self, mail: Outgoing, error: NotSent) -> None:
        if error.is_final or mail.attempts > len(RESTS):
            log.error("mail refused", key=mail.key, error=str(error))
            await self._mails.failed(mail)
            return
        rest = RESTS[mail.attempts - 1]
        log.warning("mail not sent yet", key=mail.key, error=str(error), rest=rest)
        await self._mails.again(mail, at=self._clock.now() + timedelta(seconds=rest))
