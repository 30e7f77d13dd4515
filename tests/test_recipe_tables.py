"""The recipes of a source format and of a filter: a row added to their tables works from end to end."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import orjson

from kashshaf.index.documents import Article
from kashshaf.indexer.sources import formats
from kashshaf.indexer.sources.outcome import Found
from tests.conftest import ROOT
from tests.kashshaf.site import BRIDGE, SCHOOL, Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    import pytest

    from kashshaf.indexer.sources.reading import Reading

TOY = formats.Format("toy", reader="toy", suffixes=(".toy",), is_sure=True)


def read(stream: BinaryIO, reading: Reading, place: str) -> Iterator[Found]:
    """An article whose title is the whole file."""
    del reading
    yield Found(Article(title=stream.read().decode().strip()), place)


def test_a_format_is_read_by_its_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(formats.SUFFIXES, ".toy", TOY)
    monkeypatch.setitem(sys.modules, "kashshaf.indexer.sources.toy", SimpleNamespace(read=read))
    site = Site(tmp_path)
    site.sources.mkdir(exist_ok=True)
    (site.sources / "a.toy").write_text("افتتاح الملعب الجديد", encoding="utf-8")
    report = site.reindex(site.sources)
    assert (report.read, report.refused) == (1, [])
    assert len(site.found("الملعب")) == 1


WITH_A_FILTER = """
import sys
from kashshaf.search_app.query import filters
filters.FILTERS += (filters.Filter("desk", "only from this desk", "المكتب", "section", repeats=True),)
from kashshaf.cli import main
main()
"""


def test_a_filter_is_offered_by_its_row(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.build({**BRIDGE, "section": "محليات"}, {**SCHOOL, "section": "تعليم"})
    words = ["--index", str(site.settings.index), "search", "--desk", "تعليم", "--json"]
    ran = subprocess.run(
        [sys.executable, "-c", WITH_A_FILTER, *words], cwd=ROOT, capture_output=True, check=True
    )
    assert [hit["id"] for hit in orjson.loads(ran.stdout)["hits"]] == ["school"]
