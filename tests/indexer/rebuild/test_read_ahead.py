"""Pages read by other processes: the same outcomes, in the same order, whatever stands between them."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kashshaf.indexer.ingest.articles import outcomes
from kashshaf.indexer.ingest.files import files
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.profiles.library import ProfileLibrary
from kashshaf.indexer.rebuild import read_ahead
from kashshaf.indexer.rebuild.read_ahead import ReadPages, read
from kashshaf.indexer.rebuild.workers import Pool
from kashshaf.indexer.sources.outcome import Found, Refused
from tests.indexer.profiles.test_library import write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kashshaf.indexer.ingest.source_file import SourceFile
    from kashshaf.indexer.sources.outcome import Outcome


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(read_ahead, "FIRST", 3)
    monkeypatch.setattr(read_ahead, "TOGETHER", 2)
    monkeypatch.setattr(read_ahead, "LARGEST", 200_000)
    monkeypatch.setattr(read_ahead, "processes_for", lambda _: 2)
    made = write(tmp_path / "pages", "modern")
    (made / "page03b.jsonl").write_text('{"id": "j", "title": "من سجل"}\n{"title": ""}\n', encoding="utf-8")
    (made / "page05b.html").write_text("<p>" + "حشو كثير " * 30_000, encoding="utf-8")
    (made / "page07b.html").write_bytes(b"")
    return made


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[Pool]:
    tasks = tmp_path / "tasks"
    tasks.mkdir()
    with Pool(tasks) as made:
        yield made


@pytest.mark.parametrize("learns", [True, False])
def test_pages_have_the_outcomes_that_they_have_one_by_one(folder: Path, pool: Pool, learns: bool) -> None:
    options = Options(None, UTC, profiles=ProfileLibrary() if learns else None)
    expected = [(file.key, [*outcomes(file, options)]) for file in files([folder], options)]
    found = [(file.key, [*some]) for file, some in read(files([folder], options), options, pool)]
    assert found == expected
    every = [outcome for _, some in found for outcome in some]
    assert {type(outcome) for outcome in every} == {Found, Refused}


def test_pages_that_vanish_are_refused_by_name(folder: Path, pool: Pool) -> None:
    options = Options(None, UTC)
    listed = [*files([folder], options)]
    gone = next(file for file in listed if file.name == "page05.html")
    Path(gone.key).unlink()
    (refused,) = {file.name: [*some] for file, some in read(listed, options, pool)}["page05.html"]
    assert isinstance(refused, Refused)
    assert refused.place == "page05.html"


def test_files_that_are_named_one_by_one_are_read_ahead_too(
    folder: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = Options(None, UTC)
    pages = sorted(folder.glob("page0[0-4].html"))
    by_others: list[int] = []
    call = ReadPages.__call__

    def noted(self: ReadPages, some: Sequence[SourceFile]) -> list[list[Outcome]]:
        by_others.append(len(some))
        return call(self, some)

    monkeypatch.setattr(ReadPages, "__call__", noted)
    monkeypatch.setattr(read_ahead, "processes_for", lambda _: 1)
    assert len([*read(files(pages, options), options, pool)]) == 5
    assert by_others == [2]
