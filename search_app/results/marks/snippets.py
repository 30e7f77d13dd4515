"""The passages of a text that show best why it was found, cut at sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.search_app.results.marks.highlight import LONGEST, Mark, Marker, render

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


PASSAGE = 180
"""Characters of a snippet, about two lines on a desk, which is what a card shows of it."""
ELLIPSIS = "…"
_ENDERS = ".!?؟؛…"
_CLOSERS = '"»”)]'
_STOP = rf"[{_ENDERS}](?<!\b[^\W\d_]\.)(?![{_ENDERS}])[{re.escape(_CLOSERS)}]{{0,4}}"
"""The last of a run of stops, with what closes around it. A stop after one letter abbreviates: «د.»."""
_SENTENCE_END = re.compile(rf"{_STOP}(?=\s)|\n")
"""Looked for once at each stop, so in linear time."""
_ENDS_SENTENCE = re.compile(rf"{_STOP}$")
_STOP_REACH = 12
"""Characters before a cut among which a stop is looked for, with what closes around it."""
_SIDE_BY_SIDE = 2
"""Characters between two words that stand side by side: a space, and a quotation mark or comma."""


class Passage(NamedTuple):
    """A stretch of a paragraph, with the marks that fall into it."""

    order: int
    text: str
    marks: tuple[Mark, ...]
    start: int
    end: int

    def worth(self) -> tuple[int, int, int, int]:
        """The order of passages: different words, such side by side, marks, then standing first."""
        words = len({mark.word for mark in self.marks})
        together = sum(
            one.word != other.word and other.start - one.end <= _SIDE_BY_SIDE
            for one, other in pairwise(self.marks)
        )
        return words, together, len(self.marks), -self.order

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
    passages = list(_worthwhile(texts, marker))
    if not passages:
        return [_passage(0, texts[0], [], 0, len(texts[0])).render()] if texts else []
    chosen: list[Passage] = []
    shown: set[int] = set()
    for passage in sorted(passages, key=Passage.worth, reverse=True):
        words = {mark.word for mark in passage.marks}
        if len(chosen) < count and not words <= shown:
            chosen.append(passage)
            shown |= words
    return [passage.render() for passage in sorted(chosen, key=lambda each: (each.order, each.start))]


def _worthwhile(texts: Sequence[str], marker: Marker) -> Iterator[Passage]:
    """The passages of paragraphs, those with most words first, without such as cannot be chosen.

    These have but words that the best one shows, and fewer of them.
    """
    marked = [(order, text, marks) for order, text in enumerate(texts) if (marks := marker.marks(text))]
    words_of = {order: frozenset([mark.word for mark in marks]) for order, _, marks in marked}
    worth: tuple[int, ...] = ()
    shown = frozenset[int]()
    for order, text, marks in sorted(marked, key=lambda row: -len(words_of[row[0]])):
        if len(words_of[order]) >= len(shown) or not words_of[order] <= shown:
            for passage in _passages(order, text, marks):
                yield passage
                if passage.worth() > worth:
                    worth, shown = passage.worth(), frozenset([mark.word for mark in passage.marks])


def _passages(order: int, text: str, marks: Sequence[Mark]) -> Iterator[Passage]:
    """A passage for each sentence of a paragraph that has a mark in it."""
    starts = [mark.start for mark in marks]
    ends = sentence_ends(text)
    start = 0
    for place, end in enumerate(ends):
        if bisect_left(starts, start) < bisect_left(starts, end):
            last = max(place, bisect_right(ends, start + PASSAGE) - 1)  # the last sentence that still fits
            inside = marks[bisect_left(starts, start) : bisect_left(starts, ends[last])]
            yield _passage(order, text, inside, start, ends[last])
        start = end


def _passage(order: int, text: str, inside: Sequence[Mark], start: int, end: int) -> Passage:
    """A sentence, or the part of a long one that shows the most different words."""
    if end - start > PASSAGE:
        start, end = _window(text, inside, start, end)
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip())
    return Passage(order, text, tuple(mark for mark in inside if start <= mark.start < end), start, end)


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
    before, after = text[:at].rstrip(), text[at:].strip()
    return bool(before) and bool(after) and not _ENDS_SENTENCE.search(before[-_STOP_REACH:])
