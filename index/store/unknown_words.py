"""Words of new articles that the frozen lexicon lacks; their number says when a rebuild would pay."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kashshaf.analyzers.arabic import FOLDED
from kashshaf.analyzers.letters import LETTERS
from kashshaf.index.records import slots
from kashshaf.index.schema import MATCHED, Field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kashshaf.analyzers.lexicon import Lexicon
    from kashshaf.index.records import Record
    from kashshaf.index.storage.database import Database

REMEMBERED = 1 << 16
"""Look-ups of words in the lexicon that are cached."""
MOST_WORDS = 200_000
"""Words kept, some 10 MB: beyond it those of one article alone are dropped."""
_COUNTED = re.compile(f"[{LETTERS}]{{3,}}")
"""Shorter words have no clitics and endings that a lexicon could prove."""
_FIELDS = tuple(Field(zone, FOLDED) for zone in MATCHED["articles"])

_TABLE = """
CREATE TABLE IF NOT EXISTS words (
    word TEXT PRIMARY KEY, article BLOB NOT NULL, again INTEGER NOT NULL) WITHOUT ROWID
"""
"""``article`` hashes the first article that had the word; ``again``: another has it too."""
_NOTE = """
INSERT INTO words VALUES (?, ?, 0)
ON CONFLICT (word) DO UPDATE SET again = 1 WHERE article <> excluded.article
"""
_DROP = """
DELETE FROM words WHERE NOT again
OR word >= (SELECT word FROM words WHERE again ORDER BY word LIMIT 1 OFFSET ?)
"""


class UnknownWords:
    """The table of unknown words of one generation. Changes last when its database commits."""

    def __init__(self, database: Database, lexicon: Lexicon) -> None:
        database.declare(_TABLE)
        self._database = database
        self._lacks = lru_cache(REMEMBERED)(lambda word: lexicon.forms(word) is None)

    def of(self, record: Record) -> set[str]:
        """Return the folded Arabic words of an article and its comments that the lexicon lacks.

        Words of fewer than three letters are left out.
        """
        found = {word for field in _FIELDS for slot in slots(record.terms[field]) for word in slot}
        return {word for word in found if _COUNTED.fullmatch(word) and self._lacks(word)}

    def note(self, article_id: str, words: Iterable[str]) -> None:
        """Count words of an article; the same article may be noted again."""
        article = hashlib.blake2b(article_id.encode(errors="replace"), digest_size=8).digest()
        self._database.run_many(_NOTE, ((word, article) for word in words))

    def count(self) -> int:
        """Return the number of words that two articles or more have: the others are mostly misspellings."""
        ((kept,),) = self._database.run("SELECT count(*) FROM words")
        if kept > MOST_WORDS:
            self._database.run(_DROP, MOST_WORDS)
        ((found,),) = self._database.run("SELECT count(*) FROM words WHERE again")
        return int(found)
