"""How Whoosh writes and reads our posting lists: a codec of its own, and the writer of a segment.

Whoosh's codec writes a posting at a time, through a sorted pool of tuples and a pickle a block. Everything else
stays Whoosh's: segments, columns, deletions, locks, commits, and which segments are merged.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Codec
from whoosh.writing import SegmentWriter

from index.engines.whoosh.postings import Inverted, PostingsFile, write
from index.engines.whoosh.schema import document, field_name, keyword_name, listed_names
from index.records import POSITIONED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import BinaryIO

    from index.engines.whoosh.postings import FieldPostings
    from index.records import Record

EXTENSION = ".lists"
POOL_BYTES = 256 << 20
"""Memory for postings before they are put aside on disk."""
TERM_BYTES = 400
POSTING_BYTES = 12
"""What a term and a posting take in memory, about."""


class Codec(W3Codec):  # type: ignore[misc] # whoosh is untyped
    """Whoosh's own codec, but for posting lists. Pickled with each segment, so it keeps nothing."""

    length_stats = False  # a posting's weight has the length

    def field_writer(self, storage: Any, segment: Any) -> FieldWriter:
        return FieldWriter(segment.create_file(storage, EXTENSION).raw_file())

    def terms_reader(self, storage: Any, segment: Any) -> TermsReader:
        with segment.open_file(storage, EXTENSION).raw_file() as file:
            return TermsReader(file)


class FieldWriter(base.FieldWriter):  # type: ignore[misc]
    """Collects the postings of a segment, and writes them when Whoosh finishes it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._fields: dict[str, Inverted] = {}
        self._positioned: set[str] = set()
        self._postings = 0
        self._aside = ExitStack()
        self._runs: list[PostingsFile] = []
        self.is_closed = False

    def add(self, number: int, record: Record) -> None:
        """Take in the terms and keywords of a document."""
        for field, terms in record.terms.items():
            inverted = self._field(field_name(field), field.level in POSITIONED)
            self._postings += inverted.add(number, terms)
        for keyword, values in record.keywords.items():
            self._field(keyword_name(keyword), positioned=False).add_values(number, values)
        self._put_aside_if_large()

    def take(self, name: str, field: FieldPostings, numbers: Mapping[int, int] | range, positioned: bool) -> None:
        """Take over a field of another segment."""
        self._field(name, positioned).take(field, numbers)

    def add_postings(self, schema: Any, lengths: Any, items: Iterable[object]) -> None:
        """Write the file. Whoosh's own pool must be empty: whatever it held would be lost here."""
        del schema, lengths
        if any(True for _ in items):
            raise NotImplementedError("postings come through add() and take() alone")
        write(self._file, self._merged() if self._runs else sorted(self._fields.items()))

    def close(self) -> None:
        self._aside.close()
        self._file.close()
        self.is_closed = True

    def _field(self, name: str, positioned: bool) -> Inverted:
        if name not in self._fields:
            self._fields[name] = Inverted(positioned)
            if positioned:
                self._positioned.add(name)
        return self._fields[name]

    def _put_aside_if_large(self) -> None:
        terms = sum(map(len, self._fields.values()))
        if terms * TERM_BYTES + self._postings * POSTING_BYTES > POOL_BYTES:
            self._put_aside()

    def _put_aside(self) -> None:
        file = self._aside.enter_context(tempfile.TemporaryFile())
        write(file, self._fields.items())
        file.flush()
        run = PostingsFile(file)
        self._aside.callback(run.close)
        self._runs.append(run)
        self._fields, self._postings = {}, 0

    def _merged(self) -> Iterator[tuple[str, Inverted]]:
        """What was put aside, put together again a field at a time."""
        self._put_aside()
        for name in sorted({name for run in self._runs for name in run.names()}):
            field = Inverted(name in self._positioned)
            for run in self._runs:
                field.take(run.field(name), range(1 << 32))
            yield name, field


class TermsReader(PostingsFile, base.TermsReader):  # type: ignore[misc]
    """Hands out fields by Whoosh's ``reader.cursor(name)``."""

    def cursor(self, name: str, field: object) -> FieldPostings:
        del field
        return self.field(name)


class Writer(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer of a segment; records come in, and merged segments come over, in one piece."""

    def __init__(self, index: Any) -> None:
        super().__init__(index, codec=Codec(), compound=False)

    def add(self, record: Record) -> None:
        """Add a document."""
        number = self.docnum
        self.add_document(**document(record))
        self.fieldwriter.add(number, record)

    def add_reader(self, reader: Any) -> None:
        """Take over a segment that is merged into this one."""
        first = self.docnum
        renumbered = self.write_per_doc(set(self.schema.names()), reader)
        numbers = range(first, self.docnum) if renumbered is None else renumbered
        for name in listed_names(self.schema):
            self.fieldwriter.take(name, reader.cursor(name), numbers, self.schema[name].positioned)
        self._added = True
