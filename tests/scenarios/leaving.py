"""What people do about leave in the local workspace."""

from bot.sandbox.person import Person
from tests.scenarios.reading import Json
from tests.scenarios.world import CHANNEL, World


async def set_away(
    world: World, by: Person, first: str, last: str, deputy: str, **more: str
) -> dict[str, str] | None:
    """Say when somebody is away; returns the errors at the form's fields."""
    await by.command("/sop away", channel=CHANNEL)
    errors = await by.submit({"from_on": first, "until_on": last, "deputy": deputy, **more})
    await world.settle()
    return errors


def direct(world: World, person: Person) -> list[Json]:
    """What the bot has told somebody alone about leave, the oldest first."""
    notices = world.told("notice", channel=person.id)
    return [m for m in notices if m["metadata"]["event_payload"]["key"].startswith("leave/")]


async def answer(world: World, deputy: Person, *, accepts: bool = True) -> None:
    """The deputy answers the newest request."""
    asked = [m for m in direct(world, deputy) if "/ask/" in m["metadata"]["event_payload"]["key"]]
    await deputy.click(asked[-1], "away.accept" if accepts else "away.decline")
    await world.settle()


async def agree(world: World, by: Person, first: str, last: str, deputy: Person) -> None:
    """A leave that the deputy accepts."""
    assert await set_away(world, by, first, last, deputy.id) is None
    if by.modal:
        await by.close()
    await answer(world, deputy)
