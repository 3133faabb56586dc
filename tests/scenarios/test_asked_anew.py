"""Who is asked anew, after the decision before theirs was undone, gets a new message."""

from tests.scenarios.reading import Json, buttons
from tests.scenarios.reviewing import approve, hand_in_visual, press, requests, start_review
from tests.scenarios.world import CHANNEL, CHEN, World


def keys(messages: list[Json]) -> list[str]:
    """What the messages carry, without the run's id."""
    told = [str(m["metadata"]["event_payload"]["key"]) for m in messages]
    return [key.split("/", 1)[1] for key in told]


async def undo_and_approve(world: World) -> None:
    """Anna takes her approval back and gives it again."""
    await press(world, world.anna, requests(world, "visual")[0], "approval.undo")
    await approve(world, world.anna, "visual", shown=requests(world, "visual")[0])


async def test_the_next_decider_is_asked_by_a_new_message_and_the_old_one_is_a_line(
    world: World,
) -> None:
    await start_review(world)
    await hand_in_visual(world)
    await approve(world, world.anna, "visual")
    await press(world, world.anna, requests(world, "visual")[0], "approval.undo")
    for old in (requests(world, "visual")[1], *world.told("approval", "visual", CHEN)):
        assert buttons(old) == []  # nothing new while the level before is open
    await approve(world, world.anna, "visual", shown=requests(world, "visual")[0])
    first, second, anew = requests(world, "visual")
    level = "approval/visual/1/head"
    assert keys([second, anew]) == [f"{level}/{CHANNEL}", f"{level}/again-2/{CHANNEL}"]
    copies = world.told("approval", "visual", CHEN)
    assert keys(copies) == [f"{level}/{CHEN}", f"{level}/again-2/{CHEN}"]
    for old, new in ((second, anew), copies):
        assert buttons(old) == []
        assert old["text"].startswith("↩️")
        assert "approval.approve" in buttons(new)
    assert anew["text"].index(f"<@{CHEN}>") > 0
    assert buttons(first) == ["approval.undo"]
    await approve(world, world.chen, "visual", shown=copies[1])
    assert requests(world, "visual")[2]["text"].startswith("✅")


async def test_each_time_it_is_asked_anew_there_is_one_message_more(world: World) -> None:
    await start_review(world)
    await hand_in_visual(world)
    await approve(world, world.anna, "visual")
    for _ in range(2):
        await undo_and_approve(world)
    asked = [
        message for message in requests(world, "visual") if "approval.approve" in buttons(message)
    ]
    assert len(requests(world, "visual")) == 4
    assert asked == [requests(world, "visual")[-1]]
