"""Single articles and comments: visible at once, the same twice, removed and let in again."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.errors import LockedError, NoIndexError, NotFoundError
from kashshaf.indexer.live import writer as live
from kashshaf.indexer.live.writer import LiveWriter
from tests.indexer.live.sites import comment, put, statuses
from tests.kashshaf.site import BRIDGE, HARVEST, SCHOOL, Site, row
from tests.opensearch.cluster import KEPT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.build(BRIDGE, SCHOOL)
    return site


@pytest.fixture(params=KEPT)
def engine_site(tmp_path: Path, request: pytest.FixtureRequest) -> Site:
    site = Site(tmp_path)
    site.settings = replace(site.settings, engine=request.param)
    site.build(BRIDGE, SCHOOL)
    return site


def test_what_is_written_is_found_at_once(engine_site: Site) -> None:
    assert statuses(put(engine_site, HARVEST)) == ["added"]
    assert engine_site.found("الزيتون") == {"harvest"}
    assert comment(engine_site, "harvest", id="c9", text="موسم مبارك").status == "added"
    assert engine_site.found("مبارك", in_="comments") == {"c9"}
    assert LiveWriter(engine_site.settings).remove_article("bridge").status == "removed"
    assert engine_site.found() == {"school", "harvest"}
    assert engine_site.verify().articles == 2


def test_the_same_twice_changes_nothing(site: Site) -> None:
    assert statuses(put(site, HARVEST, HARVEST)) == ["added", "added"]
    before = site.store.current().state()
    assert statuses(put(site, HARVEST)) == ["unchanged"]
    assert site.store.current().state() == before
    assert statuses(put(site, {**HARVEST, "title": "موسم الرمان"})) == ["updated"]


def test_an_article_without_comments_keeps_those_it_has(site: Site) -> None:
    changed = {**BRIDGE, "title": "افتتاح الجسر القديم"}
    del changed["comments"]
    assert statuses(put(site, changed)) == ["updated"]
    assert [each.id for each in site.stored()["bridge"].comments] == ["c1", "c2"]
    assert statuses(put(site, {**changed, "comments": []})) == ["updated"]
    assert site.stored()["bridge"].comments == ()


def test_a_comment_is_added_once(site: Site) -> None:
    assert comment(site, "school", id="c2", author="هند", text="شكراً", parent="c1").status == "added"
    assert comment(site, "school", id="c2", author="هند", text="شكراً", parent="c1").status == "unchanged"
    assert comment(site, "school", id="c2", author="هند", text="شكراً جزيلاً").status == "updated"
    assert [each.text for each in site.stored()["school"].comments] == ["عام سعيد", "شكراً جزيلاً"]


def test_a_comment_without_an_id_is_known_by_its_words(site: Site) -> None:
    first = comment(site, "school", author="هند", text="شكراً")
    again = comment(site, "school", author="هند", text="شكراً ")
    assert (first.status, again.status, again.id) == ("added", "unchanged", first.id)
    assert comment(site, "school", id="c7", author="هند", text="شكراً").id == first.id


@pytest.mark.parametrize("article", ["nowhere", "school/c1"])
def test_what_is_not_there_cannot_be_changed(site: Site, article: str) -> None:
    with pytest.raises(NotFoundError):
        comment(site, article, text="شكراً")
    with pytest.raises(NotFoundError):
        LiveWriter(site.settings).remove_article(article)
    with pytest.raises(NotFoundError):
        LiveWriter(site.settings).remove_comment("school", "c9")


def test_a_removed_article_stays_out_until_it_is_given_again(site: Site) -> None:
    writer = LiveWriter(site.settings)
    assert [writer.remove_article("bridge").status for _ in range(2)] == ["removed", "unchanged"]
    os.utime(site.sources / "a.jsonl", (1, 1))
    site.index()
    site.reindex(site.sources)
    assert site.found() == {"school"}
    assert statuses(put(site, BRIDGE)) == ["added"]
    site.reindex(site.sources)
    assert site.found() == {"school", "bridge"}


def test_a_removed_comment_stays_out_until_it_is_given_again(site: Site) -> None:
    writer = LiveWriter(site.settings)
    assert [writer.remove_comment("bridge", "c2").status for _ in range(2)] == ["removed", "unchanged"]
    assert put(site, {**BRIDGE, "title": "الجسر"})[0].notes == (live.PART_REMOVED,)
    assert [each.id for each in site.stored()["bridge"].comments] == ["c1"]
    assert comment(site, "bridge", id="c2", author="قارئ", text="تأخر كثيراً").status == "added"
    assert site.found("تأخر", in_="comments") == {"c2"}


def test_what_the_operator_removed_stays_out(site: Site) -> None:
    site.remove("bridge", "school/c1")
    written = put(site, BRIDGE, HARVEST)
    assert statuses(written) == ["refused", "added"]
    assert "removed.jsonl" in written[0].notes[0]
    assert comment(site, "school", id="c1", text="عام سعيد").status == "refused"
    assert site.found() == {"school", "harvest"}


def test_an_update_of_its_sources_keeps_what_only_the_api_wrote(site: Site) -> None:
    put(site, HARVEST, {**SCHOOL, "title": "المدرسة تغلق"})
    (site.sources / "a.jsonl").unlink()
    site.write("b.jsonl", row("other", "خبر آخر"))
    site.index(sync=True)
    assert site.found() == {"harvest", "school", "other"}


def test_others_wait_no_longer_than_they_should(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "PATIENCE", 0.1)
    with site.store.lock("index"), pytest.raises(LockedError, match="kashshaf index"):
        put(site, HARVEST)
    assert site.found() == {"bridge", "school"}


def test_a_process_has_few_writes_at_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "AT_ONCE", 0)
    with pytest.raises(LockedError, match="waiting already"):
        put(site, HARVEST)


def test_a_site_without_an_index_gets_one(tmp_path: Path) -> None:
    site = Site(tmp_path)
    assert put(site) == []
    with pytest.raises(NoIndexError):
        comment(site, "harvest", text="شكراً")
    assert not site.store.root.exists()
    assert statuses(put(site, HARVEST, BRIDGE)) == ["added", "added"]
    assert site.found("الزيتون") == {"harvest"}
    assert statuses(put(site, HARVEST, SCHOOL)) == ["unchanged", "added"]
    site.write("a.jsonl", row("other", "خبر آخر"))
    site.reindex(site.sources)
    assert site.found() == {"harvest", "bridge", "school", "other"}
