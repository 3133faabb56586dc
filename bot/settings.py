"""What the environment says; the only reader of it besides `.env`."""

import re
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.os_errors import reason_of
from playbooks.type_words import say_type


class WrongSettings(Exception):
    """A variable is missing or wrong; the text names it and says what to do."""


class Settings(BaseSettings):
    """The environment's variables, by their names in lower case."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    slack_bot_token: str = ""
    slack_app_token: str = ""
    slack_signing_secret: str = ""
    slack_api_url: str = "https://slack.com/api/"
    sopbot_mode: Literal["socket", "http"] | None = None
    sopbot_host: str = "127.0.0.1"
    sopbot_port: int = Field(default=3000, ge=0, le=65535)
    sopbot_public_url: str = ""
    smtp_url: str = ""
    sopbot_mail_from: str = ""
    database_url: str = "sqlite:///data/sopbot.db"
    sopbot_playbooks: str = ""
    sopbot_llm_model: str = ""
    sopbot_log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    sopbot_log_format: Literal["console", "json"] = "console"

    @field_validator("slack_api_url")
    @classmethod
    def _is_directory(cls, url: str) -> str:
        if not url.startswith(("http://", "https://")):
            raise ValueError("must be a web address such as https://slack.com/api/")
        return url.rstrip("/") + "/"

    @field_validator("sopbot_public_url")
    @classmethod
    def _is_web(cls, url: str) -> str:
        if url and not url.startswith(("http://", "https://")):
            raise ValueError("must be a web address such as https://sopbot.example.com")
        return url.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _is_known(cls, url: str) -> str:
        if not url.startswith(("sqlite:", "postgresql:", "postgres:")):
            raise ValueError("must be sqlite:///path or postgresql://user:password@host/name")
        return url

    @field_validator("sopbot_log_level", mode="before")
    @classmethod
    def _upper(cls, level: object) -> object:
        return level.upper() if isinstance(level, str) else level

    @classmethod
    def read(cls, **given: Any) -> Self:
        """Read the environment, but for what is given; raises WrongSettings with one line."""
        try:
            return cls(**given)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            words = say_type(first)
            if not first["loc"]:
                raise WrongSettings(f"{words}; mend it in the environment or in .env") from None
            name = str(first["loc"][0]).upper()
            raise WrongSettings(f"{name}: {words}; mend it in the environment or in .env") from None
        except UnicodeDecodeError:
            raise WrongSettings(".env is no UTF-8 text: save it as UTF-8") from None
        except OSError as error:
            raise WrongSettings(f".env cannot be read ({reason_of(error)}): mend it") from None

    @property
    def mode(self) -> Literal["socket", "http"]:
        """How Slack reaches the bot."""
        return self.sopbot_mode or ("socket" if self.slack_app_token else "http")

    @property
    def has_mail(self) -> bool:
        """Whether mails can be written: a server and a sender are named."""
        is_server = re.fullmatch(r"smtps?://(?:[^@/]*@)?[^@/:]+(?::\d{1,5})?/?", self.smtp_url)
        return bool(is_server) and "@" in parseaddr(self.sopbot_mail_from)[1]

    @property
    def playbook_folders(self) -> list[Path]:
        """The folders of the team's own playbooks."""
        return [Path(part) for part in self.sopbot_playbooks.split(":") if part]

    def require_playbooks(self) -> None:
        """Raise WrongSettings unless every folder of the team's playbooks can be read."""
        for folder in self.playbook_folders:
            try:
                next(folder.iterdir(), None)
            except OSError as error:
                raise WrongSettings(
                    f"SOPBOT_PLAYBOOKS: the folder {str(folder)!r} cannot be read"
                    f" ({reason_of(error)}): make it, or mend the variable"
                ) from None

    def require_mail(self) -> None:
        """Raise WrongSettings where mail is wanted, and cannot be sent with these."""
        if self.smtp_url and not self.has_mail:
            raise WrongSettings(
                "SMTP_URL must be smtp://user:password@host:587 or smtps://…:465, and"
                " SOPBOT_MAIL_FROM name the sender: mend it in the environment or in .env"
            )

    def require_slack(self) -> None:
        """Raise WrongSettings unless the bot can reach Slack with these."""
        for fault in self.slack_faults().values():
            raise WrongSettings(fault)

    def slack_faults(self) -> dict[str, str]:
        """What is missing or wrong of what the bot needs to reach Slack, by variable."""
        faults = {"SLACK_BOT_TOKEN": _token_fault("SLACK_BOT_TOKEN", self.slack_bot_token, "xoxb-")}
        if self.mode == "socket":
            faults |= {
                "SLACK_APP_TOKEN": _token_fault("SLACK_APP_TOKEN", self.slack_app_token, "xapp-")
            }
        elif not self.slack_signing_secret:
            mend = "set it for HTTP mode, or SLACK_APP_TOKEN for Socket Mode"
            faults |= {"SLACK_SIGNING_SECRET": f"SLACK_SIGNING_SECRET is missing: {mend}"}
        return {name: fault for name, fault in faults.items() if fault}


def _token_fault(name: str, value: str, prefix: str) -> str:
    if not value:
        return f"{name} is missing: set it in the environment or in .env"
    if value.startswith(prefix):
        return ""
    return f"{name} does not start with {prefix}: copy it once more"


def is_https(url: str) -> bool:
    """Whether this is an address that others can open safely."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and not set(url) & set(" \t\n")
