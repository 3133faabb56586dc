"""The mails that outsiders get: plain text, the same as HTML, and the document as a file."""

from datetime import datetime, timedelta
from html import escape

from bot.letters import Letter, attached
from bot.rendering import as_docx, as_line
from bot.views.dates import zoned
from bot.views.document_lines import name_of_document
from bot.views.markup import one_line
from bot.words.catalogue import say
from playbooks.document_text import differences
from playbooks.documents import Document
from playbooks.run import Run, Step
from playbooks.signatures import Signature, Version

VALID = timedelta(days=14)
DIFFERENCES = 12  # lines
SUBJECT = 200  # characters
_BUTTON = (
    "display:inline-block;padding:12px 22px;border-radius:8px;background:#1f4d45;color:#fff;"
    "text-decoration:none;font-weight:600"
)
_BODY = (
    "font:16px/1.6 system-ui,'PingFang SC','Microsoft YaHei',sans-serif;color:#1d1c1d;margin:24px"
)
_SMALL = "color:#616061;font-size:13px"


def sign(
    run: Run, step: Step, document: Document, *, name: str, url: str, again: bool
) -> Letter:  # fmt: skip
    """The request to sign the newest version; `again` reminds of one made before."""
    version, language = document.versions[-1], run.language
    facts = {**_facts(run, step), "number": version.number}
    body = say(language, "mail.sign_again_body" if again else "mail.sign_body", **facts)
    until = zoned(_asked_at(document) + VALID, language, run.zone)
    small = [
        say(language, "mail.personal", name=name, until=until),
        say(language, "mail.hash", number=version.number, digest=version.digest),
    ]
    lines = [*_hello(language, name), body, *_changes(document, version, language)]
    button = (say(language, "mail.sign_button"), url)
    file = _word_file(run, step, document, version)
    subject = say(language, "mail.sign_again_subject" if again else "mail.sign_subject", **facts)
    return _letter(run, step, subject, lines, button, small, (file,))


def code(run: Run, step: Step, *, name: str, code: str) -> Letter:
    """The code that proves that the mailbox is theirs."""
    language = run.language
    body = say(language, "mail.code_body", code=code, **_facts(run, step))
    subject = say(language, "mail.code_subject", code=code)
    return _letter(run, step, subject, [*_hello(language, name), body], None, [], ())


def form(run: Run, step: Step, *, name: str, url: str) -> Letter:
    """The request to fill the form in."""
    language = run.language
    facts = _facts(run, step)
    lines = [*_hello(language, name), say(language, "mail.form_body", **facts)]
    button = (say(language, "mail.form_button"), url)
    subject = say(language, "mail.form_subject", **facts)
    return _letter(run, step, subject, lines, button, [], ())


def comment(run: Run, step: Step, document: Document, *, name: str, url: str) -> Letter:
    """The newest version to read and comment."""
    language = run.language
    facts = {**_facts(run, step), "number": document.number}
    lines = [*_hello(language, name), say(language, "mail.comment_body", **facts)]
    button = (say(language, "mail.comment_button"), url)
    subject = say(language, "mail.comment_subject", **facts)
    return _letter(run, step, subject, lines, button, [], ())


def signed(run: Run, step: Step, document: Document, *, name: str) -> Letter:
    """The record of both signatures, with the document."""
    version, language = document.versions[-1], run.language
    facts = {**_facts(run, step), "number": version.number, "code": run.code}
    record = record_lines(run, document, language)
    digest = say(language, "mail.hash", number=version.number, digest=version.digest)
    lines = [*_hello(language, name), say(language, "mail.signed_body", **facts), *record]
    file = _word_file(run, step, document, version)
    subject = say(language, "mail.signed_subject", **facts)
    return _letter(run, step, subject, lines, None, [digest], (file,))


def record_lines(run: Run, document: Document, language: str) -> list[str]:
    """Who has signed the newest version: name, side, method, time."""
    given = [one for need in document.needs if (one := document.signed_by(need.role))]
    return [record_line(run, one, language) for one in given if one.counts]


def record_line(run: Run, one: Signature, language: str, name: str = "") -> str:
    """One signature in words."""
    role = run.playbook.roles[one.role].title.to(language)
    side = say(language, "document.ours" if one.side == "ours" else "document.client")
    when = zoned(one.at, language, run.zone)
    method = say(language, f"page.method_{one.method}")
    named = name or one.name or role
    return say(language, "mail.record", name=named, side=side, method=method, moment=when)


def docx_of(run: Run, step: Step, document: Document, version: Version) -> bytes:
    """A version as a Word file, with its hash and the signatures it has."""
    language = run.language
    digest = say(language, "mail.hash", number=version.number, digest=version.digest)
    signed = record_lines(run, document, language) if version.number == document.number else []
    name = name_of_document(run, step, language)
    return as_docx(version.text, title=name, notes=(digest, *signed))


def _word_file(run: Run, step: Step, document: Document, version: Version) -> dict[str, str]:
    name = f"{file_name(run, step)}-v{version.number}.docx"
    return attached(name, docx_of(run, step, document, version))


def _facts(run: Run, step: Step) -> dict[str, str]:
    return {"title": name_of_document(run, step, run.language), "run": run.name}


def file_name(run: Run, step: Step) -> str:
    """The document's name as a file may bear it."""
    name = name_of_document(run, step, run.language)
    kept = "".join(c if c.isalnum() else "-" for c in name)
    return "-".join(filter(None, kept.split("-")))[:60] or "document"


def _asked_at(document: Document) -> datetime:
    return max(one.at for one in document.asked)


def _hello(language: str, name: str) -> list[str]:
    return [say(language, "mail.hello", name=name)]


def _changes(document: Document, version: Version, language: str) -> list[str]:
    before = document.before(version.number)
    if before is None:
        return []
    changed = differences(before.text, version.text)[:DIFFERENCES]
    lines = [f"{line.sign} {as_line(line.text)}" for line in changed]
    return ["\n".join([say(language, "mail.changed", number=before.number), *lines])]


def _letter(
    run: Run, step: Step, subject: str, lines: list[str], button: tuple[str, str] | None,
    small: list[str], files: tuple[dict[str, str], ...],
) -> Letter:  # fmt: skip
    text = "\n\n".join([*lines, *([": ".join(button)] if button else []), *small]) + "\n"
    paragraphs = [f"<p>{escape(line).replace(chr(10), '<br>')}</p>" for line in lines]
    if button:
        label, url = map(escape, button)
        paragraphs.append(f'<p><a style="{_BUTTON}" href="{url}">{label}</a></p><p>{url}</p>')
    paragraphs += [f'<p style="{_SMALL}">{escape(line)}</p>' for line in small]
    page = f'<!doctype html><html lang="{run.language}"><body style="{_BODY}">'
    html = f"{page}{''.join(paragraphs)}</body></html>"
    return Letter(one_line(subject, SUBJECT), text, html, files)
