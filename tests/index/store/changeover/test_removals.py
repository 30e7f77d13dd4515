"""Removals are looked for once: a write costs the same however much was removed before it."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.store.changeover import removals
from kashshaf.index.store.tombstones import NAME, Tombstones
from kashshaf.indexer.live.documents import read_article
from kashshaf.indexer.live.writer import LiveWriter
from tests.indexer.live.sites import put
from tests.kashshaf.site import BRIDGE, HARVEST, SCHOOL, Site, row

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PRESENT = removals._present


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.build(BRIDGE, SCHOOL, *(row(f"old{number}", "خبر قديم") for number in range(8)))
    return site


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids that the index is asked for as removed ones."""
    found: list[str] = []

    def present(reader: object, ids: Iterable[str]) -> list[str]:
        given = list(ids)
        found.extend(given)
        return list(PRESENT(reader, given))  # type: ignore[arg-type]

    monkeypatch.setattr(removals, "_present", present)
    return found


def test_what_was_taken_out_is_not_looked_for_again(site: Site, asked: list[str]) -> None:
    site.remove(*(f"old{number}" for number in range(8)))
    assert len(asked) == 8
    asked.clear()
    put(site, HARVEST)
    site.index()
    assert asked == []
    LiveWriter(site.settings).remove_article("harvest")
    put(site, HARVEST)
    assert asked == ["harvest"]


def test_a_file_that_has_not_changed_is_not_read_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.remove("old1")
    writer = LiveWriter(site.settings)
    writer.put_articles([read_article(HARVEST, UTC)])

    def load(_root: Path) -> Tombstones:
        pytest.fail("it was read again")

    with monkeypatch.context() as patch:
        patch.setattr(Tombstones, "load", load)
        writer.put_articles([read_article({**HARVEST, "title": "موسم الرمان"}, UTC)])
    site.remove("old2")
    assert writer.remove_article("old2").status == "unchanged"


def test_what_a_person_adds_to_the_file_is_taken_out(site: Site) -> None:
    site.remove("old1")
    path = site.store.root / NAME
    path.write_bytes(path.read_bytes() + b'{"article": "school"}\n')
    put(site, HARVEST)
    assert "school" not in site.found()
    assert "old2" in site.found()


def test_what_is_let_in_and_removed_again_is_taken_out_again(site: Site) -> None:
    writer = LiveWriter(site.settings)
    for _ in range(2):
        writer.remove_article("school")
        assert "school" not in site.found()
        put(site, SCHOOL)
        assert "school" in site.found()
    writer.remove_article("school")
    path = site.store.root / NAME
    lines = path.read_bytes()
    path.write_bytes(b"")
    site.reindex(site.sources)
    path.write_bytes(lines)
    put(site, HARVEST)
    assert "school" not in site.found()


def test_a_generation_that_is_gone_back_to_is_looked_through_anew(site: Site) -> None:
    writer = LiveWriter(site.settings)
    writer.remove_article("school")
    put(site, HARVEST)  # carried out, and noted so
    site.reindex(site.sources)
    put(site, SCHOOL)
    writer.remove_article("school")
    site.rollback()
    assert site.found() == {"bridge", "harvest", *(f"old{number}" for number in range(8))}
