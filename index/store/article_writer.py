"""The writer of articles and comments to a generation, for rebuilds and updates alike.

Both indexes are committed in a folder of their own, which serves from one moment on (``commits``). An update
first writes its changes to a journal, which is replayed after a crash, so that what was begun is done.
"""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import orjson

from kashshaf.analyzers.folded_words import FoldedWords
from kashshaf.index.completions import new_titles
from kashshaf.index.disk import put_in_place, sync_tree, writing
from kashshaf.index.documents import Article
from kashshaf.index.errors import BrokenIndexError
from kashshaf.index.records import RecordBuilder
from kashshaf.index.schema import INDEXES
from kashshaf.index.store import commits
from kashshaf.index.store.generations import NEW_TITLES
from kashshaf.index.store.ledger import Ledger, digest
from kashshaf.index.store.unknown_words import UnknownWords
from kashshaf.index.stored_documents import load_article, load_comment
from kashshaf.index.stories.shingles import Texts
from kashshaf.index.stories.stories import Stories

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import tzinfo
    from typing import Self

    from kashshaf.analyzers.analyzer import Analyzer
    from kashshaf.index.engine import Reader
    from kashshaf.index.records import ArticleRecords, Record
    from kashshaf.index.schema import IndexName
    from kashshaf.index.store.generations import Generation

JOURNAL = "pending.jsonl"
MANY = 1_000
"""From this many articles on a commit loads base list and lemma table whole: 1.2 s once, against 1.5 s of
look-ups for each commit of that size."""


class ArticleWriter:
    """Writes articles with their comments to a generation. Hold the store's lock."""

    def __init__(self, generation: Generation, zone: tzinfo, articles: int = 0) -> None:
        """Open the writers of both indexes, creating indexes that are not there.

        ``articles`` is the number that will be written to a generation whose lexicon may lack their words.
        """
        self._generation = generation
        self._bulk = articles >= MANY
        self._zone = zone
        self._fresh = not generation.is_finished()
        self.folder = commits.begin(generation)
        """The folder of the commit that is being written."""
        self._open = ExitStack()
        try:
            self._enter(self._open)
        except BaseException:
            self.close()
            raise

    def _enter(self, stack: ExitStack) -> None:
        engine = self._generation.engine()
        self._articles, self._comments = (
            stack.enter_context(engine.writer(self.folder / index, index)) for index in INDEXES
        )
        self._articles_before, self._comments_before = (
            stack.enter_context(engine.reader(self.folder / index, index)) for index in INDEXES
        )

    @cached_property
    def analyzer(self) -> Analyzer:
        """The analyzer of the generation, with its lexicon."""
        return self._generation.analyzer(bulk=self._bulk)

    @cached_property
    def _builder(self) -> RecordBuilder:
        return RecordBuilder(self.analyzer, self._zone)

    def put(self, article: Article, story: str = "") -> Record:
        """Add an article of a story, in place of the one with its id, and return its record.

        In a fresh generation ids must not repeat.
        """
        records = self._builder.record(article, story)
        self.write(records)
        return records.article

    def write(self, records: ArticleRecords) -> None:
        """Add an article whose records the same lexicon already made; otherwise as ``put``."""
        if not self._fresh:
            self._comments.remove(self._comment_keys(records.article.id))
        for record in records.comments:
            self._comments.put(record)
        self._articles.put(records.article)

    def remove(self, article_id: str) -> None:
        """Remove an article and its comments."""
        self._comments.remove(self._comment_keys(article_id))
        self._articles.remove([article_id])

    def committed(self, article_id: str, *, comments: bool = True) -> Article | None:
        """Return an article as last committed, with its comments or without; None where there is none."""
        stored = self._articles_before.stored([article_id]).get(article_id)
        if stored is None:
            return None
        return with_comments(stored, self._comments_before) if comments else load_article(stored).article

    def commit_indexes(self) -> None:
        """Commit both indexes, lastingly, without the counts that finish a generation."""
        self._comments.commit()
        self._articles.commit()
        with writing(self.folder):
            sync_tree(self.folder)

    def commit(self, unknown: int = 0, stories: int = 0) -> None:
        """Put both indexes into service with their counts, ``unknown`` words and ``stories``; as the last."""
        self._comments.commit()
        self._articles.commit()
        self._open.close()  # merges end: nobody writes to the folder any more
        articles, comments = (self._count(index) for index in INDEXES)
        commits.seal(self._generation, self.folder)
        commits.finish(self._generation, articles, comments, unknown, stories)

    def close(self) -> None:
        """Drop what was not committed."""
        self._open.close()
        self._give_up()

    def _count(self, index: IndexName) -> int:
        with self._generation.engine().reader(self.folder / index, index) as reader:
            return reader.count()

    def _give_up(self) -> None:
        """Take away a folder that does not serve; that of a rebuild stays, which may go on."""
        if not self._fresh and self.folder != self._generation.commit_folder():
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _comment_keys(self, article_id: str) -> list[str]:
        stored = self._articles_before.stored([article_id])
        return load_article(stored[article_id]).comment_keys if article_id in stored else []


def commit_changes(
    generation: Generation,
    ledger: Ledger,
    zone: tzinfo,
    put: Iterable[Article] = (),
    remove: Iterable[str] = (),
) -> None:
    """Write and remove articles of the serving generation in one commit, which includes the ledger's.

    Hold the store's lock.
    """
    put, remove = list({article.id: article for article in put}.values()), list(remove)
    if not put and not remove:
        return
    _write_journal(generation, put, remove)
    _carry_out(generation, ledger, zone, put, remove)


def is_committing(generation: Generation) -> bool:
    """Tell whether a commit is under way, or was cut short and waits to be carried out."""
    return (generation.folder / JOURNAL).exists()


def replay_journal(generation: Generation, zone: tzinfo) -> int:
    """Carry out the changes of a commit that a crash cut short; return the number of articles concerned.

    Hold the store's lock. Raises BrokenIndexError for a damaged journal.
    """
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
                ledger.mark_stale(path)  # the file may have changed back since
        _carry_out(generation, ledger, zone, put, remove)
    return len(rows)


def _carry_out(
    generation: Generation, ledger: Ledger, zone: tzinfo, put: list[Article], remove: list[str]
) -> None:
    with ArticleWriter(generation, zone, len(put)) as writer:
        for article_id in remove:
            writer.remove(article_id)
        assignment = _StoryAssignment(writer, ledger, put, remove)
        unknown = UnknownWords(ledger.database, writer.analyzer.lexicon)
        for article, story in assignment.assigned():
            unknown.note(article.id, unknown.of(writer.put(article, story)))
        titles = ((article.id, " ".join(article.title.split())) for article in put)
        new_titles.change(writer.folder / NEW_TITLES, titles, remove)
        writer.commit(unknown.count(), assignment.stories.count())
    for article in put:
        ledger.note_article(article.id, digest(article))
    ledger.forget(remove)
    ledger.commit()
    (generation.folder / JOURNAL).unlink()


class _StoryAssignment:
    """Assigns the articles of a commit to stories, among all articles that remain."""

    def __init__(
        self, writer: ArticleWriter, ledger: Ledger, put: Sequence[Article], remove: Sequence[str]
    ) -> None:
        self._writer = writer
        self._put = {article.id: article for article in put}
        self._texts = Texts(FoldedWords().words)
        self.stories = Stories(ledger.database, self._shingles)
        self.stories.forget(remove)

    def assigned(self) -> Iterator[tuple[Article, str]]:
        """Yield each article with its story, then committed articles whose story changed by it."""
        changed: set[str] = set()
        for article_id, article in self._put.items():
            changed |= self.stories.assign(article_id, self._texts.of(article).sketch())
        others = (self._writer.committed(each) for each in sorted(changed - self._put.keys()))
        for article in (*self._put.values(), *filter(None, others)):
            yield article, self.stories.story(article.id)

    def _shingles(self, article_id: str) -> frozenset[str]:
        article = self._put.get(article_id) or self._writer.committed(article_id, comments=False)
        return frozenset(self._texts.of(article).shingles()) if article else frozenset()


def _write_journal(generation: Generation, put: list[Article], remove: list[str]) -> None:
    """Write the journal whole or not at all: half of one would be a change that nobody asked for."""
    aside = generation.folder / f"{JOURNAL}.new"
    with writing(aside):
        with aside.open("wb") as file:
            for article in put:
                file.write(orjson.dumps({"put": article.to_dict()}) + b"\n")
            for article_id in remove:
                file.write(orjson.dumps({"remove": article_id}) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        put_in_place(aside, generation.folder / JOURNAL)


def stored_articles(articles: Reader, comments: Reader) -> Iterator[Article]:
    """Yield every article of a generation as it was written, comments in their order."""
    for stored in articles.scan():
        yield with_comments(stored, comments)


def committed(generation: Generation, article_id: str) -> Article | None:
    """Return an article as last committed, with its comments; None where there is none."""
    engine = generation.engine()
    with (
        engine.reader(generation.index_folder("articles"), "articles") as articles,
        engine.reader(generation.index_folder("comments"), "comments") as comments,
    ):
        stored = articles.stored([article_id]).get(article_id)
        return with_comments(stored, comments) if stored is not None else None


def with_comments(stored: bytes, comments: Reader) -> Article:
    """Load a stored article and put its comments back in their order."""
    article, keys = load_article(stored)[:2]
    found = comments.stored(keys)
    kept = tuple(load_comment(found[key]).comment for key in keys if key in found)
    return replace(article, comments=kept)
