"""What a link may be: a web address that somebody else can open too."""

import re
from urllib.parse import urlsplit

from playbooks.run import Refused

LINK_LIMIT = 2000  # characters; a button's value holds no more
_HOST = re.compile(r"[\w.-]*\w[\w.-]*|[\da-f.]*:[\da-f:.]*")  # of any script; or IPv6


def require_link(value: str) -> None:
    """Refuse what is no http or https address with a host, and what is too long to keep."""
    if not is_link(value):
        raise Refused("link_wrong")
    if len(value) > LINK_LIMIT:
        raise Refused("link_long")


def is_link(value: str) -> bool:
    """Whether it is an http or https address with a host, and nothing unseen in it."""
    if not value.isprintable() or " " in value:
        return False
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port  # asked for, because a wrong one raises
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(host and _HOST.fullmatch(host))


def short_name(link: str, limit: int) -> str:
    """A link's short name: its host and the end of its path."""
    if not is_link(link):
        return link[:limit]
    parts = urlsplit(link)
    last = parts.path.rstrip("/").rpartition("/")[2]
    return " · ".join(filter(None, (parts.hostname, last)))[:limit]
