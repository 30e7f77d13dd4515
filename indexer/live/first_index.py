"""The first index of a site that sends its articles: built of those that it sends first."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kashshaf.index.store.generations import Store
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


def build_first_index(settings: Settings, articles: Iterable[Article], moment: int) -> None:
    """Build an index of articles that the write API was given at a moment, in nanoseconds since 1970.

    Raises LockedError where another process is about it.
    """
    with tempfile.TemporaryDirectory(prefix="kashshaf-") as folder:
        file = Path(folder) / "first.jsonl"
        file.write_bytes(whole(article.to_dict() for article in articles))
        rebuild(settings, [file], Options(None, ZoneInfo(settings.timezone)), silent)
        _forget_file(Store(settings.index), key_of(file), moment)


def _forget_file(store: Store, key: str, moment: int) -> None:
    """Note that the API gave the articles, not a file that is about to go."""
    with store.serving_lock("serve"), Ledger(store.current().folder) as ledger:
        for article_id in ledger.articles(key):
            ledger.note_written(article_id, moment)
        ledger.forget_file(key)
        ledger.commit()
