"""Shapes of an explanation, for the command and the page."""

from __future__ import annotations

from typing import Literal, TypedDict


class Attested(TypedDict):
    """A folded word that a rule looked up; ``times`` 0: it is attested nowhere."""

    word: str
    times: int


class RuleApplied(TypedDict):
    """The effect of a rule on the way to ``level``; ``after`` is empty where a stop word loses its stem."""

    level: str
    rule: str
    says: str
    before: str
    after: str
    evidence: list[Attested]


class TokenView(TypedDict):
    """A word of a text: ``text[start:end] == surface`` in code points; ``attested`` None where not Arabic."""

    surface: str
    start: int
    end: int
    position: int
    attested: int | None
    levels: dict[str, list[str]]
    rules: list[RuleApplied]


class LexiconView(TypedDict):
    """The source of the counts: the index, or the shipped ``base`` list alone, with its number of words."""

    source: Literal["index", "base"]
    generation: str | None
    words: int


class Analysis(TypedDict):
    """The analysis of a text, token by token."""

    text: str
    tokens: list[TokenView]
    lexicon: LexiconView
