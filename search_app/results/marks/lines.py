"""Marks in the lines of a text, and a text with its marks as HTML."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

T = TypeVar("T")

FEW = 8
"""Pieces that are looked for one by one: each takes a walk through the text, but a quick one."""
_PIECE = re.compile(r"\S+")
_SPECIAL = re.compile("[&<>\"']")
"""What ``escape`` replaces."""


class Mark(NamedTuple):
    """A word to mark, or the words of a number, and which of the query's words it is."""

    start: int
    end: int
    word: int


def piece_at(text: str, at: int, starts: Sequence[int]) -> str:
    """The piece at a place of a text, whose pieces have these starts."""
    return text[starts[at] : starts[at + 1] if at + 1 < len(starts) else None].rstrip()


def by_line(found: Iterable[tuple[int, T]], lines: Sequence[str]) -> dict[str, list[tuple[int, T]]]:
    """What was found in lines that stand one after the other, by the line: where it is there, and what.

    ``found`` is in order of the places, which are those in all the lines.
    """
    grouped: dict[str, list[tuple[int, T]]] = {}
    ahead = iter(lines)
    start = end = -1
    inside: list[tuple[int, T]] = []
    for at, each in found:
        if at > end:
            while at > end:
                line, start = next(ahead), end + 1
                end = start + len(line)
            inside = grouped[line] = []
        inside.append((at - start, each))
    return grouped


def marks_by_line(
    found: Iterable[tuple[int, Iterable[tuple[int, int, int]]]], lines: Sequence[str]
) -> dict[str, list[Mark]]:
    """The marks of lines, of where pieces begin and the marks in each."""
    return {
        line: [Mark(at + start, at + end, word) for at, marks in inside for start, end, word in marks]
        for line, inside in by_line(found, lines).items()
    }


def moved(marks: Iterable[Mark], start: int) -> list[Mark]:
    """The marks of a part of a text that begins at ``start``."""
    return [Mark(start + begin, start + end, word) for begin, end, word in marks]


def offsets_of(pieces: AbstractSet[str], text: str) -> list[tuple[int, str]]:
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


def outermost(marks: Iterable[Mark]) -> list[Mark]:
    """The marks in order; those of words within a number that is marked as a whole are left out."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda each: (each.start, -each.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def render(text: str, marks: Iterable[Mark], start: int, end: int) -> str:
    """``text[start:end]`` as HTML: escaped, marks in ``<mark>``."""
    escaped = escape if _SPECIAL.search(text, start, end) else str
    parts: list[str] = []
    for mark in marks:
        if start <= mark.start and mark.end <= end:
            before, word = text[start : mark.start], text[mark.start : mark.end]
            parts += (escaped(before), "<mark>", escaped(word), "</mark>")
            start = mark.end
    parts.append(escaped(text[start:end]))
    return "".join(parts)
