"""Readers of what a site has, and the one way in: files found, their format told, their articles read."""

from __future__ import annotations

import gzip
import stat
import sys
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from indexer.complete import complete
from indexer.sources.base import MOST_REFUSED, Found, Outcome, Reading, Refused, UnfitError
from indexer.sources.walk import PACKED, STANDARD_INPUT, SUFFIXES, Format, discover

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader
    from pathlib import Path

__all__ = ["STANDARD_INPUT", "discover", "format_of", "read"]

LARGEST_PAGE = 50_000_000
"""Bytes of a page, unpacked. Files of many articles are read as streams and have no bound."""

_GZIP_MAGIC = b"\x1f\x8b"
_HEAD = 4096
_UNREADABLE = (OSError, EOFError, zlib.error)


def read(path: Path, reading: Reading, name: str) -> Iterator[Outcome]:
    """Every article of a file, completed, and a refusal for all that is none. Never raises for content.

    ``name``: how the file is called in reports and, with an article's ordinal, in made ids: its path below
    the source. Of very many refused documents in one file the first are named, the others counted.
    """
    refused = 0
    for outcome in _completed(path, reading, name):
        inside = isinstance(outcome, Refused) and outcome.place != name
        refused += inside
        if not inside or refused <= MOST_REFUSED:
            yield outcome
    if more := max(0, refused - MOST_REFUSED):
        yield Refused(name, f"{more} more documents in it were refused", more)


def _completed(path: Path, reading: Reading, name: str) -> Iterator[Outcome]:
    ordinal = 0
    outcomes = _opened(path, reading, name)
    while True:
        try:
            outcome = next(outcomes, None)
            if outcome is None:
                return
            ordinal += 1
            if isinstance(outcome, Found):
                place_id = name if outcome.one_page else f"{name}#{ordinal}"
                outcome = complete(outcome, reading, place_id)
        except Exception as error:  # noqa: BLE001 - one document's fault may not end the run
            outcome = Refused(name, _sentence(error))
        yield outcome


def _sentence(error: Exception) -> str:
    if isinstance(error, UnfitError):
        return str(error)
    if isinstance(error, _UNREADABLE):
        return f"it cannot be read: {getattr(error, 'strerror', None) or error}"
    return f"its reader failed on it ({type(error).__name__}: {str(error)[:200]})"


def _opened(path: Path, reading: Reading, name: str) -> Iterator[Outcome]:
    if path == STANDARD_INPUT:
        yield from _read(cast("BufferedReader", sys.stdin.buffer), path, reading, name)
        return
    if not stat.S_ISREG(path.stat().st_mode):
        raise UnfitError("it is a folder or device that cannot be read")
    with path.open("rb") as stream:
        yield from _read(stream, path, reading, name)


def _read(
    stream: BufferedReader | gzip.GzipFile, path: Path, reading: Reading, name: str
) -> Iterator[Outcome]:
    """By what the file begins with and what it is called. What was packed twice stays packed."""
    head = stream.peek(_HEAD)
    if head.startswith(_GZIP_MAGIC) and not isinstance(stream, gzip.GzipFile):
        with gzip.GzipFile(fileobj=stream) as unpacked:
            yield from _read(
                unpacked, path.with_suffix("") if path.suffix.lower() == PACKED else path, reading, name
            )
        return
    form = format_of(head, path.suffix.lower())
    if form == "json":
        from indexer.sources import jsonl  # noqa: PLC0415 - a reader is imported when its format comes

        yield from jsonl.read(stream, reading, name)
        return
    raw = stream.read(LARGEST_PAGE + 1)
    if len(raw) > LARGEST_PAGE:
        raise UnfitError(f"the page is larger than {LARGEST_PAGE // 1_000_000} MB")
    yield _page(raw, form, reading, name)


def _page(raw: bytes, form: Format, reading: Reading, name: str) -> Outcome:
    from indexer.sources import encoding  # noqa: PLC0415

    decoded = encoding.decode(raw)
    if form == "html":
        from indexer.sources import html  # noqa: PLC0415

        found = html.read(decoded.text, reading, name)
    else:
        from indexer.sources import page_text  # noqa: PLC0415

        found = page_text.read(decoded.text, reading, name)
    return replace(found, mended=(*decoded.mended, *found.mended))


def format_of(head: bytes, suffix: str) -> Format:
    """The format by the suffix; for an unknown one, and for a page called .txt, by the first bytes."""
    known = SUFFIXES.get(suffix)
    if known in ("json", "html"):
        return known
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")) or (known is None and b"<html" in start):
        return "html"
    if known is None and start.startswith((b"{", b"[{", b"[\n", b"[\r", b"[ ")):
        return "json"
    return "text"
