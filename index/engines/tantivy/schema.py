"""Records as Tantivy sees them: its schema, the names of fields, documents."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tantivy import (
    Document,
    Filter,
    PreTokenizedString,
    SchemaBuilder,
    TextAnalyzer,
    TextAnalyzerBuilder,
    Token,
    Tokenizer,
)

from analyzers.encoded_terms import GAP, SAME_POSITION
from index.records import Record, slots
from index.schema import FIELDS, GROUPED, KEYWORDS, POSITIONED, IndexName, field_name, keyword_name

if TYPE_CHECKING:
    from tantivy import Schema

START, END, STORED = "start", "end", "stored"
"""First and last second of a document's span, absent where it is undated, and what comes back as it is."""
ID = "k_id"
TERMS = "terms"
"""Name of the analyzer that parts finished terms."""


def number_name(keyword: str) -> str:
    """The name of the field that holds the number of a keyword's value."""
    return f"n_{keyword}"


def number(value: str) -> int:
    """The number of a keyword's value: 64 bits that no two values are known to share."""
    return int.from_bytes(hashlib.blake2b(value.encode(), digest_size=8).digest())


def make_schema(index: IndexName) -> Schema:
    """Tantivy's schema of an index."""
    builder = SchemaBuilder()
    for field in FIELDS[index]:
        kept = "position" if field.level in POSITIONED else "freq"
        builder.add_text_field(field_name(field), tokenizer_name=TERMS, index_option=kept)
    for keyword in KEYWORDS[index]:
        name = keyword_name(keyword)
        # The id is a fast field to sort by; what is stored of a document names it and its group, whose
        # number is read for all matches at once.
        kept_too = name == ID or keyword in GROUPED[index]
        builder.add_text_field(
            name, stored=kept_too, fast=name == ID, tokenizer_name="raw", index_option="basic"
        )
    for keyword in GROUPED[index]:
        builder.add_unsigned_field(number_name(keyword), fast=True)
    builder.add_integer_field(START, fast=True)
    builder.add_integer_field(END, fast=True)
    builder.add_bytes_field(STORED, stored=True)
    return builder.build()


def make_analyzer() -> TextAnalyzer:
    """The analyzer that parts finished terms again, at their positions; it drops gaps and counts on."""
    return TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.custom_stopword([GAP])).build()


def document(record: Record, index: IndexName) -> Document:
    """A record as Tantivy takes it."""
    made = Document(**{STORED: record.stored, **_keywords(record)})
    for keyword in GROUPED[index]:
        for value in record.keywords[keyword]:
            made.add_unsigned(number_name(keyword), number(value))
    if record.span is not None:
        made.add_integer(START, record.span[0])
        made.add_integer(END, record.span[1])
    for field, terms in record.terms.items():
        if SAME_POSITION not in terms:
            made.add_text(field_name(field), terms)
        elif field.level in POSITIONED:
            made.add_pre_tokenized_text(field_name(field), _positioned(terms))
        else:
            made.add_text(field_name(field), terms.replace(SAME_POSITION, " "))
    return made


def _keywords(record: Record) -> dict[str, list[str]]:
    return {keyword_name(keyword): [*dict.fromkeys(values)] for keyword, values in record.keywords.items()}


def _positioned(terms: str) -> PreTokenizedString:
    """Terms with their positions where one has several, which takes longer than text."""
    places = enumerate(slots(terms))
    return PreTokenizedString("", [Token(term, place, 0, 0) for place, found in places for term in found])
