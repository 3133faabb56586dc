"""Check elements that offer choices (rules 51 to 53)."""

from typing import Any

from bot.sandbox.checker.faults import Report
from bot.sandbox.checker.jsons import is_unique, items_of, objects_of
from bot.sandbox.checker.texts import ANY, PLAIN, check_label, check_text
from bot.sandbox.shapes import Json

OPTION_KEYS = {"text", "value", "description"}
MANY_OPTIONS = 100


def check_option(
    report: Report, path: str, option: Any, *, kinds: tuple[str, ...], link: bool = False
) -> None:
    """Check one option; mrkdwn only where boxes and radio buttons show it."""
    if not report.need(isinstance(option, dict), 51, path, "must be an option"):
        return
    report.keys(option, OPTION_KEYS | ({"url"} if link else set()), 51, path)
    if kinds == PLAIN:
        check_label(report, f"{path}/text", option.get("text"), rule=51, most=75)
    else:
        check_text(report, f"{path}/text", option.get("text"), rule=51, most=75, kinds=kinds)
    if report.size(option.get("value"), 150, 51, f"{path}/value"):
        report.advise(len(option["value"]) <= 75, 51, f"{path}/value", "longer than 75 characters")
    if "description" in option:
        described = option["description"]
        check_text(report, f"{path}/description", described, rule=51, most=75, kinds=kinds)
    if "url" in option:
        report.size(option["url"], 3000, 51, f"{path}/url")


def _check_options(
    report: Report, path: str, options: Any, kinds: tuple[str, ...], *, link: bool = False
) -> list[Json]:
    for place, option in enumerate(items_of(options)):
        check_option(report, f"{path}/{place}", option, kinds=kinds, link=link)
    return objects_of(options)


def _check_unique(report: Report, path: str, options: list[Json]) -> None:
    known = [option.get("value") for option in options]
    report.need(is_unique(known), 51, path, "two options have the same value")


def check_few(report: Report, path: str, element: Json) -> None:
    """Check checkboxes and radio buttons: one to ten options."""
    report.size(element.get("options"), 10, 53, f"{path}/options")
    options = _check_options(report, f"{path}/options", element.get("options"), ANY)
    _check_unique(report, f"{path}/options", options)
    _check_initial(report, path, element, options)


def check_overflow(report: Report, path: str, element: Json) -> None:
    """Check an overflow menu: one to five options."""
    report.size(element.get("options"), 5, 53, f"{path}/options")
    options = _check_options(report, f"{path}/options", element.get("options"), PLAIN, link=True)
    _check_unique(report, f"{path}/options", options)
    report.advise(len(options) != 1, 53, f"{path}/options", "a menu of one option is a button")


def check_select(report: Report, path: str, element: Json) -> None:
    """Check a select whose options, or groups of them, the app lists."""
    options, groups = element.get("options"), element.get("option_groups")
    one = (options is None) != (groups is None)
    if not report.need(one, 52, path, "needs either options or option_groups"):
        return
    if groups is None:
        report.size(options, MANY_OPTIONS, 52, f"{path}/options")
        known = _check_options(report, f"{path}/options", options, PLAIN)
    else:
        report.size(groups, MANY_OPTIONS, 52, f"{path}/option_groups")
        known = _check_groups(report, f"{path}/option_groups", groups)
    _check_unique(report, path, known)
    _check_initial(report, path, element, known)


def _check_groups(report: Report, path: str, groups: Any) -> list[Json]:
    known: list[Json] = []
    for place, group in enumerate(items_of(groups)):
        here = f"{path}/{place}"
        if report.need(isinstance(group, dict), 52, here, "must be an option group"):
            report.keys(group, ("label", "options"), 52, here)
            check_label(report, f"{here}/label", group.get("label"), rule=52, most=75)
            report.size(group.get("options"), MANY_OPTIONS, 52, f"{here}/options")
            known += _check_options(report, f"{here}/options", group.get("options"), PLAIN)
    return known


def _check_initial(report: Report, path: str, element: Json, options: list[Json]) -> None:
    chosen = element.get("initial_options", [])
    if "initial_options" in element:
        report.size(chosen, MANY_OPTIONS, 52, f"{path}/initial_options")
    if "initial_option" in element:
        chosen = [element["initial_option"]]
    known = all(option in options for option in chosen) if isinstance(chosen, list) else False
    report.need(known, 52, path, "the initial option is not among the options")
