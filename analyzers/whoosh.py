"""The chain as a Whoosh analyzer, for any Whoosh schema: ``TEXT(analyzer=ArabicAnalyzer())``.

Gives positions and character offsets, so that phrases and Whoosh's own highlighter work with it. It pickles
its settings alone, so it can stand in a stored schema: by the dotted path of its class, so neither this
module nor the class may ever be renamed or moved.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from whoosh.analysis import Composable, Token

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.arabic import EXACT, LEVELS, STEM, run
from kashshaf.analyzers.orthography.folding import fold_each_letter
from kashshaf.analyzers.orthography.normalize import (
    fold_case,
    strip_invisible,
    strip_marks,
    strip_tatweel,
    unify_letters,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

QUERY = "query"
"""The mode in which Whoosh's parser asks; with offsets, it asks for the words of a phrase."""


class _Word(NamedTuple):
    start: int
    end: int
    position: int
    terms: tuple[str, ...]
    stopped: bool


class ArabicAnalyzer(Composable):  # type: ignore[misc] # whoosh is untyped
    """Whoosh tokens of one level: ``exact``, ``folded``, ``root`` or ``stem`` (the default); no stop words.

    Positions count what is left without stop words, as those of Whoosh's own filter do, since a phrase of
    Whoosh knows no gaps. In a phrase that is asked for, a position has one term, in a text it has them all.

    Heeded at call time, as by Whoosh's own analyzers: ``removestops=False`` lets stop words through as they
    are written, marked ``stopped`` (folded, one would pass for a name); ``tokenize=False`` leaves the text in
    one piece and folds its letters alone, for wildcards; ``no_morph=True`` gives words as they are written,
    for spelling. It yields one Token object again and again: read it before asking for the next.
    """

    def __init__(self, level: str = STEM) -> None:
        if level not in LEVELS:
            raise ValueError(f"there is no level {level!r}; the levels are {', '.join(LEVELS)}")
        self.level = level
        self._analyzer = Analyzer()

    @property
    def is_morph(self) -> bool:
        """Whether terms are other than the words as written."""
        return self.level != EXACT

    def clean(self) -> None:
        """Forget the words seen."""
        self._analyzer = Analyzer()

    def __getstate__(self) -> dict[str, Any]:
        return {"level": self.level}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(**state)  # type: ignore[misc] # settings are all there is

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ArabicAnalyzer) and other.level == self.level

    def __hash__(self) -> int:
        return hash((type(self), self.level))

    def __repr__(self) -> str:
        return f"{type(self).__name__}(level={self.level!r})"

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        keeporiginal: bool = False,
        removestops: bool = True,
        start_pos: int = 0,
        start_char: int = 0,
        mode: str = "",
        **kwargs: object,
    ) -> Iterator[Any]:
        """Tokens of ``value`` as Whoosh takes them; ``pos``, ``startchar``, ``endchar`` where asked for."""
        token = Token(positions, chars, removestops=removestops, mode=mode, **kwargs)
        for word in self._asked(value, removestops, chars and mode == QUERY, kwargs):
            token.stopped = word.stopped
            for text in word.terms:
                token.text = text
                token.boost = 1.0
                if keeporiginal:
                    token.original = value[word.start : word.end]
                if positions:
                    token.pos = start_pos + word.position
                if chars:
                    token.startchar = start_char + word.start
                    token.endchar = start_char + word.end
                yield token

    def _asked(
        self, text: str, removestops: bool, phrase: bool, options: Mapping[str, object]
    ) -> Iterator[_Word]:
        """The words of a text as they are asked for; of a phrase each with one term."""
        if not options.get("tokenize", True):
            yield self._whole(text)
            return
        words = self._words(text, removestops, bool(options.get("no_morph")))
        if not phrase:
            yield from words
            return
        for _, (word, *_others) in groupby(words, key=attrgetter("position")):
            yield word._replace(terms=word.terms[:1])

    def _words(self, text: str, removestops: bool, no_morph: bool) -> Iterator[_Word]:
        """The words of a text with their terms; a number of several words joins its first one."""
        position = -1
        for found in self._analyzer.tokens(text):
            terms = getattr(found.forms, self.level)
            if terms and no_morph:
                terms = found.forms.exact
            if terms or (found.forms.exact and not removestops):
                position += bool(found.forms.exact)
                yield _Word(found.start, found.end, position, terms or found.forms.exact, not terms)

    def _whole(self, text: str) -> _Word:
        """A text that is no word: a pattern."""
        plain = run((strip_invisible, unify_letters, strip_marks, strip_tatweel, fold_case), text)
        return _Word(0, len(text), 0, (plain if self.level == EXACT else fold_each_letter(plain),), False)
