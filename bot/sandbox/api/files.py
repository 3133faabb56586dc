"""Take uploads in the three steps that Slack wants, and describe files."""

from bot.sandbox.api.access import joined
from bot.sandbox.shapes import Json, SlackError
from bot.sandbox.state.cast import BOT_USER_ID
from bot.sandbox.state.files import StoredFile
from bot.sandbox.state.messages import post
from bot.sandbox.state.workspace import Workspace


def upload_url(space: Workspace, args: Json) -> Json:
    """Answer files.getUploadURLExternal."""
    created = int(space.clock.now().timestamp())
    file = StoredFile(
        space.ids.next("F"),
        args["filename"],
        BOT_USER_ID,
        created,
        args["length"],
        alt_text=args.get("alt_txt") or "",
    )
    space.files[file.id] = file
    return {"upload_url": f"{space.url}/upload/{file.id}", "file_id": file.id}


def receive(space: Workspace, file_id: str, content: bytes) -> None:
    """Fill an announced file with its bytes."""
    file = space.file(file_id)
    if file.content is not None:
        raise SlackError("already_uploaded")
    if len(content) != file.length:
        raise SlackError("length_mismatch")
    file.content = content


def complete(space: Workspace, args: Json) -> Json:
    """Answer files.completeUploadExternal."""
    files = [space.file(one["id"]) for one in args["files"]]
    if any(file.content is None or file.user != BOT_USER_ID for file in files):
        raise SlackError("file_not_found")
    if any(file.complete for file in files):
        raise SlackError("file_already_completed")
    targets = [joined(space, one) for one in _targets(args)]
    for channel in targets:
        if args.get("thread_ts") and not channel.has(args["thread_ts"]):
            raise SlackError("thread_not_found")
    for file, named in zip(files, args["files"], strict=True):
        file.title = named.get("title") or file.name
        file.complete = True
        file.channels += [channel.id for channel in targets]
    draft = {"text": args.get("initial_comment"), "thread_ts": args.get("thread_ts")}
    if not draft["text"]:
        draft["blocks"] = args.get("blocks")
    for channel in targets:
        post(space, channel, BOT_USER_ID, draft, files)
    return {"files": [file.as_slack(space.url) for file in files]}


def info(space: Workspace, args: Json) -> Json:
    """Answer files.info."""
    file = space.file(args["file"])
    if file.deleted:
        raise SlackError("file_deleted")
    if not file.complete:
        raise SlackError("file_not_found")
    return {"file": file.as_slack(space.url), "comments": []}


def _targets(args: Json) -> list[str]:
    single = [args["channel_id"]] if args.get("channel_id") else []
    return single + (args.get("channels") or [])
