"""The marks of a text: the words of a query that stand in it.

Offsets are code points of the text as written; whole words are marked, whatever form matched.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from kashshaf.analyzers.analyzer import NumberForms, NumberWordForms
from kashshaf.analyzers.arabic import FOLDED, STEM, Token
from kashshaf.analyzers.letters import WAW
from kashshaf.analyzers.lexicon import Readings
from kashshaf.analyzers.tokenize import words
from kashshaf.index.limits import deadline
from kashshaf.search_app.results.marks.by_hash import ByHash, only_word
from kashshaf.search_app.results.marks.lines import (
    Mark,
    by_line,
    marks_by_line,
    moved,
    offsets_of,
    outermost,
    piece_at,
    render,
)
from kashshaf.search_app.results.marks.pieces import Pieces
from kashshaf.search_app.results.marks.standing import Quoted, Standing, lone, may_have, together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from kashshaf.analyzers.analyzer import Analyzer
    from kashshaf.analyzers.stem_vectors import StemVector
    from kashshaf.search_app.query.parsed_query import ParsedQuery

MOST_KNOWN = 20_000
"""Words of a document whose stem vector is taken over: far more than are looked at for a passage."""
LONGEST = 60_000
"""Characters of a line that are looked at; no line of an article has as many."""
NO_PIECES = frozenset[str]()
_PIECE = re.compile(r"\S+")


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
        quoted = [
            *(Quoted(at, each.level, each.ways()) for at, each in enumerate(phrases, start=len(tokens))),
            *(
                Quoted(at, each.phrase.level, each.phrase.ways())
                for at, each in synonyms
                if not each.is_word()
            ),
        ]
        # One of a single place is found in a piece by itself; a text is read as a whole for the others.
        self._lone = lone(quoted)
        self._rows = [rows for each in quoted if (rows := each.rows()).ways]
        slots = ((each.level, slot) for each in quoted for way in each.ways for slot in way)
        in_quotes = ((level, term) for level, slot in slots for term in slot)
        loose = ((self._level, term) for _, each in terms for term in each)
        # Words of a number or a name, the words of a phrase and two that may be one have to be read together.
        self._one_by_one = not self._joined and not quoted
        self._spread = any(term[0].isdecimal() or term in analyzer.name_stems for term in self._words)
        self._pieces = Pieces(analyzer, {*in_quotes, *loose}, numbers=self._spread)
        stems = self._words if self._level == STEM else {}
        self._by_hash = ByHash(stems, quoted, self._joined, analyzer)
        self._marked: dict[str, list[Mark]] = {}
        self._read_pieces: dict[str, list[Mark]] = {}
        self._read_runs_known: dict[str, list[Mark]] = {}
        self._candidates: dict[str, AbstractSet[str]] = {}

    def knows(self, texts: Iterable[str], vector: StemVector) -> None:
        """Take over the stem vector of ``texts``, one after the other, for when a line of them is marked.

        A vector that does not fit them is no vector of theirs, and not used.
        """
        text = "\n".join(texts)
        starts = vector.starts(text)
        if starts is None:
            return
        there = self._pieces.places(vector, text, starts)
        if len(text) > LONGEST or not self._pieces.are_hashed():
            self._know_lines(text.split("\n"), vector, [at for at, _ in there])
        else:
            self._look_at(text, there, starts)

    def _look_at(self, text: str, there: Sequence[tuple[int, int]], starts: list[int]) -> None:
        """Mark the lines of a text by the hashes of its pieces, unless words of it may count together."""
        lines = text.split("\n")
        self._candidates |= dict.fromkeys(lines, NO_PIECES)
        if not self._spread and not self._by_hash.may_be_together(there):
            self._marked |= marks_by_line(self._marks_there(text, there, starts), lines)
            return
        places = [(starts[at], piece_at(text, at, starts)) for at in sorted({at for at, _ in there})]
        candidates = {piece for _, piece in places}
        pieces = self._pieces.among(candidates)
        numbers = self._numbers(candidates) if self._spread else set[str]()
        if self._have_words(numbers) or self._are_together(pieces):
            wanted = pieces | numbers
            found_in = by_line(((at, piece) for at, piece in places if piece in wanted), lines)
            self._candidates |= {line: {piece for _, piece in inside} for line, inside in found_in.items()}
        else:
            found = ((at, self._read_piece(piece)) for at, piece in places if piece in pieces)
            self._marked |= marks_by_line(found, lines)

    def _marks_there(
        self, text: str, there: Sequence[tuple[int, int]], starts: list[int]
    ) -> Iterator[tuple[int, Iterable[tuple[int, int, int]]]]:
        """The pieces at some places, by their starts, and the marks in each of them.

        A word that its hash tells is not analysed again.
        """
        words = self._by_hash.words
        last = -1
        for at, each in there:
            if at == last:
                continue
            last, piece = at, piece_at(text, at, starts)
            word = words.get(each)
            if word is not None and (place := only_word(piece)):
                yield starts[at], ((*place, word),)
            else:
                yield starts[at], self._read_piece(piece)

    def _know_lines(self, lines: Iterable[str], vector: StemVector, there: Iterable[int]) -> None:
        """The same of texts of any length, of a long one the beginning alone."""
        found: dict[str, set[str]] = {}
        places = sorted(there)
        at = 0
        for line in lines:
            pieces = line[:LONGEST].split()
            start, at = at, at + len(pieces)
            inside = places[bisect_left(places, start) : bisect_left(places, at)]
            found[line[:LONGEST]] = {pieces[place - start] for place in inside}
            if at > MOST_KNOWN or len(line) > LONGEST:
                self._candidates |= found  # of the beginning alone
                return
        if at == len(vector.hashes):
            self._candidates |= found

    def marks(self, text: str) -> list[Mark]:
        """The words of ``text`` to mark, in order; remembered, since several parts of a page ask for them.

        None after the deadline: a page without marks is better than none.
        """
        known = self._marked.get(text)
        if known is not None:
            return known
        candidates = self._candidates.get(text)
        if (candidates is not None and not candidates) or deadline.is_over():
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
            mark
            for start, piece in offsets_of(pieces, text)
            for mark in moved(self._read_piece(piece), start)
        ]

    def _read_runs(self, pieces: AbstractSet[str], text: str) -> list[Mark]:
        """The marks of the stretches of a text that have but these pieces: words that count together do."""
        return [mark for start, run in self._runs(pieces, text) for mark in moved(self._read_run(run), start)]

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
        return any(may_have(at_level[row.level], row) for row in self._rows)

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

    def _read_run(self, run: str) -> list[Mark]:
        """The words to mark of pieces side by side; remembered, since most stand alone, and often."""
        known = self._read_runs_known.get(run)
        if known is None:
            known = self._read_runs_known[run] = self._read(run)
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
        for level, alone in self._lone.items():
            for token in tokens:
                for term in getattr(token.forms, level):
                    if term in alone and term != WAW:
                        found[token.start, token.end] = alone[term]
        standing = {level: Standing(tokens, level) for level in {each.level for each in self._rows}}
        for each in self._rows:
            places = standing[each.level].occurrences(each)
            found |= dict.fromkeys(((tokens[at].start, tokens[at].end) for at in places), each.word)
        for word, parts in self._joined:
            places = together(parts, [getattr(token.forms, self._level) for token in tokens])
            found |= dict.fromkeys(((tokens[at].start, tokens[at].end) for at in places), word)
        return outermost(Mark(start, end, word) for (start, end), word in found.items())

    def mark_up(self, text: str) -> str:
        """The whole text as HTML with its words marked, of a long one those at its beginning."""
        return render(text, self.marks(text[:LONGEST]), 0, len(text))

    def _word(self, token: Token) -> int | None:
        terms = getattr(token.forms, self._level)
        return next((self._words[term] for term in terms if term in self._words), None)
