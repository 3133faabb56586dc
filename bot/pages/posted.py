"""What a page sent back, and whether it was our page."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest, digest

from aiohttp import web

from bot.services.outside import Opened
from playbooks.document_text import plain
from playbooks.texts import LANGUAGES

FIELDS = 400  # of one form; more are not read


@dataclass(frozen=True, slots=True)
class Posted:
    """The fields of a form; several values only where boxes were ticked."""

    fields: Mapping[str, tuple[str, ...]]

    def one(self, name: str) -> str:
        """The one value of a field, without characters nobody sees."""
        return plain(next(iter(self.fields.get(name, ())), ""))

    def fits(self, nonce: str) -> bool:
        """Whether the form came from the page that was shown for this link and version."""
        return compare_digest(self.one("nonce").encode(), nonce.encode())


async def read_posted(request: web.Request) -> Posted:
    """Read a form; files are not taken."""
    found: dict[str, list[str]] = {}
    for name, value in list((await request.post()).items())[:FIELDS]:
        if isinstance(value, str):
            found.setdefault(name, []).append(value)
    return Posted({name: tuple(values) for name, values in found.items()})


def nonce_of(token: str, opened: Opened) -> str:
    """What binds a form to its link and to the version it was shown for."""
    shown = f"{opened.link.purpose}/{opened.document.number}"
    return digest(token.encode(), shown.encode(), sha256).hex()


def is_foreign(request: web.Request) -> bool:
    """Whether another site sent the form, as browsers tell."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}


def language_of(request: web.Request) -> str:
    """The language a reader prefers, for pages that belong to no run."""
    for part in request.headers.get("Accept-Language", "")[:200].split(","):
        tag = part.partition(";")[0].strip().lower()
        if tag.startswith("zh"):
            is_hant = any(word in tag for word in ("hant", "tw", "hk", "mo"))
            return "zh-Hant" if is_hant else "zh-Hans"
        if tag.startswith("en"):
            return "en"
    return LANGUAGES[0]
