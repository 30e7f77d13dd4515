"""CSV and TSV: a header, then an article a row. What divides the columns is told from the header.

Columns go by the names of an article's fields, by their other names (:mod:`kashshaf.indexer.sources.fields`),
in small letters or capitals, or by what ``--columns`` says they are called. A first line ``sep=;``, as Excel
has it, says what divides. Rows are read one at a time.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from kashshaf.indexer.sources import fields
from kashshaf.indexer.sources.decoding.streams import TextStream, lines
from kashshaf.indexer.sources.outcome import Found, Noted, Refused, UnfitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kashshaf.indexer.sources.decoding.unpack import Peekable
    from kashshaf.indexer.sources.outcome import Outcome
    from kashshaf.indexer.sources.reading import Columns, Reading

LONGEST_FIELD = 10_000_000
"""Characters of a field, and of a line."""
DIVIDERS = (",", ";", "\t", "|")
_LONGEST_HEADER = 100_000
_STATED = re.compile(r"""\s*"?sep=([^\w"'\r\n])"?\s*""", re.IGNORECASE)
"""Excel's line before the header."""
_TOO_LONG = f"the line is longer than {LONGEST_FIELD // 1_000_000} million characters"
_LONGEST_LIST = 500
_MORE = "the row has more fields than the header has columns; they were left out"


def read(stream: Peekable, reading: Reading, place: str) -> Iterator[Outcome]:
    """An outcome for every row; the file is refused where it has no column for a title or a text."""
    csv.field_size_limit(LONGEST_FIELD)
    text = TextStream(stream)
    found = _Lines(text)
    header, divider = _header(found)
    check(header, reading.options.columns)
    header = fields.own_names(header, reading.options.columns)
    empty = True
    for row in _rows(found, divider):
        empty = False
        here = f"{place}:{found.number}"
        yield _outcome(header, row, reading, here) if isinstance(row, list) else Refused(here, row)
    if empty:
        yield Refused(place, "the table has no rows")
    for what in text.mended():
        yield Noted(place, what)


def check(header: Iterable[str], columns: Columns) -> None:
    """Raise UnfitError for columns of which one that was named is missing, or which have no words."""
    there = list(header)
    shown = ", ".join(there)[:_LONGEST_LIST]
    for field, column in columns:
        if column not in there:
            raise UnfitError(f"it has no column {column!r}, which is to be its {field}; it has: {shown}")
    named = fields.renamed(dict.fromkeys(fields.own_names(there, columns), ""), columns)
    if not any(name in named for name in fields.WORDS):
        raise UnfitError(
            f"none of its columns is a title or a body; it has: {shown}; say which is which, for instance"
            " with --columns title=NAME,body=NAME"
        )


class _Lines:
    """The lines of a text, counted; raises csv.Error in the place of one that is too long, and goes on."""

    def __init__(self, text: TextStream) -> None:
        self._lines = lines(text, LONGEST_FIELD)
        self.number = 0
        self.quotes = 0
        """Quotation marks in the lines since it was set to 0."""

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        if line is None:
            raise csv.Error(_TOO_LONG)
        self.quotes += line.count('"')
        return line


def _header(found: _Lines) -> tuple[list[str], str]:
    """The names of the columns, and what divides them. Raises UnfitError where there are none."""
    try:
        first = _first(found)
        stated = _STATED.fullmatch(first)
        dividers = (stated[1],) if stated else DIVIDERS
        first = _first(found) if stated else first
        read_as = {each: next(csv.reader([first], delimiter=each), []) for each in dividers}
    except csv.Error as error:
        raise UnfitError(f"its header cannot be read: {error}") from error
    divider = max(dividers, key=lambda each: len(read_as[each]))
    return [name.strip() for name in read_as[divider]], divider


def _first(found: _Lines) -> str:
    """The next line that is not blank; empty where there is none."""
    return next((line for line in found if line.strip()), "")[:_LONGEST_HEADER]


def _rows(found: _Lines, divider: str) -> Iterator[list[str] | str]:
    """The rows that hold anything; a sentence in the place of one that cannot be read."""
    reader = csv.reader(found, delimiter=divider)
    while True:
        start = found.number + 1
        found.quotes = 0
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield f"the row cannot be read: {error}"
            continue
        if row is None:
            return
        if found.number > start and found.quotes % 2:  # the module ends such a field without a word
            yield f"a quotation mark in line {start} or after it is never closed; all after it is one field"
        elif any(row):
            yield row


def _outcome(header: list[str], row: list[str], reading: Reading, place: str) -> Outcome:
    values = dict(zip(header, row, strict=False))
    try:
        article, notes = fields.article(values, reading)
    except UnfitError as error:
        return Refused(place, str(error))
    more = (_MORE,) if any(row[len(header) :]) else ()
    return Found(article, place, (*more, *notes))
