"""Stories: groups of near-duplicate articles, one text published again and again.

An article joins a story if it is like one member (``NEAR_DUPLICATE``) and like the first
(``LIKE_THE_FIRST``), so stories cannot drift far. Ids are opaque; a story of one article is ignored.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from kashshaf.index.stories.shingles import NEAR_DUPLICATE, band_hashes, jaccard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kashshaf.index.storage.database import Database

LIKE_THE_FIRST = 0.6
"""Least Jaccard similarity of an article with the first one of its story."""
COMPARED = 20
"""Most articles that one is compared with: those that share most band hashes with it."""
SHARING = 50
"""Most articles looked up for one band hash: where there are more, nearly all are one story."""
REMEMBERED = 500
"""Shingle sets cached while articles are compared, some 30 kB each."""

_TABLES = (
    """CREATE TABLE IF NOT EXISTS texts (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, story TEXT NOT NULL, sketch BLOB NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS texts_by_story ON texts (story) WHERE story <> ''",
    """CREATE TABLE IF NOT EXISTS bands (
    band INTEGER, number INTEGER, PRIMARY KEY (band, number)) WITHOUT ROWID""",
)
_FILL_BANDS = """
INSERT OR IGNORE INTO bands SELECT band, number FROM unsorted ORDER BY band, number
"""
_SHARING_A_BAND = """
SELECT DISTINCT number, id FROM bands JOIN texts USING (number)
WHERE band IN (SELECT band FROM bands GROUP BY band HAVING count(*) > 1) ORDER BY number
"""
FIRST = "SELECT id FROM texts WHERE story = ? AND story <> '' ORDER BY number LIMIT 1"
"""The second condition is the one of the index on stories, without which the whole table would be read."""
_COUNT = """
SELECT count(*) FROM (SELECT story FROM texts WHERE story <> '' GROUP BY story HAVING count(*) > 1)
"""


class Stories:
    """The stories of one generation. Changes last when its database commits.

    ``shingles`` gives the shingle set of an article's text by its id.
    """

    def __init__(self, database: Database, shingles: Callable[[str], frozenset[str]]) -> None:
        database.declare(*_TABLES)
        self._run = database.run
        self._many = database.run_many
        self._shingles = lru_cache(REMEMBERED)(shingles)

    def clear(self) -> None:
        """Delete every article."""
        self._run("DELETE FROM texts")
        self._run("DELETE FROM bands")

    def note(self, sketches: Iterable[tuple[str, bytes]]) -> None:
        """Store the sketches of articles by id, replacing those with the same ids; see ``find``."""
        self._many("INSERT OR REPLACE INTO texts (id, story, sketch) VALUES (?, '', ?)", sketches)

    def find(self) -> Iterator[str]:
        """Assign all noted articles to stories; yields each article that was compared.

        SQLite sorts the band hashes, on disk where they are many: 200,000 articles took 13 s and 16 MB.
        """
        self._run("CREATE TEMP TABLE unsorted (band INTEGER, number INTEGER)")
        sketches = self._run("SELECT number, sketch FROM texts")
        bands = ((band, number) for number, sketch in sketches for band in band_hashes(sketch))
        self._many("INSERT INTO unsorted VALUES (?, ?)", bands)
        self._run(_FILL_BANDS)
        self._run("DROP TABLE unsorted")
        for number, article_id in self._run(_SHARING_A_BAND).fetchall():
            self._join(number, article_id)
            yield article_id

    def assign(self, article_id: str, sketch: bytes) -> set[str]:
        """Assign a new or changed article to a story; return the articles whose story changed by it."""
        self.forget([article_id])
        self.note([(article_id, sketch)])
        ((number,),) = self._run("SELECT number FROM texts WHERE id = ?", article_id)
        changed = self._join(number, article_id)
        self._many(
            "INSERT OR IGNORE INTO bands VALUES (?, ?)", ((band, number) for band in band_hashes(sketch))
        )
        return changed

    def forget(self, article_ids: Iterable[str]) -> None:
        """Delete articles that are no longer there."""
        for article_id in article_ids:
            for number, sketch in self._run("SELECT number, sketch FROM texts WHERE id = ?", article_id):
                bands = ((band, number) for band in band_hashes(sketch))
                self._many("DELETE FROM bands WHERE band = ? AND number = ?", bands)
            self._run("DELETE FROM texts WHERE id = ?", article_id)

    def story(self, article_id: str) -> str:
        """Return the story of an article; empty for none."""
        found = self._run("SELECT story FROM texts WHERE id = ?", article_id).fetchone()
        return str(found[0]) if found else ""

    def all(self) -> dict[str, str]:
        """Return the story of each article that has one, by article id."""
        return dict(self._run("SELECT id, story FROM texts WHERE story <> ''").fetchall())

    def count(self) -> int:
        """Return the number of stories of two articles and more."""
        ((found,),) = self._run(_COUNT)
        return int(found)

    def _join(self, number: int, article_id: str) -> set[str]:
        """Let an article join the story of an earlier one; return the articles whose story changed."""
        for other in self._candidates(number):
            if jaccard(self._shingles(article_id), self._shingles(other)) < NEAR_DUPLICATE:
                continue
            story = self.story(other)
            if not story:
                story = self._new_name(other)
                self._set_story(other, story)
                self._set_story(article_id, story)
                return {other, article_id}
            if jaccard(self._shingles(article_id), self._shingles(self._first(story))) >= LIKE_THE_FIRST:
                self._set_story(article_id, story)
                return {article_id}
        return set()

    def _candidates(self, number: int) -> list[str]:
        """Return the ids of earlier articles that share most band hashes with this one, best first."""
        ((sketch,),) = self._run("SELECT sketch FROM texts WHERE number = ?", number)
        found: Counter[int] = Counter()
        for band in band_hashes(sketch):
            select = "SELECT number FROM bands WHERE band = ? AND number < ? LIMIT ?"
            found.update(chain.from_iterable(self._run(select, band, number, SHARING)))
        best = (other for other, _ in found.most_common(COMPARED))
        return [self._run("SELECT id FROM texts WHERE number = ?", other).fetchone()[0] for other in best]

    def _first(self, story: str) -> str:
        return str(self._run(FIRST, story).fetchone()[0])

    def _set_story(self, article_id: str, story: str) -> None:
        self._run("UPDATE texts SET story = ? WHERE id = ?", story, article_id)

    def _new_name(self, article_id: str) -> str:
        """Make a name that no other story has, not even one whose first article had this id before."""
        ((sketch,),) = self._run("SELECT sketch FROM texts WHERE id = ?", article_id)
        return hashlib.blake2b(article_id.encode(errors="replace") + sketch, digest_size=8).hexdigest()
