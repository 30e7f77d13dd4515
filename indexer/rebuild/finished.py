"""Finished terms of the pieces of text that a corpus repeats: the rules read each of them once for all."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from functools import cached_property
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

import numpy as np

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.columns.pieces import LONGEST, new_key, split
from kashshaf.analyzers.columns.terms import PieceTable, Terms
from kashshaf.analyzers.encoded_terms import TermEncoder
from kashshaf.analyzers.lexicon import Lexicon
from kashshaf.index.disk import writing
from kashshaf.indexer.rebuild.workers import Workers

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Self

    from kashshaf.analyzers.encoded_terms import PieceTerms
    from kashshaf.indexer.progress import Step

TABLE = "pieces.npz"
MOST = 1 << 19
"""Pieces of a table: each takes some 90 bytes in every process that has it."""
TOGETHER = 2_000
"""Pieces that are finished as one piece of work."""


def repeated(met: Counter[str]) -> bytes:
    """Lines of the pieces that were met twice at least."""
    return "".join(
        [f"{piece}\n" for piece, count in met.items() if count > 1 and len(piece) <= LONGEST]
    ).encode()


class RepeatedPieces:
    """The pieces of a rebuild. Their file in ``folder`` has no name and ends with it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with ExitStack() as stack, writing(folder):
            self._file = stack.enter_context(TemporaryFile(dir=folder))
            self._open = stack.pop_all()

    def add(self, lines: bytes) -> None:
        """Add what ``repeated`` has found in some articles."""
        with writing(self._folder):
            self._file.write(lines)
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


def finish(pieces: Sequence[str], lexicon: Path, table: Path, processes: int, step: Step) -> None:
    """Write the table of some pieces, by a frozen lexicon."""
    key = new_key()
    hashes, places = np.unique(split("\n".join(pieces), key).hashes, return_index=True)
    ordered = [pieces[at] for at in places.tolist()]
    terms = Terms.none()
    some = (ordered[at : at + TOGETHER] for at in range(0, len(ordered), TOGETHER))
    with Workers(_Finishing(lexicon), processes) as workers:
        for finished in workers.results(some):
            terms.extend(finished)
            step(len(finished))
    with writing(table):
        PieceTable(key, hashes, terms).save(table)


class _Finishing:
    """The task of finishing the terms of pieces by the lexicon in a file."""

    def __init__(self, lexicon: Path) -> None:
        self._lexicon = lexicon

    def __call__(self, pieces: Sequence[str]) -> list[PieceTerms]:
        return [*map(self._encoder.piece, pieces)]

    @cached_property
    def _encoder(self) -> TermEncoder:
        """Once in each process; no piece comes twice, but many with the same word in them."""
        return TermEncoder(Analyzer(Lexicon.open(self._lexicon), REMEMBERED))


REMEMBERED = 1 << 14
