"""Lists of checksums: what changed is named, and what is known already is not read again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.errors import BrokenIndexError
from kashshaf.index.store.sealed import checksums
from kashshaf.index.store.sealed.checksums import LIST, Sum, compare, listed, sum_of, write_list
from kashshaf.index.store.sealed.json_files import check_json, read_json, write_json

if TYPE_CHECKING:
    from pathlib import Path

NOISE = os.urandom(3_000_000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "large").write_bytes(NOISE)
    (tmp_path / "small").write_bytes(b"words")
    write_list(tmp_path, [tmp_path / "articles" / "large", tmp_path / "small"])
    return tmp_path


def test_a_sum_is_of_the_whole_file(folder: Path) -> None:
    assert listed(folder)["small"] == Sum(5, 0x717D1E8C) == sum_of(folder / "small")
    assert listed(folder)["articles/large"].size == len(NOISE)


@pytest.mark.parametrize("content", [b"wordz", b"word", b"words ", b""])
def test_what_changed_is_named(folder: Path, content: bytes) -> None:
    compare(folder, listed(folder))
    (folder / "small").write_bytes(content)
    with pytest.raises(BrokenIndexError, match=r"small is not as it was written; .*kashshaf reindex"):
        compare(folder, listed(folder), read=100)


def test_what_is_missing_is_named(folder: Path) -> None:
    (folder / "small").unlink()
    with pytest.raises(BrokenIndexError, match="small is missing"):
        compare(folder, listed(folder))


def test_of_large_files_a_look_compares_the_size(folder: Path) -> None:
    large = folder / "articles" / "large"
    large.write_bytes(bytes([NOISE[0] ^ 1]) + NOISE[1:])
    compare(folder, listed(folder), read=100)
    with pytest.raises(BrokenIndexError, match="large is not as it was written"):
        compare(folder, listed(folder))
    large.write_bytes(NOISE[1:])
    with pytest.raises(BrokenIndexError, match="large is not as it was written"):
        compare(folder, listed(folder), read=100)


def test_what_another_list_has_is_not_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later = folder / "later"
    later.mkdir()
    (later / "large").hardlink_to(folder / "articles" / "large")
    (later / "new").write_bytes(b"new")
    read: list[str] = []

    def noted(path: Path) -> Sum:
        read.append(path.name)
        return sum_of(path)

    monkeypatch.setattr(checksums, "sum_of", noted)
    write_list(later, [later / "large", later / "new"], folder)
    assert read == ["new"]
    assert listed(later)["large"] == listed(folder)["articles/large"]


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b'{"files": {"a": 1}}', b'{"files": {"a": [1, "x"]}}']
)
def test_a_list_that_is_none_is_damage(folder: Path, content: bytes) -> None:
    (folder / LIST).write_bytes(content)
    with pytest.raises(BrokenIndexError, match=LIST):
        listed(folder)


def test_a_byte_of_json_that_says_the_same_is_damage_too(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    write_json(path, {"articles": 3})
    check_json(path)
    assert read_json(path) == {"articles": 3}
    path.write_bytes(path.read_bytes().replace(b'": 3', b'":\t3'))
    assert read_json(path) == {"articles": 3}
    with pytest.raises(BrokenIndexError, match=r"state\.json is damaged"):
        check_json(path)
