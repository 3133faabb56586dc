"""Approved, then handed over, then signed: only that closes the step."""

from playbooks.run import StepStatus
from tests.scenarios.agreement import fill, key_of, newest, sign_ours
from tests.scenarios.reading import Json, buttons
from tests.scenarios.world import ANNA, CHANNEL, CHEN, LI, WANG, World


async def handed_in(world: World) -> None:
    """Wang looks after the client, Li reviews, Anna's team delivers, Chen signs."""
    await world.wang.command("/sop start received-agreement", channel=CHANNEL)
    roles = {
        "role.manager": WANG, "role.reviewer": LI, "role.delivery": ANNA, "role.head": CHEN,
    }  # fmt: skip
    given = {"name": "Zhao Foods", "language": "en", "calendar": "CN", **roles}
    assert await world.wang.submit(given) is None
    await world.settle()
    await fill(world, {"question.goal": "More dealers"})
    await world.finish("confirm", world.wang)


def request(world: World, level: str) -> Json:
    """The newest request of a level."""
    return [m for m in world.told("approval", "confirm") if f"/{level}/" in key_of(m)][-1]


async def test_a_version_is_signed_once_it_is_approved_and_received(world: World) -> None:
    await handed_in(world)
    assert "sign.sign" not in buttons(newest(world))
    await world.li.click(request(world, "review"), "approval.approve")
    await world.settle()
    assert "sign.sign" not in buttons(newest(world))
    await world.anna.click(request(world, "handover"), "handover.accept")
    await world.settle()
    assert (await world.step("confirm")).status is StepStatus.DECIDING
    assert "sign.sign" in buttons(newest(world))
    await sign_ours(world)
    assert (await world.step("confirm")).status is StepStatus.DONE


async def test_what_the_receiver_takes_back_is_signed_when_it_is_accepted_anew(
    world: World,
) -> None:
    await handed_in(world)
    await world.li.click(request(world, "review"), "approval.approve")
    await world.settle()
    await world.anna.click(request(world, "handover"), "handover.accept")
    await world.settle()
    await world.anna.click(request(world, "handover"), "approval.undo")
    await world.settle()
    assert "sign.sign" not in buttons(newest(world))
    await world.anna.click(request(world, "handover"), "handover.accept")
    await world.settle()
    await sign_ours(world)
    assert (await world.step("confirm")).status is StepStatus.DONE
