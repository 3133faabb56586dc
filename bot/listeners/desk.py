"""What listeners work with."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from bot.clock import Clock
from bot.directory import Directory
from bot.services.documents import DocumentService
from bot.services.feeds import FeedService
from bot.services.freezing import FreezingService
from bot.services.leaves import LeaveService
from bot.services.people import PeopleService
from bot.services.plans import PlanService
from bot.services.preferences import PreferenceService
from bot.services.reading import ReadingService
from bot.services.records import RecordService
from bot.services.runs import RunService
from bot.services.schedules import ScheduleService
from bot.slack_files import SlackFiles
from playbooks.library import Library


@dataclass(frozen=True, slots=True)
class Desk:
    """What listeners work with."""

    runs: RunService
    schedules: ScheduleService
    reading: ReadingService
    documents: DocumentService
    people: PeopleService
    preferences: PreferenceService
    feeds: FeedService
    directory: Directory
    library: Callable[[], Library]
    clock: Clock
    later: Callable[[Coroutine[Any, Any, Any]], asyncio.Task[Any]]  # what outlasts the answer
    rouse: Callable[[str, str], Coroutine[Any, Any, None]]  # workspace, channel: speak again
    keep_files: Callable[[], Coroutine[Any, Any, None]]  # fetch what was handed in
    freezing: FreezingService
    plans: PlanService
    records: RecordService
    files: SlackFiles
    leaves: LeaveService
    turn_leaves: Callable[[], Coroutine[Any, Any, None]]  # let the runs follow at once
    # The private message behind a form: its address, by the form's id. Kept no longer than we
    # live, and not in the form, where whoever has it open could read it.
    behind: dict[str, str] = field(default_factory=dict)
