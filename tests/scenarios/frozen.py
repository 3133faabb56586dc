"""A run whose files are approved, and short words for handing them in and deciding on them."""

from copy import deepcopy
from hashlib import sha256

from bot.sandbox.person import Person
from playbooks.records import Evidence
from playbooks.run import Step
from storage.blobs import Blob
from tests.scenarios.reading import Json
from tests.scenarios.world import CHANNEL, CHEN, LI, WANG, World

FIRST, SECOND = b"%PDF first", b"%PDF second, longer"


def digest(content: bytes) -> str:
    """The hash of a file."""
    return sha256(content).hexdigest()


async def start(world: World) -> None:
    """Start the run: Wang leads and is level 1, Chen is level 2, the work is Li's."""
    roles = {"role.controller": WANG, "role.designer": LI, "role.head": CHEN, "language": "en"}
    assert await world.fill_start(world.wang, roles, playbook="frozen") is None
    await world.settle()


async def hand_in(world: World, step: str, *files: tuple[str, bytes]) -> None:
    """Hand a step in with files, and wait until all is said."""
    await world.finish(step, world.li, {"evidence": list(files) or [("kv.pdf", FIRST)]})


def request(world: World, step: str, level: str, person: str = "") -> Json:
    """The newest request of a level, in the thread or with a person."""
    found = []
    for message in world.told("approval", step, person or CHANNEL):
        parts = message["metadata"]["event_payload"]["key"].split("/")
        if parts[1] == "approval" and parts[4] == level:
            found.append(message)
    return deepcopy(found[-1])


def question(world: World, step: str, person: str = "") -> Json:
    """The newest question whether a change matters."""
    found = world.told("notice", step, person or CHANNEL)
    keys = [(m, m["metadata"]["event_payload"]["key"].split("/")[1]) for m in found]
    return deepcopy([message for message, kind in keys if kind == "change"][-1])


async def approve(world: World, step: str, level: str, by: Person) -> None:
    """Approve a level in the thread."""
    await by.click(request(world, step, level), "approval.approve")
    await world.settle()


async def approve_all(world: World, step: str) -> None:
    """Approve both levels."""
    await approve(world, step, "manager", world.wang)
    await approve(world, step, "head", world.chen)


async def replace(world: World, step: str, content: bytes = SECOND) -> None:
    """Give the step's file another content in Slack."""
    [piece] = (await world.step(step)).evidence
    await world.li.replace_file(piece.value, content)
    await world.settle()


def frozen(step: Step) -> Evidence:
    """The one piece of the latest version."""
    assert step.version
    [piece] = step.version.evidence
    return piece


async def kept(world: World, content: bytes) -> Blob | None:
    """What the database holds of a content."""
    return await world.bot.database.run(
        lambda tx: tx.blobs.get(digest(content), workspace="T0SANDBOX")
    )


def direct_files(world: World, person: str) -> list[str]:
    """The names of files that the bot sent to somebody."""
    messages = world.sandbox.space.im(person).messages
    return [file["name"] for message in messages for file in message.get("files", ())]
