"""Files edited beside a running server: checked at the start, read again when they change."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.errors import SettingsError
from kashshaf.search_app.query.edited.edited_file import MAX_BYTES, EditedFile, text_of

if TYPE_CHECKING:
    from pathlib import Path


def upper(text: str, path: Path) -> str:
    if "!" in text:
        raise SettingsError(f"{path}, line 1: no shouting")
    return text.upper()


def write(path: Path, text: str) -> None:
    """A newer version of a file, also within one tick of the clock."""
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_text(text, "utf-8")
    os.utime(path, ns=(before + 1_000, before + 1_000))


def test_a_change_is_in_use_at_once(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    file = EditedFile(path, upper, required=False)
    assert file.current() == ""
    write(path, "one")
    assert file.current() == "ONE"
    write(path, "two")
    assert file.current() == "TWO"
    path.unlink()
    assert file.current() == ""


def test_a_wrong_version_is_told_once_and_the_one_before_stays(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "list.txt"
    write(path, "one")
    file = EditedFile(path, upper, required=True)
    write(path, "two!")
    assert [file.current(), file.current()] == ["ONE", "ONE"]
    assert [record.message for record in caplog.records] == [
        f"{path}, line 1: no shouting; the version before stays in use"
    ]
    write(path, "three")
    assert file.current() == "THREE"


def test_a_wrong_file_ends_the_start(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    write(path, "!")
    with pytest.raises(SettingsError, match="line 1: no shouting"):
        EditedFile(path, upper, required=False)


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"there is no file .*; create it"):
        EditedFile(tmp_path / "none.txt", upper, required=True)


def test_an_unchanged_file_is_not_read_again(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    write(path, "one")
    read: list[str] = []
    file = EditedFile(path, lambda text, _: read.append(text), required=True)
    for _ in range(3):
        file.current()
    assert read == ["one"]


def test_a_mark_of_byte_order_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes("\ufeffأ".encode())
    assert text_of(path) == "أ"


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"a\nb\n\xe9", "line 3: this is not UTF-8"), (b"a" * (MAX_BYTES + 1), "larger than 2,000,000 bytes")],
)
def test_a_file_that_is_no_list_is_told(content: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=says):
        text_of(path)


def test_a_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is it a file you may read"):
        text_of(tmp_path)
