"""Batches of the spool to the records that an engine stores: the second pass of a rebuild."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from kashshaf.analyzers.columns.bulk import BulkEncoder
from kashshaf.index.records import Lines, RecordBuilder, lines_of
from kashshaf.index.store.generations import Generation
from kashshaf.indexer.rebuild.freeze import load

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo
    from pathlib import Path

    from kashshaf.index.records import ArticleRecords
    from kashshaf.indexer.rebuild.spool import Batch

REMEMBERED = 1 << 12
"""Pieces of text in each half of a memo: most are in the table of finished terms."""


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
        articles = [*batch.read()]
        known = Lines(self._recorder.encoder)
        known.update(self._bulk.read(dict.fromkeys(chain.from_iterable(map(lines_of, articles)))))
        return [self._recorder.record(article, story_of(article.id, ""), known) for article in articles]

    @cached_property
    def _recorder(self) -> RecordBuilder:
        """The builder, made once in each process."""
        return RecordBuilder(Generation(self._folder).analyzer(remembered=REMEMBERED), self._zone)

    @cached_property
    def _bulk(self) -> BulkEncoder:
        """The reader of lines, made once in each process."""
        return BulkEncoder(load(self._folder), self._recorder.encoder)
