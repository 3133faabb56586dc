"""Check one Web API call: its method, its arguments, and what it carries (rules 1 to 21)."""

import json
import re
from dataclasses import replace
from typing import Any

from bot.sandbox.checker.faults import Fault, Report
from bot.sandbox.checker.jsons import kind_of
from bot.sandbox.checker.messages import check_message
from bot.sandbox.checker.methods import METHODS, SDK_ARGS, Method
from bot.sandbox.checker.views import check_view
from bot.sandbox.shapes import Json

POSTS = ("chat.postMessage", "chat.postEphemeral", "chat.update")
# Real ids are longer; the sandbox's own (U0LI) are short.
CHANNEL = re.compile(r"[CDG][A-Z0-9]{3,}")
USER = re.compile(r"[UW][A-Z0-9]{2,}")
TS = re.compile(r"\d{10}\.\d{6}")
TRIGGER = re.compile(r"\d+\.\d+\.\w+")
EMOJI = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")
SECRET = re.compile(r"\b(xox[abeprs]-|xapp-)")
TYPES: dict[str, type | tuple[type, ...]] = {
    "str": str,
    "int": int,
    "bool": bool,
    "list": list,
    "json": (dict, list),
}
INVALID = "invalid_arguments"


def check_call(method: str, args: Json, *, allow_broadcast: bool = False) -> list[Fault]:
    """Return everything that is wrong with a call, errors and warnings."""
    if method not in METHODS:
        message = "no method that the bot's features need"
        return [Fault(1, "E", "", message, "unknown_method", method)]
    report = Report(error_name=INVALID)
    _check_arguments(report, METHODS[method], args)
    if not report.faults:
        _check_ids(report, method, args)
        _check_special(report, method, args)
    leak = SECRET.search(json.dumps(args, default=str))
    report.need(not leak, 21, "", "a token stands among the arguments")
    faults = report.faults
    if method in POSTS:
        faults += check_message(args, method=method, allow_broadcast=allow_broadcast)
    if "view" in args:
        faults += check_view(args["view"], allow_broadcast=allow_broadcast)
    return [replace(fault, method=method) for fault in faults]


def _check_arguments(report: Report, known: Method, args: Json) -> None:
    kinds = SDK_ARGS | known.args
    for name, value in args.items():
        if report.need(name in kinds, 1, f"/{name}", f"unknown argument: {name}"):
            fits = isinstance(value, TYPES[kinds[name]])
            report.need(fits, 1, f"/{name}", f"must be {kinds[name]}")
    for name in known.required:
        given = args.get(name) not in (None, "", [])
        report.need(given, 1, f"/{name}", f"missing required field: {name}", _missing(name))


def _missing(name: str) -> str:
    names = {"channel": "channel_not_found", "user": "user_not_found", "view": INVALID}
    return names.get(name, "missing_argument" if name in ("filename", "length") else INVALID)


def _check_ids(report: Report, method: str, args: Json) -> None:
    channel = args.get("channel")
    if channel is not None:
        direct = method == "chat.postMessage" and USER.fullmatch(channel)
        known = direct or CHANNEL.fullmatch(channel)
        report.need(known, 2, "/channel", "is no channel id", "channel_not_found")
    for name in ("user", "user_id"):
        if name in args:
            report.need(USER.fullmatch(args[name]), 2, f"/{name}", "no user id", "user_not_found")
    for name, error in _TIMES.items():
        if args.get(name) is not None:
            wrong = "bad_timestamp" if method in ("pins.add", "reactions.add") else error
            report.need(TS.fullmatch(args[name]), 2, f"/{name}", "is no message time", wrong)


_TIMES = {
    "ts": "message_not_found",
    "message_ts": "message_not_found",
    "timestamp": "bad_timestamp",
    "thread_ts": "thread_not_found",
}


def _check_special(report: Report, method: str, args: Json) -> None:
    if METHODS[method].pages and "limit" in args:
        _check_limit(report, args["limit"])
    for group, check in _SPECIAL.items():
        if method.startswith(group):
            check(report, args)


def _check_limit(report: Report, limit: int) -> None:
    report.need(1 <= limit <= 999, 15, "/limit", "must be 1 to 999", "invalid_limit")
    report.advise(limit <= 200, 15, "/limit", "ask for 200 at most")


def _check_trigger(report: Report, args: Json) -> None:
    given = args.get("trigger_id") or args.get("interactivity_pointer") or ""
    good = TRIGGER.fullmatch(given)
    report.need(good, 16, "/trigger_id", "is no trigger id", "invalid_trigger_id")
    modal = kind_of(args["view"]) == "modal"
    report.need(modal, 16, "/view/type", "must be modal")


def _check_view_id(report: Report, args: Json) -> None:
    one = bool(args.get("view_id")) != bool(args.get("external_id"))
    report.need(one, 16, "", "needs either view_id or external_id")


def _check_home(report: Report, args: Json) -> None:
    home = kind_of(args["view"]) == "home"
    report.need(home, 16, "/view/type", "must be home")


def _check_reaction(report: Report, args: Json) -> None:
    report.need(EMOJI.fullmatch(args["name"]), 13, "/name", "is no emoji name", "invalid_name")


def _check_upload(report: Report, args: Json) -> None:
    report.need(args["length"] >= 1, 14, "/length", "must be 1 or more", "missing_argument")
    alt = args.get("alt_txt") or ""
    report.need(len(alt) <= 1000, 14, "/alt_txt", "longer than 1000", "alt_txt_too_large")
    picture = args["filename"].lower().endswith((".png", ".jpg", ".jpeg", ".gif"))
    report.advise(alt or not picture, 14, "/alt_txt", "a picture needs a description")


def _check_share(report: Report, args: Json) -> None:
    files: Any = args["files"]
    named = isinstance(files, list) and all(isinstance(f, dict) and "id" in f for f in files)
    report.need(named, 14, "/files", "must name files by id")
    channel = args.get("channel_id")
    known = channel is None or CHANNEL.fullmatch(channel)
    report.need(known, 14, "/channel_id", "is no channel id", "channel_not_found")
    channels = args.get("channels") or []
    report.need(len(channels) <= 100, 14, "/channels", "at most 100", "channels_limit_exceeded")
    alone = "thread_ts" not in args or len(channels) + bool(args.get("channel_id")) == 1
    report.need(alone, 14, "/thread_ts", "needs one single channel")


def _check_invited(report: Report, args: Json) -> None:
    report.need(len(args["users"]) <= 100, 13, "/users", "at most 100", "too_many_users")


def _check_opened(report: Report, args: Json) -> None:
    report.need(len(args.get("users", [])) <= 8, 13, "/users", "at most 8", "too_many_users")


_SPECIAL = {
    "views.open": _check_trigger,
    "views.push": _check_trigger,
    "views.update": _check_view_id,
    "views.publish": _check_home,
    "reactions.add": _check_reaction,
    "files.getUpload": _check_upload,
    "files.completeUpload": _check_share,
    "conversations.invite": _check_invited,
    "conversations.open": _check_opened,
}
