"""Whoosh's codec of our posting lists, and the writer of a segment.

``Codec`` is pickled by its dotted path into every index on disk: renamed or moved, it makes them unreadable.

Whoosh's own codec writes a posting at a time, through a sorted pool of tuples and a pickle a block. All else
stays Whoosh's: segments, columns, deletions, locks, commits, and which segments are merged.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Codec
from whoosh.writing import SegmentWriter

from kashshaf.index.engines.whoosh.postings import DELETED, FieldInverter, PostingsFile, write
from kashshaf.index.engines.whoosh.schema import POSITIONED_NAMES, document, listed_names
from kashshaf.index.schema import field_name, keyword_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    from kashshaf.index.engines.whoosh.postings import FieldPostings
    from kashshaf.index.records import Record

    Rows = defaultdict[str, list[tuple[int, str | tuple[str, ...]]]]
    """The contents of documents by field: finished terms, or whole values."""
    Part = Rows | tuple[PostingsFile, Mapping[int, int] | range]
    """Documents held, or lists on disk and what each document of theirs is called in this segment."""

EXTENSION = ".lists"
POOL = 32_000_000
"""Characters of terms that are held in memory, two bytes each. Beyond it they are inverted and put aside on
disk."""


class Codec(W3Codec):  # type: ignore[misc] # whoosh is untyped
    """Whoosh's own codec, but for posting lists. Pickled with each segment, so it keeps nothing."""

    length_stats = False  # a posting's weight has the length

    def field_writer(self, storage: Any, segment: Any) -> FieldWriter:
        return FieldWriter(segment.create_file(storage, EXTENSION).raw_file(), storage.folder)

    def terms_reader(self, storage: Any, segment: Any) -> TermsReader:
        with segment.open_file(storage, EXTENSION).raw_file() as file:
            return TermsReader(file)


class FieldWriter(base.FieldWriter):  # type: ignore[misc]
    """Holds the terms of a segment's documents, and inverts them field by field when Whoosh finishes it.

    Field by field, since to invert a document at a time took twice as long: the lists of all fields are more
    memory than a processor keeps at hand.
    """

    def __init__(self, file: BinaryIO, folder: str) -> None:
        self._file = file
        self._folder = folder
        self._parts: list[Part] = []
        self._rows: Rows = defaultdict(list)
        self._held = 0
        self._open = ExitStack()
        self.is_closed = False

    def add(self, number: int, record: Record) -> None:
        """Take in the terms and keywords of a document."""
        for field, terms in record.terms.items():
            if terms:
                self._rows[field_name(field)].append((number, terms))
                self._held += len(terms)
        for keyword, values in record.keywords.items():
            if values:
                self._rows[keyword_name(keyword)].append((number, values))
        if self._held > POOL:
            self._spill()

    def take(self, lists: PostingsFile, numbers: Mapping[int, int] | range) -> None:
        """Take over what another segment has, and close it in the end."""
        self._open.callback(lists.close)
        self._parts += [self._rows, (lists, numbers)]
        self._rows = defaultdict(list)

    def add_postings(self, schema: Any, lengths: Any, items: Iterable[object]) -> None:
        """Write the file. Whoosh's own pool must be empty: whatever it held would be lost here."""
        del lengths
        if any(True for _ in items):
            raise NotImplementedError("postings come through add() and take() alone")
        write(self._file, _inverted(listed_names(schema), [*self._parts, self._rows]))

    def close(self) -> None:
        self._open.close()
        self._file.close()
        self.is_closed = True

    def _spill(self) -> None:
        """Invert what is held into a file of its own."""
        file = self._open.enter_context(tempfile.TemporaryFile(dir=self._folder))  # noqa: SIM115 - a stack
        write(file, _inverted(list(self._rows), [self._rows]))
        file.flush()
        self._held = 0
        self.take(PostingsFile(file), range(DELETED))


def _inverted(names: Iterable[str], parts: Sequence[Part]) -> Iterator[tuple[str, FieldInverter]]:
    """Each field, put together from all parts; what was held of it is let go of."""
    for name in names:
        field = FieldInverter(name in POSITIONED_NAMES)
        for part in parts:
            if isinstance(part, dict):
                for number, value in part.pop(name, ()):
                    field.add(number, value)
            else:
                lists, numbers = part
                field.take(lists.field(name), numbers)
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
        self.fieldwriter.take(reader.codec().terms_reader(reader.storage(), reader.segment()), numbers)
        self._added = True
