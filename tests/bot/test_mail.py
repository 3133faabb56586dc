"""Mails go out once, over a real SMTP connection, and are tried again only where it is safe."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest

from bot.letters import attached
from bot.mail import CLAIM, RESTS, Mailer, Postman, as_message
from bot.sandbox.clock import SandboxClock
from bot.sandbox.mailbox import Mailbox
from bot.sandbox.state.workspace import Workspace
from bot.services.mails import MailService
from storage.database import Database
from storage.mails import Mail

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
SENDER = "SOP Bot <sop@agency.example>"
MAIL = Mail(
    "T1", "link/1", "zhao@client.example", "请签字确认：需求确认书", "您好\n", "<p>您好</p>",
    [attached("确认书-v1.docx", b"PK\x03\x04")],
)  # fmt: skip


@pytest.fixture
def database() -> Iterator[Database]:
    """A database with one mail waiting in it."""
    database = Database("sqlite://")
    database.upgrade()
    database.run_now(lambda tx: tx.mails.add(MAIL, at=AT))
    yield database
    database.close()


@pytest.fixture
async def mailbox() -> AsyncIterator[Mailbox]:
    """A mail server of this machine."""
    mailbox = Mailbox(Workspace(SandboxClock(AT)))
    await mailbox.start()
    yield mailbox
    await mailbox.stop()


def mailer(database: Database, url: str, clock: SandboxClock) -> Mailer:
    return Mailer(MailService(database), Postman(url, sender=SENDER), clock)


def state(database: Database) -> str | None:
    return database.run_now(lambda tx: tx.mails.state("link/1", workspace="T1"))


async def test_a_mail_arrives_with_text_html_and_file(database: Database, mailbox: Mailbox) -> None:
    sender = mailer(database, mailbox.url, SandboxClock(AT))
    assert await sender.send_due() == 1
    [mail] = mailbox.to("zhao@client.example")
    assert mail.subject == MAIL.subject
    assert mail.text.strip() == "您好"
    assert "<p>您好</p>" in mail.html
    assert mail.files == ("确认书-v1.docx",)
    assert state(database) == "sent"
    assert await sender.send_due() == 0


async def test_two_senders_send_it_once(database: Database, mailbox: Mailbox) -> None:
    senders = [mailer(database, mailbox.url, SandboxClock(AT)) for _ in range(4)]
    await asyncio.gather(*(sender.send_due() for sender in senders))
    assert len(mailbox.mails) == 1


async def test_what_it_said_is_not_kept_after_it_went_out(
    database: Database, mailbox: Mailbox
) -> None:
    await mailer(database, mailbox.url, SandboxClock(AT)).send_due()
    kept = database.run_now(lambda tx: tx.mails._rows.find("T1", key="link/1"))
    assert kept
    assert (kept.text, kept.html, kept.attachments) == ("", "", [])


async def test_a_server_that_says_later_is_asked_again_later(
    database: Database, mailbox: Mailbox
) -> None:
    clock = SandboxClock(AT)
    sender = mailer(database, mailbox.url, clock)
    mailbox.answers.append("451 try again")
    await sender.send_due()
    assert state(database) == "waiting"
    assert await sender.send_due() == 0
    clock.set(AT + timedelta(seconds=RESTS[0]))
    assert await sender.send_due() == 1
    assert len(mailbox.mails) == 1


async def test_a_server_that_says_no_is_not_asked_again(
    database: Database, mailbox: Mailbox
) -> None:
    mailbox.answers.append("550 no such mailbox")
    await mailer(database, mailbox.url, SandboxClock(AT)).send_due()
    assert state(database) == "failed"


async def test_a_server_that_is_not_there_is_tried_a_few_times(database: Database) -> None:
    clock = SandboxClock(AT)
    sender = mailer(database, "smtp://127.0.0.1:9", clock)
    for rest in RESTS:
        assert await sender.send_due() == 1
        assert state(database) == "waiting"
        clock.set(clock.now() + timedelta(seconds=rest))
    await sender.send_due()
    assert state(database) == "failed"


async def test_a_connection_that_breaks_when_the_mail_was_sent_is_not_repeated(
    database: Database,
) -> None:
    said = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            said.append(line)
            if line.startswith(b"EHLO"):
                writer.write(b"250 here\r\n")
            elif line == b"DATA\r\n":
                writer.write(b"354 go on\r\n")
            elif line == b".\r\n":
                break  # taken in, but the answer is lost
            elif said.count(b"DATA\r\n") == 0:
                writer.write(b"250 fine\r\n")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    clock = SandboxClock(AT)
    sender = mailer(database, f"smtp://127.0.0.1:{port}", clock)
    assert await sender.send_due() == 1
    assert state(database) == "sending"
    clock.set(AT + CLAIM)
    assert await sender.send_due() == 0
    assert state(database) == "unsure"
    assert said.count(b"DATA\r\n") == 1
    server.close()
    await server.wait_closed()


async def test_without_a_server_nothing_is_tried(database: Database) -> None:
    assert await Mailer(MailService(database), None, SandboxClock(AT)).send_due() == 0
    assert state(database) == "waiting"


def test_the_same_mail_has_the_same_id_and_no_header_can_be_smuggled_in() -> None:
    sly = Mail("T1", "k", "z@c.example", "Hi\r\nBcc: all@c.example", "T", "<p>T</p>")
    first, second = (as_message(sly, sender=SENDER, date="Mon") for _ in range(2))
    assert first["Message-ID"] == second["Message-ID"]
    assert "agency.example" in first["Message-ID"]
    read = message_from_bytes(first.as_bytes(), policy=policy.default)
    assert read["Bcc"] is None
    assert read["Subject"] == "Hi Bcc: all@c.example"
