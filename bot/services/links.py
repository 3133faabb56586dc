"""Links for outsiders: made once, known to us by their hash alone, mailed or handed over."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import randbelow, token_urlsafe

from bot.letters import Letter, Letters
from playbooks.documents import Document
from playbooks.run import Refused, Run, Step
from storage.database import Transaction
from storage.links import Link, Purpose
from storage.mails import Mail

LASTS = timedelta(days=14)
READ_LASTS = timedelta(hours=2)  # a link to print or download, for the team itself
CODE_LASTS = timedelta(minutes=10)
CODE_TRIES = 5  # wrong codes before a new one has to be asked for
CODES = 6  # codes a link gets before it must be sent anew


@dataclass(frozen=True, slots=True)
class Post:
    """How outsiders are reached; without a public address not at all, without mail by hand."""

    letters: Letters
    public_url: str = ""
    has_mail: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A link for one named person."""

    purpose: Purpose
    name: str
    by: str
    at: datetime
    email: str = ""
    role: str = ""
    again: bool = False  # reminds of a request made before


@dataclass(frozen=True, slots=True)
class Offered:
    """A link that was made: mailed, or for the account manager to hand over with its code."""

    purpose: Purpose
    name: str
    email: str
    mailed: bool
    url: str
    code: str = ""


def hash_of(token: str) -> str:
    """How a token is known to the database."""
    return sha256(token.encode()).hexdigest()


def code_hash(token: str, code: str) -> str:
    """How a code is kept: bound to its link's token, which the database does not hold."""
    return sha256(f"{token}:{code}".encode()).hexdigest()


def new_code() -> str:
    """Six digits."""
    return f"{randbelow(1_000_000):06}"


def issue(
    tx: Transaction, post: Post, run: Run, step: Step, document: Document, wanted: Wanted
) -> Offered:  # fmt: skip
    """Make a link, void those it replaces, and put its mail into the outbox."""
    if not post.public_url:
        raise Refused("no_public_url")
    mails = post.has_mail and bool(wanted.email)
    replaced = {"role": wanted.role} if wanted.purpose == "sign" else {"name": wanted.name}
    tx.links.revoke(
        run.id, step.key, workspace=run.workspace, at=wanted.at, purpose=wanted.purpose, **replaced
    )
    token = token_urlsafe(32)
    link = Link(
        run.workspace, hash_of(token), run.id, step.key, wanted.purpose, document.number,
        wanted.role, wanted.name, wanted.email, wanted.by,
        wanted.at + (READ_LASTS if wanted.purpose == "read" else LASTS),
    )  # fmt: skip
    code = new_code() if wanted.purpose == "sign" and not mails else ""
    if code:  # told to them by voice, so it lasts as long as the link
        link = replace(
            link, code=code_hash(token, code), code_until=link.expires_at, codes_sent=CODES
        )
    tx.links.add(link)
    kind = "form" if wanted.purpose == "form" else "sign"
    url = f"{post.public_url}/{kind}/{token}"
    if mails:
        letter = _letter(post, run, step, document, wanted, url)
        post_letter(tx, run, letter, to=wanted.email, key=f"link/{link.token}", at=wanted.at)
    return Offered(wanted.purpose, wanted.name, wanted.email, mails, url, code)


def _letter(
    post: Post, run: Run, step: Step, document: Document, wanted: Wanted, url: str
) -> Letter:
    if wanted.purpose == "form":
        return post.letters.form(run, step, name=wanted.name, url=url)
    if wanted.purpose == "sign":
        return post.letters.sign(
            run, step, document, name=wanted.name, url=url, again=wanted.again
        )  # fmt: skip
    return post.letters.comment(run, step, document, name=wanted.name, url=url)


def post_letter(
    tx: Transaction, run: Run, letter: Letter, *, to: str, key: str, at: datetime
) -> None:
    """Put a letter into the outbox; the same key is never sent twice."""
    mail = Mail(
        run.workspace, key, to, letter.subject, letter.text, letter.html, letter.attachments
    )
    tx.mails.add(mail, at=at)
