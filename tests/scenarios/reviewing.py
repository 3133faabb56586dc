"""What people do about questions and decisions in the local workspace."""

from bot.sandbox.person import Person
from playbooks.run import Run
from tests.scenarios.reading import Json, buttons, every
from tests.scenarios.world import ANNA, CHANNEL, CHEN, LI, WANG, World

LINK = "https://files.example.com/visual"
VISUAL: Json = {
    "question.claim": "yes", "question.claim.evidence": "Page 2, first line", "evidence": LINK,
    "signed": ["signed"],
}  # fmt: skip


async def start_review(world: World, **roles: str | list[str]) -> Run:
    """Wang leads, Li designs, Anna manages, Chen is head; all but Li are the board."""
    values: Json = {
        "role.designer": LI, "role.manager": ANNA, "role.head": CHEN,
        "role.board": [WANG, CHEN, ANNA], "language": "en",
    }  # fmt: skip
    named = {f"role.{role}": people for role, people in roles.items()}
    assert await world.fill_start(world.wang, values | named, playbook="review") is None
    await world.settle()
    return await world.run()


async def hand_in_visual(world: World, **values: str) -> None:
    """Wang writes the brief, Li draws and hands in, signed."""
    if "step.done" in buttons(world.card("brief")):
        await world.finish("brief", world.wang)
    await world.finish("visual", world.li, VISUAL | values)


def request(world: World, step: str) -> Json:
    """The latest request to decide in a step's thread."""
    return world.told("approval", step)[-1]


def requests(world: World, step: str) -> list[Json]:
    """Every request to decide in a step's thread, the oldest first."""
    return world.told("approval", step)


def copy(world: World, person: Person, step: str) -> Json:
    """The latest request in somebody's direct messages."""
    return world.told("approval", step, person.id)[-1]


async def press(world: World, by: Person, shown: Json, action: str) -> None:
    """Press a button of a request, or take it from its menu; then wait."""
    menus = [node for node in every(shown["blocks"]) if node.get("type") == "overflow"]
    if any(o["value"].startswith(f"{action} ") for menu in menus for o in menu["options"]):
        await by.click(shown, "approval.menu", option=f"{action} ")
    else:
        await by.click(shown, action)
    if not by.modal:
        await world.settle()


async def send(world: World, by: Person, values: Json | None = None) -> dict[str, str] | None:
    """Send the form on top; then wait."""
    errors = await by.submit(values or {})
    await world.settle()
    return errors


async def approve(world: World, by: Person, step: str, *, shown: Json | None = None) -> None:
    """Approve in the thread, or where the request is shown."""
    await press(world, by, shown or request(world, step), "approval.approve")


async def request_changes(
    world: World, by: Person, step: str, comment: str = "Logo larger", **more: str
) -> None:
    """Request changes, with a form."""
    await press(world, by, request(world, step), "approval.request_changes")
    assert await send(world, by, {"comment": comment, **more}) is None


def notices(world: World, step: str, channel: str = CHANNEL) -> list[str]:
    """What was said once about a step."""
    return [message["text"] for message in world.told("notice", step, channel)]
