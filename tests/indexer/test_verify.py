"""Verification finds what is missing, too much, or broken."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from kashshaf.index.errors import BrokenIndexError
from kashshaf.index.store.generations import LEXICON, WORDS
from kashshaf.index.stored_documents import comment_key
from tests.kashshaf.site import BRIDGE, HARVEST, SCHOOL, Site, row

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.records import Record
    from kashshaf.index.schema import IndexName


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.build(BRIDGE, SCHOOL, HARVEST, *(row(f"n{at}", f"خبر {at}", ("c", "رأي")) for at in range(20)))
    return site


def test_a_sound_index(site: Site) -> None:
    state = site.verify()
    assert (state.articles, state.comments) == (23, 23)


@pytest.mark.parametrize(
    ("index", "key", "told"),
    [
        ("articles", "harvest", "it holds 22 articles and should hold 23"),
        ("articles", "bridge", "22 articles"),
        ("comments", comment_key("bridge", "c1"), "it holds 22 comments"),
    ],
)
def test_removed_behind_its_back(site: Site, index: IndexName, key: str, told: str) -> None:
    site.put_raw(index, lambda writer: writer.remove([key]))
    with pytest.raises(
        BrokenIndexError, match=f"{told}.*kashshaf reindex SOURCE.*where there is.*kashshaf rollback"
    ):
        site.verify()


def test_damage_inside_the_lexicon(site: Site) -> None:
    path = site.store.current().folder / LEXICON
    data = path.read_bytes()
    at = data.index("التلاميذ\t".encode())
    for harmed in (b"\xff", "ي".encode()):  # no text; a word out of its place
        path.write_bytes(data[:at] + harmed + data[at + len(harmed) :])
        with pytest.raises(BrokenIndexError, match=r"lexicon.*kashshaf reindex"):
            site.verify()
    path.write_bytes(data)
    site.verify()


def test_damage_inside_the_words(site: Site) -> None:
    path = site.store.current().folder / WORDS
    path.write_bytes(path.read_bytes()[:-1] + b"\0\0")
    with pytest.raises(BrokenIndexError, match=r"words.*kashshaf reindex"):
        site.verify()


def taken(site: Site, index: IndexName) -> Record:
    """The first record that is put while a copy is built."""
    from tests.kashshaf.site import EngineWriter  # noqa: PLC0415

    records: list[Any] = []
    put = EngineWriter.put

    def keep(self: EngineWriter, record: Record) -> None:
        records.append(record)
        put(self, record)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(EngineWriter, "put", keep)
        site.reindex()
    found: Record = next(
        record for record in records if ("article" in record.keywords) == (index == "comments")
    )
    return found


@pytest.mark.parametrize("stored", [b"", b"{", b"null", b"[]", b"{}", b'{"id": 7}', b'{"comment": 7}'])
@pytest.mark.parametrize("index", ["articles", "comments"])
def test_stored_bytes_that_are_no_document(site: Site, index: IndexName, stored: bytes) -> None:
    record = replace(taken(site, index), stored=stored)
    site.put_raw(index, lambda writer: writer.put(record))
    with pytest.raises(BrokenIndexError, match="a stored document cannot be read"):
        site.verify()


def test_a_comment_under_a_wrong_key(site: Site) -> None:
    record = taken(site, "comments")
    wrong = replace(record, id="nobody\nc1", keywords={**record.keywords, "id": ("nobody\nc1",)})

    def change(writer: Any) -> None:
        writer.remove([record.id])
        writer.put(wrong)

    site.put_raw("comments", change)
    with pytest.raises(BrokenIndexError, match="its articles lack 1 comment;"):
        site.verify()


def test_counts_that_are_wrong(site: Site) -> None:
    site.edit_json("state.json", articles=24)
    with pytest.raises(BrokenIndexError, match="should hold 24"):
        site.verify()


def stored_files(site: Site, index: IndexName) -> list[Path]:
    folder = site.store.current().index_folder(index)
    return sorted(folder.glob("*.stored.col"), key=lambda path: path.stat().st_size)


@pytest.mark.parametrize("index", ["articles", "comments"])
@pytest.mark.parametrize("damage", ["flipped", "cut", "gone"])
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_damaged_files(site: Site, index: IndexName, damage: str) -> None:
    path = stored_files(site, index)[-1]
    content = path.read_bytes()
    if damage == "flipped":
        middle = len(content) // 3
        path.write_bytes(
            content[:middle] + bytes(b ^ 0xFF for b in content[middle : middle + 64]) + content[middle + 64 :]
        )
    elif damage == "cut":
        path.write_bytes(content[: len(content) // 2])
    else:
        path.unlink()
    with pytest.raises(BrokenIndexError, match="kashshaf re"):
        site.verify()
