"""The server before its workers are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.analyzers.stemming.irregular import irregular
from kashshaf.index.settings import Settings, override
from kashshaf.search_app.serving.server import _preload
from tests.kashshaf.site import BRIDGE, Site

if TYPE_CHECKING:
    from pathlib import Path


def test_the_tables_of_the_analysis_are_loaded_for_all_workers(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.build(BRIDGE)
    irregular.cache_clear()
    _preload(site.settings)
    assert irregular.cache_info().currsize == 1


def test_an_index_that_is_missing_or_damaged_is_left_to_the_workers(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.build(BRIDGE)
    (site.store.current().folder / "lexicon.bin").write_bytes(b"")
    irregular.cache_clear()
    for index in (tmp_path / "none", site.settings.index):
        _preload(override(Settings(), index=index))
    assert irregular.cache_info().currsize == 0, "nothing of an index that cannot be read is kept"
