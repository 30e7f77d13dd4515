"""Plain searches to compare with: one field, BM25, and nothing but one way to make terms of words.

Words, letters folded and stop words are those of our chain, so that two of them differ by the terms alone.
BM25 is Tantivy's: k1 1.2, b .75, lengths in one byte, as in our ranking and in Lucene.
"""

from __future__ import annotations

import gzip
import tempfile
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

import orjson
from tantivy import Document, Index, Occur, Query, SchemaBuilder

from kashshaf.analyzers.arabic import CHAINS, run, written
from kashshaf.analyzers.stemming.snowball import stem_arabic
from kashshaf.analyzers.stopwords import is_stop_word
from kashshaf.analyzers.tokenize import Kind, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from kashshaf.evaluate import Run

    Rule = Callable[[str, Kind], str]
    """What becomes of a folded word."""

DEEP = 100
HEAP = 256_000_000
"""Bytes Tantivy may fill before it writes a segment: more than any of the sets takes."""


def as_folded(word: str, kind: Kind) -> str:
    """The word as it is."""
    del kind
    return word


def by_snowball(word: str, kind: Kind) -> str:
    """The snowball stem of an Arabic word; others as our chain has them."""
    return stem_arabic(word) if kind is Kind.ARABIC else run(CHAINS[kind][2], word)


def terms(text: str, rule: Rule, *, stop_words: bool = False) -> list[str]:
    """The terms of a text in order, those of stop words only if asked for."""
    found = (_term(word.surface, word.kind, rule, stop_words=stop_words) for word in words(text))
    return [term for term in found if term]


@lru_cache(1 << 18)
def _term(surface: str, kind: Kind, rule: Rule, *, stop_words: bool) -> str:
    """The term of a word, or nothing."""
    exact, folded = written(surface, kind)
    return rule(folded, kind) if stop_words or not is_stop_word(exact) else ""


def ranking(corpus: Path, asked: Mapping[str, str], rule: Rule) -> Run:
    """The best hundred of each query, any word matching, title and text of a document indexed as one."""
    with tempfile.TemporaryDirectory(prefix="plain-") as folder:
        index = _indexed(_documents(corpus), rule, folder)
        return {query: _best(index, terms(text, rule)) for query, text in asked.items()}


def _documents(corpus: Path) -> Iterator[tuple[str, str]]:
    """Id and text of each document of a JSON lines file, plain or gzipped."""
    with (gzip.open if corpus.suffix == ".gz" else open)(corpus, "rb") as lines:
        for line in lines:
            row = orjson.loads(line)
            yield row["id"], "\n".join((row.get("title") or "", row.get("text") or ""))


def _indexed(documents: Iterable[tuple[str, str]], rule: Rule, folder: str) -> Index:
    builder = SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
    index = Index(builder.build(), path=folder)
    writer = index.writer(HEAP, 1)
    for name, text in documents:
        writer.add_document(Document(id=name, text=" ".join(terms(text, rule))))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index


def _best(index: Index, asked: list[str]) -> dict[str, float]:
    """Documents with their scores, a word counting as often as it was asked for."""
    each = [
        (Occur.Should, Query.boost_query(Query.term_query(index.schema, "text", term), count))
        for term, count in Counter(asked).items()
    ]
    searcher = index.searcher()
    found = searcher.search(Query.boolean_query(each), DEEP, count=False).hits
    return {searcher.doc(at)["id"][0]: -float(place) for place, (_, at) in enumerate(found)}
