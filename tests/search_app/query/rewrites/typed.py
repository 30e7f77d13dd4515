"""The golden cases of what people type (``tests/golden/typed.tsv``), and whether the library answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.search_app.query.rewrites.proposals import propose
from tests.conftest import ROOT

if TYPE_CHECKING:
    from kashshaf.search_app.query.rewrites.corpus_words import CorpusWords
    from kashshaf.search_app.query.rewrites.proposals import Count

SYNONYMS = ("dialect",)
"""Kinds that words of the same sense answer, not another reading of the letters."""


class Case(NamedTuple):
    """A typed text of a kind, and the texts of which one must be found first."""

    kind: str
    typed: str
    expected: tuple[str, ...]


def cases() -> list[Case]:
    """The rows of the file."""
    lines = (ROOT / "tests" / "golden" / "typed.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    return [Case(kind, typed, tuple(expected.split("|"))) for kind, typed, expected in rows]


def is_answered(case: Case, corpus: CorpusWords, count: Count) -> bool:
    """Tell whether the first rewrite, or without one the text as typed, has the stems of what is expected."""
    rewrites = propose(case.typed, corpus, count)
    found = _stems(rewrites[0].text if rewrites else case.typed)
    return any(_stems(text) == found for text in case.expected)


def _stems(text: str) -> list[str]:
    return [term for token in Analyzer().tokens(text) for term in token.forms.stem or token.forms.folded]
