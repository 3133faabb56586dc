"""What people choose about their days and hours."""

from playbooks.calendars import CALENDARS
from playbooks.people import Person
from playbooks.texts import LANGUAGES


def check_preferences(person: Person) -> dict[str, str]:
    """The wrong fields of what somebody chose, each with the key of the words that say why."""
    wrong = {}
    if person.language not in LANGUAGES:
        wrong["language"] = "start.language_unknown"
    if person.calendar and person.calendar not in CALENDARS:
        wrong["calendar"] = "start.calendar_unknown"
    if person.to_hour <= person.from_hour:
        wrong["to_hour"] = "settings.to_before_from"
    elif not person.from_hour <= person.digest_at < person.to_hour:
        wrong["digest_at"] = "settings.digest_outside"
    return wrong
