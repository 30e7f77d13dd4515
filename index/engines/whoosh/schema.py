"""Records as Whoosh sees them: its schema, our field types, the names of fields and columns."""

from __future__ import annotations

import struct
import zlib
from itertools import chain
from typing import TYPE_CHECKING, Any

from whoosh import columns, fields, formats

from index.ranking import length_byte
from index.records import FIELDS, GROUPED, KEYWORDS, POSITIONED, Field, IndexName, Record, slots

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

UNDATED = -(2**62)
START, END, STORED, ID = "start", "end", "stored", "id"


class _OwnField(fields.FieldType):  # type: ignore[misc] # whoosh is untyped
    """What our fields have in common: terms are UTF-8."""

    def to_bytes(self, value: str | bytes) -> bytes:
        """A term as it is stored."""
        return value if isinstance(value, bytes) else value.encode()

    def from_bytes(self, value: bytes) -> str:
        """The reverse."""
        return value.decode()


class TermsField(_OwnField):
    """A field whose values are finished terms (see ``analyzers/finished.py``)."""

    scorable = True

    def __init__(self, positioned: bool) -> None:
        self.positioned = positioned
        self.format = formats.Positions() if positioned else formats.Existence()

    def index(self, value: str, **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Postings as Whoosh takes them: term, frequency, weight, positions."""
        at: dict[str, list[int]] = {}
        for position, terms in enumerate(slots(value)):
            for term in terms:
                at.setdefault(term, []).append(position)
        length = length_byte(sum(map(len, at.values()))) / 256
        for term, positions in at.items():
            packed = struct.pack(f"<{len(positions)}I", *positions) if self.positioned else b""
            yield term.encode(), len(positions), len(positions) + length, packed


class ValuesField(_OwnField):
    """A field of whole values: the keywords that are filtered by."""

    def __init__(self) -> None:
        self.format = formats.Existence()

    def index(self, value: Sequence[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """A posting for each value."""
        return ((each.encode(), 1, 1.0, b"") for each in dict.fromkeys(value))


def field_name(field: Field) -> str:
    """The name of a zone at a level in Whoosh's schema."""
    return f"{field.zone}_{field.level}"


def keyword_name(keyword: str) -> str:
    """The name of a keyword in Whoosh's schema."""
    return f"k_{keyword}"


def column_name(keyword: str) -> str:
    """The name of the column that holds a document's value of a keyword."""
    return f"c_{keyword}"


def make_schema(index: IndexName) -> Any:
    """Whoosh's schema of an index."""
    rows: dict[str, Any] = {
        START: fields.COLUMN(columns.NumericColumn("q", default=UNDATED)),
        END: fields.COLUMN(columns.NumericColumn("q", default=UNDATED)),
        STORED: fields.STORED(),
    }
    rows |= {field_name(field): TermsField(field.level in POSITIONED) for field in FIELDS[index]}
    rows |= {keyword_name(keyword): ValuesField() for keyword in KEYWORDS[index]}
    in_columns = (ID, *GROUPED[index])
    rows |= {column_name(keyword): fields.COLUMN(columns.VarBytesColumn()) for keyword in in_columns}
    return fields.Schema(**rows)


def column_names(schema: Any) -> list[str]:
    """The columns of a schema."""
    return [name for name, field in schema.items() if isinstance(field, fields.COLUMN)]


def document(record: Record) -> dict[str, Any]:
    """A record as the keyword arguments of Whoosh's ``add_document``."""
    start, end = record.span or (UNDATED, UNDATED)
    row: dict[str, Any] = {START: start, END: end, STORED: zlib.compress(record.stored, 1)}
    row |= {field_name(field): terms for field, terms in record.terms.items()}
    row |= {keyword_name(keyword): values for keyword, values in record.keywords.items()}
    for name in (ID, *chain.from_iterable(GROUPED.values())):
        for value in record.keywords.get(name, ()):
            row[column_name(name)] = value.encode()
    return row
