"""`extends:` lays a file over another; places stay those of the file they stand in."""

from pathlib import Path

from playbooks.definition import Playbook
from playbooks.library import Loaded, load_file
from tests.playbooks.samples import OVERLAY, SAMPLE, laid, place_of


def right(loaded: Loaded) -> Playbook:
    """The playbook, which must have no fault."""
    assert loaded.faults == ()
    assert loaded.playbook is not None
    return loaded.playbook


def steps_of(playbook: Playbook) -> list[str]:
    """The ids of the steps in order."""
    return [step.id for step in playbook.steps]


STEP = "      - {{id: {id}, title: X, owner: head, due: start + 9 days{more}}}\n"


def phase(*steps: str, id_: str = "before") -> str:
    """A phase of the overlay."""
    return f"phases:\n  - id: {id_}\n    steps:\n" + "".join(steps)


def test_an_overlay_that_adds_nothing_is_its_base_under_another_name(tmp_path: Path) -> None:
    playbook = right(laid(tmp_path, ""))
    assert (playbook.id, playbook.extends) == ("fair-plus", "fair")
    assert playbook.title.to("en") == "More fair"
    assert steps_of(playbook) == ["brief", "invite", "mail", "daily", "thank"]
    assert playbook.also == ("Messe",)


def test_parts_with_the_same_id_become_one(tmp_path: Path) -> None:
    more = """\
roles:
  writer: {title: Scribe}
kpis: [{id: visits, target: 80}]
phases:
  - id: before
    title: Long before
    steps:
      - id: brief
        checklist: [{id: goal, text: Aim}, {id: price, text: Price}]
        approvals: [{level: head, need: all}]
"""
    playbook = right(laid(tmp_path, more))
    assert playbook.roles["writer"].title.to("en") == "Scribe"
    assert playbook.roles["writer"].backup == "head"
    assert (playbook.kpis[0].target, playbook.kpis[0].unit) == (80, "people")
    assert [each.title.to("en") for each in playbook.phases] == ["Long before", "After"]
    brief = playbook.steps_by_id["brief"]
    assert [(item.id, item.text.to("en")) for item in brief.checklist] == [
        ("goal", "Aim"),
        ("price", "Price"),
    ]
    assert [(level.level, level.need) for level in brief.approvals] == [
        ("self", "any"),
        ("head", "all"),
    ]


def test_values_without_ids_are_replaced(tmp_path: Path) -> None:
    more = phase("      - {id: mail, due: anchor - 2 days, needs: []}\n") + "also: [Expo]\n"
    playbook = right(laid(tmp_path, more))
    mail = playbook.steps_by_id["mail"]
    assert (str(mail.due), mail.needs, playbook.also) == ("anchor - 2 days", (), ("Expo",))


def test_an_empty_key_leaves_what_the_base_says(tmp_path: Path) -> None:
    assert right(laid(tmp_path, "also:\n")).also == ("Messe",)


def test_new_steps_come_last_or_after_the_one_they_name(tmp_path: Path) -> None:
    plain = STEP.format(id="last", more="")
    placed = STEP.format(id="second", more=", after: brief")
    moved = "      - {id: mail, after: second}\n"
    playbook = right(laid(tmp_path, phase(plain, placed, moved)))
    assert steps_of(playbook)[:5] == ["brief", "second", "mail", "invite", "last"]


def test_a_step_after_itself_or_first_of_its_phase_keeps_its_place(tmp_path: Path) -> None:
    itself = phase("      - {id: invite, after: invite}\n")
    assert steps_of(right(laid(tmp_path, itself)))[:2] == ["brief", "invite"]


def test_a_step_after_an_unknown_one_is_a_fault(tmp_path: Path) -> None:
    more = phase(STEP.format(id="second", more=", after: breif"))
    (fault,) = laid(tmp_path, more).faults
    assert fault.message == "nothing here is called 'breif': name an entry of the base"
    assert (fault.line, fault.column) == place_of(OVERLAY + more, "breif")


def test_after_is_no_key_of_a_file_that_extends_nothing(tmp_path: Path) -> None:
    path = tmp_path / "fair.yaml"
    path.write_text(SAMPLE.replace("id: mail\n", "id: mail\n        after: brief\n"))
    assert [fault.message[:19] for fault in load_file(path).faults] == ["unknown key 'after'"]


def test_faults_stand_in_the_file_that_holds_them(tmp_path: Path) -> None:
    more = "roles:\n  writer: {backup: nobody}\n  chief: {title: Chief, lead: true}\n"
    loaded = laid(tmp_path, more)
    text = OVERLAY + more
    assert [(fault.file, fault.line, fault.column) for fault in loaded.faults] == [
        (str(tmp_path / "fair-plus.yaml"), *place_of(text, "nobody")),
        (str(tmp_path / "fair-plus.yaml"), *place_of(text, "true")),
    ]
    assert f"({tmp_path / 'fair.yaml'}:18)" in loaded.faults[1].message


def test_a_step_in_another_phase_than_the_base_has_it_names_both_places(tmp_path: Path) -> None:
    more = phase(STEP.format(id="brief", more=""), id_="after")
    (fault,) = laid(tmp_path, more).faults
    line, column = place_of(OVERLAY + more, "brief")
    assert str(fault) == (
        f"{tmp_path}/fair-plus.yaml:{line}:{column}: step 'brief' stands in phase 'before' of the"
        f" base ({tmp_path}/fair.yaml:25): put it there, or give it another id"
    )


def test_a_step_written_twice_in_an_overlay_is_told(tmp_path: Path) -> None:
    twice = phase("      - {id: mail, why: A}\n", "      - {id: mail, why: B}\n")
    (fault,) = laid(tmp_path, twice).faults
    assert fault.message == "'mail' is used already (line 7): rename one"


def test_a_chain_of_overlays_is_laid_in_order(tmp_path: Path) -> None:
    laid(tmp_path, "also: [Expo]\nkpis: [{id: visits, target: 80}]\n")
    top = tmp_path / "top.yaml"
    top.write_text("id: top\ntitle: Top\nextends: fair-plus\nalso: [Top]\n", encoding="utf-8")
    playbook = right(load_file(top))
    assert (playbook.also, playbook.kpis[0].target) == (("Top",), 80)


def test_an_overlay_speaks_its_own_languages(tmp_path: Path) -> None:
    more = phase("      - {id: brief, why: {en: A, zh-Hans: B}}\n")
    faults = laid(tmp_path, more).faults
    assert [fault.message for fault in faults] == [
        "the text lacks zh-Hant, which other texts have: add it"
    ]
    only_english = laid(tmp_path, more.replace(", zh-Hans: B", "").replace("{en: A}", "A"))
    assert only_english.faults == ()
