"""The passages of a text that show best why it was found, cut at sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.search_app.results.marks.highlight import LONGEST
from kashshaf.search_app.results.marks.lines import Mark, render

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kashshaf.search_app.results.marks.highlight import Marker


PASSAGE = 180
"""Characters of a snippet, about two lines on a desk, which is what a card shows of it."""
ELLIPSIS = "…"
_ENDERS = ".!?؟؛…"
_CLOSERS = '"»”)]'
_UNABBREVIATED = rf"(?<!\b[^\W\d_]\.)(?![{_ENDERS}])[{re.escape(_CLOSERS)}]{{0,4}}"
"""After the last stop of a run, with what closes around it; after a single letter it abbreviates: «د.»."""
_SENTENCE_END = re.compile(rf"[{_ENDERS}\n](?:(?<=\n)|{_UNABBREVIATED}(?=\s))")
"""Looked for once at each stop, so in linear time; a set of letters comes first, as few places have one."""
_ENDS_SENTENCE = re.compile(rf"[{_ENDERS}]{_UNABBREVIATED}$")
_STOP_REACH = 12
"""Characters before a cut among which a stop is looked for, with what closes around it."""
_SIDE_BY_SIDE = 2
"""Characters between two words that stand side by side: a space, and a quotation mark or comma."""


class Passage(NamedTuple):
    """A stretch of a paragraph, with the marks that fall into it and the words that these are."""

    order: int
    text: str
    marks: Sequence[Mark]
    words: frozenset[int]
    start: int
    end: int

    def worth(self) -> tuple[int, int, int, int]:
        """The order of passages: different words, such side by side, marks, then standing first."""
        if len(self.words) < 2:
            return len(self.words), 0, len(self.marks), -self.order
        together = sum(
            one.word != other.word and other.start - one.end <= _SIDE_BY_SIDE
            for one, other in pairwise(self.marks)
        )
        return len(self.words), together, len(self.marks), -self.order

    def render(self) -> str:
        """As HTML, with an ellipsis where a sentence was cut into."""
        before = ELLIPSIS if _cuts_in(self.text, self.start) else ""
        after = ELLIPSIS if _cuts_in(self.text, self.end) else ""
        return before + render(self.text, self.marks, self.start, self.end) + after


def snippets(paragraphs: Iterable[str], marker: Marker, count: int) -> list[str]:
    """The best passages as HTML, at most ``count``, in the order of the text.

    A later passage is only taken for a word that the ones before do not show. Without any mark it is the
    beginning of the first paragraph.
    """
    texts = [paragraph[:LONGEST] for paragraph in paragraphs if paragraph and not paragraph.isspace()]
    left = _worthwhile(texts, marker)
    if not left:
        return [_passage(0, texts[0], [], 0, len(texts[0])).render()] if texts else []
    chosen: list[Passage] = []
    shown = frozenset[int]()
    while left and len(chosen) < count:
        _, best = max(left, key=itemgetter(0))
        chosen.append(best)
        shown |= best.words
        left = [each for each in left if not each[1].words <= shown]
    return [passage.render() for passage in sorted(chosen, key=lambda each: (each.order, each.start))]


def _worthwhile(texts: Sequence[str], marker: Marker) -> list[tuple[tuple[int, ...], Passage]]:
    """The passages of paragraphs and their worth, those with most words first.

    Without such as cannot be chosen: these have but words that the best one shows, and fewer of them.
    """
    marked = [
        (frozenset([mark.word for mark in marks]), order, text, marks)
        for order, text in enumerate(texts)
        if (marks := marker.marks(text))
    ]
    found: list[tuple[tuple[int, ...], Passage]] = []
    most: tuple[int, ...] = ()
    shown = frozenset[int]()
    for words, order, text, marks in sorted(marked, key=lambda row: -len(row[0])):
        if len(words) >= len(shown) or not words <= shown:
            for passage in _passages(order, text, marks):
                worth = passage.worth()
                found.append((worth, passage))
                if worth > most:
                    most, shown = worth, passage.words
    return found


def _passages(order: int, text: str, marks: Sequence[Mark]) -> Iterator[Passage]:
    """A passage for each sentence of a paragraph that has a mark in it."""
    starts = [mark.start for mark in marks]
    ends = sentence_ends(text)
    first = 0
    while first < len(starts):
        place = bisect_right(ends, starts[first])  # the sentence that the mark is in
        start = ends[place - 1] if place else 0
        last = max(place, bisect_right(ends, start + PASSAGE) - 1)  # the last sentence that still fits
        inside = marks[first : bisect_left(starts, ends[last], first)]
        yield _passage(order, text, inside, start, ends[last])
        first = bisect_left(starts, ends[place], first)


def _passage(order: int, text: str, inside: Sequence[Mark], start: int, end: int) -> Passage:
    """A sentence, or the part of a long one that shows the most different words."""
    if end - start > PASSAGE:
        start, end = _window(text, inside, start, end)
    shown = text[start:end]
    start += len(shown) - len(shown.lstrip())
    end = start + len(shown.strip())
    kept = [mark for mark in inside if start <= mark.start < end]
    return Passage(order, text, kept, frozenset([mark.word for mark in kept]), start, end)


def _window(text: str, marks: Sequence[Mark], start: int, end: int) -> tuple[int, int]:
    """At most ``PASSAGE`` characters of a long sentence, cut between words, around its best marks."""
    if not marks or marks[0].end - start < PASSAGE // 2:
        left = start
    else:
        best = _densest(marks)
        left = min(max(start, best.start - PASSAGE // 4), end - PASSAGE)
        left = _next_space(text, left, best.start)
    right = min(end, left + PASSAGE)
    return left, right if right == end else _space_before(text, left, right)


def _densest(marks: Sequence[Mark]) -> Mark:
    """The first of the marks from which most different words come within reach of one passage."""
    best, most = marks[0], 0
    inside: Counter[int] = Counter()
    last = 0
    for mark in marks:
        while last < len(marks) and marks[last].end <= mark.start + PASSAGE * 3 // 4:
            inside[marks[last].word] += 1
            last += 1
        if len(inside) > most:
            best, most = mark, len(inside)
        inside[mark.word] -= 1
        if inside[mark.word] <= 0:
            del inside[mark.word]
    return best


def _next_space(text: str, at: int, limit: int) -> int:
    found = text.find(" ", at, limit)
    return at if found < 0 else found


def _space_before(text: str, start: int, at: int) -> int:
    found = text.rfind(" ", start, at)
    return at if found <= start else found


def sentence_ends(text: str) -> list[int]:
    """The ends of the sentences of a paragraph; the last one is its end."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    return ends


def _cuts_in(text: str, at: int) -> bool:
    """True if a cut at this offset falls inside a sentence."""
    if at in {0, len(text)}:
        return False
    before, after = text[:at].rstrip(), text[at:].strip()
    return bool(before) and bool(after) and not _ENDS_SENTENCE.search(before[-_STOP_REACH:])
