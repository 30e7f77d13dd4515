"""The first index of a site that sends its articles: built of those that it sends first."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kashshaf.index.store.ledger import Ledger
from kashshaf.indexer.ingest.files import key_of
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.progress import silent
from kashshaf.indexer.rebuild.pipeline import rebuild
from kashshaf.indexer.sources.exports.lines import whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kashshaf.index.documents import Article
    from kashshaf.index.settings import Settings
    from kashshaf.index.store.generations import Generation


def build_first_index(settings: Settings, articles: Iterable[Article], moment: int) -> None:
    """Build an index of articles that the write API was given at a moment, in nanoseconds since 1970.

    Raises LockedError where another process is about it.
    """
    with tempfile.TemporaryDirectory(prefix="kashshaf-") as folder:
        file = Path(folder) / "first.jsonl"
        file.write_bytes(whole(article.to_dict() for article in articles))
        complete = partial(_forget_file, key_of(file), moment)
        rebuild(settings, [file], Options(None, ZoneInfo(settings.timezone)), silent, complete=complete)


def _forget_file(key: str, moment: int, generation: Generation) -> None:
    """Note that the API gave the articles, not a file that is about to go."""
    with Ledger(generation.folder) as ledger:
        for article_id in ledger.articles(key):
            ledger.note_written(article_id, moment)
        ledger.forget_file(key)
        ledger.commit()
