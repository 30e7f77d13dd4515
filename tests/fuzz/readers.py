"""The judges of files: what has to hold of any bytes that a reader of sources is given."""

from __future__ import annotations

import tempfile
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from kashshaf.index.dates.intervals import span
from kashshaf.index.documents import Article
from kashshaf.indexer.sources.identity import LONGEST_NAME, LONGEST_TITLE, MOST_TAGS, complete, is_sane
from kashshaf.indexer.sources.outcome import Found, Refused
from kashshaf.indexer.sources.reader import read_file
from kashshaf.indexer.sources.reading import ReaderOptions, Reading
from kashshaf.search_app.query.edited.edited_file import text_of
from tests.fuzz.judges import NOON

if TYPE_CHECKING:
    from collections.abc import Callable

    from kashshaf.index.documents import Comment
    from kashshaf.indexer.sources.outcome import Outcome

READING = Reading(ReaderOptions(NOON, UTC), NOON, largest=1_000_000)
_OWN_FAULT = "its reader failed on it"
"""The sentence of a refusal that hides a fault of the program."""


def file(name: str) -> Callable[[bytes], None]:
    """The judge of files of that name: each gives sound articles, or a refusal that is no fault of ours."""

    def judge(raw: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(raw)
            for outcome in read_file(path, READING, name):
                _judge(outcome)

    return judge


def edited(read: Callable[[str, Path], object]) -> Callable[[bytes], None]:
    """The judge of files that editors write: each is read, or refused with its name."""

    def judge(raw: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "edited"
            path.write_bytes(raw)
            read(text_of(path), path)

    return judge


def _judge(outcome: Outcome) -> None:
    if isinstance(outcome, Refused):
        assert _OWN_FAULT not in outcome.reason, outcome.reason
    elif isinstance(outcome, Found):
        _article(outcome.article)
        assert complete(outcome, READING, outcome.place).article == outcome.article


def _article(article: Article) -> None:
    """An article can be stored, known by its id, shown and dated."""
    assert Article.from_dict(orjson.loads(orjson.dumps(article.to_dict()))) == article
    assert is_sane(article.id)
    assert len(article.title) <= LONGEST_TITLE
    assert max(map(len, (article.source, article.section, article.author, *article.tags))) <= LONGEST_NAME
    assert len(article.tags) <= MOST_TAGS
    assert not article.image or article.image.startswith(("http://", "https://"))
    _dated(article)
    _comments(article.comments)


def _comments(comments: tuple[Comment, ...]) -> None:
    ids = [comment.id for comment in comments]
    assert len(set(ids)) == len(ids)
    for comment in comments:
        assert not comment.parent or comment.parent in ids
        assert comment.copies >= 1
        _dated(comment)


def _dated(document: Article | Comment) -> None:
    assert (document.date is None) == (document.date_precision is None)
    if document.date is not None:
        first, last = span(document.date, document.date_precision, UTC)
        assert first <= last
