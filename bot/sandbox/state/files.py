"""Hold uploaded files."""

import mimetypes
from dataclasses import dataclass, field
from pathlib import PurePath

from bot.sandbox.shapes import Json
from bot.sandbox.state.cast import TEAM_ID

PRETTY = {"csv": "CSV", "xlsx": "Excel Spreadsheet", "pdf": "PDF", "png": "PNG", "docx": "Word"}


@dataclass
class StoredFile:
    """A file: announced, then filled with bytes, then completed."""

    id: str
    name: str
    user: str
    created: int
    length: int
    title: str = ""
    alt_text: str = ""
    content: bytes | None = None
    complete: bool = False
    deleted: bool = False
    elsewhere: str = ""  # its address, where its bytes do not lie in Slack
    channels: list[str] = field(default_factory=list)

    @property
    def mimetype(self) -> str:
        """Guess the media type from the name."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    def as_slack(self, base_url: str) -> Json:
        """Return the file object of events and `files.info`."""
        extension = PurePath(self.name).suffix.lstrip(".").lower()
        private = f"{base_url}/files-pri/{TEAM_ID}-{self.id}"
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": self.mimetype,
            "filetype": extension,
            "pretty_type": PRETTY.get(extension, extension.upper()),
            "user": self.user,
            "editable": False,
            "size": len(self.content or b""),
            "mode": "external" if self.elsewhere else "hosted",
            "is_external": bool(self.elsewhere),
            "external_type": "gdrive" if self.elsewhere else "",
            "is_public": bool(self.channels),
            "public_url_shared": False,
            "display_as_bot": False,
            "url_private": self.elsewhere or f"{private}/{self.name}",
            "url_private_download": self.elsewhere or f"{private}/download/{self.name}",
            "permalink": f"{base_url}/files/{self.user}/{self.id}/{self.name}",
        } | ({"alt_txt": self.alt_text} if self.alt_text else {})
