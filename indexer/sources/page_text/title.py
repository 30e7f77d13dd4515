"""The title of a page's text: the line that is there twice, for the window and for the reader."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from kashshaf.index.dates.parser import looks_like_date
from kashshaf.indexer.sources.lines import Line, ends_sentence, is_count, is_menu, is_paragraph, key
from kashshaf.indexer.sources.page_text.body import Body, fill_byline, is_about_article
from kashshaf.indexer.sources.page_text.comments import names_comments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SITE_MARKS = re.compile(r"\s*[|\uff5c•·»«]\s*|\s+[-–—:]\s+|:\s")
_MOST_PARTS = 8
_MOST_PLACES = 20
_TITLE_WORDS = 3
_MOST_TITLE_WORDS = 24
_LONGEST = 300
_MOST_ABOUT = 3
_BODY_WORDS = 20
"""Words of running text that a page must have for its title to be taken from a line that stands once."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title as the article shows it; ``line``: its place above the article (-1: nowhere)."""

    text: str
    line: int
    twice: bool


def find_title(lines: Sequence[Line]) -> Title | None:
    """The title, or None where no line can be one and there is no running text to be an article.

    1. The first line of the page, whole or without the site's name after or before a bar or dash, when it
       stands again with the article below it.
    2. Else the line nearest above the article that stood before.
    3. Else the first line of the page, when nothing but lines about the article part it from the text.
    4. Else, above enough running text, the nearest line that can be a headline.
    """
    places = _places(lines)
    prose = _prose_below(lines)
    candidates = list(_repeated(lines, places, prose))
    from_head = [place for first, place in candidates if first == 0 and lines[place].words >= _TITLE_WORDS]
    for among in (from_head, [place for _, place in candidates]):
        if among:
            best = max(among)
            return Title(lines[best].text, best, twice=True)
    return _first(lines) or _above_prose(lines)


def _places(lines: Sequence[Line]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        if line.key and len(line.text) <= _LONGEST:
            places[line.key].append(number)
    return places


def _prose_below(lines: Sequence[Line]) -> list[int]:
    """The characters of running text from each line to the end."""
    below = [0] * (len(lines) + 1)
    for number in range(len(lines) - 1, -1, -1):
        below[number] = below[number + 1] + (len(lines[number].text) if is_paragraph(lines[number]) else 0)
    return below


def _repeated(
    lines: Sequence[Line], places: dict[str, list[int]], prose: list[int]
) -> Iterator[tuple[int, int]]:
    """Pairs of a line and the later one that says the same, the better half of all running text below it."""
    for number, line in enumerate(lines):
        if prose[number] * 2 < prose[0] or len(line.text) > _LONGEST or (number and not _can_be_title(line)):
            continue
        for name in _names(line.text) if not number else [line.key]:
            for place in places.get(name, [])[-_MOST_PLACES:]:
                titles = _can_be_title(lines[place]) or (not number and _heads_text(lines, place))
                if place > number and titles and _is_above(lines, place, prose):
                    yield number, place


def _heads_text(lines: Sequence[Line], place: int) -> bool:
    """True if running text follows, perhaps after lines about it: a title there may have any form."""
    below = lines[place + 1 : place + 2 + _MOST_ABOUT]
    text = next((n for n, line in enumerate(below) if is_paragraph(line)), None)
    return text is not None and all(map(is_about_article, below[:text]))


def _is_above(lines: Sequence[Line], place: int, prose: list[int]) -> bool:
    """True if at least half of the running text is below that place."""
    return prose[place] * 2 >= prose[0] and place + 1 < len(lines)


def _can_be_title(line: Line) -> bool:
    return line.words > 1 and not is_menu(line) and not is_count(line) and not looks_like_date(line.text)


def _names(text: str) -> list[str]:
    """The keys of ``text`` and of what is left when parts at its end or its beginning are the site's name."""
    cuts = [(found.start(), found.end()) for found in _SITE_MARKS.finditer(text)][:_MOST_PARTS]
    kept = [text, *(text[:start] for start, _ in cuts), *(text[end:] for _, end in cuts)]
    return [name for name in map(key, kept) if name]


def _first(lines: Sequence[Line]) -> Title | None:
    """The first line, of any form but a sentence's, where the text begins right below it."""
    if len(lines) < 2 or not _may_head(lines[0]):
        return None
    below = lines[1 : 2 + _MOST_ABOUT]
    text = next((n for n, line in enumerate(below) if is_paragraph(line)), None)
    if text is None or not _is_about(below[:text]) or not _outweighs(lines):
        return None
    return Title(lines[0].text, 0, twice=False)


def _may_head(line: Line) -> bool:
    """True for a line that is no sentence, not long, and not shaped like furniture."""
    if len(line.text) > _LONGEST or line.words > _MOST_TITLE_WORDS or ends_sentence(line.text):
        return False
    shaped = is_menu(line) or is_count(line) or is_about_article(line)
    return not shaped and not names_comments(line.text)


def _is_about(short: Sequence[Line]) -> bool:
    """True if each line is about the article, perhaps a name without a label beside the date."""
    body = Body()
    fill_byline(short, body)
    return all(is_about_article(line) or line.text == body.author for line in short)


def _outweighs(lines: Sequence[Line]) -> bool:
    """True if there is much running text, or more of it than of anything else above the comments."""
    prose = [line for line in lines[1:] if is_paragraph(line)]
    if sum(line.words for line in prose) >= _BODY_WORDS:
        return True
    page = takewhile(lambda line: not names_comments(line.text), lines[1:])
    return 2 * sum(len(line.text) for line in prose) > sum(len(line.text) for line in page)


def _above_prose(lines: Sequence[Line]) -> Title | None:
    start = next((n for n, line in enumerate(lines) if is_paragraph(line)), None)
    if start is None or sum(line.words for line in lines if is_paragraph(line)) < _BODY_WORDS:
        return None
    for number in range(start - 1, -1, -1):
        line = lines[number]
        if line.words >= _TITLE_WORDS and _can_be_title(line) and ":" not in line.text[:20]:
            return Title(line.text, number, twice=False)
    return Title("", start - 1, twice=False)
