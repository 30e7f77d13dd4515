"""The chain as a Whoosh analyzer, for any Whoosh schema: ``TEXT(analyzer=ArabicAnalyzer())``.

Gives positions and character offsets, so that phrases and Whoosh's own highlighter work with it. It pickles
its settings alone, so it can stand in a stored schema: by its dotted path, so a renamed or moved
``ArabicAnalyzer`` makes the indexes of its users unreadable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh.analysis import Composable, Token

from analyzers.analyzer import Analyzer
from analyzers.arabic import LEVELS, STEM

if TYPE_CHECKING:
    from collections.abc import Iterator


class ArabicAnalyzer(Composable):  # type: ignore[misc] # whoosh is untyped
    """Whoosh tokens of one level: ``exact``, ``folded``, ``root`` or ``stem`` (the default); no stop words.

    With ``removestops=False`` at call time, stop words come through as they are written, marked
    ``stopped``: folded, one would pass for a name. As Whoosh's own analyzers do, it yields one Token object
    again and again: read it before asking for the next.
    """

    is_morph = True

    def __init__(self, level: str = STEM) -> None:
        if level not in LEVELS:
            raise ValueError(f"there is no level {level!r}; the levels are {', '.join(LEVELS)}")
        self.level = level
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
        for found in self._analyzer.tokens(value):
            terms = getattr(found.forms, self.level)
            token.stopped = not terms
            if token.stopped and removestops:
                continue
            for term in terms or found.forms.exact:
                token.text = term
                token.boost = 1.0
                if keeporiginal:
                    token.original = found.surface
                if positions:
                    token.pos = start_pos + found.position
                if chars:
                    token.startchar = start_char + found.start
                    token.endchar = start_char + found.end
                yield token
