"""The freezing of a corpus: its words, its lexicon, and the finished terms of the pieces that it repeats.

The rules prove each word once, and read each of these pieces once for all processes.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from functools import cached_property
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

import numpy as np

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.columns.pieces import new_key, split
from kashshaf.analyzers.columns.terms import PieceTable, Terms
from kashshaf.analyzers.encoded_terms import TermEncoder
from kashshaf.analyzers.errors import LexiconError
from kashshaf.analyzers.lexicon import Lexicon
from kashshaf.index.disk import put_in_place, sync, writing
from kashshaf.index.errors import BrokenIndexError
from kashshaf.index.store.generations import LEXICON, WORDS
from kashshaf.index.store.word_trie import WordTrie

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import Self

    from kashshaf.analyzers.encoded_terms import PieceTerms
    from kashshaf.analyzers.lexicon import Task
    from kashshaf.index.store.generations import Generation
    from kashshaf.indexer.progress import Show, Step
    from kashshaf.indexer.rebuild.workers import Pool, Workers

TABLE = "pieces.npz"
MOST = 1 << 19
"""Pieces of a table: each takes some 90 bytes in every process that has it."""
TOGETHER = 2_000
"""Pieces that are finished as one piece of work."""
REMEMBERED = 1 << 10
"""Pieces remembered while they are finished: none comes twice."""


class RepeatedPieces:
    """The pieces of a rebuild. Their file in ``folder`` has no name and ends with it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with ExitStack() as stack, writing(folder):
            self._file = stack.enter_context(TemporaryFile(dir=folder))
            self._open = stack.pop_all()

    def add(self, pieces: Iterable[str]) -> None:
        """Add those of some articles."""
        with writing(self._folder):
            self._file.write("\n".join((*pieces, "")).encode())
            self._file.flush()

    def all(self) -> list[str]:
        """Each piece once; of more than ``MOST`` those that came first."""
        self._file.seek(0)
        found: dict[str, None] = {}
        for line in self._file:
            found[line[:-1].decode()] = None
            if len(found) == MOST:
                break
        return [*found]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        with suppress(OSError):  # a full disk: it was told when it was written to
            self._open.close()


def freeze(
    generation: Generation,
    counts: Counter[str],
    pieces: RepeatedPieces,
    pool: Pool,
    processes: int,
    show: Show,
    beside: Callable[[], None],
) -> None:
    """Build the generation's words, its lexicon from the words counted, and the terms of some pieces.

    By the lexicon, which comes last, it is frozen. ``beside`` is called before: it waits for what is made at
    the same time.
    """
    folder = generation.folder
    WordTrie.of(counts).save(folder / WORDS)
    whole, aside = folder / LEXICON, folder / f"{LEXICON}.new"
    with writing(whole):
        with show("Proving stems", len(counts)) as step:

            def run(task: Task, items: Iterable[Sequence[str]]) -> Iterator[list[bytes]]:
                with pool.workers(task, processes) as workers:
                    yield from _counted(workers.results(items, ahead=len(counts)), step)

            Lexicon.build(aside, counts, run)
        found = pieces.all()
        finishing = pool.workers(_Finishing(aside), processes)
        with show("Finishing terms", len(found)) as step, finishing as workers:
            _finish(found, folder, workers, step)
        sync(aside)
        beside()
        put_in_place(aside, whole)


def _counted(results: Iterator[list[bytes]], step: Step) -> Iterator[list[bytes]]:
    for result in results:
        step(len(result))
        yield result


def _finish(
    pieces: Sequence[str], folder: Path, workers: Workers[Sequence[str], list[PieceTerms]], step: Step
) -> None:
    """Write the table of some pieces to a generation's folder."""
    key = new_key()
    hashes, places = np.unique(split("\n".join(pieces), key).hashes, return_index=True)
    ordered = [pieces[at] for at in places.tolist()]
    terms = Terms.none()
    some = (ordered[at : at + TOGETHER] for at in range(0, len(ordered), TOGETHER))
    for finished in workers.results(some):
        terms.extend(finished)
        step(len(finished))
    with writing(folder):
        PieceTable(key, hashes, terms).save(folder / TABLE)
        sync(folder / TABLE)


def load(folder: Path) -> PieceTable:
    """Load the table in a generation's folder; BrokenIndexError where it is missing or damaged."""
    try:
        return PieceTable.load(folder / TABLE)
    except LexiconError as error:
        raise BrokenIndexError(f"{error}; begin anew without --resume") from error


class _Finishing:
    """The task of finishing the terms of pieces by the lexicon in a file."""

    def __init__(self, lexicon: Path) -> None:
        self._lexicon = lexicon

    def __call__(self, pieces: Sequence[str]) -> list[PieceTerms]:
        return [*map(self._encoder.piece, pieces)]

    @cached_property
    def _encoder(self) -> TermEncoder:
        """Made once in each process."""
        return TermEncoder(Analyzer(Lexicon.open(self._lexicon), REMEMBERED))
