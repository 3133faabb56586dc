"""The frame of every page for outsiders, and the small pieces in it."""

from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files

from bot.words.catalogue import say

STYLE = (files("bot.pages") / "pages.css").read_text(encoding="utf-8")
_STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self';"
        " frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def t(language: str, key: str, **facts: object) -> str:
    """Words of the page, safe to stand in HTML."""
    return escape(say(language, f"page.{key}", **facts))


def build_page(language: str, title: str, *parts: str, footer: bool = True) -> str:
    """A whole page of safe parts; `title` is safe too."""
    foot = f"<footer>SOP Bot · {t(language, 'footer')}</footer>" if footer else ""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{title}</title><style>{STYLE}</style></head>'
        f"<body><main>{''.join(parts)}</main>{foot}</body></html>"
    )


def build_notice(language: str, key: str, *, good: bool = False, **facts: object) -> str:
    """A page that says one thing: `<key>_title` and `<key>`."""
    title = t(language, f"{key}_title")
    kind = "good" if good else "plain"
    words = t(language, key, **facts)
    body = f'<section class="notice {kind}"><h1>{title}</h1><p>{words}</p></section>'
    return build_page(language, title, body, footer=False)


def facts_table(rows: list[tuple[str, str]]) -> str:
    """What it is, by whom, in which version: names and safe values."""
    cells = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows if value)
    return f'<dl class="facts">{cells}</dl>'


def hidden(**fields: str) -> str:
    """Fields that a form carries along."""
    return "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in fields.items()
    )


def banner(words: str, *, kind: str = "wrong") -> str:
    """A line above the page: what went wrong, or well; `words` are safe."""
    role = "alert" if kind == "wrong" else "status"
    return f'<p class="banner {kind}" role="{role}">{words}</p>' if words else ""
