"""Boilerplate of papers, cut off a text: lists of more to read, and the agency that it came from.

The word lists lie in ``data``; they are compared folded, so hamzas and marks do not matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.data import load_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Words = tuple[str, ...]

DATA = "kashshaf.index.stories.data"
DATELINE = 6
"""First words of a text in which an agency ends a dateline: «الرياض (واس) -»."""
SIGNATURE = 5
"""Last words of a text in which an agency is a signature."""
CREDIT = 6
"""Most words of a line that says where a text came from."""
LINK = 25
"""Most words of a line that names something more to read: a title."""
TAIL = 3
"""A beginning starts a list where the rest is at most one part in so many of the words before it."""


class Boilerplate(NamedTuple):
    """The folded word lists, by the first word of each entry."""

    more: dict[str, list[Words]]
    origins: dict[str, list[Words]]
    agencies: dict[str, list[Words]]

    def without(self, lines: Iterable[Words], short: int) -> list[str]:
        """Return the words of a text, given line by line, without boilerplate.

        Where fewer than ``short`` words would be left, agencies stay: in a flash they are part of the news.
        """
        kept: list[str] = []
        lines = [line for line in lines if line and not self._is_credit(line)]
        for line in self._before_the_list(lines):
            if len(line) > LINK or not _begins(self.more, line):
                kept += line
        news = self._unsigned(self._undated(kept))
        return news if len(news) >= short else kept

    def _is_credit(self, line: Words) -> bool:
        return len(line) <= CREDIT and bool(_begins(self.origins, line))

    def _before_the_list(self, lines: Sequence[Words]) -> list[Words]:
        """Return the lines up to a list of more to read, which may begin within a line."""
        left = sum(map(len, lines))
        before = 0
        for number, line in enumerate(lines):
            for at, word in enumerate(() if self.more.keys().isdisjoint(line) else line):
                rest = left - before - at
                if word in self.more and rest * TAIL <= before + at and _begins(self.more, line[at:]):
                    return [*lines[:number], line[:at]]
            before += len(line)
        return [*lines]

    def _undated(self, words: list[str]) -> list[str]:
        for at in range(min(DATELINE, len(words)) - 1, -1, -1):
            if length := _begins(self.agencies, words[at:DATELINE]):
                return words[at + length :]
        return words

    def _unsigned(self, words: list[str]) -> list[str]:
        edge = max(0, len(words) - SIGNATURE)
        for at in range(edge, len(words)):
            length = _begins(self.agencies, words[at:])
            if length and at + length == len(words):
                return words[:at]
        return words


def _begins(table: dict[str, list[Words]], words: Sequence[str]) -> int:
    """Count the words of the longest entry that ``words`` begin with; 0 for none."""
    entries = table.get(words[0], ()) if words else ()
    return max((len(entry) for entry in entries if tuple(words[: len(entry)]) == entry), default=0)


def boilerplate(fold: Callable[[str], Iterable[str]]) -> Boilerplate:
    """Load the word lists, with words as ``fold`` makes them."""

    def folded(name: str) -> dict[str, list[Words]]:
        table: dict[str, list[Words]] = {}
        for words in (tuple(fold(entry)) for entry in load_words(name, DATA)):
            table.setdefault(words[0], []).append(words)
        return table

    return Boilerplate(folded("more.txt"), folded("origins.txt"), folded("agencies.txt"))
