"""The marks of a text: the words of a query that stand in it.

Offsets are code points of the text as written; whole words are marked, whatever form matched.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from html import escape
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.analyzer import NumberForms, NumberWordForms
from kashshaf.analyzers.arabic import FOLDED, STEM, Token
from kashshaf.analyzers.letters import WAW
from kashshaf.analyzers.lexicon import Readings
from kashshaf.analyzers.names import known
from kashshaf.analyzers.tokenize import words
from kashshaf.index.limits import deadline
from kashshaf.search_app.results.marks.pieces import Pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from kashshaf.analyzers.analyzer import Analyzer
    from kashshaf.analyzers.stem_vectors import StemVector
    from kashshaf.search_app.query.parsed_query import ParsedQuery, PhraseQuery

FEW = 8
"""Pieces that are looked for one by one: each takes a walk through the text, but a quick one."""
MOST_KNOWN = 20_000
"""Words of a document whose stem vector is taken over: far more than are looked at for a passage."""
LONGEST = 60_000
"""Characters of a line that are looked at; no line of an article has as many."""
NO_PIECES = frozenset[str]()
_PIECE = re.compile(r"\S+")


class Mark(NamedTuple):
    """A word to mark, or the words of a number, and which of the query's words it is."""

    start: int
    end: int
    word: int


class Marker:
    """Finds a query's words in texts."""

    def __init__(self, asked: ParsedQuery, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        tokens, phrases = asked.single_words(), asked.phrases()
        others = asked.every_synonym()
        synonyms = [(at, each) for at, token in enumerate(tokens) for each in others.get(token, ())]
        self._level = STEM if any(token.forms.stem for token in asked.tokens()) else FOLDED
        terms = [(at, getattr(token.forms, self._level)) for at, token in enumerate(tokens)]
        terms += [(at, each.phrase.tokens[0].forms.stem) for at, each in synonyms if each.is_word()]
        # Of a word that is two with no space between, either alone is another word.
        self._joined = [(at, each) for at, each in terms if len(each) > 1 and not isinstance(each, Readings)]
        apart = [(at, each) for at, each in terms if (at, each) not in self._joined]
        self._words = {term: at for at, each in reversed(apart) for term in each}
        self._quoted = [
            *enumerate(phrases, start=len(tokens)),
            *((at, each.phrase) for at, each in synonyms if not each.is_word()),
        ]
        # One of a single place is found in a piece by itself; a text is read as a whole for the others.
        self._rows = [each for _, each in self._quoted if any(len(way) > 1 for way in each.ways())]
        slots = ((each.level, slot) for _, each in self._quoted for way in each.ways() for slot in way)
        quoted = ((level, term) for level, slot in slots for term in slot)
        loose = ((self._level, term) for _, each in terms for term in each)
        self._pieces = Pieces(analyzer, {*quoted, *loose})
        self._marked: dict[str, list[Mark]] = {}
        self._read_pieces: dict[str, list[Mark]] = {}
        self._candidates: dict[str, AbstractSet[str]] = {}
        # Words of a number or a name, the words of a phrase and two that may be one have to be read together.
        joined = {stem for name in known().values() for stem in analyzer.lexicon.analysed(name).stems}
        self._one_by_one = not self._joined and not self._quoted
        self._spread = any(term[0].isdecimal() or term in joined for term in self._words)

    def knows(self, texts: Iterable[str], vector: StemVector) -> None:
        """Take over the stem vector of ``texts``, one after the other, for when a line of them is marked.

        A vector that does not fit them is no vector of theirs, and not used.
        """
        text = "\n".join(texts)
        if len(text) > LONGEST or not self._pieces.are_hashed():
            self._know_lines(text.split("\n"), vector)
        elif len(pieces := text.split()) == len(vector):
            self._look_at(text.split("\n"), text, self._pieces.candidates(pieces, vector))

    def _look_at(self, lines: Sequence[str], text: str, candidates: AbstractSet[str]) -> None:
        """Look closer at the candidates of a text: mark its lines, unless words may count together."""
        pieces = self._pieces.among(candidates)
        numbers = self._numbers(candidates) if self._spread else set[str]()
        if self._have_words(numbers) or self._are_together(pieces):
            self._candidates |= dict.fromkeys(lines, pieces | numbers)
        else:
            self._candidates |= dict.fromkeys(lines, NO_PIECES)
            self._marked |= self._marked_lines(lines, text, pieces)

    def _marked_lines(
        self, lines: Sequence[str], text: str, pieces: AbstractSet[str]
    ) -> dict[str, list[Mark]]:
        """The lines of a text that have some of the pieces, with their marks."""
        found: dict[int, list[Mark]] = defaultdict(list)
        starts = [*accumulate((len(line) + 1 for line in lines), initial=0)]
        for start, piece in _places(pieces, text):
            at = bisect_right(starts, start) - 1
            found[at] += _moved(self._read_piece(piece), start - starts[at])
        return {lines[at]: marks for at, marks in found.items()}

    def _know_lines(self, lines: Iterable[str], vector: StemVector) -> None:
        """The same of texts of any length, of a long one the beginning alone."""
        found: dict[str, set[str]] = {}
        at = 0
        for line in lines:
            pieces = line[:LONGEST].split()
            start, at = at, at + len(pieces)
            found[line[:LONGEST]] = self._pieces.candidates(pieces, vector[start:at])
            if at > MOST_KNOWN or len(line) > LONGEST:
                self._candidates |= found  # of the beginning alone
                return
        if at == len(vector):
            self._candidates |= found

    def marks(self, text: str) -> list[Mark]:
        """The words of ``text`` to mark, in order; remembered, since several parts of a page ask for them.

        None after the deadline: a page without marks is better than none.
        """
        known = self._marked.get(text)
        if known is not None:
            return known
        there = self._candidates.get(text)
        candidates = there and {piece for piece in there if piece in text}
        if (there is not None and not candidates) or deadline.is_over():
            return []
        found = self._marked[text] = self._marks(text, candidates)
        return found

    def _marks(self, text: str, candidates: AbstractSet[str] | None) -> list[Mark]:
        """The marks of a text whose pieces beside ``candidates``, if these are known, have none."""
        if self._spread and candidates is None:
            return self._read(text)
        pieces = self._pieces.among(set(text.split()) if candidates is None else candidates)
        numbers = self._numbers(candidates or ()) if self._spread else set[str]()
        if self._have_words(numbers):
            return self._read_runs(pieces | numbers, text)
        if pieces and self._are_together(pieces):
            return self._read_runs(pieces, text)
        return [
            mark for start, piece in _places(pieces, text) for mark in _moved(self._read_piece(piece), start)
        ]

    def _read_runs(self, pieces: AbstractSet[str], text: str) -> list[Mark]:
        """The marks of the stretches of a text that have but these pieces: words that count together do."""
        return [mark for start, run in self._runs(pieces, text) for mark in _moved(self._read(run), start)]

    def _runs(self, pieces: AbstractSet[str], text: str) -> Iterator[tuple[int, str]]:
        """The stretches of a text that have but these pieces, and such without a word, with their offsets."""
        start = end = -1
        for found in _PIECE.finditer(text):
            if found[0] in pieces:
                start, end = found.start() if start < 0 else start, found.end()
            elif start >= 0 and self._analyzer.piece(found[0]):
                yield start, text[start:end]
                start = -1
        if start >= 0:
            yield start, text[start:end]

    def _numbers(self, candidates: Iterable[str]) -> set[str]:
        """The pieces with a part of a number, or of a name of several words."""
        return {piece for piece in candidates if isinstance(self._analyzer.piece(piece), NumberForms)}

    def _have_words(self, numbers: Iterable[str]) -> bool:
        """Tell whether some of these is a word: digits alone count by themselves, whatever stands beside."""
        return any(isinstance(self._analyzer.piece(piece), NumberWordForms) for piece in numbers)

    def _are_together(self, pieces: AbstractSet[str]) -> bool:
        """Tell whether a text with these pieces may have what is marked only where it stands side by side."""
        if self._joined:
            there = self._terms_of(pieces, self._level)
            if any(there.issuperset(parts) for _, parts in self._joined):
                return True
        at_level = {level: self._terms_of(pieces, level) for level in {row.level for row in self._rows}}
        return any(_may_have(at_level[row.level], row) for row in self._rows)

    def _terms_of(self, pieces: AbstractSet[str], level: str) -> set[str]:
        terms = self._analyzer.terms(level)
        return {term for piece in pieces for term in terms[piece]}

    def _read_piece(self, piece: str) -> list[Mark]:
        """The words to mark of a piece of text without spaces; remembered, since a page has few of them."""
        known = self._read_pieces.get(piece)
        if known is None:
            known = self._read_pieces[piece] = (
                self._read_word(piece) if self._one_by_one else self._read(piece)
            )
        return known

    def _read_word(self, piece: str) -> list[Mark]:
        """The word to mark of a piece, or none, where nothing is marked that has several."""
        forms, places = self._analyzer.piece(piece), [*words(piece)]
        if not len(forms) == len(places) == 1 or isinstance(forms, NumberForms):
            return self._read(piece)
        terms = getattr(forms[0], self._level)
        found = next((self._words[term] for term in terms if term in self._words), None)
        return [] if found is None else [Mark(places[0].start, places[0].end, found)]

    def _read(self, text: str) -> list[Mark]:
        """The words to mark of a text that is read as a whole."""
        every = list(self._analyzer.tokens(text))
        tokens = [token for token in every if token.forms.exact]
        found = {(token.start, token.end): word for token in every if (word := self._word(token)) is not None}
        standing = {level: _Standing(tokens, level) for level in {quoted.level for _, quoted in self._quoted}}
        for word, quoted in self._quoted:
            places = standing[quoted.level].occurrences(quoted)
            found |= dict.fromkeys(((tokens[at].start, tokens[at].end) for at in places), word)
        for word, parts in self._joined:
            places = _together(parts, [getattr(token.forms, self._level) for token in tokens])
            found |= dict.fromkeys(((tokens[at].start, tokens[at].end) for at in places), word)
        return _outermost(Mark(start, end, word) for (start, end), word in found.items())

    def mark_up(self, text: str) -> str:
        """The whole text as HTML with its words marked, of a long one those at its beginning."""
        return render(text, self.marks(text[:LONGEST]), 0, len(text))

    def _word(self, token: Token) -> int | None:
        terms = getattr(token.forms, self._level)
        return next((self._words[term] for term in terms if term in self._words), None)


def _moved(marks: Iterable[Mark], start: int) -> list[Mark]:
    """The marks of a part of a text that begins at ``start``."""
    return [Mark(start + begin, start + end, word) for begin, end, word in marks]


def _places(pieces: AbstractSet[str], text: str) -> list[tuple[int, str]]:
    """The offsets of pieces in a text, with spaces around: few are looked for one by one, many at once."""
    if len(pieces) > FEW:
        return [(each.start(), each[0]) for each in _PIECE.finditer(text) if each[0] in pieces]
    found: list[tuple[int, str]] = []
    last = len(text)
    for piece in pieces:
        start = text.find(piece)
        while start >= 0:
            end = start + len(piece)
            if (not start or text[start - 1].isspace()) and (end == last or text[end].isspace()):
                found.append((start, piece))
            start = text.find(piece, end)
    return sorted(found)


def _outermost(marks: Iterable[Mark]) -> list[Mark]:
    """The marks in order; those of words within a number that is marked as a whole are left out."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda each: (each.start, -each.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _may_have(there: AbstractSet[str], quoted: PhraseQuery) -> bool:
    """Tell whether some terms have one for each place of a phrase."""
    return any(all(not there.isdisjoint(slot) for slot in way) for way in quoted.ways())


class _Standing:
    """The words of a line at a level, and where each stands: put together once for all phrases."""

    def __init__(self, tokens: Sequence[Token], level: str) -> None:
        self._forms = [getattr(token.forms, level) for token in tokens]
        self._starts: dict[str, list[int]] = defaultdict(list)
        for at, terms in enumerate(self._forms):
            for term in terms:
                self._starts[term].append(at)

    def occurrences(self, quoted: PhraseQuery) -> Iterator[int]:
        """The positions of words that stand in an occurrence of the phrase; within one line, as indexed.

        An "and" that is written apart is left out, as it is no word of its own where it is not.
        """
        for way in quoted.ways():
            for at in (at for term in way[0] for at in self._starts.get(term, ())):
                if self._stands(way, at):
                    yield from (here for here in range(at, at + len(way)) if self._forms[here] != (WAW,))

    def _stands(self, way: Sequence[tuple[str, ...]], at: int) -> bool:
        """Tell whether a way to write a phrase, whose first word stands at a position, goes on there."""
        forms = self._forms[at : at + len(way)]
        return len(forms) == len(way) and all(
            not set(form).isdisjoint(slot) for form, slot in zip(forms[1:], way[1:], strict=True)
        )


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
