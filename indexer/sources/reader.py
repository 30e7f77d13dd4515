"""Readers of what a site has, and the one way in: files found, their format told, their articles read."""

from __future__ import annotations

import gzip
import importlib
import stat
import sys
import zlib
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from indexer.sources.decoding.streams import Bounded, Peekable
from indexer.sources.discover import STANDARD_INPUT, discover
from indexer.sources.formats import PACKED, XML, Format, format_of
from indexer.sources.identity import complete
from indexer.sources.outcome import MOST_REFUSED, Found, Outcome, Refused, UnfitError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader
    from pathlib import Path

    from indexer.sources.reading import Reading

__all__ = ["STANDARD_INPUT", "UNREADABLE", "XML", "discover", "finished", "format_of", "read", "unpacked"]

LARGEST_PAGE = 50_000_000
"""Bytes of a page, unpacked. Files of many articles are read as streams and have no bound."""

_GZIP_MAGIC = b"\x1f\x8b"
_HEAD = 4096
_MANY: dict[Format, str] = {"json": "jsonl", "xml": "xml.reader", "table": "table"}
"""The readers, imported when their format comes, of files with many articles."""
UNREADABLE = (OSError, EOFError, zlib.error)


def read(path: Path, reading: Reading, name: str) -> Iterator[Outcome]:
    """Every article of a file, completed, and a refusal for all that is none. Never raises for content.

    ``name``: how the file is called in reports and, with an article's ordinal, in made ids: its path below
    the source. Of very many refused documents in one file the first are named, the others counted.
    """
    return finished(_opened(path, reading, name), reading, name)


def finished(outcomes: Iterator[Outcome], reading: Reading, name: str) -> Iterator[Outcome]:
    """The outcomes of a reader, as :func:`read` gives them; an error in it is a refusal and its end."""
    refused = 0
    for outcome in _completed(outcomes, reading, name):
        inside = isinstance(outcome, Refused) and outcome.place != name
        refused += inside
        if not inside or refused <= MOST_REFUSED:
            yield outcome
    if more := max(0, refused - MOST_REFUSED):
        yield Refused(name, f"{more} more documents in it were refused", more)


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


@contextmanager
def unpacked(
    stream: BufferedReader, path: Path, largest: int | None = None
) -> Iterator[tuple[Peekable, str]]:
    """What is in a file, taken out of gzip if it is in one, and its suffix without that of gzip.

    What was packed twice stays packed. With ``largest``, what is larger raises UnfitError when it is read.
    """
    suffix = path.suffix.lower()
    if not stream.peek(_HEAD).startswith(_GZIP_MAGIC):
        yield Bounded(stream, largest) if largest else stream, suffix
        return
    with gzip.GzipFile(fileobj=stream) as inner:
        suffix = path.with_suffix("").suffix.lower() if suffix == PACKED else suffix
        yield Bounded(inner, largest) if largest else inner, suffix


def _read(stream: Peekable, suffix: str, reading: Reading, name: str) -> Iterator[Outcome]:
    """By what the file begins with and what it is called."""
    form = format_of(stream.peek(_HEAD), suffix)
    if form in _MANY:
        reader = importlib.import_module(f"indexer.sources.{_MANY[form]}")
        yield from reader.read(stream, reading, name)
        return
    raw = stream.read(LARGEST_PAGE + 1)
    if len(raw) > LARGEST_PAGE:
        raise UnfitError(f"the page is larger than {LARGEST_PAGE // 1_000_000} MB")
    yield _page(raw, form, reading, name)


def _page(raw: bytes, form: Format, reading: Reading, name: str) -> Outcome:
    from indexer.sources.decoding import encoding  # noqa: PLC0415

    decoded = encoding.decode(raw)
    if form == "html":
        from indexer.sources.html import page as html_page  # noqa: PLC0415

        found = html_page.read(decoded.text, reading, name)
    else:
        from indexer.sources.page_text import page as text_page  # noqa: PLC0415

        found = text_page.read(decoded.text, reading, name)
    return replace(found, mended=(*decoded.mended, *found.mended))
