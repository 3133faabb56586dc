"""What changes after it was handed in: each policy, before and after the last decision."""

from playbooks.records import Move
from playbooks.run import StepStatus
from tests.scenarios.frozen import (
    FIRST,
    SECOND,
    approve,
    approve_all,
    digest,
    frozen,
    hand_in,
    question,
    replace,
    request,
    start,
)
from tests.scenarios.reading import buttons, words
from tests.scenarios.world import CHEN, LI, WANG, World


async def last_move(world: World, step: str) -> Move:
    return (await world.step(step)).moves[-1]


async def test_reset_makes_an_approval_void_and_the_step_its_owners_again(world: World) -> None:
    await start(world)
    await hand_in(world, "visual")
    await approve_all(world, "visual")
    assert (await world.step("use")).status is StepStatus.ACTIVE
    await replace(world, "visual")
    step = await world.step("visual")
    assert (step.status, (await world.step("use")).status) == (
        StepStatus.ACTIVE, StepStatus.WAITING,
    )  # fmt: skip
    move = await last_move(world, "visual")
    assert (move.kind, move.what, move.by) == ("change", "replaced", LI)
    assert (move.before, move.after) == (digest(FIRST), digest(SECOND))
    assert frozen(step).digest == digest(FIRST)
    for level in ("manager", "head"):
        shown = request(world, "visual", level)
        assert "changed by <@U0LI> after it was handed in" in words(shown)
        assert buttons(shown) == []
    notice = world.told("notice", "visual")[-1]
    assert notice["text"].startswith(f"<@{LI}> *Key visual* is yours again")
    for person in (WANG, CHEN):
        told = [m["text"] for m in world.told("notice", "visual", person)]
        assert len(told) == 1
        assert "no longer holds" in told[0] or "已失效" in told[0]
    await world.li.click(notice, "step.done")
    await world.settle()
    assert frozen(await world.step("visual")).digest == digest(SECOND)
    await approve_all(world, "visual")
    assert (await world.step("visual")).status is StepStatus.DONE
    assert (await world.step("use")).status is StepStatus.ACTIVE


async def test_reset_between_two_levels_ends_the_round(world: World) -> None:
    await start(world)
    await hand_in(world, "visual")
    await approve(world, "visual", "manager", world.wang)
    was_open, was_fresh = request(world, "visual", "head"), request(world, "visual", "manager")
    await replace(world, "visual")
    assert (await world.step("visual")).status is StepStatus.ACTIVE
    await world.chen.click(was_open, "approval.approve")
    await world.wang.click(was_fresh, "approval.undo")
    await world.settle()
    assert "又有更動" in world.whispers(world.chen)[-1]
    assert "Nothing was undone" in world.whispers(world.wang)[-1]
    assert (await world.step("visual")).status is StepStatus.ACTIVE
    assert world.told("notice", "visual", CHEN) == []


async def test_the_warning_comes_before_the_change(world: World) -> None:
    await start(world)
    await world.finish("motto", world.li, {"evidence": "Light that pays back"})
    await world.choose(world.li, "motto", "step.evidence")
    assert world.li.modal
    assert "原来的审核会失效" in words(world.li.modal)
    assert await world.li.submit({"evidence": "Light that pays twice"}) is None
    await world.settle()
    step = await world.step("motto")
    assert (step.status, step.moves[-1].what) == (StepStatus.ACTIVE, "added")
    await world.choose(world.li, "page", "step.evidence")
    assert "失效" not in words(world.li.modal)


async def test_a_remark_is_no_change(world: World) -> None:
    await start(world)
    await hand_in(world, "visual")
    await world.choose(world.anna, "visual", "step.comment")
    assert await world.anna.submit({"comment": "Nice"}) is None
    await world.settle()
    assert (await world.step("visual")).status is StepStatus.DECIDING


async def test_notify_lets_the_approval_stand_and_shows_both_hashes(world: World) -> None:
    await start(world)
    await hand_in(world, "told")
    await approve_all(world, "told")
    await replace(world, "told")
    assert (await world.step("told")).status is StepStatus.DONE
    told = world.told("notice", "told")[-1]["text"]
    assert f"<@{CHEN}>" in told
    assert f"<@{WANG}>" in told
    both = f"sha256 {digest(FIRST)[:8]} → {digest(SECOND)[:8]}"
    assert both in told
    assert both in words(world.card("told"))
    assert "internally approved" in words(world.card("told"))


async def test_ask_asks_who_decided_last_and_minor_keeps_the_approval(world: World) -> None:
    await start(world)
    await hand_in(world, "asked")
    await approve_all(world, "asked")
    await replace(world, "asked")
    assert (await world.step("asked")).status is StepStatus.DONE
    assert "is asked whether it matters" in words(world.card("asked"))
    await world.wang.click(question(world, "asked"), "change.minor")
    await world.settle()
    assert CHEN in world.whispers(world.wang)[-1]
    copy = question(world, "asked", CHEN)
    assert buttons(copy) == ["change.minor", "change.material"]
    await world.chen.click(copy, "change.minor")
    await world.settle()
    assert (await world.step("asked")).status is StepStatus.DONE
    for place in ("", CHEN):
        assert buttons(question(world, "asked", place)) == []
    assert "still fine" in words(world.card("asked"))
    await world.chen.click(copy, "change.material")
    await world.settle()
    assert (await world.step("asked")).status is StepStatus.DONE


async def test_material_has_it_decided_again(world: World) -> None:
    await start(world)
    await hand_in(world, "asked")
    await approve(world, "asked", "manager", world.wang)
    await replace(world, "asked")
    assert (await world.step("asked")).status is StepStatus.DECIDING
    assert "Changed since version 1" in words(request(world, "asked", "head"))
    await world.wang.click(question(world, "asked"), "change.material")
    await world.settle()
    step = await world.step("asked")
    assert (step.status, step.moves[-1].kind) == (StepStatus.ACTIVE, "material")
    assert buttons(request(world, "asked", "head")) == []
    assert "is yours again" in world.told("notice", "asked")[-1]["text"]


async def test_a_second_change_joins_the_question_that_is_open(world: World) -> None:
    await start(world)
    await hand_in(world, "asked")
    await approve_all(world, "asked")
    await replace(world, "asked")
    await replace(world, "asked", b"%PDF third")
    asked = [m for m in world.told("notice", "asked") if "change.minor" in buttons(m)]
    assert len(asked) == 1
    assert words(asked[0]).count("kv.pdf replaced") == 2


async def test_a_deleted_file_is_a_change_and_its_bytes_stay_with_us(world: World) -> None:
    await start(world)
    await hand_in(world, "visual")
    await approve_all(world, "visual")
    await world.li.delete_file(frozen(await world.step("visual")).value)
    await world.settle()
    step = await world.step("visual")
    assert (step.status, step.moves[-1].what) == (StepStatus.ACTIVE, "deleted")
    assert (step.evidence[0].frozen, frozen(step).frozen) == ("gone", "kept")


async def test_saved_again_without_a_change_nothing_happens(world: World) -> None:
    await start(world)
    await hand_in(world, "visual")
    await approve_all(world, "visual")
    before = await world.step("visual")
    await replace(world, "visual", FIRST)
    downloads = [c for c in world.sandbox.calls if c.method == "files.info"]
    assert len(downloads) == 2
    assert await world.step("visual") == before
