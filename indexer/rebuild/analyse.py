"""Batches of the spool to the records that an engine stores: the second pass of a rebuild."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kashshaf.index.records import RecordBuilder
from kashshaf.index.store.generations import Generation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo
    from pathlib import Path

    from kashshaf.index.records import ArticleRecords
    from kashshaf.indexer.rebuild.spool import Batch

REMEMBERED = 1 << 16
"""Pieces of text in each half of a memo: 20 MB more for a process than half as many, an eighth less time."""


class BuildRecords:
    """Makes the records of the articles of a batch, by the lexicon of a generation; can be pickled.

    ``stories``: the stories of the articles that have one, by id.
    """

    def __init__(self, folder: Path, zone: tzinfo, stories: Mapping[str, str]) -> None:
        self._folder = folder
        self._zone = zone
        self._stories = stories

    def __call__(self, batch: Batch) -> list[ArticleRecords]:
        """The records of its articles, in their order."""
        story_of = self._stories.get
        return [self._recorder.record(article, story_of(article.id, "")) for article in batch.read()]

    @cached_property
    def _recorder(self) -> RecordBuilder:
        """The builder, made once in each process."""
        return RecordBuilder(Generation(self._folder).analyzer(remembered=REMEMBERED), self._zone)
