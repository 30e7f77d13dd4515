"""Records as Tantivy sees them: its schema, the names of fields, documents."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import orjson
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

from kashshaf.analyzers.encoded_terms import GAP, SAME_POSITION
from kashshaf.index.records import Record, slots
from kashshaf.index.schema import (
    FACETS,
    FIELDS,
    FOLDED_FACETS,
    GROUPED,
    KEYWORDS,
    POSITIONED,
    IndexName,
    field_name,
    keyword_name,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tantivy import Schema

START, END, STORED = "start", "end", "stored"
"""First and last second of a document's span, absent where it is undated, and what comes back as it is."""
LIKED = "liked"
"""The likes and, among as many, the start of the span: one number to sort by."""
ID = "k_id"
TERMS = "terms"
"""Name of the analyzer that parts finished terms."""


def number_name(keyword: str) -> str:
    """The name of the field that holds the number of a keyword's value."""
    return f"n_{keyword}"


def number(value: str) -> int:
    """The number of a keyword's value: 64 bits that no two values are known to share."""
    return int.from_bytes(hashlib.blake2b(value.encode(), digest_size=8).digest())


def combination_name(keyword: str) -> str:
    """The name of the field that holds all of a document's values of a keyword as one text."""
    return f"c_{keyword}"


def combination(values: Sequence[str]) -> str:
    """All values of a keyword as one text, which ``parted`` takes apart."""
    return orjson.dumps(values).decode()


def parted(text: str) -> tuple[str, ...]:
    """The values that ``combination`` made one text of."""
    return tuple(orjson.loads(text))


_SECONDS = 1 << 41
"""More than any span's start, before or after 1970: some 70,000 years."""


def liked(record: Record) -> int:
    """The number to sort by likes with; of as many likes the undated come last."""
    start = -_SECONDS if record.span is None else record.span[0]
    return record.likes * 2 * _SECONDS + start


def make_schema(index: IndexName) -> Schema:
    """Tantivy's schema of an index."""
    builder = SchemaBuilder()
    for field in FIELDS[index]:
        kept = "position" if field.level in POSITIONED else "freq"
        builder.add_text_field(field_name(field), tokenizer_name=TERMS, index_option=kept)
    for keyword in KEYWORDS[index]:
        name = keyword_name(keyword)
        # Fast are the id, to sort by it, and what is counted. What is stored of a document names it and its
        # group, whose number is read for all matches at once.
        kept_too = name == ID or keyword in GROUPED[index]
        fast = name == ID or keyword in FACETS
        builder.add_text_field(name, stored=kept_too, fast=fast, tokenizer_name="raw", index_option="basic")
    for keyword in GROUPED[index]:
        builder.add_unsigned_field(number_name(keyword), fast=True)
    # Of documents that may be folded: they are counted one by one, by the numbers of their combinations.
    for keyword in FACETS if FOLDED_FACETS[index] else ():
        builder.add_unsigned_field(number_name(keyword), fast=True)
        builder.add_text_field(combination_name(keyword), tokenizer_name="raw", index_option="basic")
    builder.add_integer_field(START, fast=True)
    builder.add_integer_field(END, fast=True)
    builder.add_integer_field(LIKED, fast=True)
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
    if any(record.keywords[keyword] for keyword in FOLDED_FACETS[index]):
        _add_combinations(made, record)
    made.add_integer(LIKED, liked(record))
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


def _add_combinations(made: Document, record: Record) -> None:
    for keyword in FACETS:
        if values := record.keywords[keyword]:
            text = combination(values)
            made.add_text(combination_name(keyword), text)
            made.add_unsigned(number_name(keyword), number(text))


def _keywords(record: Record) -> dict[str, list[str]]:
    return {keyword_name(keyword): [*dict.fromkeys(values)] for keyword, values in record.keywords.items()}


def _positioned(terms: str) -> PreTokenizedString:
    """Terms with their positions where one has several, which takes longer than text."""
    places = enumerate(slots(terms))
    return PreTokenizedString("", [Token(term, place, 0, 0) for place, found in places for term in found])
