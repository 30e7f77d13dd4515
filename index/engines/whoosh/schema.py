"""Records in Whoosh's terms: its schema, our field types, the names of columns.

``ListedField`` is pickled by its dotted path into every index on disk: renamed or moved, it makes them
unreadable.
"""

from __future__ import annotations

import zlib
from itertools import chain
from typing import TYPE_CHECKING, Any

from whoosh import columns, fields

from kashshaf.index.schema import FIELDS, GROUPED, KEYWORDS, POSITIONED, IndexName, field_name, keyword_name

if TYPE_CHECKING:
    from kashshaf.index.records import Record

UNDATED = -(2**62)
START, END, LIKES, STORED, ID = "start", "end", "likes", "stored", "id"


class ListedField(fields.FieldType):  # type: ignore[misc] # whoosh is untyped
    """A field whose terms are kept by ``codec.py``; Whoosh itself never sees them."""

    def __init__(self) -> None:
        super().__init__(format=None, analyzer=None)


def column_name(keyword: str) -> str:
    """The name of the column that holds a document's value of a keyword."""
    return f"c_{keyword}"


POSITIONED_NAMES = frozenset(
    field_name(field) for row in FIELDS.values() for field in row if field.level in POSITIONED
)
"""The fields in which phrases are looked for."""


def make_schema(index: IndexName) -> Any:
    """Whoosh's schema of an index."""
    rows: dict[str, Any] = {
        START: fields.COLUMN(columns.NumericColumn("q", default=UNDATED)),
        END: fields.COLUMN(columns.NumericColumn("q", default=UNDATED)),
        LIKES: fields.COLUMN(columns.NumericColumn("i", default=0)),
        STORED: fields.COLUMN(columns.VarBytesColumn()),
    }
    rows |= {field_name(field): ListedField() for field in FIELDS[index]}
    rows |= {keyword_name(keyword): ListedField() for keyword in KEYWORDS[index]}
    in_columns = (ID, *GROUPED[index])
    rows |= {column_name(keyword): fields.COLUMN(columns.VarBytesColumn()) for keyword in in_columns}
    return fields.Schema(**rows)


def column_names(schema: Any) -> list[str]:
    """The columns of a schema."""
    return [name for name, field in schema.items() if isinstance(field, fields.COLUMN)]


def listed_names(schema: Any) -> list[str]:
    """The fields of a schema that have posting lists."""
    return [name for name, field in schema.items() if isinstance(field, ListedField)]


def document(record: Record) -> dict[str, Any]:
    """The columns of a record, as the keyword arguments of Whoosh's ``add_document``."""
    start, end = record.span or (UNDATED, UNDATED)
    row: dict[str, Any] = {START: start, END: end, STORED: zlib.compress(record.stored, 1)}
    if record.likes:
        row[LIKES] = record.likes
    for name in (ID, *chain.from_iterable(GROUPED.values())):
        for value in record.keywords.get(name, ()):
            row[column_name(name)] = value.encode()
    return row
