"""Review questions in the Done form, page by page; gates that keep a step open."""

from bot.words.catalogue import say
from playbooks.run import StepStatus
from tests.scenarios.reading import Json, buttons, field, fields, words
from tests.scenarios.reviewing import VISUAL, hand_in_visual, notices, send, start_review
from tests.scenarios.world import CHEN, LI, World

FIRST: Json = {
    "items": ["called"], "question.aim": "More <dealers>", "question.budget": "1500000",
    "question.form": "fair", "question.channels": ["mail", "print"],
    "question.opens": "2025-11-20", "question.source": "https://example.com/a?b=1&c=2",
    "question.hall": "Hall 3",
}  # fmt: skip
SECOND: Json = {"question.note11": "Eleven"}
LAST: Json = {"question.gaps": "no", "comment": "All asked."}


def shown(world: World) -> Json:
    form = world.li.modal
    assert form
    return form


async def test_more_than_ten_questions_are_asked_in_pages_and_all_kinds_are_kept(
    world: World,
) -> None:
    await start_review(world)
    await world.li.click(world.card("survey"), "step.done")
    form = shown(world)
    assert len(fields(form)) == 11  # ten questions and the open box
    kinds = {name: field(form, name)["type"] for name in fields(form)}
    assert [kinds[f"question.{id_}"] for id_ in (
        "aim", "budget", "form", "channels", "opens", "source",
    )] == [
        "plain_text_input", "number_input", "radio_buttons", "checkboxes", "datepicker",
        "url_text_input",
    ]  # fmt: skip
    assert await world.li.submit(FIRST) is None
    assert fields(shown(world)) == [f"question.note{n}" for n in range(11, 21)]
    assert await world.li.submit(SECOND) is None
    assert fields(shown(world)) == [
        "question.gaps", "question.gaps.evidence", "question.late", "comment",
    ]  # fmt: skip
    assert await send(world, world.li, LAST) is None
    assert world.li.modal is None
    step = await world.step("survey")
    assert step.status is StepStatus.DONE
    assert {a.question: a.value for a in step.answers} == {
        "aim": "More <dealers>", "budget": "1500000", "form": "fair", "channels": "mail,print",
        "opens": "2025-11-20", "source": "https://example.com/a?b=1&c=2", "hall": "Hall 3",
        "note11": "Eleven", "gaps": "no",
    }  # fmt: skip
    assert {(a.by, a.version) for a in step.answers} == {(LI, 1)}
    [said] = [text for text in notices(world, "survey") if "Answers for version 1" in text]
    for part in (f"<@{LI}>", "More &lt;dealers&gt;", "1500000 CNY", "Fair", "E-mail, Print",
                 "Hall 3", "Eleven"):  # fmt: skip
        assert part in said, part


async def test_a_gate_is_asked_as_yes_and_no_in_this_order(world: World) -> None:
    await start_review(world)
    await world.finish("brief", world.wang)
    await world.li.click(world.card("visual"), "step.done")
    gate = field(shown(world), "question.claim")
    assert gate["type"] == "radio_buttons"
    assert [option["value"] for option in gate["options"]] == ["yes", "no"]
    assert fields(shown(world)) == [
        "question.claim", "question.claim.evidence", "evidence", "signed", "comment",
    ]  # fmt: skip


async def test_what_is_wrong_stands_at_its_field_and_the_page_stays(world: World) -> None:
    await start_review(world)
    await world.li.click(world.card("survey"), "step.done")
    wrong = FIRST | {"question.budget": "2000001", "question.hall": None}
    assert await world.li.submit(wrong) == {
        "question.budget": say("zh-Hans", "answer.max", limit="2000000"),
        "question.hall": say("zh-Hans", "answer.missing"),
    }
    assert (await world.step("survey")).answers == ()


async def test_what_an_answer_switches_off_is_not_asked_for(world: World) -> None:
    await start_review(world)
    await world.li.click(world.card("survey"), "step.done")
    web = FIRST | {"question.form": "web", "question.hall": None}
    assert await world.li.submit(web) is None
    assert fields(shown(world))[0] == "question.note11"  # no question is passed over
    assert await world.li.submit(SECOND) is None
    assert await send(world, world.li, LAST) is None
    kept = {answer.question for answer in (await world.step("survey")).answers}
    assert "hall" not in kept
    assert "note11" in kept


async def test_a_page_is_kept_when_the_form_is_closed_and_stands_there_again(world: World) -> None:
    await start_review(world)
    await world.li.click(world.card("survey"), "step.done")
    assert await world.li.submit(FIRST) is None
    await world.li.close()
    await world.settle()
    assert (await world.step("survey")).status is StepStatus.ACTIVE
    await world.li.click(world.card("survey"), "step.done")
    assert field(shown(world), "question.aim")["initial_value"] == "More <dealers>"
    assert field(shown(world), "question.opens")["initial_date"] == "2025-11-20"
    chosen = field(shown(world), "question.channels")["initial_options"]
    assert [option["value"] for option in chosen] == ["mail", "print"]


async def test_what_is_missing_on_another_page_is_shown_there_and_nothing_is_lost(
    world: World,
) -> None:
    await start_review(world)
    await world.li.click(world.card("survey"), "step.done")
    assert await world.li.submit(FIRST) is None
    assert await world.li.submit(SECOND) is None
    await world.settle()
    await world.wang.check(world.card("survey"), "called", on=False)
    assert await world.li.submit(LAST) is None
    assert say("zh-Hans", "form.lacking") in words(shown(world))
    assert fields(shown(world))[:2] == ["items", "question.aim"]
    assert await world.li.submit({"items": ["called"]}) is None
    assert await world.li.submit({}) is None
    assert field(shown(world), "question.gaps")["initial_option"]["value"] == "no"
    assert await send(world, world.li) is None
    step = await world.step("survey")
    assert step.status is StepStatus.DONE
    assert [comment.text for comment in step.comments] == ["All asked."]


async def test_a_closed_gate_keeps_the_step_open_and_says_how_to_open_it(world: World) -> None:
    await start_review(world)
    await world.finish("brief", world.wang)
    values = VISUAL | {"question.claim": "no", "question.claim.evidence": "Nowhere yet"}
    await world.finish("visual", world.li, values)
    assert (await world.step("visual")).status is StepStatus.ACTIVE
    said = world.thread(world.card("visual"))[-1]
    for part in (f"<@{LI}>", "Where does it carry the claim?", "Nowhere yet", f"<@{CHEN}>"):
        assert part in said["text"], part
    assert "Where does it carry the claim?" in words(world.card("visual"))
    await world.li.click(world.card("visual"), "step.done")
    assert field(shown(world), "question.claim")["initial_option"]["value"] == "no"
    again = {name: value for name, value in values.items() if name != "evidence"}
    assert set(await world.li.submit(again) or {}) == {"question.claim"}
    assert await send(world, world.li, VISUAL) is None
    assert (await world.step("visual")).status is StepStatus.DECIDING


async def test_a_gate_is_not_passed_without_its_quote_or_in_silence(world: World) -> None:
    await start_review(world)
    await world.finish("brief", world.wang)
    await world.li.click(world.card("visual"), "step.done")
    bare = {name: v for name, v in VISUAL.items() if name != "question.claim.evidence"}
    assert set(await world.li.submit(bare) or {}) == {"question.claim.evidence"}
    silent = {name: v for name, v in VISUAL.items() if not name.startswith("question")}
    assert set(await world.li.submit(silent | {"question.claim": None}) or {}) == {"question.claim"}


async def test_the_named_role_overrides_a_gate_for_a_reason_that_stays_visible(
    world: World,
) -> None:
    await start_review(world)
    await world.finish("brief", world.wang)
    closed = VISUAL | {"question.claim": "no"}
    await world.finish("visual", world.li, closed)
    gate = world.thread(world.card("visual"))[-1]
    for person in (world.wang, world.li, world.anna):
        await person.click(gate, "gate.override")
        await world.settle()
        assert person.modal is None
        assert f"<@{CHEN}>" in world.whispers(person)[-1]
    await world.chen.click(gate, "gate.override")
    assert await send(world, world.chen, {"reason": "Agreed by phone"}) is None
    assert "Agreed by phone" in world.thread(world.card("visual"))[-1]["text"]
    await world.finish("visual", world.li, closed)
    assert (await world.step("visual")).status is StepStatus.DECIDING
    for person, step in ((world.anna, "visual"), (world.chen, "visual")):
        assert "Agreed by phone" in words(world.card("visual"))
        await person.click(world.told("approval", step)[-1], "approval.approve")
        await world.settle()
    assert (await world.step("visual")).status is StepStatus.DONE
    assert "Agreed by phone" in words(world.card("visual"))


async def test_an_answered_step_on_the_home_is_gone_from_it_after_the_last_page(
    world: World,
) -> None:
    await start_review(world)
    await world.li.open_home()
    await world.settle()
    home = world.li.home
    assert home
    survey = next(
        e["value"]
        for b in home["blocks"]
        for e in [b.get("accessory") or {}, *b.get("elements", [])]
        if e.get("action_id") == "step.done" and e["value"].endswith("/survey")
    )
    await world.li.click(home, "step.done", value=survey)
    for page in (FIRST, SECOND, LAST):
        assert await world.li.submit(page) is None
    await world.settle()
    assert world.li.home
    assert survey not in str(world.li.home["blocks"])


async def test_a_later_version_s_answers_stand_in_the_thread_beside_the_first(
    world: World,
) -> None:
    await start_review(world)
    await hand_in_visual(world)
    await world.choose(world.li, "visual", "step.reopen")
    await world.settle()
    await world.finish("visual", world.li, VISUAL | {"question.claim.evidence": "Page 3"})
    said = [text for text in notices(world, "visual") if "Answers for version" in text]
    assert ["Page 2" in text for text in said] == [True, False]
    assert "Page 3" in said[1]
    assert "step.done" not in buttons(world.card("visual"))
