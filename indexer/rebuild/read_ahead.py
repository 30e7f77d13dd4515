"""Files and what their readers find in them, in order; many pages of a folder are read by other processes.

To read a page takes some ten milliseconds, more than all else that a rebuild does with it.
"""

from __future__ import annotations

from itertools import chain, groupby, islice, tee
from pathlib import Path
from typing import TYPE_CHECKING

from kashshaf.indexer.ingest.articles import outcomes
from kashshaf.indexer.rebuild.workers import FROM, processes_for
from kashshaf.indexer.sources.formats import HTML

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kashshaf.indexer.ingest.options import Options
    from kashshaf.indexer.ingest.source_file import SourceFile
    from kashshaf.indexer.rebuild.workers import Pool
    from kashshaf.indexer.sources.outcome import Outcome

FIRST = 100
"""Pages from which on other processes pay. What is learned of a folder is known by then."""
TOGETHER = 8
"""Pages read as one piece of work."""
LARGEST = 1 << 20
"""Bytes of a page that waits to be taken; larger ones are read when it is their turn."""


def read(
    files: Iterable[SourceFile], options: Options, pool: Pool
) -> Iterator[tuple[SourceFile, Iterable[Outcome]]]:
    """Each file with its outcomes."""
    for (is_page, _), some in groupby(files, key=_kind):
        rest = iter(some)
        yield from ((file, outcomes(file, options)) for file in islice(rest, FIRST if is_page else None))
        yield from _read_ahead(rest, options, pool)


def _kind(file: SourceFile) -> tuple[bool, str]:
    """Tell whether a file is a page that may be read ahead of its turn, and of which folder."""
    content = file.content
    is_page = isinstance(content, Path) and content.suffix.lower() in HTML.suffixes and file.fetched is None
    return is_page and 0 <= file.mark.size <= LARGEST, "" if file.root == file.key else file.root


def _read_ahead(
    pages: Iterator[SourceFile], options: Options, pool: Pool
) -> Iterator[tuple[SourceFile, Iterable[Outcome]]]:
    first = [*islice(pages, 1)]
    if not first:
        return
    bundles, again = tee(_bundles(chain(first, pages)))
    with pool.workers(ReadPages(options), processes_for(FROM)) as workers:
        for bundle, found in zip(again, workers.results(bundles), strict=True):
            yield from zip(bundle, found, strict=True)


def _bundles(pages: Iterator[SourceFile]) -> Iterator[list[SourceFile]]:
    while bundle := [*islice(pages, TOGETHER)]:
        yield bundle


class ReadPages:
    """The task of reading pages; can be pickled."""

    def __init__(self, options: Options) -> None:
        self._options = options

    def __call__(self, pages: Sequence[SourceFile]) -> list[list[Outcome]]:
        """The outcomes of each."""
        return [[*outcomes(page, self._options)] for page in pages]
