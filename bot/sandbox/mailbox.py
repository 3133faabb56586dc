"""Take in the mails the bot sends to people outside, and show them on the page."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.sandbox.shapes import Json
from bot.sandbox.state.workspace import Workspace

HOST = "127.0.0.1"
LIMIT = 200  # mails kept


@dataclass(frozen=True)
class ReceivedMail:
    """A mail as its reader sees it."""

    id: int
    to: str
    subject: str
    text: str
    html: str
    files: tuple[str, ...]
    at: datetime
    message_id: str

    def as_page(self) -> Json:
        """Return the mail as the page shows it, without its HTML."""
        return {
            "id": self.id, "to": self.to, "subject": self.subject, "text": self.text,
            "files": list(self.files), "at": self.at.isoformat(),
        }  # fmt: skip


@dataclass
class Mailbox:
    """An SMTP server for this machine only; `answers` are told to the next mails instead of yes."""

    space: Workspace
    mails: deque[ReceivedMail] = field(default_factory=lambda: deque(maxlen=LIMIT))
    answers: deque[str] = field(default_factory=deque)
    port: int = 0
    _server: asyncio.Server | None = None
    _count: int = 0

    async def start(self) -> None:
        """Listen on the loopback interface."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: SMTP(self, hostname="localhost", loop=loop), HOST, 0
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()

    @property
    def url(self) -> str:
        """Return the address for SMTP_URL."""
        return f"smtp://{HOST}:{self.port}"

    def to(self, address: str) -> list[ReceivedMail]:
        """Return what one reader has, oldest first."""
        return [mail for mail in self.mails if mail.to == address]

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Take a mail in, or answer what a test wants answered."""
        if self.answers:
            return self.answers.popleft()
        content = envelope.content or b""
        raw = content.encode() if isinstance(content, str) else content
        message = message_from_bytes(raw, policy=policy.default)
        self._count += 1
        self.mails.append(_read(self._count, message, envelope, self.space.clock.now()))
        self.space.changes.bump()
        return "250 OK"


def _read(number: int, message: EmailMessage, envelope: Envelope, at: datetime) -> ReceivedMail:
    text, page = (message.get_body((kind,)) for kind in ("plain", "html"))
    return ReceivedMail(
        id=number, to=envelope.rcpt_tos[0], subject=str(message["Subject"]),
        text=text.get_content() if text else "", html=page.get_content() if page else "",
        files=tuple(part.get_filename() or "" for part in message.iter_attachments()), at=at,
        message_id=str(message["Message-ID"]),
    )  # fmt: skip
