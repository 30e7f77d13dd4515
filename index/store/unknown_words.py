"""The words of new articles that the frozen lexicon lacks: they say when a rebuild would pay."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from analyzers.arabic import FOLDED
from analyzers.letters import LETTERS
from index.records import slots
from index.schema import MATCHED, Field

if TYPE_CHECKING:
    from analyzers.lexicon import Lexicon
    from index.records import Record

REMEMBERED = 1 << 16
"""Words of which it is remembered whether the lexicon has them."""
_COUNTED = re.compile(f"[{LETTERS}]{{3,}}")
"""Shorter words have no clitics and endings that a lexicon could prove."""
_FIELDS = tuple(Field(zone, FOLDED) for zone in MATCHED["articles"])


class Unknown:
    """Tells which words a lexicon lacks."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lacks = lru_cache(REMEMBERED)(lambda word: lexicon.forms(word) is None)

    def words(self, record: Record) -> set[str]:
        """The distinct folded Arabic words of an article and its comments, of three letters and more."""
        found = {word for field in _FIELDS for slot in slots(record.terms[field]) for word in slot}
        return {word for word in found if _COUNTED.fullmatch(word) and self._lacks(word)}
