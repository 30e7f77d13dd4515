"""Names (of sources, sections, authors, tags) as filters and facets go by them: folded, word by word."""

from __future__ import annotations

from functools import lru_cache

from kashshaf.analyzers.arabic import written
from kashshaf.analyzers.tokenize import words

REMEMBERED = 1 << 14
"""Names whose folded form is remembered: all that a large site has, since each commit asks for them again."""


@lru_cache(REMEMBERED)
def folded_name(name: str) -> str:
    """The name without what readers do not tell apart: hamza, marks, case, punctuation.

    A name without a letter or digit is left as it is. Linear in the name's length; never raises.
    """
    folded = (written(word.surface, word.kind)[1] for word in words(name))
    return " ".join(filter(None, folded)) or name
