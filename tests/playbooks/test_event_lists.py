"""The lists, figures and reports of the built-in SOP for events are those of its specification."""

from playbooks.definition import Playbook
from playbooks.library import BUILT_IN, load_file

FIVE_LISTS = ("rundown", "material", "responsibility", "attendee", "content")
SEED_COLUMNS = {
    "rundown": "A3.27 A3.28 A3.29 A3.29 A3.30 A3.31 A3.32 A3.33 A3.35 A3.35 A3.35 A3.35",
    "material": "A3.18 A3.36 A3.37 A3.45 A3.45 A3.45 A3.46 A3.47 A3.48",
    "responsibility": "A3.51 A3.52 A3.52 A3.53 A3.53 A3.54 A3.56",
    "attendee": "A3.58 A3.60 A3.65 A3.66 A3.66 A3.67 A3.68 A3.69 A3.70 A3.70",
    "content": "A2.10 A3.72 A3.76 A3.77 A3.78 A3.78",
}
KPIS = "ATT BUDVAR CPL CUST FOLLOW LEAD MISS NOSHOW ONTIME REACH REPORT SAT"


def event() -> Playbook:
    """The event playbook, which must load."""
    loaded = load_file(BUILT_IN / "event.yaml")
    assert loaded.playbook is not None, loaded.faults
    return loaded.playbook


EVENT = event()


def test_the_five_lists_have_every_column_of_the_seed() -> None:
    assert tuple(EVENT.lists)[:5] == FIVE_LISTS
    for id_, rows in SEED_COLUMNS.items():
        columns = EVENT.lists[id_].columns
        assert sorted(column.spec for column in columns if column.spec) == rows.split()
        assert all(column.spec or column.provenance == "added" for column in columns)


def test_a_material_is_prepared_by_one_and_checked_by_another() -> None:
    material = EVENT.lists["material"]
    by_id = {column.id: column for column in material.columns}
    assert material.statuses == ("prepared", "checked", "rechecked")
    assert by_id["checked"].by_another
    assert not by_id["prepared"].by_another


def test_every_kpi_and_report_of_the_specification_is_there() -> None:
    assert sorted(kpi.spec or "" for kpi in EVENT.kpis) == [f"K-EV-{k}" for k in KPIS.split()]
    assert {report.spec for report in EVENT.reports.values()} == {"R-WEEK", "R-EV"}


def test_the_default_materials_name_what_the_seed_names_and_fit_their_columns() -> None:
    material = EVENT.lists["material"]
    categories = {c.id for column in material.columns for c in column.choices}
    assert all(row["category"].to("en") in categories for row in material.rows)
    items = {row["item"].to("zh-Hans"): row for row in material.rows}
    assert {"KT板", "易拉宝", "签到台", "礼品", "道具", "麦克风"} <= set(items)
    assert items["麦克风"]["critical"].to("en") == "yes"


def test_the_words_of_the_seed_find_their_lists() -> None:
    for id_, word in (
        ("attendee", "Attendant List"),
        ("rundown", "run of show"),
        ("rundown", "流程表"),
    ):
        assert word in EVENT.lists[id_].also


def test_every_fact_of_the_brief_is_asked_and_written_down() -> None:
    [form] = EVENT.forms
    needed = {question.id for question in form.questions if question.required}
    assert needed == {"theme", "objective", "period", "place", "time-zone", "budget", "currency"}
    assert form.document is not None
    for language in ("en", "zh-Hans", "zh-Hant"):
        assert all(f"{{{{{q.id}}}}}" in form.document.to(language) for q in form.questions)


def test_a_figure_has_a_target_a_band_or_one_from_the_brief() -> None:
    filled = {question.fills for form in EVENT.forms for question in form.questions}
    open_ones = {
        kpi.id for kpi in EVENT.kpis
        if kpi.target is None and kpi.band is None and f"kpi.{kpi.id}.target" not in filled
    }  # fmt: skip
    assert open_ones == {"cost-per-lead", "content-reach"}  # measured against the last event
