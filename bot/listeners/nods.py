"""A nod is no decision: whoever types "ok", or reacts to a request, is offered the buttons."""

import re
from collections.abc import Mapping
from typing import Any

from bot.listeners.evidence import step_of_message
from bot.listeners.requests import Request
from bot.refs import DecisionRef
from bot.views.nods import build_nod_offer
from playbooks.levels import deciders, standing
from playbooks.run import Run, RunStatus, Step, StepStatus

_NODS = frozenset({
    "ok", "okay", "k", "lgtm", "looks good", "looks good to me", "good", "great", "fine", "perfect",
    "approve", "approved", "i approve", "agreed", "agree", "yes", "go", "go ahead", "good to go",
    "ship it", "sounds good", "可以", "可以的", "没问题", "沒問題", "同意", "通过", "通過", "批准",
    "核准", "好", "好的", "行", "赞", "讚", "不错", "不錯", "没意见", "沒意見", "无异议", "無異議",
})  # fmt: skip
_EMOJI = frozenset({
    "+1", "thumbsup", "white_check_mark", "heavy_check_mark", "ballot_box_with_check", "ok",
    "ok_hand", "100", "tada", "clap",
})  # fmt: skip
_NOISE = re.compile(r"<@\w+>|[\s.,!?~。，！？～、…]+")
_CODE = re.compile(r":([\w+-]+?)(?:::skin-tone-\d)?:")
_LONGEST = 60  # characters; what is longer says more than a nod


def is_nod(text: str) -> bool:
    """Whether a message says no more than yes."""
    if len(text) > _LONGEST:
        return False
    emoji = set(_CODE.findall(text)) | ({"+1"} if set(text) & set("👍✅👌💯") else set())
    words = _NOISE.sub(" ", _CODE.sub(" ", text)).strip("👍✅👌💯\ufe0f ").casefold()
    return words in _NODS or (not words and bool(emoji & _EMOJI))


async def offer_buttons(request: Request, event: Mapping[str, Any]) -> None:
    """Offer the buttons, once and privately, to an approver who only nods in the thread."""
    if is_nod(str(event.get("text") or "")):
        place = (str(event["channel"]), str(event["thread_ts"]))
        await _offer(request, *place, thread=place[1])


async def handle_reaction(request: Request, event: Mapping[str, Any]) -> None:
    """Offer the buttons to an approver who reacts to a request, or to the step's card."""
    item = event.get("item") or {}
    if event.get("reaction") in _EMOJI and item.get("type") == "message":
        await _offer(request, str(item["channel"]), str(item["ts"]))


async def _offer(request: Request, channel: str, ts: str, thread: str = "") -> None:
    found = await step_of_message(request, channel, ts)
    ref = _waiting_for(found[0], found[1], request.user) if found else None
    if not found or ref is None:
        return
    once = f"nod/{ref}/{request.user}"
    if not await request.desk.reading.first_time(once, workspace=request.workspace, at=request.at):
        return
    offer = build_nod_offer(*found, ref, request.language)
    request.desk.later(request.whisper(channel, offer, thread_ts=thread))


def _waiting_for(run: Run, step: Step, person: str) -> DecisionRef | None:
    """The decision that a step waits for from somebody."""
    waits = step.status is StepStatus.DECIDING and run.status is RunStatus.ACTIVE
    now = standing(run, step) if waits else None
    for level in now.open if now else ():
        if person in deciders(run, step, level):
            return DecisionRef(run.id, step.key, step.versions[-1].number, level.level)
    return None
