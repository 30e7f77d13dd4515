"""Terms that words of a text share, and the text cut at its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kashshaf.analyzers.arabic import LEVELS

if TYPE_CHECKING:
    from kashshaf.search_app.explain.shapes import Analysis, TokenView


@dataclass(frozen=True, slots=True)
class Card:
    """A distinct word of a text: its number, its first token, and its occurrences."""

    number: int
    token: TokenView
    times: int


@dataclass(frozen=True, slots=True)
class SharedTerm:
    """A term that ``cards`` have in common at ``level``; all of them share none at a level before."""

    level: str
    term: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text: a word with the number of its card, or text between words (0).

    ``empty``: the word has no stem.
    """

    text: str
    card: int
    empty: bool


def cards(found: Analysis) -> list[Card]:
    """The distinct words in the order of their first mention."""
    tokens: dict[tuple[str, bool], list[TokenView]] = {}
    for token in found["tokens"]:
        tokens.setdefault(_key(token), []).append(token)
    return [Card(number, same[0], len(same)) for number, same in enumerate(tokens.values(), start=1)]


def _key(token: TokenView) -> tuple[str, bool]:
    """The identity of a word: one word of a number stands there as a word and as a number."""
    return token["surface"], bool(token["levels"]["exact"])


def between(known: list[Card]) -> list[SharedTerm]:
    """The terms that words share, those of the earliest level first."""
    found: list[SharedTerm] = []
    for level in LEVELS:
        sharing: dict[str, list[Card]] = {}
        for card in known:
            for term in card.token["levels"][level]:
                sharing.setdefault(term, []).append(card)
        before = [{card.number for card in shared.cards} for shared in found]
        for term, those in sharing.items():
            if len(those) > 1 and not any({card.number for card in those} <= numbers for numbers in before):
                found.append(SharedTerm(level, term, tuple(those)))
    return found


def shared_with(card: Card, found: list[SharedTerm]) -> list[SharedTerm]:
    """The terms that a word shares with others."""
    return [shared for shared in found if card in shared.cards]


def pieces(found: Analysis, known: list[Card]) -> list[Piece]:
    """The whole text, cut at its words; a word within another (a number in words) is not shown again."""
    number = {_key(card.token): card.number for card in known}
    cut: list[Piece] = []
    end = 0
    for token in found["tokens"]:
        if token["start"] < end:
            continue
        cut.append(Piece(found["text"][end : token["start"]], 0, empty=False))
        cut.append(Piece(token["surface"], number[_key(token)], empty=not token["levels"]["stem"]))
        end = token["end"]
    return [piece for piece in [*cut, Piece(found["text"][end:], 0, empty=False)] if piece.text]
