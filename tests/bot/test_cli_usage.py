"""A command used wrongly says in one line what is wrong and what to do, and exits with 2."""

from pathlib import Path

import pytest

from tests.bot.command_line import all_commands, assert_one_line, in_a_shell, sopbot

COMMANDS = [words for words, _ in all_commands()]
GROUPS = [words for words, is_group in all_commands() if is_group]

pytestmark = pytest.mark.usefixtures("bare")


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_an_option_that_no_command_has(words: tuple[str, ...]) -> None:
    help_ = " ".join(("run sopbot", *words, "--help"))
    assert_one_line(sopbot(*words, "--nonsense"), 2, "no such option: --nonsense", help_)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(words: tuple[str, ...]) -> None:
    result = sopbot(*words, "--help")
    assert (result.exit_code, result.stderr) == (0, "")
    assert " ".join(("Example: sopbot", *words)) in result.stdout
    assert ("Commands:" in result.stdout) is (words in GROUPS)


@pytest.mark.parametrize("words", GROUPS, ids=" ".join)
def test_a_command_that_is_not_there(words: tuple[str, ...]) -> None:
    help_ = " ".join(("run sopbot", *words, "--help"))
    assert_one_line(sopbot(*words, "zzz"), 2, "no such command 'zzz'", help_)


@pytest.mark.parametrize("words", [words for words in GROUPS if words], ids=" ".join)
def test_a_group_alone_names_its_commands(words: tuple[str, ...]) -> None:
    assert_one_line(sopbot(*words), 2, "missing command, one of ", f"run sopbot {words[0]} --help")


def test_sopbot_alone_shows_the_help() -> None:
    result = sopbot()
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == sopbot("--help").stdout


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("rehears event", "no such command 'rehears': did you mean 'rehearse'?"),
        ("db upgrad", "no such command 'upgrad': did you mean 'upgrade'?"),
        ("rehearse event --ancor 2026-01-01", "unknown option --ancor: did you mean --anchor?"),
        ("rehearse", "missing argument 'ID': run sopbot rehearse --help"),
        ("playbook show", "missing argument 'ID': run sopbot playbook show --help"),
        ("playbook new", "missing argument 'ID': run sopbot playbook new --help"),
        ("run now", "unexpected extra argument"),
        ("demo --port abc", "'--port': must be a whole number"),
        ("demo --port 65536", "'--port': must be at most 65535"),
        ("demo --port", "option '--port' requires an argument: run the command with --help"),
        ("demo --locale fr", "'fr' is not one of 'en', 'zh-Hans', 'zh-Hant': run sopbot demo"),
        ("playbook list --format yaml", "'yaml' is not one of 'table', 'json'"),
        ("playbook show event --format md", "'md' is not one of 'yaml', 'json'"),
        ("playbook show nonsense", "unknown playbook 'nonsense': run sopbot playbook list"),
        ("playbook show evnt", "unknown playbook 'evnt': did you mean 'event'?"),
        ("playbook new Fair", "'Fair' is no id: use lower-case letters"),
        ("playbook check nowhere", "there is no 'nowhere': give the path"),
        ("playbook check .", "there is no playbook in '.': its file's name must end in .yaml"),
        ("manifest --url http://example.com", "no HTTPS address: write e.g. https://"),
        ("manifest --url https://", "no HTTPS address"),
        ("manifest --url https://[", "no HTTPS address"),
    ],
)
def test_what_is_missing_or_wrong(line: str, told: str) -> None:
    assert_one_line(sopbot(*line.split()), 2, told)


def test_a_name_with_a_line_break_still_gives_one_line() -> None:
    assert_one_line(sopbot("playbook", "show", "a\nb"), 2, r"'a\nb'")
    assert_one_line(sopbot("a\nb"), 2)
    assert_one_line(sopbot("run", "--a\nb"), 2)


def test_files_that_are_no_playbooks_are_faults(bare: Path) -> None:
    (bare / "noise.yaml").write_bytes(b"\xff\x00\x81")
    (bare / "loop.yaml").symlink_to("loop.yaml")
    result = sopbot("playbook", "check", "noise.yaml", "loop.yaml")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.splitlines() == [
        "loop.yaml:1:1: cannot be read (Too many levels of symbolic links): check the path"
        " and its rights",
        "noise.yaml:1:1: is not UTF-8 at byte 0: save the file as UTF-8",
        "2 files, 2 errors, 0 warnings",
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("nope", "no such command 'nope': run sopbot --help"),
        ("demo --port abc", "run sopbot demo --help"),
        ("rehearse event --anchor 2027-02-31", "--anchor: '2027-02-31' is no day"),
    ],
)
def test_the_installed_command_answers_so_too(line: str, told: str) -> None:
    assert_one_line(in_a_shell(*line.split()), 2, told)
