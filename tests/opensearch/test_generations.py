"""Generations whose content a cluster keeps: built, switched, gone back to, and taken away."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.engines.opensearch.connection import connection
from kashshaf.index.errors import BrokenIndexError, ClusterError, IndexingError
from kashshaf.index.settings import use
from kashshaf.index.store.generations import Store
from kashshaf.index.store.snapshot import Snapshots
from kashshaf.indexer.cli import index_facts
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.moving.index_copy import snapshot
from kashshaf.indexer.progress import silent
from kashshaf.indexer.rebuild import pipeline
from kashshaf.indexer.rebuild.pipeline import rebuild
from kashshaf.indexer.remove import remove, rollback
from kashshaf.indexer.verify import verify
from tests.conftest import SAVED
from tests.opensearch.indexes import names

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.settings import Settings

LINES = (
    '{"id": "one", "title": "مدرسة القرية", "body": "فتحت المدرسة أبوابها",'
    ' "comments": [{"text": "خبر سعيد"}, {"text": "مبارك"}]}\n'
    '{"id": "two", "title": "نفط الخليج", "body": "ارتفعت أسعار النفط"}\n'
)
OPTIONS = Options(SAVED, UTC)


@pytest.fixture
def site(cluster: Settings, tmp_path: Path) -> Settings:
    """Settings of a site whose one source has two articles, and which has been built once."""
    (tmp_path / "source.jsonl").write_text(LINES, encoding="utf-8")
    settings = use(replace(cluster, index=tmp_path / "index", engine="opensearch"))
    rebuild(settings, [tmp_path / "source.jsonl"], OPTIONS, silent)
    return settings


def indexes(settings: Settings) -> list[str]:
    return names(settings.opensearch_prefix)


def of_generation(settings: Settings, name: str) -> list[str]:
    return [f"{settings.opensearch_prefix}-{name.lower()}-{index}" for index in ("articles", "comments")]


def test_indexes_are_named_from_their_generation(site: Settings) -> None:
    assert indexes(site) == of_generation(site, Store(site.index).current().name)
    assert index_facts(site)["bytes"] > 0
    assert verify(Store(site.index), silent).comments == 2


def test_two_generations_are_kept_and_older_ones_go(site: Settings) -> None:
    first = Store(site.index).current().name
    rebuild(site, [], OPTIONS, silent)
    assert len(indexes(site)) == 4
    rebuild(site, [], OPTIONS, silent)
    assert len(indexes(site)) == 4
    assert not set(of_generation(site, first)) & set(indexes(site))


def test_a_rollback_goes_back_to_the_generation_before(site: Settings) -> None:
    first = Store(site.index).current().name
    rebuild(site, [], OPTIONS, silent)
    assert rollback(site, UTC).name == first
    assert verify(Store(site.index), silent).articles == 2


def test_a_rebuild_that_fails_leaves_nothing(site: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    before = indexes(site)

    def fail(*_: object) -> None:
        raise BrokenIndexError("the counts differ")

    monkeypatch.setattr(pipeline, "check", fail)
    with pytest.raises(BrokenIndexError, match="the counts differ"):
        rebuild(site, [], OPTIONS, silent)
    assert indexes(site) == before
    assert verify(Store(site.index), silent).articles == 2


def test_what_no_generation_stands_for_goes_with_the_next_rebuild(site: Settings) -> None:
    """Its folder is lost, and so its name: it is told by whose it is."""
    lost = Store(site.index).current()
    for file in lost.folder.glob("commits/*/*/cluster.json"):
        file.unlink()
    foreign = f"{site.opensearch_prefix}-of-another-site"
    connection().put(f"/{foreign}", {"mappings": {"_meta": {"home": "another"}}})
    rebuild(site, [site.index.parent / "source.jsonl"], OPTIONS, silent)
    current = Store(site.index).current().name
    assert indexes(site) == sorted([*of_generation(site, current), foreign])


def test_a_commit_shows_and_a_snapshot_before_it_stays(site: Settings) -> None:
    snapshots = Snapshots(Store(site.index))
    with snapshots.use() as before:
        remove(site, ["two"], UTC)
        assert before.articles.count() == 2
        with snapshots.use() as after:
            assert (after.articles.count(), after.comments.count()) == (1, 2)
    snapshots.close()
    assert verify(Store(site.index), silent).articles == 1


def test_a_copy_of_files_is_refused(site: Settings, tmp_path: Path) -> None:
    with pytest.raises(IndexingError, match=r"on a cluster.*kashshaf export"):
        snapshot(site, tmp_path / "copy", UTC)
    assert not list((tmp_path / "copy").glob("*"))


def test_an_index_that_may_not_be_written_to_is_told_as_that(site: Settings) -> None:
    for name in indexes(site):
        connection().put(f"/{name}/_settings", {"index.blocks.write": True})
    with pytest.raises(ClusterError, match="take the block away"):
        remove(site, ["two"], UTC)
    for name in indexes(site):
        connection().put(f"/{name}/_settings", {"index.blocks.write": False})
    rebuild(site, [], OPTIONS, silent)  # which first finishes what was begun
    assert verify(Store(site.index), silent).articles == 1


@pytest.mark.parametrize("damage", ["deleted", "closed"])
def test_an_index_that_is_gone_is_told_as_that(site: Settings, damage: str) -> None:
    for name in indexes(site):
        if damage == "deleted":
            connection().delete(f"/{name}")
        else:
            connection().post(f"/{name}/_close")
    with pytest.raises(BrokenIndexError, match="kashshaf rollback"):
        verify(Store(site.index), silent)
