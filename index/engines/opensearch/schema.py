"""The schema of a cluster's index: its fields, how they split, and the ranking's numbers."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from kashshaf.analyzers.encoded_terms import GAP, SAME_POSITION
from kashshaf.index.ranking import K1, B
from kashshaf.index.schema import FIELDS, GROUPED, KEYWORDS, POSITIONED, field_name, keyword_name

if TYPE_CHECKING:
    from kashshaf.index.schema import Field, IndexName

ID = keyword_name("id")
START, END, LIKES, STORED, WRITTEN = ("start", "end", "likes", "stored", "written")
"""The span of a document, its likes, its stored bytes, and the commit that it was written for."""
POSITIONS, TERMS = ("positions", "terms")
"""The analyzers: one for levels with positions, one for the others."""
LONGEST_TERM = 1_000
"""Letters of a term beyond which it would be cut in two; the analysis cuts at 100."""
LONGEST_KEYWORD = 8_000
"""Letters of a keyword that are kept: Lucene refuses a document with one of 32,766 bytes."""
WINDOW = 20_000
"""Hits that a search may ask for, offset included: twice what a page can need."""
GROUP = 100_000
"""Hits that a group may ask for."""
LONGEST_ID = 512
"""Bytes of a document's own id on a cluster."""


def index_body(index: IndexName, shards: int, meta: dict[str, str], alias: str) -> dict[str, Any]:
    """The body that creates an index; without copies and refreshes, which come when it has been filled."""
    return {
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": 0,
            "refresh_interval": "-1",
            "codec": "best_compression",
            "max_result_window": WINDOW,
            "max_inner_result_window": GROUP,
            "similarity": {"default": {"type": "BM25", "k1": K1, "b": B, "discount_overlaps": False}},
            "analysis": _analysis(),
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": meta,
            "_source": {"includes": [STORED]},
            "properties": _properties(index),
        },
        "aliases": {alias: {}},
    }


def fold_name(keyword: str) -> str:
    """Name the field that has a keyword's value, or one of the document's own where it has none."""
    return f"fold_{keyword}"


def bounded(value: str) -> str:
    """A keyword as it is kept: one that is far too long is cut, and told apart by a hash."""
    if len(value) <= LONGEST_KEYWORD:
        return value
    return value[: LONGEST_KEYWORD - 40] + blake2b(value.encode(), digest_size=16).hexdigest()


def own_id(record_id: str) -> str:
    """The id of a document on the cluster: the record's, or a hash where that is too long."""
    encoded = record_id.encode()
    return record_id if len(encoded) <= LONGEST_ID else blake2b(encoded, digest_size=32).hexdigest()


def _analysis() -> dict[str, Any]:
    """Terms at spaces, none at a gap; several at a position where there are positions."""
    return {
        "tokenizer": {"spaces": {"type": "whitespace", "max_token_length": LONGEST_TERM}},
        "filter": {
            "gaps": {"type": "stop", "stopwords": [GAP]},
            "beside": {
                "type": "pattern_capture",
                "preserve_original": False,
                "patterns": [f"([^{SAME_POSITION}]+)"],
            },
        },
        "analyzer": {
            POSITIONS: {"type": "custom", "tokenizer": "spaces", "filter": ["gaps", "beside"]},
            TERMS: {"type": "custom", "tokenizer": "spaces", "filter": ["gaps"]},
        },
    }


def _properties(index: IndexName) -> dict[str, Any]:
    keyword = {"type": "keyword"}
    return {
        **{field_name(field): _text(field) for field in FIELDS[index]},
        **{keyword_name(name): keyword for name in KEYWORDS[index]},
        **{fold_name(name): {**keyword, "index": False} for name in GROUPED[index]},
        START: {"type": "long"},
        END: {"type": "long"},
        LIKES: {"type": "integer"},
        WRITTEN: {**keyword, "doc_values": False},
        STORED: {"type": "binary"},
    }


def _text(field: Field) -> dict[str, Any]:
    positioned = field.level in POSITIONED
    return {
        "type": "text",
        "analyzer": POSITIONS if positioned else TERMS,
        "index_options": POSITIONS if positioned else "freqs",
    }
