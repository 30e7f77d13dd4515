"""Stories: articles that are one text, published again and again. Which article is of which, in the ledger.

An article joins the story of an article it is much like, and begins one with it where that has none. So a
story may drift, a little with every article; but all of it resembles its first one. The name of a story says
nothing; one of which a single article is left is no story.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from index.stories.shingles import ALIKE, likeness, numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from index.store.ledger import Ledger

RESEMBLING = 0.6
"""What an article shares at least with the first one of its story."""
COMPARED = 20
"""Articles that one is compared with at the most: those whose sketches have most in common with its own."""
SHARING = 50
"""Articles looked up that share a number of a sketch: where there are more, nearly all are one story."""
REMEMBERED = 500
"""Texts remembered while articles are compared, some 30 kB each."""

_FILL = """
INSERT OR IGNORE INTO bands SELECT band, number FROM unsorted ORDER BY band, number
"""
_ALIKE = """
SELECT DISTINCT number, id FROM bands JOIN texts USING (number)
WHERE band IN (SELECT band FROM bands GROUP BY band HAVING count(*) > 1) ORDER BY number
"""
_COUNT = """
SELECT count(*) FROM (SELECT story FROM texts WHERE story <> '' GROUP BY story HAVING count(*) > 1)
"""


class Stories:
    """The stories of one generation; ``rows`` gives those of an article's text. Lasts as the ledger does."""

    def __init__(self, ledger: Ledger, rows: Callable[[str], frozenset[str]]) -> None:
        self._run = ledger.run
        self._many = ledger.run_many
        self._rows = lru_cache(REMEMBERED)(rows)

    def clear(self) -> None:
        """Know of no article."""
        self._run("DELETE FROM texts")
        self._run("DELETE FROM bands")

    def note(self, sketches: Iterable[tuple[str, bytes]]) -> None:
        """Know of articles by id and sketch, in place of those with their ids; see ``find``."""
        self._many("INSERT OR REPLACE INTO texts (id, story, sketch) VALUES (?, '', ?)", sketches)

    def find(self) -> Iterator[str]:
        """Find the stories of all that were noted; yields each article that was compared.

        Numbers are sorted by SQLite, on disk where they are many: 200,000 articles took 13 s and 16 MB.
        """
        self._run("CREATE TEMP TABLE unsorted (band INTEGER, number INTEGER)")
        sketches = self._run("SELECT number, sketch FROM texts")
        bands = ((band, number) for number, sketch in sketches for band in numbers(sketch))
        self._many("INSERT INTO unsorted VALUES (?, ?)", bands)
        self._run(_FILL)
        self._run("DROP TABLE unsorted")
        for number, article_id in self._run(_ALIKE).fetchall():
            self._place(number, article_id)
            yield article_id

    def place(self, article_id: str, sketch: bytes) -> set[str]:
        """Find the story of a new or changed article; the articles whose story is another by that."""
        self.forget([article_id])
        self.note([(article_id, sketch)])
        ((number,),) = self._run("SELECT number FROM texts WHERE id = ?", article_id)
        changed = self._place(number, article_id)
        self._many("INSERT OR IGNORE INTO bands VALUES (?, ?)", ((band, number) for band in numbers(sketch)))
        return changed

    def forget(self, article_ids: Iterable[str]) -> None:
        """Articles that are no longer there."""
        for article_id in article_ids:
            for number, sketch in self._run("SELECT number, sketch FROM texts WHERE id = ?", article_id):
                bands = ((band, number) for band in numbers(sketch))
                self._many("DELETE FROM bands WHERE band = ? AND number = ?", bands)
            self._run("DELETE FROM texts WHERE id = ?", article_id)

    def story(self, article_id: str) -> str:
        """The story of an article; empty for none."""
        found = self._run("SELECT story FROM texts WHERE id = ?", article_id).fetchone()
        return str(found[0]) if found else ""

    def all(self) -> dict[str, str]:
        """The story of each article that has one."""
        return dict(self._run("SELECT id, story FROM texts WHERE story <> ''").fetchall())

    def count(self) -> int:
        """How many stories of two articles and more there are."""
        ((found,),) = self._run(_COUNT)
        return int(found)

    def _place(self, number: int, article_id: str) -> set[str]:
        """Have an article join the story of one that was there before; who has another story now."""
        for other in self._alike(number):
            if likeness(self._rows(article_id), self._rows(other)) < ALIKE:
                continue
            story = self.story(other)
            if not story:
                story = self._name(other)
                self._tell(other, story)
                self._tell(article_id, story)
                return {other, article_id}
            if likeness(self._rows(article_id), self._rows(self._first(story))) >= RESEMBLING:
                self._tell(article_id, story)
                return {article_id}
        return set()

    def _alike(self, number: int) -> list[str]:
        """The articles before this one whose sketches have most in common with its own, first the best."""
        ((sketch,),) = self._run("SELECT sketch FROM texts WHERE number = ?", number)
        found: Counter[int] = Counter()
        for band in numbers(sketch):
            select = "SELECT number FROM bands WHERE band = ? AND number < ? LIMIT ?"
            found.update(chain.from_iterable(self._run(select, band, number, SHARING)))
        best = (other for other, _ in found.most_common(COMPARED))
        return [self._run("SELECT id FROM texts WHERE number = ?", other).fetchone()[0] for other in best]

    def _first(self, story: str) -> str:
        select = "SELECT id FROM texts WHERE story = ? ORDER BY number LIMIT 1"
        return str(self._run(select, story).fetchone()[0])

    def _tell(self, article_id: str, story: str) -> None:
        self._run("UPDATE texts SET story = ? WHERE id = ?", story, article_id)

    def _name(self, article_id: str) -> str:
        """A name that no other story has, not even one whose first article had this id and another text."""
        ((sketch,),) = self._run("SELECT sketch FROM texts WHERE id = ?", article_id)
        return hashlib.blake2b(article_id.encode(errors="replace") + sketch, digest_size=8).hexdigest()
