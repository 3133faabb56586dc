"""YAML is read as text with places; what is no playbook text is refused at its place."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from playbooks import node_builder
from playbooks.faults import Fault
from playbooks.source import parse_source, read_source


def faults_of(content: str | bytes) -> list[str]:
    """The faults of a file as line:column: message."""
    raw = content.encode() if isinstance(content, str) else content
    return [str(fault).removeprefix("f:") for fault in parse_source(raw, "f").faults]


def test_every_scalar_is_the_text_that_stands_there() -> None:
    source = parse_source(b"on: no\nat: 10:00\nversion: 1.0\nlist: [yes, 0x1F, 1_000, null]\n", "f")
    assert source.root is not None
    assert source.root.plain() == {
        "on": "no", "at": "10:00", "version": "1.0", "list": ["yes", "0x1F", "1_000", "null"],
    }  # fmt: skip


def test_an_empty_value_is_as_if_its_key_were_absent() -> None:
    source = parse_source(b"a:\nb: ~\nc: ''\nd: '~'\ne: [~, x]\n", "f")
    assert source.root is not None
    assert source.root.plain() == {"c": "", "d": "~", "e": [None, "x"]}


def test_places_of_keys_and_values_count_from_one() -> None:
    root = parse_source("# 注\n标题: 展会\nb:\n  - {k: v}\n".encode(), "f").root
    assert root is not None
    assert (root.get("标题").mark.line, root.get("标题").mark.column) == (2, 5)
    inner = root.get("b").items[0].get("k")
    assert (inner.key_mark.line, inner.key_mark.column, inner.mark.column) == (4, 6, 9)


def test_a_byte_order_mark_and_comments_are_fine() -> None:
    source = parse_source("\ufeffid: x  # yes\n".encode(), "f")
    assert source.root is not None
    assert source.root.plain() == {"id": "x"}
    assert source.faults == ()


WRONG: dict[str, tuple[str | bytes, str]] = {
    "anchor": ("a: &x b\n", "1:4: anchors (&) are not allowed: remove it"),
    "alias": ("a: *x\n", "1:4: aliases (*) are not allowed: write the value out"),
    "merge key": ("a: b\n<<: {c: d}\n", "2:1: merge keys (<<) are not allowed: use extends"),
    "python tag": ("a: !!python/object:os.system x\n", "1:4: tags (!) are not allowed: remove it"),
    "own tag": ("a: !foo [b]\n", "1:4: tags (!) are not allowed: remove it"),
    "undefined tag": ("a: !x!y b\n", "1:4: tags (!) are not allowed: remove it"),
    "key twice": ("a: 1\nb: 2\na: 3\n",
                  "3:1: key 'a' stands here again, first in line 1: keep one of them"),
    "empty key": ("~: x\n", "1:1: a key is empty here: write a word before the colon"),
    "list as key": ("? [a]\n: b\n", "1:3: a key must be one word: put the text in quotes"),
    "two documents": ("a: b\n---\nc: d\n",
                      "2:1: a second document begins here: keep one playbook in one file"),
    "behind the end": ("a: b\n...\nc: d\n",
                       "3:1: the file goes on after its end: keep one playbook in one file"),
    "list": ("- a\n", "1:1: is no playbook: begin with the keys id, title, roles and phases"),
    "word": ("hello", "1:1: is no playbook: begin with the keys id, title, roles and phases"),
    "nothing": ("", "1:1: is no playbook: begin with the keys id, title, roles and phases"),
    "Latin-1": (b"a: b\nc: \xe9\n", "2:4: is not UTF-8 at byte 8: save the file as UTF-8"),
    "UTF-16": ("a: b".encode("utf-16-le"), "1:2: a control character stands here: remove it"),
    "control character": ("a: b\nc: \x07\n", "2:4: a control character stands here: remove it"),
    "escaped control character": ('a: "\\e[31m"\n',
                                  "1:4: the text has a control character: remove it"),
    "tab": ("a:\n\tb: c\n", "2:1: a tab stands where spaces belong: indent with spaces only"),
    "at sign": ("a: @b\n", "1:4: this character cannot begin a value: put the text in quotes"),
    "second colon": ("a: b: c\n", "1:5: a colon stands where none may be: put the text in quotes"),
    "open quote": ("a: 'b\nc: d\n", "1:4: a quote opens here and never closes: close it"),
    "open bracket": ("a: [b, c\nd: e\n", "2:2: a bracket or a comma is missing"),
    "no colon": ("a: b\nc\nd: e\n", "3:1: a key lacks its colon: write 'key: value'"),
    "wrong indentation": ("a:\n  - b\n - c\n", "3:2: a key is expected here"),
    "list behind its key": ("a: - b\n", "1:4: a list may not begin here"),
    "backslash": ('a: "\\q"\n', "1:5: a backslash in double quotes is wrong: use single quotes"),
    "unknown version": ("%YAML 3.0\n---\na: b\n", "1:1: the %YAML line names an unknown version"),
    "anything else": ("a: &\n", "1:5: is no YAML that can be read (did not find expected alpha"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_not_allowed_is_told_at_its_place(case: str) -> None:
    content, words = WRONG[case]
    (fault,) = faults_of(content)
    assert fault.startswith(words)


def test_all_that_is_not_allowed_is_told_at_once() -> None:
    found = faults_of("a: &x 1\nb: !y 2\na: *x\nd: [\n")
    assert [fault.split(":")[0] for fault in found] == ["1", "2", "3", "3", "5"]


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    source = read_source(tmp_path / "none.yaml")
    words = f"{tmp_path}/none.yaml:1:1: cannot be read (No such file or directory):"
    assert str(source.faults[0]).startswith(words)


@pytest.mark.parametrize("name", ["\0", "x" * 5000])
def test_an_impossible_path_is_a_fault(tmp_path: Path, name: str) -> None:
    assert "cannot be read (" in str(read_source(tmp_path / name).faults[0])


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (fault,) = read_source(tmp_path).faults
    assert fault.message == "is no file: give the path of a YAML file"


def test_an_error_without_a_place_stands_at_the_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    for error in (yaml.YAMLError("odd"), yaml.MarkedYAMLError(problem="odd")):

        def fail(*_: object, error: yaml.YAMLError = error, **__: object) -> None:
            raise error

        monkeypatch.setattr(yaml, "parse", fail)
        assert faults_of("a: b")[0].startswith("1:1: is no YAML that can be read")


@given(st.binary(max_size=200) | st.text("ab:-[]{}&*!?|>'\"#%@`\n\t ,~<", max_size=60))
def test_no_bytes_raise(content: str | bytes) -> None:
    raw = content.encode() if isinstance(content, str) else content
    source = parse_source(raw, "f")
    assert (source.root is None) <= bool(source.faults)


@given(st.text("ab:-[]{}&*!?'\"#\n ,~<", max_size=40))
def test_without_the_c_parser_the_same_is_read(content: str) -> None:
    fast = parse_source(content.encode(), "f")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(node_builder, "_LOADER", yaml.SafeLoader)
        slow = parse_source(content.encode(), "f")
    if fast.root and slow.root:  # the two differ over some odd texts, never over their meaning
        assert fast.root.plain() == slow.root.plain()


def test_a_long_word_is_shortened_in_a_message() -> None:
    (fault,) = parse_source(b"%s: 1\n%s: 2\n" % (b"k" * 90, b"k" * 90), "f").faults
    assert "'" + "k" * 57 + "...'" in fault.message
    assert isinstance(fault, Fault)
