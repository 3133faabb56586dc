"""The playbooks there are: loaded from folders, found by a word, kept when a new file is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from unicodedata import normalize

from pydantic import ValidationError

from playbooks.checks import check_playbook
from playbooks.checks.ids import check_ids
from playbooks.checks.outline import Outline
from playbooks.content import from_content, to_content, version_of
from playbooks.definition import Playbook
from playbooks.faults import FAULT_LIMIT, Fault, fault, in_order, is_refused, quoted
from playbooks.inherit import inherit
from playbooks.nodes import Mark, Node
from playbooks.shape_faults import shape_faults
from playbooks.source import Source, read_source

__all__ = [
    "BUILT_IN", "Library", "Loaded", "check_paths", "from_content", "load_file", "load_library",
    "to_content", "version_of",
]  # fmt: skip

BUILT_IN = Path(__file__).parent / "sops"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file and what became of it; no playbook where a fault is an error."""

    file: str
    playbook: Playbook | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """The playbooks in force, by id; wrong files are left out and told in `faults`."""

    folders: tuple[Path, ...]
    playbooks: Mapping[str, Playbook]
    files: Mapping[str, str]  # playbook id → the file it came from
    faults: tuple[Fault, ...]
    refused: frozenset[str] = field(default_factory=frozenset)  # files and folders left out

    def get(self, id_: str) -> Playbook | None:
        """The playbook with this id."""
        return self.playbooks.get(id_)

    def all(self) -> tuple[Playbook, ...]:
        """Every playbook, in the order of the folders."""
        return tuple(self.playbooks.values())

    def find(self, word: str) -> Playbook | None:
        """The playbook whose id, title in any language or alias is `word`."""
        wanted = _folded(word)
        by_id = self.playbooks.get(wanted)
        return by_id or next((p for p in self.all() if wanted in _names(p)), None)

    def refreshed(self) -> "Library":
        """The folders read again; where a file is wrong now, its former version stays."""
        new = _from_folders(self.folders)
        kept = {
            id_: playbook
            for id_, playbook in self.playbooks.items()
            if {self.files[id_], str(Path(self.files[id_]).parent)} & new.refused
        }
        files = {**new.files, **{id_: self.files[id_] for id_ in kept}}
        return replace(new, playbooks={**new.playbooks, **kept}, files=files)


def load_library(folders: Sequence[Path] = (), *, built_in: Path = BUILT_IN) -> Library:
    """The built-in playbooks and a team's own, which replace built-in ones of the same id."""
    return _from_folders((built_in, *folders))


def load_file(path: Path, bases: Mapping[str, Node] | None = None) -> Loaded:
    """Load one file; without `bases` it may extend a built-in playbook or a neighbour."""
    source = read_source(path)
    if bases is None:
        extends = source.root is not None and source.root.get("extends").text
        bases = _read_bases((BUILT_IN, path.parent)) if extends else {}
    return _understood(source, bases)


def check_paths(paths: Sequence[Path], folders: Sequence[Path]) -> list[Loaded]:
    """Load files and whole folders, which may extend each other and what `folders` hold."""
    bases = _read_bases((*folders, *(path if path.is_dir() else path.parent for path in paths)))
    sources = [
        source
        for path in paths
        for source in (_read_folder(path) if path.is_dir() else [read_source(path)])
    ]
    return [_understood(source, bases) for source in sources]


def _from_folders(folders: tuple[Path, ...]) -> Library:
    bases: dict[str, Node] = {}
    loaded: list[Loaded] = []
    for folder in folders:
        sources = _read_folder(folder)
        bases |= _usable(sources)
        loaded += [_understood(source, bases) for source in sources]
    right = [(each.playbook, each.file) for each in loaded if each.playbook]
    return Library(
        folders=folders,
        playbooks={playbook.id: playbook for playbook, _ in right},
        files={playbook.id: file for playbook, file in right},
        faults=in_order(fault for each in loaded for fault in each.faults),
        refused=frozenset(each.file for each in loaded if each.playbook is None),
    )


def _read_folder(folder: Path) -> list[Source]:
    """Every YAML file of a folder; of two with the same id the second is wrong."""
    try:
        paths = sorted(p for p in folder.iterdir() if p.suffix in {".yaml", ".yml"})
    except OSError as error:
        words = f"the folder cannot be read ({error.strerror}): check SOPBOT_PLAYBOOKS"
        return [Source(str(folder), None, (fault(Mark(str(folder)), words),))]
    first: dict[str, Source] = {}
    return [_alone(read_source(path), first) for path in paths]


def _alone(source: Source, first: dict[str, Source]) -> Source:
    id_ = source.root.get("id") if source.root else None
    if id_ is None or not id_.text:
        return source
    if id_.text not in first:
        first[id_.text] = source
        return source
    words = f"playbook {quoted(id_.text)} stands in {first[id_.text].file} too: rename one"
    return replace(source, faults=(*source.faults, fault(id_.mark, words)))


def _read_bases(folders: Iterable[Path]) -> dict[str, Node]:
    bases: dict[str, Node] = {}
    for folder in dict.fromkeys(folders):
        bases |= _usable(_read_folder(folder))
    return bases


def _usable(sources: Iterable[Source]) -> dict[str, Node]:
    """What others may extend, by id."""
    roots = (source.root for source in sources if source.root and not source.faults)
    return {root.get("id").text: root for root in roots if not _twins(root)}


def _understood(source: Source, bases: Mapping[str, Node]) -> Loaded:
    if source.root is None:
        return Loaded(source.file, None, source.faults)
    root, inherited = inherit(source.root, bases)
    extends = source.root.get("extends").text
    own = _twins(source.root) if extends else []  # once laid over a base, twins would be one
    if inherited:
        return Loaded(source.file, None, in_order((*source.faults, *inherited, *own)))
    playbook, shape = _validated(root)
    spoilt = {each.line for each in source.faults}  # what follows there is only an echo
    found = [
        each
        for each in (*own, *shape, *check_playbook(root))
        if each.file != source.file or each.line not in spoilt
    ]
    faults = in_order((*source.faults, *found))
    return Loaded(source.file, None if is_refused(faults) else playbook, faults)


def _twins(root: Node) -> list[Fault]:
    return list(islice(check_ids(Outline(root)), FAULT_LIMIT))


def _validated(root: Node) -> tuple[Playbook | None, list[Fault]]:
    try:
        return Playbook.model_validate(root.plain()), []
    except ValidationError as error:
        return None, shape_faults(error, root)


def _names(playbook: Playbook) -> set[str]:
    titles = playbook.title.by_language.values()
    return {_folded(name) for name in (playbook.id, *titles, *playbook.also)}


def _folded(word: str) -> str:
    return " ".join(normalize("NFKC", word).casefold().split())
