"""Commands on indexes that are read-only, damaged, or of another analyzer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.index.store.generations import LEXICON
from tests.kashshaf.command import called, kashshaf, one_line, without_rights
from tests.kashshaf.site import BRIDGE, HARVEST, Site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Capture = pytest.CaptureFixture[str]


def test_an_index_of_another_analyzer(tmp_path: Path) -> None:
    other = Site(tmp_path)
    other.build(BRIDGE)
    other.edit_json("manifest.json", fingerprint="0")
    for words in (
        ["status"],
        ["search", "الجسر"],
        ["analyze", "الجسر"],
        ["index", str(other.sources)],
        ["verify"],
        ["remove", "bridge"],
    ):
        ran = kashshaf(*words, index=other.settings.index)
        assert ran.status == 1, words
        assert one_line(ran.err.splitlines(keepends=True)[-1])
        assert "kashshaf reindex" in ran.err


def test_a_first_index_that_cannot_be_built_leaves_no_folder(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "empty.jsonl").write_text("{}\n")
    for words in (["reindex"], ["reindex", str(tmp_path / "empty.jsonl")], ["remove", "a"], ["rollback"]):
        ran = called(capsys, *words, index=tmp_path / "var" / "index")
        assert ran.status == 1, words
        assert [each.name for each in tmp_path.iterdir()] == ["empty.jsonl"], words


def make_read_only(folder: Path, *, read_only: bool = True) -> None:
    for each in [folder, *folder.rglob("*")]:
        each.chmod((0o555 if each.is_dir() else 0o444) if read_only else 0o755)


def test_a_read_only_index(tmp_path: Path) -> None:
    other = Site(tmp_path)
    other.build(BRIDGE)
    prefix = without_rights()
    make_read_only(other.settings.index)
    index = other.settings.index
    try:
        for words in (["status"], ["verify"], ["search", "الجسر"], ["analyze", "الجسر"]):
            assert kashshaf(*words, index=index, prefix=prefix).status == 0, words
        for words in (
            ["index", "sources"],
            ["reindex", "sources"],
            ["reindex"],
            ["remove", "bridge"],
            ["rollback"],
        ):
            ran = kashshaf(*words, index=index, prefix=prefix)
            assert (ran.status, ran.out) == (1, ""), words
            assert "cannot write" in ran.err
        inside = kashshaf("reindex", "sources", index=index / "sub", prefix=prefix, cwd=tmp_path)
        assert inside.status == 1
    finally:
        make_read_only(index, read_only=False)
    assert other.found() == {"bridge"}


def test_a_folder_of_generations_that_is_read_only(tmp_path: Path) -> None:
    other = Site(tmp_path)
    other.build(BRIDGE)
    prefix = without_rights()
    generations = other.settings.index / "generations"
    make_read_only(generations)
    try:
        for words in (["index", "sources"], ["reindex", "sources"], ["remove", "bridge"]):
            other.write("a.jsonl", HARVEST)
            assert kashshaf(*words, index=other.settings.index, prefix=prefix).status == 1
    finally:
        make_read_only(generations, read_only=False)
    assert other.found() == {"bridge"}


def test_an_index_folder_whose_name_is_no_text(tmp_path: Path) -> None:
    odd = tmp_path / "i\udcff"
    kashshaf("reindex", "-", index=odd, stdin='{"title": "خبر"}'.encode())
    assert kashshaf("status", index=odd).status == 0
    assert kashshaf("status", "--json", index=odd).status == 0


LEXICONS: dict[str, Callable[[bytes], bytes | None]] = {
    "missing": lambda _: None,
    "empty": lambda data: data[:0],
    "cut short": lambda data: data[: len(data) // 2],
    "of another version": lambda data: data[:8] + b"\x01" + data[9:],
}


@pytest.mark.parametrize("harm", LEXICONS)
def test_a_lexicon_that_cannot_be_used(capfd: Capture, tmp_path: Path, harm: str) -> None:
    other = Site(tmp_path)
    other.build(BRIDGE)
    path = other.store.current().folder / LEXICON
    harmed = LEXICONS[harm](path.read_bytes())
    path.unlink()
    if harmed is not None:
        path.write_bytes(harmed)
    index = other.settings.index
    for words in (
        ["search", "الجسر"],
        ["search", "الجسر", "--json"],
        ["analyze", "الجسر"],
        ["status"],
        ["index", str(other.sources)],
        ["verify"],
        ["remove", "bridge"],
    ):
        ran = called(capfd, *words, index=index)
        assert (ran.status, ran.out) == (1, ""), words
        assert one_line(ran.err.splitlines(keepends=True)[-1]), words
        assert "lexicon" in ran.err
        assert "rebuild with: kashshaf reindex" in ran.err
    assert called(capfd, "reindex", index=index).status == 0
    assert other.found("الجسر") == {"bridge"}
