"""The text of a saved news page: title, lead, headings, paragraphs, readers' comments, furniture around them.

Nothing here knows a site or its phrases. What a line is, its shape and its place say:

* **Title**: the first line, whole or without the site's name after a bar or a dash, that stands again
  above the article. Else the line nearest above the article that stood before; else the first line, when
  the text begins right below it; else, above enough running text, the nearest that can be a headline.
* **Paragraph**: twenty words, 110 characters, or an end like a sentence's. The article is what lies between
  the title and the comments, up to its last paragraph; it ends before three short lines in a row unless as
  much as a half of it comes after them.
* **Lead**: the paragraph that follows the title, or the lines about the article, without a blank line.
* **Heading**: a short line free of the one above it, with a paragraph below, that stands once on the page.
* **About the article**: between title and text, a date (also after a label), «بقلم» and its kind before
  a name, a name beside the date.
* **Comments**: below a short line that names comments, or carries a count in brackets, lines that are
  wholly a date or an age, all beginning alike. The line before each is the author, what follows is the
  text (where the date comes last, what lies between). If they are set in, they end where the indentation
  does; else with the count declared, and the last with its blank line or its last paragraph. Short lines
  that most comments end with are buttons; a number alone is a count. Deeper indentation, signs before
  the name and «رداً على» a name make an answer.
* **Furniture**: everything else. Links in a row, breadcrumbs, copyright lines and counts are never text.

A date in the page's head, above the title, is the day it was saved, for ages, unless --as-of says it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from kashshaf.index.dates.parser import parse_date
from kashshaf.index.documents import Article, Comment
from kashshaf.indexer.sources.dater import Dater
from kashshaf.indexer.sources.decoding.streams import whole
from kashshaf.indexer.sources.lines import split_lines
from kashshaf.indexer.sources.outcome import Found, UnfitError, pointer
from kashshaf.indexer.sources.page_text.body import read_body
from kashshaf.indexer.sources.page_text.comments import PageComment, find_comments
from kashshaf.indexer.sources.page_text.title import Title, find_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kashshaf.indexer.sources.decoding.unpack import Peekable
    from kashshaf.indexer.sources.lines import Line
    from kashshaf.indexer.sources.outcome import Outcome
    from kashshaf.indexer.sources.reading import Reading

MOST_LINES = 50_000
_NO_ARTICLE = "there is no article in it: no title that stands above running text"


def read(stream: Peekable, reading: Reading, place: str) -> Iterator[Outcome]:
    """The page as one outcome. Raises UnfitError, with the reason, where it holds no article."""
    page = whole(stream)
    found = read_page(page.text, reading, place)
    yield replace(found, mended=(*page.mended, *found.mended))


def read_page(text: str, reading: Reading, place: str) -> Found:
    """The article in the text of a page. Raises UnfitError, with the reason, where there is none."""
    lines = split_lines(text)
    if len(lines) > MOST_LINES:
        raise UnfitError(f"it has more than {MOST_LINES} lines; no page has")
    title = find_title(lines)
    if title is None:
        raise UnfitError(_NO_ARTICLE)
    block = find_comments(lines, title.line)
    body = read_body(lines, title.line + 1, block.start, Counter(line.key for line in lines))
    if body.empty and not block.comments:
        raise UnfitError(_NO_ARTICLE)
    dater = Dater(_saved(reading, lines[: max(0, title.line)]))
    date, precision = dater.read(body.date)
    article = Article(
        title=title.text,
        lead=body.lead,
        sections=tuple(body.sections),
        date=date,
        date_precision=precision,
        date_source="stated" if date else None,
        author=body.author,
        comments_declared=block.declared,
        comments=tuple(_comments(block.comments, dater)),
    )
    return Found(article, place, (*_guessed(title), *dater.mended), one_page=True)


def _guessed(title: Title) -> tuple[str, ...]:
    if not title.text:
        return ("no line can be the title: the article has none",)
    return () if title.twice else ("no line stands twice: the title is the line above the first paragraph",)


def _comments(spoken: Sequence[PageComment], dater: Dater) -> list[Comment]:
    made = []
    for number, one in enumerate(spoken):
        date, precision = dater.read(one.date)
        parent = "" if one.parent is None else pointer(one.parent)
        made.append(Comment(pointer(number), one.author, date, precision, one.text, parent))
    return made


def _saved(reading: Reading, head: Sequence[Line]) -> Reading:
    """The reading with the date in the page's head as its base, where the user has not named one."""
    if reading.as_of is not None:
        return reading
    for line in head:
        when = parse_date(line.text, reading.base, reading.zone)
        if when is not None and not when.relative and when.precision in ("day", "second"):
            moment = datetime.fromisoformat(when.iso)
            return replace(reading, saved_at=moment if moment.tzinfo else moment.replace(tzinfo=reading.zone))
    return reading
