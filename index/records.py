"""Records that an engine stores, made from documents: terms by field, keywords, a time span, stored bytes.

An article and its comments become records of two indexes: one index for both would spoil the averages that
ranking rests on. An article's record also carries its comments' words, as a capped zone of small weight, so
that one query ranks articles by their whole page.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.arabic import LEVELS, STEM
from kashshaf.analyzers.encoded_terms import (
    GAP,
    GAP_TERMS,
    SAME_POSITION,
    EncodedTerms,
    EncodedText,
    TermEncoder,
    first,
    joined,
)
from kashshaf.analyzers.grams import grams_of
from kashshaf.analyzers.stem_vectors import to_bytes, vector_of
from kashshaf.index.dates.intervals import months, span
from kashshaf.index.names import folded_name
from kashshaf.index.schema import (
    COMMENTS,
    FIELDS,
    FOLDED_NAMES,
    GRAMS,
    HEADINGS,
    LEAD,
    MONTH,
    OPENING,
    STORY,
    TEXT,
    TITLE,
    YEAR,
    Field,
)
from kashshaf.index.stored_documents import comment_key, shown_texts, store_article, store_comment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import tzinfo

    from kashshaf.analyzers.analyzer import Analyzer
    from kashshaf.analyzers.arabic import Forms
    from kashshaf.index.documents import Article, Comment


LEAD_WORDS = 25
"""Words of lead and body in the lead zone; measured: it lifts headline search."""
OPENING_WORDS = 60
"""Words of lead and body whose trigrams are indexed; chosen among 25, 40, 60 and 120."""
COMMENT_WORDS = 20_000
"""Words of comments that an article's record carries. Beyond it comments are found by ``in=comments``."""
TEXT_WORDS = 2_000_000
"""Words of one article that are indexed: a guard against hostile input, far beyond any article."""

MOST_LIKES = (1 << 20) - 1
"""Likes of a comment, or dislikes, beyond which more make no difference to its place."""

NO_TERM = "\2"
"""The one term of a field that has none otherwise; nobody can ask for it. So each document has each field,
and averages are over all of them by every engine: some know only the documents that have a field."""
_BETWEEN = f"{GAP} "

Slots = list[tuple[str, ...]]
"""The terms at each position, in order; none between paragraphs, and for stop words."""


@dataclass(frozen=True, slots=True)
class Record:
    """A document as an engine stores it.

    ``terms`` has every field of its index, as ``analyzers/encoded_terms.py`` writes them, with a term at
    least (:func:`filled`); ``keywords`` has the values by name; ``span`` is first and last second (Unix
    time), or None where undated; ``stored`` comes back unchanged. ``likes`` are at most
    ``MOST_LIKES``, or so many dislikes.
    """

    id: str
    terms: Mapping[Field, str]
    keywords: Mapping[str, tuple[str, ...]]
    span: tuple[int, int] | None
    stored: bytes
    likes: int = 0


class ArticleRecords(NamedTuple):
    """The record of an article and those of its comments."""

    article: Record
    comments: tuple[Record, ...]


class RecordBuilder:
    """A maker of records. Dates without a time zone are taken in ``zone``."""

    def __init__(self, analyzer: Analyzer, zone: tzinfo) -> None:
        self.encoder = TermEncoder(analyzer)
        self._zone = zone

    def record(self, article: Article, story: str = "", known: Lines | None = None) -> ArticleRecords:
        """Make the records of an article with its comments; an empty ``story`` means none.

        ``known``: lines that have been read with others, by the same analyzer.
        """
        read = Lines(self.encoder) if known is None else known
        return ArticleRecords(self._article(article, story, read), tuple(self._comments(article, read)))

    def _article(self, article: Article, story: str, read: Lines) -> Record:
        """Make the record of an article, its comments' words included."""
        body = [part for section in article.sections for part in (section.heading, section.text)]
        headings = [section.heading for section in article.sections]
        texts = (article.kicker, article.title, article.lead, *body)
        running_text = (article.lead, *(section.text for section in article.sections))
        comments = (comment.text for comment in article.comments)
        opening = _zone(read, running_text, OPENING_WORDS)
        by_field = {
            Field(TITLE, STEM): _stems(_parts(read, (article.title,), TEXT_WORDS)),
            Field(HEADINGS, STEM): _stems(_parts(read, headings, TEXT_WORDS)),
            Field(LEAD, STEM): first(opening.stem, LEAD_WORDS),
            Field(OPENING, GRAMS): _grams(opening),
            **_levels(TEXT, _zone(read, texts, TEXT_WORDS)),
            **_levels(COMMENTS, _zone(read, comments, COMMENT_WORDS)),
        }
        covered = self._span(article)
        return Record(
            article.id,
            {field: filled(by_field[field]) for field in FIELDS["articles"]},
            {
                "id": (article.id,),
                STORY: _keyword(story),
                **_names(article, article.author),
                **self._times(covered),
            },
            covered,
            store_article(article, story, read.vector(shown_texts(article))),
        )

    def _comments(self, article: Article, read: Lines) -> Iterator[Record]:
        """Make a record of each comment; they inherit source, section and tags of their article."""
        for comment in article.comments:
            by_field = _levels(TEXT, _zone(read, (comment.text,), TEXT_WORDS))
            covered = self._span(comment)
            yield Record(
                comment_key(article.id, comment.id),
                {field: filled(by_field[field]) for field in FIELDS["comments"]},
                {
                    "id": (comment_key(article.id, comment.id),),
                    "article": (article.id,),
                    "comment": (comment.id,),
                    **_names(article, comment.author),
                    **self._times(covered),
                },
                covered,
                store_comment(article, comment, read.vector([comment.text])),
                max(-MOST_LIKES, min(comment.likes, MOST_LIKES)),
            )

    def _times(self, span: tuple[int, int] | None) -> dict[str, tuple[str, ...]]:
        """The months of a span, and their years."""
        found = months(span, self._zone) if span else ()
        return {MONTH: found, YEAR: tuple(dict.fromkeys(each.split("-")[0] for each in found))}

    def _span(self, document: Article | Comment) -> tuple[int, int] | None:
        if document.date is None:
            return None
        try:
            return span(document.date, document.date_precision, self._zone)
        except (ValueError, OverflowError):  # a date at the edge of the calendar: shown, but not filtered by
            return None


class Lines(dict[str, EncodedText]):
    """The lines of an article and its comments as they were read: one may stand in several zones."""

    def __init__(self, encoder: TermEncoder) -> None:
        super().__init__()
        self._read = encoder.read

    def __missing__(self, line: str) -> EncodedText:
        found = self[line] = self._read(line)
        return found

    def vector(self, texts: Iterable[str]) -> bytes:
        """Encode the stem vector of texts, one below the other."""
        lines = [(line, self[line]) for text in texts for line in text.split("\n")]
        return to_bytes(vector_of(lines))


def lines_of(article: Article) -> Iterator[str]:
    """Give the lines of an article and of its comments that are not empty."""
    comments = (comment.text for comment in article.comments)
    return _paragraphs((article.kicker, *shown_texts(article), *comments))


def filled(terms: str) -> str:
    """Return the terms of a field, or ``NO_TERM`` where there are none, or gaps alone."""
    return terms if terms.strip(_BETWEEN) else NO_TERM


def slots(terms: str) -> Slots:
    """Split the terms of a field by position."""
    return [() if place == GAP else tuple(place.split(SAME_POSITION)) for place in terms.split()]


def gram_terms(forms: Forms) -> tuple[str, ...]:
    """Return the trigrams of a word; stop words and values of number words have none."""
    return grams_of(forms.folded[0]) if forms.stem and forms.folded else ()


def _grams(words: EncodedTerms) -> str:
    """Return the trigrams of encoded words, position by position."""
    pairs = zip(words.folded.split(), words.stem.split(), strict=True)
    return " ".join([GAP if stem == GAP else _word_grams(folded) for folded, stem in pairs])


@lru_cache(1 << 15)
def _word_grams(folded: str) -> str:
    """The trigrams of one position, joined once for each word of the many openings that have it."""
    return SAME_POSITION.join(grams_of(folded))


def _zone(read: Lines, texts: Iterable[str], words: int) -> EncodedTerms:
    """Encode ``texts`` with a gap after each paragraph, up to ``words`` positions."""
    return joined(_parts(read, texts, words))


def _parts(read: Lines, texts: Iterable[str], words: int) -> list[EncodedTerms]:
    """The parts of a zone: its paragraphs, and the gaps between them."""
    found: list[EncodedTerms] = []
    room = words
    for paragraph in _paragraphs(texts):
        if room <= 0:
            break
        encoded = read[paragraph].terms.first(room)
        found += (encoded, GAP_TERMS) if encoded.exact else (GAP_TERMS,)
        room -= encoded.positions() + 1
    return found


def _stems(parts: list[EncodedTerms]) -> str:
    return " ".join([part.stem for part in parts])


def _levels(zone: str, encoded: EncodedTerms) -> dict[Field, str]:
    return {Field(zone, level): terms for level, terms in zip(LEVELS, encoded, strict=True)}


def _paragraphs(texts: Iterable[str]) -> Iterator[str]:
    return (line for text in texts for line in text.split("\n") if line)


def _names(article: Article, author: str) -> dict[str, tuple[str, ...]]:
    """The names of an article, or of a comment on it by that author: as written, and folded."""
    written = {
        "source": _keyword(article.source),
        "section": _keyword(article.section),
        "author": _keyword(author),
        "tag": article.tags,
    }
    folded = {FOLDED_NAMES[name]: _folded(values) for name, values in written.items()}
    return {**written, **folded}


def _folded(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(folded_name, names)))


def _keyword(value: str) -> tuple[str, ...]:
    return (value,) if value else ()
