"""A run whose work is handed over: Wang leads, Li works, Chen receives, Anna is the sponsor."""

from typing import Any

from bot.sandbox.person import Person
from tests.scenarios.reading import Json
from tests.scenarios.world import ANNA, CHANNEL, CHEN, LI, World

ROLES = {"role.product": LI, "role.data": CHEN, "role.sponsor": ANNA}


async def start(world: World, name: str = "Lamp prices", **roles: str | None) -> None:
    """Start the run; roles named here are played by others, or by nobody."""
    named = ROLES | {f"role.{role}": person for role, person in roles.items()}
    await world.wang.command("/sop start price-list", channel=CHANNEL)
    values: Json = {"name": name, "language": "en"}
    errors = await world.wang.submit(values | {k: v for k, v in named.items() if v})
    assert errors is None
    await world.settle()


async def hand_in(world: World, number: int = 1, **more: Any) -> None:
    """Li hands in a version of the price list."""
    link = f"https://example.com/prices-v{number}"
    await world.finish("prices", world.li, {"evidence": link, **more})


async def give_back(
    world: World, criterion: str, reason: str, by: Person | None = None
) -> dict[str, str] | None:
    """Chen returns the version handed in last, from the thread."""
    by = by or world.chen
    await by.click(request(world), "handover.return")
    errors = await by.submit({"criterion": criterion, "reason": reason})
    await world.settle()
    return errors


async def dispute(world: World, name: str = "Lamp prices") -> None:
    """Start, and come to the second return."""
    await start(world, name)
    await hand_in(world)
    await give_back(world, "codes", "12 codes are missing")
    await hand_in(world, 2)
    await give_back(world, "currency", "The currency is missing")


async def decide(world: World, by: Person, **values: Any) -> dict[str, str] | None:
    """Decide between both sides, from the thread."""
    await by.click(request(world), "handover.decide")
    errors = await by.submit(values)
    await world.settle()
    return errors


def request(world: World, step: str = "prices", nth: int = -1, channel: str = CHANNEL) -> Json:
    """A request about the hand-over, the latest one unless said otherwise."""
    return world.told("approval", step, channel)[nth]
