"""Every id of documents is seen by somebody, and leads somewhere."""

from bot.listeners import routes
from tests.scenarios.agreement import document, handed_in, newest, send, started
from tests.scenarios.outsider import Outsider
from tests.scenarios.reading import buttons
from tests.scenarios.world import ANNA, World

PREFIXES = ("sign.", "form.")


async def test_every_id_of_documents_is_seen_and_answered(world: World) -> None:
    seen: set[str] = set()
    forms: set[str] = set()

    def look(*shown: object) -> None:
        for one in shown:
            assert isinstance(one, dict)
            seen.update(id_ for id_ in buttons(one) if id_.startswith(PREFIXES))
            forms.add(str(one.get("callback_id", "")))

    await started(world)
    look(world.card("confirm"))
    for action in ("form.fill", "form.send"):
        await world.wang.click(world.card("confirm"), action)
        look(world.wang.modal)
        await world.wang.close()
    await world.wang.click(world.run_card(), "run.menu", option="run.cancel ")
    await world.wang.submit({"reason": "Once more"})
    await world.settle()
    await handed_in(world)
    for action in ("sign.sign", "sign.send"):
        by = world.chen if action == "sign.sign" else world.wang
        await by.click(newest(world), action)
        look(by.modal, newest(world))
        await by.close()
    for action in ("sign.paper", "sign.comment", "sign.read"):
        await world.wang.click(newest(world), "sign.menu", option=f"{action} ")
        look(world.wang.modal)
        await world.wang.close()
    await world.wang.click(newest(world), "sign.menu", option="sign.paper ")
    paper = {"name": "Ms Zhao", "scan": [("signed.pdf", b"%PDF-1.4")], "witness": ANNA}
    assert await world.wang.submit(paper) is None
    await world.settle()
    look(world.told("notice", "confirm")[-1])
    assert seen | CLIENTS == {a for a in routes.ACTIONS if a.startswith(PREFIXES)} | {"sign.menu"}
    assert forms | {"sign.changes", "sign.price"} - {"", "run.cancel"} >= {
        view for view in routes.VIEWS if view.startswith(PREFIXES)
    }


# Looked at where a client is in Slack, and where a change request is open.
CLIENTS = {"sign.changes", "sign.price", "sign.waive"}


async def test_what_a_client_and_a_change_request_show_leads_somewhere(world: World) -> None:
    await handed_in(world)
    await send(world)
    async with Outsider(world) as zhao:
        await zhao.send_back(zhao.link(), "One")
        await world.wang.click(newest(world), "form.fill")
        await world.wang.submit({"question.goal": "Two"})
        await world.settle()
        await zhao.send_back(zhao.link(), "Three")
    assert {"sign.price", "sign.waive", "sign.menu"} < set(buttons(newest(world)))
    await world.wang.click(newest(world), "sign.price")
    assert (world.wang.modal or {})["callback_id"] == "sign.price"
    await world.wang.close()
    assert (await document(world)).open_request
