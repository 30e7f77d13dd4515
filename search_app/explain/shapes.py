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


MatchLevel = Literal["exact", "folded", "stem", "root", "synonym", "spelling"]
"""The level at which a form meets what was typed; ``spelling``: by ``كلمة~``; ``root``: by ``جذر:``."""


class FormFound(TypedDict):
    """A form as it stands in a document, the zones it was seen in, and its relation to the word in Arabic.

    ``relation`` is empty where the form is what was typed, letter by letter. ``times`` leaves comments out.
    """

    form: str
    level: MatchLevel
    zones: list[str]
    times: int
    relation: str


class WordFound(TypedDict):
    """A word or phrase of the query as typed, with the forms it was found in, those nearest to it first."""

    word: str
    forms: list[FormFound]


class ZoneScore(TypedDict):
    """The part of a score that a zone gives at a level; ``phrase`` is that of words side by side."""

    zone: str
    level: str
    score: float


class Explanation(TypedDict):
    """The reasons of a hit: the words of the query that were seen in it, and the parts of its score."""

    words: list[WordFound]
    scores: list[ZoneScore]
