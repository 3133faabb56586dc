"""The locks, the image, the commands and the example environment keep their promises."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from dotenv import dotenv_values
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements-build.txt", "requirements.txt", "requirements-dev.txt")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def locked(lock: str) -> dict[str, str]:
    """Read the pinned version of each package of a lock."""
    pins = re.findall(r"^([a-z0-9-]+)(?:\[\S+\])?==(\S+)", (ROOT / lock).read_text(), re.MULTILINE)
    return dict(pins)


def fake_python(folder: Path, name: str, *, version: str, venv: bool) -> None:
    """Put a program on the path that answers find-python's questions like a Python would."""
    is_new_enough = tuple(map(int, version.split("."))) >= (3, 11)
    script = folder / name
    script.write_text(
        '#!/bin/sh\ncase "$2" in\n'
        f"*sys.exit*) exit {0 if is_new_enough else 1} ;;\n"
        f"*ensurepip*) exit {0 if venv else 1} ;;\n"
        f"*) echo {version} ;;\nesac\n"
    )
    script.chmod(0o755)


def find_python(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run find-python with nothing but the given folder on the path."""
    return subprocess.run(
        ["/bin/sh", str(ROOT / ".ci/find-python")],
        env={"PATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_is_pinned_and_has_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", re.sub(r"^ *#.*\n", "", (ROOT / lock).read_text(), flags=re.M))
    assert entries
    for entry in entries:
        assert "==" in entry.splitlines()[0]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry.splitlines()[0]


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_an_index_or_a_path(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert not re.search(r"(^|\s)(-i|--index-url|--extra-index-url|--find-links)\b", text)
    assert not re.search(r"(^|[\s@])/", text, re.MULTILINE)


def test_the_locks_agree_with_each_other() -> None:
    development = locked("requirements-dev.txt")
    for name, version in locked("requirements.txt").items():
        assert development[name] == version


@pytest.mark.parametrize(
    ("lock", "declared"),
    [
        ("requirements-build.txt", PROJECT["dependency-groups"]["build"]),
        ("requirements.txt", PROJECT["project"]["dependencies"]),
        ("requirements-dev.txt", PROJECT["dependency-groups"]["dev"]),
    ],
)
def test_what_the_project_declares_is_in_the_lock(lock: str, declared: list[str]) -> None:
    pins = locked(lock)
    for requirement in map(Requirement, declared):
        assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)])


def test_the_image_gets_no_development_tool() -> None:
    assert not locked("requirements.txt").keys() & {"pytest", "playwright", "ruff", "mypy"}


def test_a_wheel_holds_every_module_and_every_file_of_the_packages(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    packages = ("bot", "storage", "playbooks")
    for package in packages:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, source / package, ignore=ignored)
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, source)
    expected = {
        str(file.relative_to(source))
        for package in packages
        for file in (source / package).rglob("*")
        if file.is_file()
    }
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "-w", str(tmp_path), str(source)], check=True)
    (wheel,) = tmp_path.glob("sopbot-*.whl")
    assert expected <= set(zipfile.ZipFile(wheel).namelist())


def test_the_example_environment_changes_nothing_until_it_is_filled_in() -> None:
    assert dotenv_values(stream=StringIO((ROOT / ".env.example").read_text())) == {}


def test_the_example_environment_explains_every_variable_once() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    places = [index for index, line in enumerate(lines) if re.match(r"#[A-Z_]+=", line)]
    names = [lines[index].partition("=")[0] for index in places]
    assert len(names) == len(set(names))
    for index in places:
        assert re.match(r"# .+\.$", lines[index - 1]), lines[index]


def test_help_lists_every_command_of_the_makefile() -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    shown = subprocess.run(
        ["make", "-C", str(ROOT), "--no-print-directory"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert phony
    assert re.findall(r"^make (\w+) +\w", shown, re.MULTILINE) == phony[1].split()


def test_setup_takes_the_newest_python_that_the_locks_cover(tmp_path: Path) -> None:
    fake_python(tmp_path, "python3", version="3.11", venv=True)
    fake_python(tmp_path, "python3.12", version="3.12", venv=True)
    assert find_python(tmp_path).stdout == "python3.12\n"


def test_setup_passes_over_a_python_without_venv_when_another_has_it(tmp_path: Path) -> None:
    fake_python(tmp_path, "python3.13", version="3.13", venv=False)
    fake_python(tmp_path, "python3", version="3.11", venv=True)
    assert find_python(tmp_path).stdout == "python3\n"


def test_setup_names_the_package_that_python_lacks_for_venv(tmp_path: Path) -> None:
    fake_python(tmp_path, "python3", version="3.11", venv=False)
    answer = find_python(tmp_path)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert "apt-get install python3-venv (or python3.11-venv)" in answer.stderr


def test_setup_refuses_a_python_that_is_too_old(tmp_path: Path) -> None:
    fake_python(tmp_path, "python3", version="3.10", venv=True)
    answer = find_python(tmp_path)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert "Python 3.11 or newer is needed" in answer.stderr
