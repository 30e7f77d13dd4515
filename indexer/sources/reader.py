"""The way into the readers: a file is opened, its format told, its articles read and completed.

A reader is a module that the table of formats names, with one entry, ``read(stream, reading, place)``, which
yields an outcome for every document.
"""

from __future__ import annotations

import importlib
import stat
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from kashshaf.index.counted import counted
from kashshaf.indexer.sources.decoding.unpack import HEAD, UNREADABLE, unpacked
from kashshaf.indexer.sources.discover import STANDARD_INPUT
from kashshaf.indexer.sources.formats import format_of
from kashshaf.indexer.sources.identity import complete
from kashshaf.indexer.sources.outcome import MOST_REFUSED, Found, Outcome, Refused, UnfitError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader
    from pathlib import Path

    from kashshaf.indexer.sources.decoding.unpack import Peekable
    from kashshaf.indexer.sources.reading import Reading


def read_file(path: Path, reading: Reading, name: str) -> Iterator[Outcome]:
    """Every article of a file, completed, and a refusal for all that is none. Never raises for content.

    ``name``: how the file is called in reports and, with an article's ordinal, in made ids: its path below
    the source. Of very many refused documents in one file the first are named, the others counted.
    """
    return complete_all(_opened(path, reading, name), reading, name)


def complete_all(outcomes: Iterator[Outcome], reading: Reading, name: str) -> Iterator[Outcome]:
    """The outcomes of a reader, as :func:`read_file` gives them; an error in it is a refusal and its end."""
    refused = 0
    for outcome in _completed(outcomes, reading, name):
        inside = isinstance(outcome, Refused) and outcome.place != name
        refused += inside
        if not inside or refused <= MOST_REFUSED:
            yield outcome
    if more := max(0, refused - MOST_REFUSED):
        yield Refused(name, f"refused in it: {counted(more, 'more document')}", more)


def _completed(outcomes: Iterator[Outcome], reading: Reading, name: str) -> Iterator[Outcome]:
    ordinal = 0
    while True:
        try:
            outcome = next(outcomes, None)
            if outcome is None:
                return
            ordinal += 1
            if isinstance(outcome, Found):
                place_id = name if outcome.one_page else f"{name}#{ordinal}"
                outcome = complete(_addressed(outcome, reading), reading, place_id)
        except Exception as error:  # noqa: BLE001 - one document's fault may not end the run
            outcome = Refused(name, _sentence(error))
        yield outcome


def _addressed(found: Found, reading: Reading) -> Found:
    """A page that does not say its own address is known by the one it was fetched from."""
    if not reading.address or not found.one_page or found.article.url:
        return found
    return replace(found, article=replace(found.article, url=reading.address))


def _sentence(error: Exception) -> str:
    if isinstance(error, UnfitError):
        return str(error)
    if isinstance(error, UNREADABLE):
        return f"it cannot be read: {getattr(error, 'strerror', None) or error}"
    return f"its reader failed on it ({type(error).__name__}: {str(error)[:200]})"


def _opened(path: Path, reading: Reading, name: str) -> Iterator[Outcome]:
    if path == STANDARD_INPUT:
        stream = cast("BufferedReader", sys.stdin.buffer)
        with unpacked(stream, path, reading.largest) as (inner, suffix):
            yield from _read(inner, suffix, reading, name)
        return
    if not stat.S_ISREG(path.stat().st_mode):
        raise UnfitError("it is a folder or device that cannot be read")
    with path.open("rb") as stream, unpacked(stream, path, reading.largest) as (inner, suffix):
        yield from _read(inner, suffix, reading, name)


def _read(stream: Peekable, suffix: str, reading: Reading, name: str) -> Iterator[Outcome]:
    """The outcomes of the reader of the file's format, which is imported when it is needed."""
    form = format_of(stream.peek(HEAD), suffix)
    reader = importlib.import_module(f"kashshaf.indexer.sources.{form.reader}")
    yield from reader.read(stream, reading, name)
