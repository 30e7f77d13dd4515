"""Articles into the two indexes of a generation: the one place both rebuilds and updates write through.

Comments are committed first, then the articles. What a commit is about to change stands in the journal
before, whole, so that a crash between the two is mended by doing it again.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import orjson

from index.disk import writing
from index.documents import Article
from index.errors import BrokenIndexError
from index.ledger import Ledger, digest
from index.records import INDEXES, Recorder, load_article, load_comment
from index.unknown import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo
    from typing import Self

    from analyzers.arabic import Analyzer
    from index.engine import Reader
    from index.generations import Generation
    from index.records import Record, Recorded

JOURNAL = "pending.jsonl"
MANY = 1_000
"""Articles of a commit from which on it pays to read all that the lexicon rests on: more commits follow such
a one. To look up what 1,000 articles need took 1.5 s, to read it all 1.2 s, once."""


class ArticleWriter:
    """Writes articles with their comments to a generation. Hold the store's lock."""

    def __init__(self, generation: Generation, zone: tzinfo, articles: int = 0) -> None:
        """``articles``: how many it will write to a generation whose lexicon may lack their words."""
        self._generation = generation
        self._bulk = articles >= MANY
        self._zone = zone
        self._fresh = not generation.is_finished()
        engine = generation.engine()
        self._open = ExitStack()
        if self._fresh:
            for index in INDEXES:
                if not generation.index_folder(index).exists():
                    engine.create(generation.index_folder(index), index)
        with ExitStack() as stack:
            self._articles = stack.enter_context(
                engine.writer(generation.index_folder("articles"), "articles")
            )
            self._comments = stack.enter_context(
                engine.writer(generation.index_folder("comments"), "comments")
            )
            self._before = stack.enter_context(engine.reader(generation.index_folder("articles"), "articles"))
            self._open = stack.pop_all()

    @cached_property
    def analyzer(self) -> Analyzer:
        """What makes the terms of its records."""
        return self._generation.analyzer(bulk=self._bulk)

    @cached_property
    def _recorder(self) -> Recorder:
        return Recorder(self.analyzer, self._zone)

    def put(self, article: Article) -> Record:
        """Add an article, in place of the one with its id; what it became.

        In a fresh generation ids must not repeat.
        """
        recorded = self._recorder.record(article)
        self.write(recorded)
        return recorded.article

    def write(self, recorded: Recorded) -> None:
        """The same for an article that was analysed before, by the same lexicon."""
        if not self._fresh:
            self._comments.remove(self._comment_keys(recorded.article.id))
        for record in recorded.comments:
            self._comments.put(record)
        self._articles.put(recorded.article)

    def remove(self, article_id: str) -> None:
        """Take an article out, with its comments."""
        self._comments.remove(self._comment_keys(article_id))
        self._articles.remove([article_id])

    def keep(self) -> None:
        """Make it lasting: comments, then articles. The generation is not whole by that."""
        self._comments.commit()
        self._articles.commit()

    def commit(self, unknown: int = 0) -> None:
        """Make it lasting, and the counts, ``unknown`` words of them."""
        self.keep()
        engine = self._generation.engine()
        counts = []
        for index in INDEXES:
            with engine.reader(self._generation.index_folder(index), index) as reader:
                counts.append(reader.count())
        articles, comments = counts
        self._generation.write_state(articles, comments, unknown)

    def close(self) -> None:
        """Forget what was not committed."""
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _comment_keys(self, article_id: str) -> list[str]:
        stored = self._before.stored([article_id])
        return load_article(stored[article_id])[1] if article_id in stored else []


def apply(
    generation: Generation,
    ledger: Ledger,
    zone: tzinfo,
    put: Iterable[Article] = (),
    remove: Iterable[str] = (),
) -> None:
    """Write and take out articles of the generation that serves, as one commit, the ledger's too.

    Hold the store's lock.
    """
    put, remove = list({article.id: article for article in put}.values()), list(remove)
    if not put and not remove:
        return
    _write_journal(generation, put, remove)
    _carry_out(generation, ledger, zone, put, remove)


def is_committing(generation: Generation) -> bool:
    """Whether a commit is under way, or was cut short."""
    return (generation.folder / JOURNAL).exists()


def redo(generation: Generation, zone: tzinfo) -> int:
    """Do again what a crash cut short; the number of articles it concerned. Hold the store's lock."""
    journal = generation.folder / JOURNAL
    if not journal.exists():
        return 0
    try:
        rows = [orjson.loads(line) for line in journal.read_bytes().splitlines()]
        put = [Article.from_dict(row["put"]) for row in rows if "put" in row]
        remove = [row["remove"] for row in rows if "remove" in row]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BrokenIndexError(
            f"{journal} is damaged; delete it to go on without the change it holds,"
            " then put it right with: kashshaf reindex SOURCE"
        ) from error
    with Ledger(generation.folder) as ledger:
        for article_id in (*(article.id for article in put), *remove):
            for path in ledger.origins(article_id):
                ledger.distrust(path)  # the file may have changed back since
        _carry_out(generation, ledger, zone, put, remove)
    return len(rows)


def _carry_out(
    generation: Generation, ledger: Ledger, zone: tzinfo, put: list[Article], remove: list[str]
) -> None:
    with ArticleWriter(generation, zone, len(put)) as writer:
        for article_id in remove:
            writer.remove(article_id)
        unknown = Unknown(writer.analyzer.lexicon)
        for article in put:
            ledger.note_words(article.id, unknown.words(writer.put(article)))
        writer.commit(ledger.unknown_words())
    for article in put:
        ledger.note_article(article.id, digest(article))
    ledger.forget(remove)
    ledger.commit()
    (generation.folder / JOURNAL).unlink()


def _write_journal(generation: Generation, put: list[Article], remove: list[str]) -> None:
    """Whole or not at all: a journal that was cut short would be a change nobody asked for."""
    aside = generation.folder / f"{JOURNAL}.new"
    with writing(aside):
        with aside.open("wb") as file:
            for article in put:
                file.write(orjson.dumps({"put": article.to_dict()}) + b"\n")
            for article_id in remove:
                file.write(orjson.dumps({"remove": article_id}) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        aside.replace(generation.folder / JOURNAL)


def stored_articles(articles: Reader, comments: Reader) -> Iterator[Article]:
    """Every article of a generation as it was written, comments in their order."""
    for stored in articles.scan():
        yield whole(stored, comments)


def whole(stored: bytes, comments: Reader) -> Article:
    """A stored article with its comments put back in their order."""
    article, keys = load_article(stored)
    found = comments.stored(keys)
    kept = tuple(load_comment(found[key]).comment for key in keys if key in found)
    return replace(article, comments=kept)
