"""Documents to the records an engine stores: finished terms by field, keywords, a time span, stored bytes.

An article and its comments become records of two indexes: one index for both would spoil the averages that
ranking rests on. An article's record also carries its comments' words, as a capped zone of small weight, so
that one query ranks articles cleanly by all that is said on their page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import orjson

from analyzers.arabic import EXACT, FOLDED, LEVELS, NOTHING, ROOT, STEM, Analyzer, Forms
from analyzers.grams import grams_of
from index.dates import span
from index.documents import Article, Comment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import tzinfo

IndexName = Literal["articles", "comments"]
INDEXES: tuple[IndexName, ...] = ("articles", "comments")


class Field(NamedTuple):
    """One zone at one level: what an engine keeps apart, with frequencies and lengths of its own."""

    zone: str
    level: str


TITLE, HEADINGS, LEAD, OPENING, TEXT, COMMENTS = ("title", "headings", "lead", "opening", "text", "comments")
"""Zones of an article. ``text`` is all the article itself says, title and headings included: what matches
in any zone matches there or in ``comments``; the other zones only rank. A comment has ``text`` alone."""

GRAMS = "grams"
"""Three letters in a row, in place of words: a level that only ``opening`` has, since it is large."""

FIELDS: dict[IndexName, tuple[Field, ...]] = {
    "articles": (
        Field(TITLE, STEM),
        Field(HEADINGS, STEM),
        Field(LEAD, STEM),
        Field(OPENING, GRAMS),
        Field(TEXT, EXACT),
        Field(TEXT, FOLDED),
        Field(TEXT, STEM),
        Field(TEXT, ROOT),
        Field(COMMENTS, EXACT),
        Field(COMMENTS, FOLDED),
        Field(COMMENTS, STEM),
    ),
    "comments": (Field(TEXT, EXACT), Field(TEXT, FOLDED), Field(TEXT, STEM), Field(TEXT, ROOT)),
}
MATCHED: dict[IndexName, tuple[str, ...]] = {"articles": (TEXT, COMMENTS), "comments": (TEXT,)}
"""The zones that together hold every word of a record."""
POSITIONED = (EXACT, FOLDED)
"""The levels at which phrases are looked for."""

KEYWORDS: dict[IndexName, tuple[str, ...]] = {
    "articles": ("id", "source", "section", "author", "tag"),
    "comments": ("id", "article", "comment", "source", "section", "author", "tag"),
}

LEAD_WORDS = 25
"""Words of lead and body that make the lead zone; measured: what news say first lifts headline search."""
OPENING_WORDS = 60
"""Words of lead and body whose letters are compared; measured beside 25, 40 and 120."""
COMMENT_WORDS = 20_000
"""Words of comments that an article's record carries. Beyond it comments are found by ``in=comments``."""
TEXT_WORDS = 2_000_000
"""Words of one article that are indexed: a guard against hostile input, far beyond any article."""

GAP: tuple[str, ...] = ()
"""A position without a term: between paragraphs, so that no phrase reaches across, and for stop words."""

Slots = list[tuple[str, ...]]
"""The terms at each position, in order."""


@dataclass(frozen=True, slots=True)
class Record:
    """What an engine stores for one document.

    ``terms`` has every field of its index; ``keywords`` the values by name; ``span`` first and last second,
    or None where the document is undated; ``stored`` comes back as it is.
    """

    id: str
    terms: Mapping[Field, Slots]
    keywords: Mapping[str, tuple[str, ...]]
    span: tuple[int, int] | None
    stored: bytes


def comment_key(article_id: str, comment_id: str) -> str:
    """The id of a comment's record: comment ids are unique only within their article."""
    return f"{article_id}\n{comment_id}"


class Recorder:
    """Makes records; keeps the analyzer and the zone in which undated clocks are read."""

    def __init__(self, analyzer: Analyzer, zone: tzinfo) -> None:
        self._analyzer = analyzer
        self._zone = zone

    def article(self, article: Article) -> Record:
        """The article's record, its comments' words in it."""
        body = [part for section in article.sections for part in (section.heading, section.text)]
        headings = [section.heading for section in article.sections]
        texts = (article.kicker, article.title, article.lead, *body)
        told = (article.lead, *(section.text for section in article.sections))
        opening = self._forms(told, OPENING_WORDS)
        comments = self._slots((comment.text for comment in article.comments), COMMENT_WORDS)
        by_zone = {
            TITLE: self._slots((article.title,), TEXT_WORDS),
            HEADINGS: self._slots(headings, TEXT_WORDS),
            LEAD: _by_level(opening[:LEAD_WORDS]),
            OPENING: {GRAMS: [gram_terms(forms) for forms in opening]},
            TEXT: self._slots(texts, TEXT_WORDS),
            COMMENTS: comments,
        }
        return Record(
            article.id,
            {field: by_zone[field.zone][field.level] for field in FIELDS["articles"]},
            {"id": (article.id,), **_inherited(article), "author": _known(article.author)},
            self._span(article),
            store_article(article),
        )

    def comments(self, article: Article) -> Iterator[Record]:
        """A record for each comment; they inherit source, section and tags of their article."""
        for comment in article.comments:
            slots = self._slots((comment.text,), TEXT_WORDS)
            yield Record(
                comment_key(article.id, comment.id),
                {field: slots[field.level] for field in FIELDS["comments"]},
                {
                    "id": (comment_key(article.id, comment.id),),
                    "article": (article.id,),
                    "comment": (comment.id,),
                    **_inherited(article),
                    "author": _known(comment.author),
                },
                self._span(comment),
                store_comment(article, comment),
            )

    def _slots(self, texts: Iterable[str], words: int) -> dict[str, Slots]:
        """The terms of ``texts`` by level and position, of ``words`` words at most."""
        return _by_level(self._forms(texts, words))

    def _forms(self, texts: Iterable[str], words: int) -> list[Forms]:
        """The forms at each position of ``texts``, a gap between paragraphs, ``words`` words at most."""
        forms: list[Forms] = []
        for paragraph in _paragraphs(texts):
            room = words - len(forms)
            if room <= 0:
                break
            forms += self._analyzer.forms(paragraph)[:room]
            forms.append(NOTHING)
        return forms

    def _span(self, document: Article | Comment) -> tuple[int, int] | None:
        if document.date is None:
            return None
        try:
            return span(document.date, document.date_precision, self._zone)
        except (ValueError, OverflowError):  # a date at the edge of the calendar: shown, but not filtered by
            return None


def gram_terms(forms: Forms) -> tuple[str, ...]:
    """The terms of a word at the level of grams; stop words and values of number words have none."""
    return grams_of(forms.folded[0]) if forms.stem and forms.folded else ()


def _by_level(forms: list[Forms]) -> dict[str, Slots]:
    return {level: [terms[place] for terms in forms] for place, level in enumerate(LEVELS)}


def _paragraphs(texts: Iterable[str]) -> Iterator[str]:
    return (line for text in texts for line in text.split("\n") if line)


def _inherited(article: Article) -> dict[str, tuple[str, ...]]:
    return {"source": _known(article.source), "section": _known(article.section), "tag": article.tags}


def _known(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def store_article(article: Article) -> bytes:
    """The article, with the ids of its comments in their place: they are stored as records of their own."""
    data = replace(article, comments=()).to_dict()
    return orjson.dumps({**data, "comments": [comment.id for comment in article.comments]})


def load_article(stored: bytes) -> tuple[Article, list[str]]:
    """The article as stored, without its comments, and the keys of their records in order."""
    data = orjson.loads(stored)
    keys = [comment_key(data["id"], comment_id) for comment_id in data["comments"]]
    return Article.from_dict({**data, "comments": ()}), keys


def store_comment(article: Article, comment: Comment) -> bytes:
    """The comment, and what a list of comments shows of its article."""
    return orjson.dumps({"comment": comment.to_dict(), "article_id": article.id, "title": article.title})


class StoredComment(NamedTuple):
    """A comment as stored, with its article's id and title."""

    comment: Comment
    article_id: str
    article_title: str


def load_comment(stored: bytes) -> StoredComment:
    """The comment as stored."""
    data: dict[str, Any] = orjson.loads(stored)
    return StoredComment(Comment.from_dict(data["comment"]), data["article_id"], data["title"])
