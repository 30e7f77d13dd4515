"""Generations of an index: each is built aside, checked, and put into service by one rename.

    INDEX/
      current.json        the generation that serves, and the one before it
      lock, serving.lock  held by whoever writes, with its name in them (index/store/locks.py)
      removed.jsonl       what was taken out for good (index/store/tombstones.py)
      generations/NAME/
        manifest.json     frozen: formats, engine, analyzer
        lexicon.bin       frozen: the words of the corpus, how often attested, and their stems and roots
        words.trie        frozen: the same words by their beginnings; older indexes lack it
        completions.bin   frozen: texts to complete what is typed; older indexes lack it
        checksums.json    frozen: of the files above
        state.json        rewritten by each commit: counts, and the number of the commit that serves
        ledger.sqlite     which file gave which articles; its checksum in ledger.checksum
        commits/N/        frozen: one commit (index/store/commits.py)
          articles/  comments/   the engine's own
          new_titles.json  checksums.json   the titles that completions.bin lacks; of the files above

A generation without ``state.json`` was never finished. The one that serves and the one before it are kept.
"""

from __future__ import annotations

import logging
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.errors import LexiconError
from kashshaf.analyzers.fingerprint import fingerprint, seal
from kashshaf.analyzers.lexicon import Lexicon
from kashshaf.index.completions.entry_file import EntryFile
from kashshaf.index.completions.new_titles import NewTitles
from kashshaf.index.disk import sync, write_whole, writing
from kashshaf.index.engine import Engine, open_engine
from kashshaf.index.errors import (
    BrokenIndexError,
    ClusterError,
    IndexingError,
    NoIndexError,
    SettingsError,
)
from kashshaf.index.schema import INDEXES
from kashshaf.index.store.parts import (
    COMMITS,
    FORMAT,
    GENERATIONS,
    MANIFEST,
    POINTER,
    REMOVED,
    STATE,
    Manifest,
    State,
    made,
    now,
)
from kashshaf.index.store.sealed.checksums import LIST, listed
from kashshaf.index.store.sealed.json_files import read_json, write_json
from kashshaf.index.store.sharing.roles import publisher
from kashshaf.index.store.sharing.shared_locks import SharedLocks
from kashshaf.index.store.word_trie import WordTrie

if TYPE_CHECKING:
    from kashshaf.index.schema import IndexName

logger = logging.getLogger(__name__)

LEXICON = "lexicon.bin"
WORDS = "words.trie"
COMPLETIONS = "completions.bin"
NEW_TITLES = "new_titles.json"
FROZEN = (MANIFEST, LEXICON, WORDS, COMPLETIONS)
REBUILD = "rebuild it from its own articles with: kashshaf reindex"


@dataclass(frozen=True, slots=True)
class Generation:
    """One built index, or one being built."""

    folder: Path

    @property
    def name(self) -> str:
        """The name; names of later generations sort later."""
        return self.folder.name

    def commit_folder(self) -> Path:
        """The folder of the commit that serves, or of the first before there is one.

        Raises BrokenIndexError where the state is damaged.
        """
        return self.commits_folder() / str(self.state().commits if self.is_finished() else 1)

    def commits_folder(self) -> Path:
        """The folder with the commits, of which one serves."""
        return self.folder / COMMITS

    def index_folder(self, index: IndexName) -> Path:
        """The folder in which the engine keeps that index, as of the commit that serves."""
        return self.commit_folder() / index

    def manifest(self) -> Manifest:
        """Read its manifest; raises BrokenIndexError where it is missing or of another format."""
        data = read_json(self.folder / MANIFEST)
        if data.get("format") != FORMAT:
            raise BrokenIndexError(
                f"the index in {self.folder} has format {data.get('format')}, this version reads {FORMAT};"
                " rebuild it from its sources with: kashshaf reindex SOURCE"
            )
        return made(Manifest, data, self.folder)

    def state(self) -> State:
        """Read its state; raises BrokenIndexError where it is missing."""
        return made(State, read_json(self.folder / STATE), self.folder)

    def write_state(self, articles: int, comments: int, unknown: int = 0, stories: int = 0) -> State:
        """Write the state of a new commit, which serves from now on."""
        commits = self.state().commits + 1 if self.is_finished() else 1
        state = State(articles, comments, commits, now(), unknown, stories)
        write_json(self.folder / STATE, asdict(state))
        return state

    def is_finished(self) -> bool:
        """Tell whether it was ever committed."""
        return (self.folder / STATE).exists()

    def engine(self) -> Engine:
        """Open its engine; raises BrokenIndexError where this version cannot read the format."""
        manifest = self.manifest()
        try:
            engine = open_engine(manifest.engine)
        except SettingsError as error:
            raise BrokenIndexError(
                f"the index was built with the engine {manifest.engine!r}, which is not here;"
                " rebuild it from its sources with: kashshaf reindex SOURCE"
            ) from error
        if engine.version != manifest.engine_version:
            raise BrokenIndexError(
                f"the index has version {manifest.engine_version} of the {engine.name} engine's format,"
                f" this program reads version {engine.version};"
                " rebuild it from its sources with: kashshaf reindex SOURCE"
            )
        return engine

    def files(self) -> list[Path]:
        """List the files that searches rest on: what is frozen, the commit that serves, its state last.

        Raises BrokenIndexError where a list of them is damaged.
        """
        folders = self.folder, self.commit_folder()
        sealed = [folder / name for folder in folders for name in (*listed(folder), LIST)]
        return [*sealed, self.folder / STATE]

    def drop(self) -> None:
        """Delete it, with its indexes wherever its engine keeps them.

        Where a cluster does not answer, it stays: the next rebuild tries again.
        """
        try:
            self._drop_indexes()
        except ClusterError as error:
            logger.warning("the generation %s is not deleted yet: %s", self.name, error)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _drop_indexes(self) -> None:
        try:
            engine = open_engine(str(read_json(self.folder / MANIFEST).get("engine")))
        except (BrokenIndexError, SettingsError):
            return  # nobody knows where they are; files go with the folder
        for index in INDEXES:
            for folder in self.commits_folder().glob(f"*/{index}"):
                engine.drop(folder)

    def lexicon(self, *, bulk: bool = False) -> Lexicon:
        """Open its lexicon; raises BrokenIndexError where they are missing or damaged."""
        try:
            return Lexicon.open(self.folder / LEXICON, bulk=bulk)
        except LexiconError as error:
            raise BrokenIndexError(str(error)) from error

    def words(self) -> WordTrie | None:
        """Open its words; None in an index built without them, BrokenIndexError where they are damaged."""
        path = self.folder / WORDS
        return WordTrie.open(path) if path.exists() else None

    def completions(self) -> EntryFile | None:
        """Open its completions; None in an index built without, BrokenIndexError where they are damaged."""
        path = self.folder / COMPLETIONS
        return EntryFile.open(path) if path.exists() else None

    def new_titles(self) -> NewTitles:
        """Read the titles written after it was built; raises BrokenIndexError where they are damaged."""
        return NewTitles.open(self.commit_folder() / NEW_TITLES)

    def analyzer(self, *, bulk: bool = False, remembered: int | None = None) -> Analyzer:
        """Make the analyzer of its records and of queries to it.

        ``bulk`` for many new words; ``remembered`` as in :class:`Analyzer`.
        """
        return Analyzer(self.lexicon(bulk=bulk), remembered)

    def check_analyzer(self) -> None:
        """Raise BrokenIndexError where the index's words were not made by this analyzer and lexicon."""
        manifest = self.manifest()
        sealed = bool(manifest.seal) and manifest.seal == seal(manifest.fingerprint)
        if not sealed and manifest.fingerprint != fingerprint():
            raise BrokenIndexError(f"the index was built by another version of the analyzer; {REBUILD}")
        self.lexicon()


class Store(SharedLocks):
    """The generations of one index folder."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self._generations = root / GENERATIONS
        self._pointer = root / POINTER

    def told(self) -> tuple[str, list[Path]] | None:
        """Name the generation that serves, and list what its readers need, if other machines can reach it."""
        try:
            current = self.current()
            if current.engine().embedded:
                return None
            files = current.files()
        except (NoIndexError, BrokenIndexError):
            return None  # whoever writes is told; a rebuild mends it
        removed = self.root / REMOVED
        return current.name, [removed, *files] if removed.exists() else files

    def exists(self) -> bool:
        """Tell whether a generation serves."""
        return self._pointer.exists()

    def pointer(self) -> Path:
        """The file that names the serving generation; each switch replaces it."""
        return self._pointer

    def state_file(self, name: str) -> Path:
        """The state of the generation of that name; each commit replaces it."""
        return self._generations / name / STATE

    def current(self) -> Generation:
        """Return the serving generation; raises NoIndexError or BrokenIndexError."""
        name = self._names()["current"]
        if not (self._generations / name).is_dir():
            raise BrokenIndexError(
                f"the generation {name} of the index in {self.root} is missing;"
                " rebuild with: kashshaf reindex SOURCE, or go back, where there is an earlier one, with:"
                " kashshaf rollback"
            )
        return Generation(self._generations / name)

    def before(self) -> Generation | None:
        """Return the generation that served before; None where there is none."""
        name = self._names()["before"]
        generation = Generation(self._generations / name) if name else None
        return generation if generation and generation.is_finished() else None

    def begin(self, engine: Engine) -> Generation:
        """Create an empty generation, after a sweep. Hold the lock."""
        if engine.embedded and publisher(self.root):
            raise SettingsError(
                f"an index of the engine {engine.name} cannot be shared, and this machine is to be a writer"
                " (opensearch_role); rebuild with --engine opensearch, or set opensearch_role to alone"
            )
        self.sweep()
        engine.prune(self._generations)
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        generation = Generation(self._generations / stamp)
        with writing(generation.folder):
            generation.folder.mkdir(parents=True)
            for folder in (self._generations, self.root):
                sync(folder)
        taken = fingerprint()
        manifest = Manifest(FORMAT, engine.name, engine.version, taken, now(), seal(taken))
        write_json(generation.folder / MANIFEST, asdict(manifest))
        return generation

    def unfinished(self) -> list[Generation]:
        """Return generations that never served, latest first: their building was cut short, or goes on."""
        kept = self._kept()
        names = sorted((folder.name for folder in self._generations.glob("*")), reverse=True)
        return [Generation(self._generations / name) for name in names if name not in kept]

    def switch(self, generation: Generation) -> None:
        """Put a generation into service. Hold the lock."""
        before = next(iter(self._kept()), None)
        self._point(generation, before)
        self.sweep()

    def earlier(self) -> Generation:
        """Return the generation to go back to; raises IndexingError where there is none."""
        before = self.before()
        if before is None:
            raise IndexingError("there is no generation to go back to; nothing was changed")
        before.engine()
        before.check_analyzer()
        return before

    def go_back(self, generation: Generation) -> None:
        """Put the earlier generation into service again. Hold the lock."""
        self._point(generation, None)

    def _point(self, generation: Generation, before: str | None) -> None:
        names = {"current": generation.name, "before": before}
        write_whole(self._pointer, orjson.dumps(names, option=orjson.OPT_INDENT_2))

    def sweep(self) -> None:
        """Delete generations other than the serving one and the one before. Hold the lock."""
        kept = self._kept()
        if self.exists() and not kept:
            return  # the pointer is damaged: nobody knows which of them is the good one
        for folder in self._generations.glob("*"):
            if folder.name not in kept:
                Generation(folder).drop()

    def clear(self) -> None:
        """Delete every generation, that of an index nobody wants any more."""
        for folder in self._generations.glob("*"):
            Generation(folder).drop()

    def _kept(self) -> list[str]:
        """Name the serving generation and the one before; neither where the pointer is damaged."""
        try:
            names = self._names()
        except (NoIndexError, BrokenIndexError):
            return []
        return [name for name in (names["current"], names["before"]) if name]

    def _names(self) -> dict[str, str]:
        if not self._pointer.exists():
            raise NoIndexError(
                f"there is no index in {self.root} yet; build one with: kashshaf reindex SOURCE"
            )
        data = read_json(self._pointer)
        current, before = data.get("current"), data.get("before") or ""
        if not current or not all(_is_name(name) for name in (current, before)):
            raise BrokenIndexError(f"{self._pointer} is damaged; rebuild with: kashshaf reindex SOURCE")
        return {"current": str(current), "before": str(before)}


def _is_name(name: object) -> bool:
    return isinstance(name, str) and name == Path(name).name
