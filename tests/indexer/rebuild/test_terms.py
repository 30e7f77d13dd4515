"""Records of a rebuild beside ``Analyzer.tokens``, term for term, on real news where that is at hand.

One article in ``SHARE``; all of them, which takes half an hour, with KASHSHAF_ALL_NEWS=1.
"""

from __future__ import annotations

import gzip
import os
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from kashshaf.analyzers.analyzer import by_position
from kashshaf.analyzers.arabic import LEVELS, STEM
from kashshaf.index.records import (
    COMMENT_WORDS,
    LEAD_WORDS,
    NO_TERM,
    OPENING_WORDS,
    gram_terms,
    slots,
)
from kashshaf.index.schema import COMMENTS, GRAMS, HEADINGS, LEAD, OPENING, TEXT, TITLE, Field
from kashshaf.index.store.generations import Generation
from kashshaf.indexer.rebuild import pipeline
from kashshaf.indexer.rebuild.analyse import BuildRecords
from tests.conftest import ROOT
from tests.kashshaf.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kashshaf.analyzers.analyzer import Analyzer
    from kashshaf.analyzers.arabic import Forms
    from kashshaf.index.documents import Article
    from kashshaf.index.records import ArticleRecords, Slots
    from kashshaf.indexer.rebuild.spool import Batch

DATA = ROOT.parent / "shared" / "data"
SHARE = 1 if os.environ.get("KASHSHAF_ALL_NEWS") else 250
NOTHING: Slots = [(NO_TERM,)]


class Compared(BuildRecords):
    """The task of a rebuild that makes records, which compares them with the tokens of their texts."""

    articles = 0

    def __call__(self, batch: Batch) -> list[ArticleRecords]:
        made = super().__call__(batch)
        for article, records in zip(batch.read(), made, strict=True):
            compare(article, records, self._analyzer)
            type(self).articles += 1
        return made

    @cached_property
    def _analyzer(self) -> Analyzer:
        return Generation(self._folder).analyzer()


def compare(article: Article, records: ArticleRecords, analyzer: Analyzer) -> None:
    for field, places in expected(article, analyzer).items():
        found = slots(records.article.terms[field])[: len(places) or 1]
        assert found == (places if any(places) else NOTHING), (article.id, field)
    for comment, record in zip(article.comments, records.comments, strict=True):
        said = words(analyzer, [comment.text])
        for at, level in enumerate(LEVELS):
            places = [form[at] if form else () for form in said]
            assert slots(record.terms[Field(TEXT, level)]) == (places if any(places) else NOTHING), comment.id


def expected(article: Article, analyzer: Analyzer) -> dict[Field, Slots]:
    """The terms at each place of each field of an article, cut where the field is."""
    headings = [part.heading for part in article.sections]
    bodies = [part.text for part in article.sections]
    body = [text for part in article.sections for text in (part.heading, part.text)]
    whole = words(analyzer, [article.kicker, article.title, article.lead, *body])
    said = words(analyzer, [comment.text for comment in article.comments])[:COMMENT_WORDS]
    opening = words(analyzer, [article.lead, *bodies])[:OPENING_WORDS]
    stem = LEVELS.index(STEM)
    stems = {
        TITLE: words(analyzer, [article.title]),
        HEADINGS: words(analyzer, headings),
        LEAD: opening[:LEAD_WORDS],
    }
    return {
        **{
            Field(zone, STEM): [form[stem] if form else () for form in found] for zone, found in stems.items()
        },
        Field(OPENING, GRAMS): [gram_terms(form) if form else () for form in opening],
        **{
            Field(TEXT, level): [form[at] if form else () for form in whole]
            for at, level in enumerate(LEVELS)
        },
        **{
            Field(COMMENTS, level): [form[at] if form else () for form in said]
            for at, level in enumerate(LEVELS[: stem + 1])
        },
    }


def words(analyzer: Analyzer, texts: Iterable[str]) -> list[Forms | None]:
    """The words of texts as tokens, None after each paragraph."""
    found: list[Forms | None] = []
    for text in texts:
        for line in filter(None, text.split("\n")):
            found += [*by_position(analyzer.tokens(line)), None]
    return found


def rows(folder: Path) -> Iterator[bytes]:
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path) as file:
            yield from islice(file, 0, None, SHARE)


@pytest.mark.skipif(not DATA.exists(), reason="the shared data is not beside this checkout")
def test_records_have_the_terms_of_tokens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(tmp_path)
    lines = [*rows(DATA / "news"), *rows(DATA / "articles_with_comments")]
    (site.sources / "news.jsonl").write_bytes(b"".join(lines))
    Compared.articles = 0
    monkeypatch.setattr(pipeline, "BuildRecords", Compared)
    monkeypatch.setattr(pipeline, "processes_for", lambda _: 1)
    assert site.reindex(site.sources).articles == Compared.articles > 0
