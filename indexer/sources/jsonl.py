"""JSON: an article a line, one article, or a list of them. Lines are read one at a time."""

from __future__ import annotations

import json
from io import BufferedReader, BytesIO
from itertools import chain
from typing import TYPE_CHECKING, Any

import orjson

from kashshaf.indexer.sources import fields
from kashshaf.indexer.sources.decoding import encoding
from kashshaf.indexer.sources.exports import lines as exported
from kashshaf.indexer.sources.outcome import Found, Outcome, Refused, UnfitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kashshaf.indexer.sources.decoding.unpack import Peekable
    from kashshaf.indexer.sources.reading import Reading

LONGEST_LINE = 50_000_000
LARGEST_WHOLE = 500_000_000
"""Bytes of a file that has to be read at once: one JSON value over several lines."""
_CHUNK = 1_000_000
_MEGABYTE = 1_000_000
_HEAD = 200_000
"""Bytes by which it is told whether a file is binary."""
Numbered = tuple[int, bytes | None]
"""A line's number, from 1, and its bytes; None for a line that is too long."""


def read(stream: Peekable, reading: Reading, place: str) -> Iterator[Outcome]:
    """An outcome for every article; a line that cannot be read is refused by its number, no more."""
    lines = _lines(stream)
    first = next(lines, None)
    while first is not None and first[1] is not None and not first[1].strip(b"\xef\xbb\xbf \t\r\n"):
        first = next(lines, None)
    if first is None:
        yield Refused(place, "the file is empty")
        return
    if exported.is_export(first[1] or b""):
        yield from exported.read(first[1] or b"", stream, reading, place)
    elif _is_whole(first):
        yield from _whole(first, stream, reading, place)
    else:
        yield from _each(chain([first], lines), reading, place)


def _lines(stream: Peekable) -> Iterator[Numbered]:
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) <= LONGEST_LINE:
            yield number, line
            continue
        while not line.endswith(b"\n") and (line := stream.readline(_CHUNK)):
            pass
        yield number, None


def _is_whole(first: Numbered) -> bool:
    """True if the file is one value: its first line is none by itself, or is a list, or is in UTF-16."""
    line = first[1]
    if line is None:
        return False
    try:
        return isinstance(_value(line)[0], list)
    except UnfitError:
        start = line.lstrip(b"\xef\xbb\xbf \t\r\n")
        return (
            start.rstrip() in (b"{", b"[")
            or start[:1] == b"["
            or b"\0" in line
            or not start.rstrip().endswith(b"}")
        )


def _whole(first: Numbered, stream: Peekable, reading: Reading, place: str) -> Iterator[Outcome]:
    number, line = first
    raw = (line or b"") + stream.read(LARGEST_WHOLE)
    if len(raw) > LARGEST_WHOLE:
        yield Refused(
            place, f"it is one JSON value of over {LARGEST_WHOLE // _MEGABYTE} MB; write an article a line"
        )
        return
    try:
        value, mended = _value(raw)
    except UnfitError:  # lines after all, the first of them damaged
        lines = ((at + number - 1, part) for at, part in _lines(BufferedReader(BytesIO(raw))))
        yield from _damaged(raw[:_HEAD], _each(lines, reading, place), place)
        return
    if not isinstance(value, list):
        yield _outcome(value, mended, reading, place)
        return
    if not value:
        yield Refused(place, "the list in it is empty")
    for ordinal, one in enumerate(value, 1):
        yield _outcome(one, mended, reading, f"{place}[{ordinal}]")


def _damaged(head: bytes, outcomes: Iterator[Outcome], place: str) -> Iterator[Outcome]:
    """The outcomes; of a file that begins as a binary one only its articles, and one refusal."""
    try:
        encoding.decode(head)
    except UnfitError as error:
        yield Refused(place, str(error))
        outcomes = (outcome for outcome in outcomes if isinstance(outcome, Found))
    yield from outcomes


def _each(lines: Iterable[Numbered], reading: Reading, place: str) -> Iterator[Outcome]:
    for number, line in lines:
        here = f"{place}:{number}"
        if line is None:
            yield Refused(here, f"the line is longer than {LONGEST_LINE // _MEGABYTE} MB")
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            try:
                value, mended = _value(line)
            except UnfitError as error:
                yield Refused(here, str(error))
            else:
                yield _outcome(value, mended, reading, here)


def _outcome(value: object, mended: tuple[str, ...], reading: Reading, place: str) -> Outcome:
    if not isinstance(value, dict):
        return Refused(place, "it is no JSON object")
    try:
        article, notes = fields.article(value, reading)
    except UnfitError as error:
        return Refused(place, str(error))
    return Found(article, place, (*mended, *notes))


def _value(raw: bytes) -> tuple[Any, tuple[str, ...]]:
    """The value, and what was mended: another encoding, or escapes that are no characters."""
    try:
        return orjson.loads(raw.removeprefix(b"\xef\xbb\xbf")), ()
    except orjson.JSONDecodeError as error:
        reason = f"it is not JSON: {error.msg} at character {error.pos + 1}"
    decoded = encoding.decode(raw)
    try:
        # the standard library takes lone surrogates, which orjson does not; they are dropped later
        value = json.loads(decoded.text, strict=False)
    except (ValueError, RecursionError) as error:
        raise UnfitError(reason) from error
    return value, decoded.mended or ("characters that cannot be were taken out",)
