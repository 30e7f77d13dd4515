"""The queries of stories: each is answered from an index, however many articles there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.index.storage.database import Database
from kashshaf.index.stories.stories import FIRST, Stories

if TYPE_CHECKING:
    from pathlib import Path


def test_the_first_of_a_story_is_found_without_reading_all_texts(tmp_path: Path) -> None:
    database = Database(tmp_path / "ledger.sqlite")
    Stories(database, lambda _: frozenset())
    plan = " ".join(str(row[-1]) for row in database.rows(f"EXPLAIN QUERY PLAN {FIRST}", "a story"))
    assert "USING INDEX texts_by_story" in plan
    database.close()
