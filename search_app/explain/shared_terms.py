"""Which words of a text meet, and at which level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzers.arabic import LEVELS

if TYPE_CHECKING:
    from search_app.explain.shapes import Analysis, TokenView


@dataclass(frozen=True, slots=True)
class Card:
    """A distinct word of a text, told once: its first token, its number, and how often it stands there."""

    number: int
    token: TokenView
    times: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """Cards that have a term in common at ``level``, and at no level before all of them."""

    level: str
    term: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text: a word with the number of its card, or what stands between words (0)."""

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
    """What tells words apart: one word of a number stands there as a word and as a number."""
    return token["surface"], bool(token["levels"]["exact"])


def meetings(known: list[Card]) -> list[Meeting]:
    """Which of the words meet, the closest first."""
    found: list[Meeting] = []
    for level in LEVELS:
        sharing: dict[str, list[Card]] = {}
        for card in known:
            for term in card.token["levels"][level]:
                sharing.setdefault(term, []).append(card)
        met = [{card.number for card in meeting.cards} for meeting in found]
        for term, those in sharing.items():
            if len(those) > 1 and not any({card.number for card in those} <= before for before in met):
                found.append(Meeting(level, term, tuple(those)))
    return found


def shared_with(card: Card, found: list[Meeting]) -> list[Meeting]:
    """The meetings that a word takes part in."""
    return [meeting for meeting in found if card in meeting.cards]


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
