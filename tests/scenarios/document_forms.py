"""The forms about a document two parties agree on, opened as people open them."""

from collections.abc import Awaitable, Callable

from bot.ids import ViewId
from tests.scenarios import agreement
from tests.scenarios.world import ANNA, World

Open = Callable[[World], Awaitable[object]]
NAME = "Dealer day"  # of the run


def _document(action: str) -> Open:
    async def open_(world: World) -> None:
        await agreement.started(world, name=NAME)
        await agreement.fill(world)
        await world.wang.click(world.card("confirm"), action)

    return open_


async def _sign(world: World) -> None:
    await agreement.handed_in(world, name=NAME)
    await world.chen.click(agreement.newest(world), "sign.sign")


async def _send(world: World) -> None:
    await agreement.handed_in(world, name=NAME)
    await world.wang.click(agreement.newest(world), "sign.send")


def _sign_menu(action: str) -> Open:
    async def open_(world: World) -> None:
        await agreement.handed_in(world, name=NAME)
        await world.wang.click(agreement.newest(world), "sign.menu", option=f"{action} ")

    return open_


async def _changes(world: World) -> None:
    """Of a client who is in Slack."""
    await agreement.handed_in(world, name=NAME, **{"role.client": ANNA})
    await world.anna.click(world.told("approval", channel=ANNA)[-1], "sign.changes")


async def _price(world: World) -> None:
    """Of the second revision, where one is included."""
    await _changes(world)
    assert await world.anna.submit({"text": "Name the cities"}) is None
    await world.settle()
    await agreement.edit_returned(world, "Wuhan")
    await world.anna.click(world.told("approval", channel=ANNA)[-1], "sign.changes")
    assert await world.anna.submit({"text": "And a second city"}) is None
    await world.settle()
    await world.wang.click(agreement.newest(world), "sign.price")


ON_DOCUMENTS: dict[str, Open] = {
    ViewId.FORM_FILL: _document("form.fill"),
    ViewId.FORM_SEND: _document("form.send"),
    ViewId.SIGN_SIGN: _sign,
    ViewId.SIGN_SEND: _send,
    ViewId.SIGN_PAPER: _sign_menu("sign.paper"),
    ViewId.SIGN_COMMENT: _sign_menu("sign.comment"),
    ViewId.SIGN_CHANGES: _changes,
    ViewId.SIGN_PRICE: _price,
}
