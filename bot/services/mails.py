"""The outbox of mails: what is claimed is sent once, and nobody waits for it in a transaction."""

from datetime import datetime, timedelta

from storage.database import Database
from storage.mails import Mail

Outgoing = Mail


class MailService:
    """Mails waiting to be sent, whatever workspace they belong to."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, *, at: datetime, lasts: timedelta) -> Mail | None:
        """Take one mail that is due."""
        return await self._database.run(lambda tx: tx.mails.claim(at=at, until=at + lasts))

    async def give_up(self, *, at: datetime) -> int:
        """Leave alone what another sender took and never reported on."""
        return await self._database.run(lambda tx: tx.mails.given_up(at=at))

    async def sent(self, mail: Mail, *, at: datetime) -> None:
        """Note that a mail went out."""
        await self._database.run(
            lambda tx: tx.mails.sent(mail.key, workspace=mail.workspace, at=at)
        )

    async def failed(self, mail: Mail) -> None:
        """Note that a mail will never go out."""
        await self._database.run(lambda tx: tx.mails.failed(mail.key, workspace=mail.workspace))

    async def again(self, mail: Mail, *, at: datetime) -> None:
        """Let a mail be tried once more, not before `at`."""
        await self._database.run(
            lambda tx: tx.mails.again(mail.key, workspace=mail.workspace, at=at)
        )
