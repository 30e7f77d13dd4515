"""The part of an article that is shown at a time: of a long text one part, of many comments one page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.index.documents import Section
from kashshaf.index.stored_documents import comment_key, load_article, load_comment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kashshaf.index.documents import Article, Comment
    from kashshaf.index.store.snapshot import Snapshot

PAGE = 1_000
"""Comments of a page; nearly all articles have fewer, so that theirs are on one."""
READ, SENT = 60_000, 1_000_000
"""Characters of a part of a text: as much as is read on a page, and as is sent to programs."""
LOOKED_AT = 100_000
"""Characters of a text that a hit is told from."""
_BREAKS = ("\n\n", "\n", " ")
"""Places to cut a text, the best first."""


class Part(NamedTuple):
    """The part of an article that is asked for, by numbers from 1; numbers beyond the last stand for it.

    ``comment``: the id of a comment that must be on the page, whatever its number; ``size``: characters of a
    part of the text.
    """

    comments: int = 1
    part: int = 1
    comment: str = ""
    size: int = READ


class ArticlePage(NamedTuple):
    """An article with the comments of one page alone, and of its sections one part.

    ``keys``: of all its comments, in order; ``comments_page`` of ``comments_pages``, ``part`` of ``parts``.
    """

    article: Article
    story: str
    keys: list[str]
    comments_page: int
    comments_pages: int
    part: int
    parts: int


def article_page(snapshot: Snapshot, article_id: str, asked: Part) -> ArticlePage | None:
    """The part of an article that is asked for; None where there is no such article."""
    stored = snapshot.articles.stored([article_id]).get(article_id)
    if stored is None:
        return None
    article, keys, story, _ = load_article(stored)
    pages = -(-len(keys) // PAGE) or 1
    page = _page_of(asked, article_id, keys) if asked.comment else min(asked.comments, pages)
    parts = text_parts(article.sections, asked.size)
    part = min(asked.part, len(parts))
    shown = comments(snapshot, keys[(page - 1) * PAGE : page * PAGE])
    kept = replace(article, sections=parts[part - 1], comments=tuple(shown))
    return ArticlePage(kept, story, keys, page, pages, part, len(parts))


def comments(snapshot: Snapshot, keys: Sequence[str]) -> list[Comment]:
    """The comments with these keys, in their order."""
    return [load_comment(stored).comment for stored in snapshot.comments.stored(keys).values()]


def beginning(article: Article) -> Article:
    """An article with the first part of its text alone, in which passages and reasons are looked for."""
    first, *rest = text_parts(article.sections, LOOKED_AT)
    return replace(article, sections=first) if rest else article


def _page_of(asked: Part, article_id: str, keys: Sequence[str]) -> int:
    """The page that holds a comment; the first one where no comment has that id."""
    key = comment_key(article_id, asked.comment)
    return keys.index(key) // PAGE + 1 if key in keys else 1


def text_parts(sections: Sequence[Section], size: int) -> list[tuple[Section, ...]]:
    """The sections in parts of so many characters at most, in one where they are not longer; one at least."""
    if sum(len(section.heading) + len(section.text) for section in sections) <= size:
        return [tuple(sections)]
    found: list[tuple[Section, ...]] = [()]
    room = size
    for piece in (piece for section in sections for piece in _pieces(section, size)):
        if len(piece.text) > room and found[-1]:
            found.append(())
            room = size
        found[-1] += (piece,)
        room -= len(piece.text)
    return found


def _pieces(section: Section, size: int) -> Iterator[Section]:
    """A section in pieces, of which the first has its heading."""
    text, start = section.text, 0
    while len(text) - start > size:
        end = _break(text, start + size // 2, start + size)
        yield Section(section.heading if start == 0 else "", text[start:end])
        start = end + len(text[end : end + size]) - len(text[end : end + size].lstrip())
    yield Section(section.heading if start == 0 else "", text[start:])


def _break(text: str, start: int, end: int) -> int:
    """The best place to cut between two offsets."""
    places = (text.rfind(each, start, end) for each in _BREAKS)
    return next((at for at in places if at > 0), end)


def paragraphs(article: Article) -> list[str]:
    """The headings and paragraphs of an article's sections."""
    return [line for part in article.sections for line in (part.heading, *part.text.split("\n"))]
