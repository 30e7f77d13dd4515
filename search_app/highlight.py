"""Which words of a text matched, and the passages that show them best.

Offsets are code points of the text as written; whole words are marked, whatever form matched.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from analyzers.arabic import FOLDED, STEM, Token
from analyzers.letters import WAW
from analyzers.names import known

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from analyzers.analyzer import Analyzer
    from search_app.language import Asked, Quoted

PASSAGE = 240
"""Characters of a snippet, about three lines on a desk."""
ELLIPSIS = "…"
FEW = 8
"""Pieces that are looked for one by one: each takes a walk through the text, but a quick one."""
_PIECE = re.compile(r"\S+")
_ENDERS = ".!?؟؛…"
_CLOSERS = '"»”)]'
_SENTENCE_END = re.compile(rf"[{_ENDERS}](?![{_ENDERS}])[{re.escape(_CLOSERS)}]{{0,4}}(?=\s)|\n")
"""The last of a run of stops, with what closes around it: looked for once at each stop, so in linear time."""


class Mark(NamedTuple):
    """A word to mark, or the words of a number, and which of the query's words it is."""

    start: int
    end: int
    word: int


class Marker:
    """Finds a query's words in texts."""

    def __init__(self, asked: Asked, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        tokens = asked.words
        self._level = STEM if any(token.forms.stem for token in asked.tokens()) else FOLDED
        terms = [getattr(token.forms, self._level) for token in tokens]
        self._words = {each[0]: place for place, each in enumerate(terms) if len(each) == 1}
        # Of a word that is two with no space between, either alone is another word.
        self._joined = [(place, each) for place, each in enumerate(terms) if len(each) > 1]
        self._quoted = list(enumerate(asked.quoted, start=len(tokens)))
        slots = ((each.level, slot) for each in asked.quoted for way in each.ways() for slot in way)
        quoted = ((level, term) for level, slot in slots for term in slot)
        self._pieces = _Pieces(analyzer, {*quoted, *((self._level, term) for each in terms for term in each)})
        self._read_pieces: dict[str, list[Mark]] = {}
        # Words of a number or a name, the words of a phrase and two that may be one have to be read together.
        whole = asked.quoted or self._joined
        joined = {stem for name in known().values() for stem in analyzer.lexicon.analysed(name).stems}
        self._apart = not whole and not any(term[0].isdecimal() or term in joined for term in self._words)

    def marks(self, text: str) -> list[Mark]:
        """The words of ``text`` to mark, in order."""
        if not self._apart:
            return self._read(text)
        found = _places(self._pieces.among(text), text)
        return [
            Mark(start + mark.start, start + mark.end, mark.word)
            for start, piece in found
            for mark in self._read_piece(piece)
        ]

    def _read_piece(self, piece: str) -> list[Mark]:
        """The words to mark of a piece of text without spaces; remembered, since a page has few of them."""
        known = self._read_pieces.get(piece)
        if known is None:
            known = self._read_pieces[piece] = self._read(piece)
        return known

    def _read(self, text: str) -> list[Mark]:
        """The words to mark of a text that is read as a whole."""
        every = list(self._analyzer.tokens(text))
        tokens = [token for token in every if token.forms.exact]
        found = {(token.start, token.end): word for token in every if (word := self._word(token)) is not None}
        for word, quoted in self._quoted:
            places = _occurrences(quoted, tokens)
            found |= dict.fromkeys(((tokens[at].start, tokens[at].end) for at in places), word)
        for word, parts in self._joined:
            places = _together(parts, [getattr(token.forms, self._level) for token in tokens])
            found |= dict.fromkeys(((tokens[at].start, tokens[at].end) for at in places), word)
        return _outermost(Mark(start, end, word) for (start, end), word in found.items())

    def mark_up(self, text: str) -> str:
        """The whole text as HTML with its words marked."""
        return render(text, self.marks(text), 0, len(text))

    def _word(self, token: Token) -> int | None:
        terms = getattr(token.forms, self._level)
        return next((self._words[term] for term in terms if term in self._words), None)


class _Pieces:
    """Which pieces of text without spaces have a word with one of the terms; for the texts of one page.

    Most have none and need not be looked at more closely.
    """

    def __init__(self, analyzer: Analyzer, terms: AbstractSet[tuple[str, str]]) -> None:
        self._wanted = [
            (analyzer.terms(level), {text for other, text in terms if other == level})
            for level in {level for level, _ in terms}
        ]
        self._known: set[str] = set()
        self._found: set[str] = set()

    def among(self, text: str) -> set[str]:
        """Those that occur in a text."""
        pieces = set(text.split())
        for terms, wanted in self._wanted:
            new = pieces - self._known
            self._found.update([piece for piece in new if not wanted.isdisjoint(terms[piece])])
        self._known |= pieces
        return pieces & self._found


def _places(pieces: AbstractSet[str], text: str) -> list[tuple[int, str]]:
    """Where pieces stand in a text, with spaces around them: few are looked for one by one, many at once."""
    if len(pieces) > FEW:
        return [(each.start(), each[0]) for each in _PIECE.finditer(text) if each[0] in pieces]
    return sorted((start, piece) for piece in pieces for start in _starts(piece, text))


def _starts(piece: str, text: str) -> Iterator[int]:
    start = text.find(piece)
    while start >= 0:
        end = start + len(piece)
        if text[start - 1 : start].strip() == "" == text[end : end + 1].strip():
            yield start
        start = text.find(piece, end)


def _outermost(marks: Iterable[Mark]) -> list[Mark]:
    """The marks in order; those of words within a number that is marked as a whole are left out."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda each: (each.start, -each.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _occurrences(quoted: Quoted, tokens: Sequence[Token]) -> Iterator[int]:
    """The positions of words that stand in an occurrence of the phrase; within one line, as indexed.

    An "and" that is written apart is left out, as it is no word of its own where it is not.
    """
    forms = [getattr(token.forms, quoted.level) for token in tokens]
    for way in quoted.ways():
        slots = [set(terms) for terms in way]
        for at in range(len(tokens) - len(slots) + 1):
            if all(not slot.isdisjoint(forms[at + place]) for place, slot in enumerate(slots)):
                yield from (here for here in range(at, at + len(slots)) if forms[here] != (WAW,))


def _together(parts: Sequence[str], forms: Sequence[tuple[str, ...]]) -> Iterator[int]:
    """The positions of words that have all of ``parts``, and of words that have one each, side by side."""
    apart = [(part,) for part in parts]
    for at, own in enumerate(forms):
        if set(parts) <= set(own):
            yield at
        elif forms[at : at + len(parts)] == apart:
            yield from range(at, at + len(parts))


def render(text: str, marks: Iterable[Mark], start: int, end: int) -> str:
    """``text[start:end]`` as HTML: escaped, marks in ``<mark>``."""
    parts = []
    for mark in marks:
        if start <= mark.start and mark.end <= end:
            parts += [
                escape(text[start : mark.start]),
                "<mark>",
                escape(text[mark.start : mark.end]),
                "</mark>",
            ]
            start = mark.end
    parts.append(escape(text[start:end]))
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a paragraph, with the marks that fall into it."""

    order: int
    text: str
    marks: tuple[Mark, ...]
    start: int
    end: int

    def worth(self) -> tuple[int, int, int]:
        """What makes one passage better than another: different words, then marks, then standing first."""
        return len({mark.word for mark in self.marks}), len(self.marks), -self.order

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
    texts = [paragraph for paragraph in paragraphs if paragraph.strip()]
    passages = [passage for order, text in enumerate(texts) for passage in _passages(order, text, marker)]
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


def _passages(order: int, text: str, marker: Marker) -> Iterator[Passage]:
    """A passage for each sentence of a paragraph that has a mark in it."""
    marks = marker.marks(text)
    if not marks:
        return
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
    """Where the sentences of a paragraph end; the last one at its end."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    return ends


def _cuts_in(text: str, at: int) -> bool:
    """Whether a cut at this offset falls inside a sentence."""
    before, after = text[:at].rstrip(), text[at:].strip()
    return bool(before) and bool(after) and before.rstrip(_CLOSERS)[-1:] not in (*_ENDERS, "")
