"""Name the people of the workspace and describe them as Slack does."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.sandbox.shapes import Json

TEAM_ID = "T0SANDBOX"
APP_ID = "A0SOPBOT"
BOT_ID = "B0SOPBOT"
BOT_USER_ID = "U0SOPBOT"
BOT_TOKEN = "xoxb-sandbox"
APP_TOKEN = "xapp-sandbox"

LANGUAGES = {"zh-CN": "zh-Hans", "zh-TW": "zh-Hant"}


@dataclass(frozen=True)
class User:
    """One member: a person to act as, or the bot."""

    id: str
    handle: str
    name: str
    title: str
    locale: str
    tz: str
    color: str
    initials: str
    is_bot: bool = False

    @property
    def language(self) -> str:
        """Return the language tag in which this person reads."""
        return LANGUAGES.get(self.locale, "en")

    def as_slack(self, at: datetime, *, include_locale: bool) -> Json:
        """Return the user object of `users.info`."""
        offset = at.astimezone(ZoneInfo(self.tz)).utcoffset()
        user: Json = {
            "id": self.id,
            "team_id": TEAM_ID,
            "name": self.handle,
            "real_name": self.name,
            "deleted": False,
            "color": self.color,
            "tz": self.tz,
            "tz_label": self.tz,
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "profile": self._profile(),
            "is_admin": False,
            "is_owner": False,
            "is_restricted": False,
            "is_ultra_restricted": False,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": int(at.timestamp()),
        }
        return user | {"locale": self.locale} if include_locale else user

    def _profile(self) -> Json:
        profile: Json = {
            "real_name": self.name,
            "display_name": self.name,
            "title": self.title,
            "real_name_normalized": self.name,
            "display_name_normalized": self.name,
            "team": TEAM_ID,
        }
        return profile | ({"api_app_id": APP_ID, "bot_id": BOT_ID} if self.is_bot else {})


PEOPLE = (
    User(
        "U0WANG", "wang", "Wang Li (王莉)", "Project manager, event controller",
        "en-US", "Asia/Shanghai", "b4552d", "WL",
    ),
    User("U0LI", "li", "Li Na (李娜)", "Designer", "zh-CN", "Asia/Shanghai", "2f7d6b", "李"),
    User(
        "U0CHEN", "chen", "Chen Yi-chun (陳怡君)", "Department head",
        "zh-TW", "Asia/Taipei", "5a4fa3", "陳",
    ),
    User(
        "U0ANNA", "anna", "Anna Vogel", "Marketing colleague in Berlin",
        "en-US", "Europe/Berlin", "a3415f", "AV",
    ),
)  # fmt: skip
BOT = User("U0SOPBOT", "sopbot", "SOP Bot", "App", "en-US", "Etc/UTC", "38557a", "SB", is_bot=True)
