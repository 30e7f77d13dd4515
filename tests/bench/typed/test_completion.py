"""The bench of completions: titles of an index, typed letter by letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.errors import NotHereError
from bench.typed.completion import main, offered, times, titles
from kashshaf.search_app.results.service import SearchService
from tests.kashshaf.site import BRIDGE, SCHOOL, Site

if TYPE_CHECKING:
    from pathlib import Path


def test_titles_are_typed_and_offered(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.build(BRIDGE, SCHOOL)
    drawn = titles(site.settings.index)
    assert sorted(drawn) == sorted([BRIDGE["title"], SCHOOL["title"]])
    service = SearchService(site.settings)
    assert offered(service, drawn, 4) == 1
    assert offered(service, ["لا شيء من هذا"], 4) == 0
    taken = times(service, drawn)
    assert len(taken) == sum(map(len, drawn))
    assert taken == sorted(taken)
    service.close()


def test_an_index_must_be_named() -> None:
    with pytest.raises(NotHereError, match="INDEX"):
        main([])
