"""Documents of a cluster's index, made from records, and the stored bytes read back."""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any

import orjson

from kashshaf.analyzers.encoded_terms import SAME_POSITION
from kashshaf.index.engines.opensearch.schema import (
    END,
    LIKES,
    START,
    STORED,
    WRITTEN,
    bounded,
    fold_name,
    own_id,
)
from kashshaf.index.schema import FIELDS, GROUPED, KEYWORDS, POSITIONED, field_name, keyword_name

if TYPE_CHECKING:
    from kashshaf.index.records import Record
    from kashshaf.index.schema import Field, IndexName

NO_VALUE = "\2"
"""What stands before the id of a document that has no value to be folded by; no keyword begins so."""


def put_lines(record: Record, index: IndexName, commit: str) -> bytes:
    """The two lines of a bulk request that put a record, written for a commit by that name."""
    action = {"index": {"_id": own_id(record.id)}}
    return orjson.dumps(action) + b"\n" + orjson.dumps(document(record, index, commit)) + b"\n"


def remove_line(record_id: str) -> bytes:
    """The line of a bulk request that removes a record."""
    return orjson.dumps({"delete": {"_id": own_id(record_id)}}) + b"\n"


def document(record: Record, index: IndexName, commit: str) -> dict[str, Any]:
    """The document of a record."""
    span = {START: record.span[0], END: record.span[1]} if record.span else {}
    return {
        **{field_name(field): _text(field, record.terms[field]) for field in FIELDS[index]},
        **{keyword_name(name): [*map(bounded, record.keywords[name])] for name in KEYWORDS[index]},
        **{fold_name(name): _fold(record, name) for name in GROUPED[index]},
        **span,
        LIKES: record.likes,
        WRITTEN: commit,
        STORED: b64encode(zlib.compress(record.stored)).decode(),
    }


def stored_bytes(source: dict[str, Any]) -> bytes:
    """The stored bytes of a document, from its source; raises ValueError or zlib.error for what is none."""
    return zlib.decompress(b64decode(source[STORED]))


def _text(field: Field, terms: str) -> str:
    """The terms of a field; where positions do not count, those of one position stand one after the other."""
    return terms if field.level in POSITIONED else terms.replace(SAME_POSITION, " ")


def _fold(record: Record, keyword: str) -> str:
    values = record.keywords[keyword]
    return bounded(values[0] if values else NO_VALUE + record.id)
