"""What pydantic finds wrong is told in plain words, at its place."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from playbooks.shape_faults import shape_faults
from playbooks.source import parse_source
from playbooks.type_words import say_type
from tests.playbooks.samples import changed, load_text, place_of, told

# what is replaced, by what, the text where the fault stands, what it says
SLIPS = {
    "near miss": ("checklist: [", "chekclist: [", "chekclist",
                  "unknown key 'chekclist': did you mean 'checklist'?"),
    "underscore": ("per-row: rundown", "per_row: rundown, every: week", "per_row",
                   "unknown key 'per_row': did you mean 'per-row'?"),
    "key of nothing": ("gate: {", "gate: {zzz: 1, ", "zzz", "unknown key 'zzz': use ask, by"),
    "key in a map of parts": ("backup: head", "bakcup: head", "bakcup",
                              "unknown key 'bakcup': did you mean 'backup'?"),
    "missing in a step": ("id: invite\n        title: Invite\n", "id: invite\n", "id: invite",
                          "step 'invite' lacks 'title': add it"),
    "missing in a part": ("deliverable: {title: Rundown, ", "deliverable: {", "{kind: list",
                          "'deliverable' lacks 'title': add it"),
    "missing in an entry without id": ("{id: keep, ask", "{ask", "{ask: Keep",
                                       "entry 1 of 'questions' lacks 'id': add it"),
    "empty": ("title: Mail", "title:", "title:\n        owner: writer\n        due: [",
              "'title' is empty: write its value"),
    "no direction": (", direction: up", "", "{id: visits",
                     "kpi 'visits' lacks 'direction': add it"),
    "list for a text": ("title: Daily", "title: [Daily]", "[Daily]",
                        "'title' must be a text, or a map of en, zh-Hans, zh-Hant"),
    "unknown language": ("title: Daily", "title: {fr: Jour}", "{fr",
                         "'title' has no language 'fr': use en, zh-Hans, zh-Hant"),
    "blank text": ("title: Daily", "title: ' '", "' '", "'title' is empty: write the text here"),
    "text for a list": ("needs: [brief]", "needs: brief", "brief\n        when",
                        "'needs' must be a list: write [ … ], or lines that begin with '- '"),
    "text for a map": ("schedule: {every: year, on: workday 1 at 09:30}", "schedule: yearly",
                       "yearly", "'schedule' must be a map: write 'key: value' lines under it"),
    "list for a map": ("reports:\n  weekly: {title: Weekly, due: [start + 1 week]}", 
                       "reports: [weekly]",
                       "[weekly]", "'reports' must be a map: write 'key: value' lines under it"),
    "list for an id": ("form: survey", "form: [survey]", "[survey]", "'form' must be a text"),
    "bad id": ("id: invite", "id: Invite us", "Invite us\n",
               "'Invite us' is no id: use lower-case letters, digits and hyphens, a letter first"),
    "bad key": ("rundown:\n    title: Rundown", "Run_Down:\n    title: Rundown", "Run_Down",
                "'Run_Down' is no id: use lower-case letters, digits and hyphens, a letter first"),
    "long id": ("id: keep,", f"id: {'k' * 41},", "k" * 41, "'id' must have at most 40 characters"),
    "no such choice": ("direction: up", "direction: sideways", "sideways",
                       "'direction' must be up, down, band or info"),
    "no flag": ("ideas: true", "ideas: perhaps", "perhaps", "'ideas' must be true or false"),
    "no number": ("max: 9", "max: 9 000", "9 000",
                  "'max' must be a number, without unit or thousands separator"),
    "not finite": ("max: 9", "max: inf", "inf", "'max' must be a finite number"),
    "choice of types, neither": ("need: 2", "need: few", "few",
                                 "'need' must be any or all or a whole number"),
    "choice of types, too small": ("need: 2", "need: 0", "0, when", "'need' must be at least 1"),
    "choice of types, too big": ("need: 2", "need: 21", "21", "'need' must be at most 20"),
    "no due rule": ("due: start + 2 workdays", "due: in two days", "in two days",
                    "'in two days' is no due rule: write start, anchor, after(step)"),
    "no due rule in a series": ("anchor - 5 workdays,", "anchor - 5 moons,", "anchor - 5 moons",
                                "'anchor - 5 moons' is no due rule"),
    "no due rule of a tier": ("full: anchor - 20 days", "full: yesterday", "yesterday",
                              "'yesterday' is no due rule"),
    "list in a series": ("anchor - 5 workdays,", "[x],", "[x]",
                         "entry 1 of 'due' must be a due rule such as anchor - 20 workdays"),
    "no such profile": ("remind: close", "remind: often", "often",
                        "'often' is no reminder profile: use std, close, quiet, none, or a map"),
    "no length": ("remind: close", "remind: {again: soon}", "soon",
                  "'soon' is no length of time: write e.g. 2 workdays or 4 hours"),
    "list for a length": ("remind: close", "remind: {again: [x]}", "[x]",
                          "'again' must be a length of time such as 2 workdays"),
    "no condition": ("when: param.size = large", "when: sometimes", "sometimes",
                     "'sometimes' is no condition: write e.g. param.size = large"),
    "list for a condition": ("when: param.size = large", "when: [a]", "[a]",
                             "'when' must be a condition such as param.size = large"),
    "gate without blocks-on": ("gate, blocks-on: no, ev", "gate, ev", "{id: claim",
                               "question 'claim' is a gate without blocks-on: say which answer"),
    "blocks-on of a text": ("ask: Doors?,", "ask: Doors?, blocks-on: no,", "{id: doors",
                            "question 'doors' has blocks-on, which only type: gate may have"),
    "one choice": ("Kind?, type: choice, choices: [{id: a, title: A}, ",
                   "Kind?, type: choice, choices: [", "{id: kind",
                   "question 'kind' is a choice with fewer than two choices: list them"),
    "choices of a number": ("type: number, min: 0, max: 9",
                            "type: number, choices: [{id: a, title: A}]", "{id: budget",
                            "question 'budget' has choices, which type: number does not take"),
    "bounds of a text": ("ask: Doors?,", "ask: Doors?, min: 1,", "{id: doors",
                         "question 'doors' has min or max, which type: text does not take"),
    "bounds crossed": ("min: 0, max: 9", "min: 10, max: 9", "{id: budget",
                       "question 'budget' has min 10 above max 9"),
    "band left out": ("direction: up", "direction: band", "{id: visits",
                      "kpi 'visits' has direction band but no band: write band: [low, high]"),
    "band of a direction": ("direction: up", "direction: up, band: [1, 2]", "{id: visits",
                            "kpi 'visits' has a band but not direction: band"),
    "band upside down": ("direction: up", "direction: band, band: [2, 1]", "{id: visits",
                         "kpi 'visits' has a band whose low end is not below its high end"),
    "two ways to repeat": ("{per-row: rundown}", "{per-row: rundown, on-demand: true}",
                           "{per-row", "'repeat' needs exactly one of every, per-row, on-demand"),
    "band of one": ("direction: up, owner", "direction: band, band: [1], owner", "[1]",
                    "'band' lacks a value: write 2 of them"),
    "band of three": ("direction: up, owner", "direction: band, band: [1, 2, 3], owner", "[1, 2",
                      "'band' must hold at most 2"),
    "text for sections": ("{title: Weekly, due", "{title: Weekly, sections: x, due", "x, due",
                   "'sections' must be a list"),
    "empty entry": ("also: [Messe]", "also: [~]", "~", "entry 1 of 'also' must be a text"),
}  # fmt: skip


@pytest.mark.parametrize("name", SLIPS)
def test_a_wrong_shape_is_told_in_plain_words_at_its_place(tmp_path: Path, name: str) -> None:
    old, new, mark, words = SLIPS[name]
    text = changed(old, new)
    found = told(load_text(tmp_path, text).faults)
    at = [message for line, column, message in found if (line, column) == place_of(text, mark)]
    assert any(message.startswith(words) for message in at), found


@pytest.mark.parametrize("name", SLIPS)
def test_a_choice_of_types_is_one_fault(tmp_path: Path, name: str) -> None:
    old, new, _, _ = SLIPS[name]
    faults = load_text(tmp_path, changed(old, new)).faults
    places = [(fault.line, fault.column) for fault in faults if "unknown" not in fault.message]
    assert len(set(places)) == len(places)


def test_a_series_that_is_too_long_is_told_so(tmp_path: Path) -> None:
    dates = ", ".join(["anchor"] * 101)
    text = changed("[anchor - 5 workdays, anchor - 2 workdays at 09:00]", f"[{dates}]")
    words = [fault.message for fault in load_text(tmp_path, text).faults]
    assert words == ["'due' must hold at most 100"]


def test_a_root_that_lacks_everything_says_what(tmp_path: Path) -> None:
    messages = {fault.message for fault in load_text(tmp_path, "why: x\n").faults}
    assert {
        f"the playbook lacks {key!r}: add it" for key in ("id", "title", "roles", "phases")
    } <= (messages)


def test_a_list_whose_entries_are_wrong_is_not_called_short_too(tmp_path: Path) -> None:
    faults = load_text(tmp_path, "id: x\ntitle: x\nroles: {}\nphases: [1]\n").faults
    assert [fault.message for fault in faults] == [
        "'roles' must hold at least 1",
        "the playbook has no steps: add steps with id, title, owner and due",
        "entry 1 of 'phases' must be a map: write 'key: value' lines under it",
    ]


def test_an_error_nobody_foresaw_is_still_told() -> None:
    source = parse_source(b"id: x\n", "f")
    assert source.root is not None
    error = ValidationError.from_exception_data(
        "Playbook", [{"type": "date_type", "loc": ("id",), "input": "x"}]
    )
    (fault,) = shape_faults(error, source.root)
    assert fault.message == "'id' is not right: compare it with sopbot playbook schema"
    assert say_type(error.errors()[0]).startswith("is not right")


def test_a_column_without_a_title_shows_its_id(tmp_path: Path) -> None:
    loaded = load_text(tmp_path, changed("{id: who, title: Who", "{id: who"))
    assert loaded.playbook is not None
    assert loaded.playbook.lists["rundown"].columns[0].title.to("en") == "who"
