"""Every command on the Tantivy engine, and the way from one engine to the other and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kashshaf.command import called, kashshaf, without_rights
from tests.kashshaf.site import BRIDGE, HARVEST, SCHOOL, Site

if TYPE_CHECKING:
    from tests.kashshaf.command import Ran

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> Site:
    """An index on Tantivy of two articles."""
    site = Site(tmp_path_factory.mktemp("site"))
    monkeypatch.chdir(site.folder)
    site.write("a.jsonl", BRIDGE, SCHOOL)
    assert run(site, capsys, "reindex", "sources", "--engine", "tantivy").status == 0
    return site


def run(site: Site, capsys: Capture, *words: str) -> Ran:
    return called(capsys, *words, index=site.settings.index)


def found(site: Site, capsys: Capture, text: str, *words: str) -> list[str]:
    return [hit["id"] for hit in run(site, capsys, "search", text, *words, "--json").json()["hits"]]


def engine(site: Site, capsys: Capture) -> str:
    return str(run(site, capsys, "status", "--json").json()["engine"])


def test_a_day_of_a_site(site: Site, capsys: Capture) -> None:
    assert engine(site, capsys) == "tantivy"
    assert found(site, capsys, "الجسر") == ["bridge"]
    site.write("b.jsonl", HARVEST)
    site.write("a.jsonl", {**BRIDGE, "title": "إغلاق الميناء"}, SCHOOL)
    report = run(site, capsys, "index", "sources", "--json").json()
    assert (report["added"], report["updated"], report["unchanged"]) == (1, 1, 1)
    assert (report["articles"], report["engine"]) == (3, "tantivy")
    assert found(site, capsys, "الميناء") == ["bridge"]
    assert run(site, capsys, "remove", "school").status == 0
    assert sorted(found(site, capsys, "")) == ["bridge", "harvest"]
    assert run(site, capsys, "verify").status == 0
    assert run(site, capsys, "reindex", "sources", "--engine", "tantivy").status == 0
    assert run(site, capsys, "rollback").status == 0
    assert sorted(found(site, capsys, "")) == ["bridge", "harvest"]


def test_comments_are_found_and_joined(site: Site, capsys: Capture) -> None:
    on_tantivy = [
        run(site, capsys, "search", *words, "--json").json()["hits"]
        for words in (["الجسر"], ["الجسر", "--in", "comments"], ["", "--sort", "oldest"])
    ]
    assert run(site, capsys, "reindex", "--engine", "whoosh").status == 0
    on_whoosh = [
        run(site, capsys, "search", *words, "--json").json()["hits"]
        for words in (["الجسر"], ["الجسر", "--in", "comments"], ["", "--sort", "oldest"])
    ]
    assert on_tantivy == on_whoosh
    assert any(hits for hits in on_tantivy)


def test_the_way_to_the_other_engine_and_back(site: Site, capsys: Capture) -> None:
    stored = site.stored()
    for name in ("whoosh", "tantivy"):
        assert run(site, capsys, "reindex", "--engine", name).status == 0
        assert engine(site, capsys) == name
        assert site.stored() == stored
        assert run(site, capsys, "verify").status == 0


def test_an_update_keeps_to_the_engine_of_the_index(site: Site, capsys: Capture) -> None:
    site.write("b.jsonl", HARVEST)
    assert run(site, capsys, "index", "sources").status == 0
    assert engine(site, capsys) == "tantivy"


def test_a_rebuild_keeps_to_the_engine_of_the_index(site: Site, capsys: Capture) -> None:
    for words in (["reindex"], ["reindex", "sources"]):
        assert run(site, capsys, *words).status == 0
        assert engine(site, capsys) == "tantivy"
    site.edit_json("manifest.json", engine_version="1.1")  # an older format, which only its sources can mend
    assert run(site, capsys, "reindex", "sources").status == 0
    assert engine(site, capsys) == "tantivy"


def test_a_rebuild_changes_the_engine_where_the_settings_say_so(site: Site, capsys: Capture) -> None:
    (site.folder / "kashshaf.toml").write_text('engine = "whoosh"')
    config = str(site.folder / "kashshaf.toml")
    assert called(capsys, "--config", config, "reindex", index=site.settings.index).status == 0
    assert engine(site, capsys) == "whoosh"


def test_a_read_only_index(site: Site) -> None:
    prefix = without_rights()
    everything = [site.settings.index, *site.settings.index.rglob("*")]
    for each in everything:
        each.chmod(0o555 if each.is_dir() else 0o444)
    try:
        for words in (["status"], ["verify"], ["search", "الجسر"]):
            assert kashshaf(*words, index=site.settings.index, prefix=prefix).status == 0, words
        for words in (["index", "sources"], ["remove", "bridge"]):
            ran = kashshaf(*words, index=site.settings.index, prefix=prefix, cwd=site.folder)
            assert (ran.status, ran.out) == (1, ""), words
            assert "cannot write" in ran.err
    finally:
        for each in everything:
            each.chmod(0o755)


def test_an_index_of_another_version_says_reindex(site: Site, capsys: Capture) -> None:
    site.edit_json("manifest.json", engine_version="1.1")
    ran = run(site, capsys, "search", "الجسر")
    assert ran.status == 1
    assert "version 1.1 of the tantivy engine" in ran.err
    assert "kashshaf reindex" in ran.err
