"""Snapshots of the serving generation: opened once, replaced after a commit or a switch."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import ExitStack, contextmanager
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.index.errors import BrokenIndexError, IndexingError
from kashshaf.index.names import folded_name
from kashshaf.index.store.rehearsal import Notes, every_question
from kashshaf.index.store.sharing.watch import watch
from kashshaf.index.store.soundness import require_sound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from kashshaf.analyzers.analyzer import Analyzer
    from kashshaf.analyzers.errors import KashshafError
    from kashshaf.index.completions.entry_file import EntryFile
    from kashshaf.index.completions.new_titles import NewTitles
    from kashshaf.index.documents import Article
    from kashshaf.index.engine import Reader
    from kashshaf.index.schema import IndexName
    from kashshaf.index.store.generations import Generation, Store
    from kashshaf.index.store.parts import State
    from kashshaf.index.store.word_trie import WordTrie

PATIENCE = 3.0
"""Seconds in which a reader tries again where commits take away what it opens."""
PAUSE = 0.05
REMEMBERED = 1 << 14
"""Pieces of text that the analyzer of searches remembers: of an article, only those are read that a query may
have, so there are few, and each worker has them for itself."""
RETRY = 5.0
"""Seconds until a newer index that could not be opened is tried again."""
logger = logging.getLogger(__name__)
Stamp = tuple[str, int, int]
"""Name of a generation, with time and inode of its state file: each commit changes them."""


class Snapshot:
    """Readers of both indexes of a generation, as of one commit, and the words of its corpus.

    ``words`` is None in an index built without them. A snapshot of the same generation ``before`` hands over
    what it remembers of words, in which a commit changes nothing.
    """

    def __init__(self, generation: Generation, before: Snapshot | None = None) -> None:
        generation.check_analyzer()
        self.analyzer: Analyzer = before.analyzer if before else generation.analyzer(remembered=REMEMBERED)
        if before:
            self._take_over(before)
        self._engine = engine = generation.engine()
        self.generation = generation
        self.state: State = generation.state()
        require_sound(generation, frozen=not before)
        self._values: dict[tuple[IndexName, str], Mapping[str, int]] = {}
        self._spellings: dict[tuple[IndexName, str], dict[str, str]] = {}
        with ExitStack() as stack:
            self.articles: Reader = stack.enter_context(
                engine.reader(generation.index_folder("articles"), "articles")
            )
            self.comments: Reader = stack.enter_context(
                engine.reader(generation.index_folder("comments"), "comments")
            )
            self._open = stack.pop_all()

    def reader(self, index: IndexName) -> Reader:
        """Return the reader of that index."""
        return self.articles if index == "articles" else self.comments

    def rehearse(self, work: Callable[[Snapshot], object], rounds: int = 1) -> None:
        """Ask at once what some work on a snapshot will ask, where each question costs a request.

        The work is done for its questions alone, again in further ``rounds`` where some hang on the answers
        to others. Raises what the questions raise.
        """
        for _ in range(0 if self._engine.embedded else rounds):
            aside = copy(self)
            articles, comments = Notes(self._engine, self.articles), Notes(self._engine, self.comments)
            aside.articles, aside.comments = articles, comments
            work(aside)
            asked = every_question(articles, comments)
            if not asked:
                return
            self._engine.foresee(asked)

    def article(self, article_id: str) -> Article | None:
        """Return an article with its comments, or None."""
        # What writes takes long to import, and a search of the command line needs none of it.
        from kashshaf.index.store.article_writer import with_comments  # noqa: PLC0415

        stored = self.articles.stored([article_id])
        return with_comments(stored[article_id], self.comments) if article_id in stored else None

    @cached_property
    def words(self) -> WordTrie | None:
        """The words of the corpus, opened when first asked for; None in an index built without them."""
        return self.generation.words()

    @cached_property
    def completions(self) -> EntryFile | None:
        """The completions of the rebuild, opened when first asked for; None in an index built without."""
        return self.generation.completions()

    @cached_property
    def new_titles(self) -> NewTitles:
        """The titles written since the rebuild."""
        return self.generation.new_titles()

    def _take_over(self, before: Snapshot) -> None:
        """Keep what another snapshot of the same generation has opened and no commit changes."""
        for name in ("words", "completions"):
            if name in vars(before):
                setattr(self, name, vars(before)[name])

    def values(self, index: IndexName, keyword: str) -> Mapping[str, int]:
        """Return the values of a keyword with their counts, cached."""
        if (index, keyword) not in self._values:
            self._values[index, keyword] = self.reader(index).values(keyword)
        return self._values[index, keyword]

    def spellings(self, index: IndexName, name: str) -> Mapping[str, str]:
        """Return the commonest spelling of each folded name of a keyword of ``NAMES``, cached."""
        if (index, name) not in self._spellings:
            found = self._spellings[index, name] = {}
            for spelling, _ in sorted(self.values(index, name).items(), key=lambda row: (-row[1], row[0])):
                found.setdefault(folded_name(spelling), spelling)
        return self._spellings[index, name]

    def close(self) -> None:
        """Close files."""
        self._open.close()


class Seen(NamedTuple):
    """The files that each switch and each commit replaces, as they were when a commit was known to serve."""

    stamp: Stamp
    files: tuple[Path, ...]
    marks: list[tuple[int, int]]

    def holds(self) -> bool:
        """Tell whether none of them has been replaced: then that commit serves still."""
        return _marks(self.files) == self.marks


class Snapshots:
    """A supplier of the newest snapshot; an older one is closed after its last user. Thread-safe."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._newest: Snapshot | None = None
        self._stamp: Stamp | None = None
        self._users: dict[Snapshot, int] = {}
        self._again = 0.0
        self._seen: Seen | None = None
        self._watch = watch(store.root)
        self._unopened: IndexingError | None = None

    @property
    def trouble(self) -> KashshafError | None:
        """The error that keeps a newer commit from being searched, while an older one is searched instead."""
        return self._unopened or (self._watch.trouble if self._watch else None)

    @contextmanager
    def use(self) -> Iterator[Snapshot]:
        """Lend the newest snapshot; raises NoIndexError or BrokenIndexError.

        Where a newer one cannot be opened (no room for its files, damage), the one that is open goes on.
        """
        self._follow()
        with self._lock:
            snapshot = self._refreshed()
            self._users[snapshot] = self._users.get(snapshot, 0) + 1
        try:
            yield snapshot
        finally:
            with self._lock:
                self._users[snapshot] -= 1
                self._drop_unused()

    def stamp(self) -> str:
        """Name the commit that the newest snapshot is of; raises NoIndexError or BrokenIndexError."""
        self._follow()
        seen = self._seen
        return "/".join(map(str, seen.stamp if seen and seen.holds() else _stamp(self._store.current())))

    def close(self) -> None:
        """Close every snapshot that is not in use."""
        if self._watch:
            self._watch.close()
        with self._lock:
            self._newest = self._stamp = self._seen = None
            self._drop_unused()

    def _follow(self) -> None:
        """Have the writer followed, where this machine is a reader; raises why there is nothing yet."""
        if self._watch:
            self._watch.begin()
            if self._watch.trouble and not self._store.exists():
                raise self._watch.trouble

    def _refreshed(self) -> Snapshot:
        """The newest snapshot; files are read only where their time or inode is another than last time."""
        if self._newest and self._seen and self._seen.holds():
            return self._newest
        generation = self._store.current()
        stamp = _stamp(generation)
        if self._newest is None:
            return self._renewed(generation)
        if stamp == self._stamp:
            self._unopened = None
            self._seen = self._looked_at(stamp)
            return self._newest
        if time.monotonic() < self._again:
            return self._newest
        try:
            return self._renewed(generation)
        except IndexingError as error:
            self._again = time.monotonic() + RETRY
            self._unopened = error
            logger.warning("a newer index cannot be opened, the older one is searched: %s", error)
            return self._newest

    def _looked_at(self, stamp: Stamp) -> Seen | None:
        """The files of the commit that is open as they are; None where another serves by now."""
        files = self._store.pointer(), self._store.state_file(stamp[0])
        marks = _marks(files)
        return Seen(stamp, files, marks) if marks and _stamp(self._store.current()) == stamp else None

    def _renewed(self, generation: Generation) -> Snapshot:
        self._newest, self._stamp = self._opened(generation)
        self._unopened = None
        self._users.setdefault(self._newest, 0)
        self._drop_unused()
        return self._newest

    def _is_of(self, generation: Generation) -> bool:
        return self._stamp is not None and self._stamp[0] == generation.name

    def _opened(self, generation: Generation) -> tuple[Snapshot, Stamp]:
        """Open a snapshot of one commit, again where another commit came in between."""
        deadline = time.monotonic() + PATIENCE
        known = self._newest if self._is_of(generation) else None
        while True:
            stamp = _stamp(generation)
            try:
                snapshot = Snapshot(generation, known)
            except BrokenIndexError:  # also what it looks like when files go away while they are opened
                if stamp == _stamp(generation) or time.monotonic() > deadline:
                    raise
            else:
                if stamp == _stamp(generation) or time.monotonic() > deadline:
                    return snapshot, stamp
                snapshot.close()
            time.sleep(PAUSE)

    def _drop_unused(self) -> None:
        for snapshot in [
            each for each, users in self._users.items() if not users and each is not self._newest
        ]:
            del self._users[snapshot]
            snapshot.close()


def _marks(files: Iterable[Path]) -> list[tuple[int, int]]:
    """Time and inode of each file; none where one is missing."""
    try:
        found = [file.stat() for file in files]
    except OSError:
        return []
    return [(status.st_mtime_ns, status.st_ino) for status in found]


def _stamp(generation: Generation) -> Stamp:
    try:
        status = (generation.folder / "state.json").stat()
    except OSError as error:
        raise BrokenIndexError(
            f"the index in {generation.folder} is damaged; go back with: kashshaf rollback,"
            " or rebuild with: kashshaf reindex SOURCE"
        ) from error
    return generation.name, status.st_mtime_ns, status.st_ino
