"""The shapes of an explanation, as the API and the page have them."""

from __future__ import annotations

from typing import Literal, TypedDict


class Attested(TypedDict):
    """A folded word that a rule asked for; ``times`` 0: it is attested nowhere."""

    word: str
    times: int


class RuleApplied(TypedDict):
    """What a rule did on the way to ``level``; ``after`` is empty where a stop word loses its stem."""

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
    """Where the counts come from: the index, or the shipped ``base`` list alone; ``words`` it counts."""

    source: Literal["index", "base"]
    generation: str | None
    words: int


class Analysis(TypedDict):
    """How a text is understood."""

    text: str
    tokens: list[TokenView]
    lexicon: LexiconView
