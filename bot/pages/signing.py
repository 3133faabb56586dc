"""The page on which a document is read, commented and signed."""

from datetime import datetime
from html import escape

from bot.pages.html import banner, build_page, facts_table, hidden, t
from bot.rendering import as_html, as_line
from bot.services.outside import Opened
from bot.views.dates import zoned
from bot.views.document_lines import name_of_document
from bot.views.mails import record_line
from bot.words.catalogue import say
from playbooks.document_text import differences
from playbooks.signatures import Version


def owner_of(opened: Opened) -> str:
    """The name of whoever looks after the document."""
    step, names = opened.step, opened.names
    return names.get(step.owner) or names.get(opened.run.lead) or "SOP Bot"


def masked(email: str) -> str:
    """An address as far as it helps its owner: z***o@client.example."""
    name, _, host = email.partition("@")
    return f"{name[:1]}***{name[-1:]}@{host}" if len(name) > 2 else f"***@{host}"


def build_sign_page(
    opened: Opened, nonce: str, *, has_mail: bool, wrong: str = "", well: str = "", text: str = ""
) -> str:
    """The whole page; `wrong` and `well` are safe words about what was just done."""
    language, purpose = opened.run.language, opened.link.purpose
    version = opened.document.versions[-1]
    title = t(language, "sign_title" if purpose == "sign" else "comment_title")
    name = escape(name_of_document(opened.run, opened.step, language))
    parts = [
        f"<header><p>{title}</p><h1>{name}</h1></header>",
        banner(wrong), banner(well, kind="good"),
        f"<section>{_facts(opened, version, language)}</section>",
        _changes(opened, version, language),
        f'<section class="document">{as_html(version.text)}</section>',
        _signatures(opened, language),
        _paper(opened, language),
    ]  # fmt: skip
    if purpose == "sign":
        parts.append(_decision(opened, version, nonce, has_mail=has_mail, text=text))
    if purpose != "read":
        parts.append(_remark(opened, nonce))
    return build_page(language, f"{title} · {name}", *parts)


def _facts(opened: Opened, version: Version, language: str) -> str:
    run, link = opened.run, opened.link

    def when(at: datetime) -> str:
        return escape(zoned(at, language, run.zone))

    number = say(language, "page.version_of", number=version.number, moment=when(version.at))
    whom = "for_you" if link.purpose == "sign" else "reader"
    rows = [
        (t(language, "project"), escape(run.name)),
        (t(language, "version"), number),
        (t(language, "prepared"), escape(opened.names.get(version.by) or owner_of(opened))),
        (t(language, whom), escape(link.name)),
        (t(language, "until"), when(link.expires_at)),
        (t(language, "hash"), f"<code>{version.digest}</code>"),
    ]
    download = t(language, "download")
    again = f'<p class="row screen"><a class="button" href="?as=docx">{download}</a></p>'
    return facts_table(rows) + again


def _changes(opened: Opened, version: Version, language: str) -> str:
    before = opened.document.before(version.number)
    if before is None:
        return ""
    lines = []
    for line in differences(before.text, version.text):
        kind, tag = ("added", "ins") if line.sign == "+" else ("removed", "del")
        word, text = t(language, kind), escape(as_line(line.text))
        mark = f'<span class="tag">{word}</span>'
        lines.append(f'<li class="{kind}">{mark}<{tag}>{text}</{tag}></li>')
    title = t(language, "changes", number=before.number)
    return f'<section class="changes"><h2>{title}</h2><ul>{"".join(lines)}</ul></section>'


def _signatures(opened: Opened, language: str) -> str:
    document = opened.document
    given = [one for need in document.needs if (one := document.signed_by(need.role))]
    lines = [
        escape(record_line(opened.run, one, language, opened.names.get(one.person, "")))
        for one in given
        if one.counts
    ]
    listed = "".join(f"<li>{line}</li>" for line in lines)
    shown = f"<ul>{listed}</ul>" if lines else f"<p>{t(language, 'nobody')}</p>"
    return f"<section><h2>{t(language, 'signatures')}</h2>{shown}</section>"


def _paper(opened: Opened, language: str) -> str:
    """Lines to sign on, where the page is printed."""
    roles = opened.run.playbook.roles
    lines = "".join(
        f"<li>{escape(roles[need.role].title.to(language))}: {t(language, 'paper')}<hr></li>"
        for need in opened.document.missing()
    )
    return f'<section class="paper"><ul>{lines}</ul></section>' if lines else ""


def _decision(
    opened: Opened, version: Version, nonce: str, *, has_mail: bool, text: str
) -> str:  # fmt: skip
    language, link = opened.run.language, opened.link
    facts = {"number": version.number, "digest": version.digest[:12]}
    meaning = escape(say(language, "sign.meaning", **facts))
    if has_mail:
        code = t(language, "code_first", email=masked(link.email))
    else:
        code = t(language, "code_told", owner=owner_of(opened))
    sign = escape(say(language, "sign.sign"))
    back = escape(say(language, "sign.changes"))
    return (
        f'<section class="screen"><h2>{t(language, "meaning_title")}</h2><p>{meaning}</p>'
        f'<form method="post">{hidden(nonce=nonce, intent="sign")}'
        f"<p><strong>{t(language, 'as_person', name=link.name)}</strong> {code}</p>"
        f'<p class="row"><button class="first" name="do" value="ask">{sign}</button></p></form>'
        f'<form method="post">{hidden(nonce=nonce, intent="changes")}'
        f'<label for="text">{back}</label>'
        f'<span class="hint">{t(language, "changes_ask")}</span>'
        f'<textarea id="text" name="text" maxlength="3000">{escape(text)}</textarea>'
        f'<p class="row"><button name="do" value="ask">{back}</button></p></form></section>'
    )


def _remark(opened: Opened, nonce: str) -> str:
    language = opened.run.language
    only = "" if opened.link.purpose == "sign" else f"<p>{t(language, 'may_not_sign')}</p>"
    return (
        f'<section class="screen"><h2>{t(language, "comment")}</h2>{only}'
        f'<form method="post">{hidden(nonce=nonce)}'
        f'<label for="remark">{t(language, "comment_ask")}</label>'
        '<textarea id="remark" name="remark" maxlength="3000" required></textarea>'
        f'<p class="row"><button name="do" value="comment">{t(language, "comment_send")}</button>'
        "</p></form></section>"
    )


def build_code_page(
    opened: Opened, nonce: str, *, intent: str, text: str, has_mail: bool, wrong: str = ""
) -> str:
    """The second page: the code from their own mailbox."""
    language, link = opened.run.language, opened.link
    number = opened.document.number
    how = "code_sent" if has_mail else "code_told"
    told = t(language, how, email=masked(link.email), owner=owner_of(opened))
    title = t(language, "code_title")
    go = t(language, "sign_now" if intent == "sign" else "return_now", number=number)
    carried = hidden(nonce=nonce, intent=intent, text=text)
    again = t(language, "code_again")
    resend = (
        f'<form method="post">{carried}<button class="link" name="do" value="ask">{again}</button>'
        "</form>" if has_mail else ""
    )  # fmt: skip
    body = (
        f"<header><p>{t(language, 'as_person', name=link.name)}</p><h1>{title}</h1></header>"
        f"{banner(wrong)}<section><p>{told}</p>"
        f'<form method="post">{carried}<label for="code">{t(language, "code")}</label>'
        '<input class="code" id="code" name="code" inputmode="numeric" autocomplete="one-time-code"'
        ' pattern="[0-9]{6}" maxlength="6" required autofocus>'
        f'<p class="row"><button class="first" name="do" value="confirm">{go}</button></p></form>'
        f'{resend}<p><a href="?">{t(language, "back")}</a></p></section>'
    )
    return build_page(language, title, body)
