"""Stem vectors of texts, as records have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.encoded_terms import TermEncoder
from kashshaf.analyzers.stem_vectors import vector_of

if TYPE_CHECKING:
    from kashshaf.analyzers.stem_vectors import StemVector

ANALYZER = Analyzer()
ENCODER = TermEncoder(ANALYZER)


def vector(text: str) -> StemVector:
    return vector_of([(line, ENCODER.read(line)) for line in text.split("\n")])
