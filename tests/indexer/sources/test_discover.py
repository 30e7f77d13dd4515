"""A folder is walked in order, without leaving it; what is no document is counted, not read."""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.errors import SourceError
from kashshaf.indexer.ingest.files import files
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.report import Report
from kashshaf.indexer.sources.discover import LEADING_OUT, PAGE_PARTS, READ_BEFORE, STANDARD_INPUT, discover

if TYPE_CHECKING:
    from pathlib import Path


def made(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")
    return root


def walked(root: Path) -> tuple[list[str], dict[str, int]]:
    passed_over: Counter[str] = Counter()
    return [path.relative_to(root).as_posix() for path in discover(root, passed_over)], passed_over


def test_in_order_without_leaving_it(tmp_path: Path) -> None:
    root = made(tmp_path / "root", "b/2.txt", "a.txt", ".hidden/x", ".x")
    outside = made(tmp_path / "outside", "x.txt")
    (root / "b" / "loop").symlink_to(root)
    (root / "c").symlink_to(outside)
    (root / "d.txt").symlink_to(outside / "x.txt")
    (root / "e").symlink_to(root / "e")
    assert walked(root) == (["a.txt", "b/2.txt"], {LEADING_OUT: 3, READ_BEFORE: 1})


READ = ["a.jsonl", "a.NDJSON.gz", "page", "page.gz", "news.asp?id=10", "2016.05.24", "خبر رقم 3. نص"]
PASSED_OVER = {
    "a.PNG": ".png files",
    "b.tar.gz": ".tar.gz files",
    "c.mp3": ".mp3 files",
    "d.asp": ".asp files",
}


@pytest.mark.parametrize("name", READ)
def test_documents_are_read(name: str, tmp_path: Path) -> None:
    assert walked(made(tmp_path, name)) == ([name], {})


@pytest.mark.parametrize(("name", "kind"), PASSED_OVER.items(), ids=PASSED_OVER)
def test_others_are_counted(name: str, kind: str, tmp_path: Path) -> None:
    assert walked(made(tmp_path, f"x{name}", f"y{name}")) == ([], {kind: 2})


def test_the_parts_of_a_saved_page_are_passed_over(tmp_path: Path) -> None:
    made(tmp_path, "a.html", "a_files/frame.html", "b.htm", "b.files/frame.html", "c_files/d.html")
    assert walked(tmp_path) == (["a.html", "b.htm", "c_files/d.html"], {PAGE_PARTS: 2})


def test_a_file_that_is_named_is_given_whatever_it_is_called(tmp_path: Path) -> None:
    (path,) = [made(tmp_path, "x.png") / "x.png"]
    assert list(discover(path)) == [path]
    assert list(discover(STANDARD_INPUT)) == [STANDARD_INPUT]


def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(os, "scandir", fail)
    with pytest.raises(SourceError, match=r"cannot be read: Permission denied"):
        list(discover(tmp_path))


def test_what_was_passed_over_is_in_the_report(tmp_path: Path) -> None:
    made(tmp_path, "a.txt", "b.png", "c.png")
    report = Report()
    found = list(files([tmp_path], Options(None, UTC), report=report))
    assert [file.name for file in found] == ["a.txt"]
    assert len(report.mended) == 1
    assert report.mended[0]["source"] == str(tmp_path)
    assert "2 .png files" in report.mended[0]["what"]
