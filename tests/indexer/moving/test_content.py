"""Export and import: the same content, or nothing."""

from __future__ import annotations

import gzip
import hashlib
import shutil
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from kashshaf.index.errors import IndexingError, NoIndexError, SourceError
from kashshaf.index.settings import Settings
from kashshaf.index.store.article_writer import stored_articles
from kashshaf.index.store.generations import Store
from kashshaf.index.store.ledger import Ledger
from kashshaf.index.store.snapshot import Snapshot
from kashshaf.index.store.tombstones import Tombstones
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.moving.content import export, import_content
from kashshaf.indexer.progress import silent
from kashshaf.indexer.rebuild import pipeline
from tests.indexer.live.sites import put
from tests.kashshaf.site import BRIDGE, HARVEST, SCHOOL, Site, killed, row

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kashshaf.indexer.report import Report
    from tests.kashshaf.site import Point

MARKUP = row(
    "markup", "وسم &lt;b&gt; و<b>غيره</b>", ("c1", "س &amp; ص"), date="2016-05", date_precision="month"
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with all that an export has. Do not write to it."""
    site = Site(tmp_path_factory.mktemp("kept"))
    school = {**SCHOOL, "body": "بدأ الدرس صباحاً. " * 40}
    site.build(BRIDGE, school, {**school, "id": "twin", "source": "صحيفة أخرى"}, MARKUP)
    put(site, HARVEST)
    site.remove("bridge/c2")
    export(site.settings, site.folder / "whole.jsonl")
    return site


@pytest.fixture(scope="module")
def raw(kept: Site) -> bytes:
    """Its export."""
    return (kept.folder / "whole.jsonl").read_bytes()


def imported(path: Path, engine: str = "") -> Site:
    """A site of what a file has, beside it."""
    other = Site(path.parent)
    other.settings = replace(other.settings, engine=engine)
    import_content(other.settings, path, Options(None, UTC), silent)
    return other


@pytest.mark.parametrize(("engine", "name"), [("whoosh", "all.jsonl"), ("tantivy", "all.jsonl.gz")])
def test_what_is_exported_comes_back_as_it_was(kept: Site, tmp_path: Path, engine: str, name: str) -> None:
    moved = export(kept.settings, tmp_path / name)
    assert (moved.articles, moved.comments) == (5, 4)
    other = imported(tmp_path / name, engine)
    assert other.stored() == kept.stored()
    for text in ("المدرسة", "الجسر", "", "غيره"):
        assert other.found(text) == kept.found(text)
    republished = [_republished(site) for site in (kept, other)]
    assert republished[0] == republished[1]
    assert any(twins for _, twins in republished[0])
    removed = [Tombstones.load(site.store.root).comments for site in (kept, other)]
    assert removed[0] == removed[1] == {("bridge", "c2")}
    with Ledger(other.store.current().folder) as ledger:
        assert [*ledger.written()] == ["harvest"]
    assert other.verify().articles == 5


def with_rows(raw: bytes, *rows: dict[str, Any]) -> bytes:
    """An export with more rows before its last line."""
    *lines, last = lines_of(raw)
    body = b"".join([*lines, *(orjson.dumps(each) + b"\n" for each in rows)])
    end = {**orjson.loads(last), "sha256": hashlib.sha256(body).hexdigest()}
    return body + orjson.dumps(end) + b"\n"


@pytest.mark.parametrize(
    "point",
    [(Store, "switch", 1), (Store, "sweep", 2), (pipeline, "forget_fetched", 1)],
    ids=["before the switch", "in it", "after it"],
)
def test_an_import_that_is_killed_leaves_all_or_nothing(raw: bytes, tmp_path: Path, point: Point) -> None:
    removed = {"kashshaf": "removed", "article": "bridge", "comment": None}
    path = tmp_path / "all.jsonl"
    path.write_bytes(with_rows(raw, removed))
    assert killed(lambda: imported(path), point)
    shutil.rmtree(tmp_path / "sources")
    other = Site(tmp_path)
    if not other.store.exists():
        shutil.rmtree(tmp_path / "sources")
        other = imported(path)
    assert other.stored().keys() == {"school", "twin", "markup", "harvest"}
    assert other.store.root.joinpath("removed.jsonl").read_bytes().count(b'"bridge"') == 2
    with Ledger(other.store.current().folder) as ledger:
        assert [*ledger.written()] == ["harvest"]
    assert other.verify().articles == 4


def test_an_import_keeps_the_engine_unless_told(tmp_path: Path) -> None:
    site = Site(tmp_path, "tantivy")
    site.build(BRIDGE)
    export(site.settings, tmp_path / "all.jsonl")
    for number, (asked, expected) in enumerate([("", "tantivy"), ("whoosh", "whoosh")]):
        folder = tmp_path / str(number)
        folder.mkdir()
        shutil.copy(tmp_path / "all.jsonl", folder)
        assert imported(folder / "all.jsonl", asked).store.current().manifest().engine == expected


@pytest.mark.parametrize("name", ["lucene", 3, ["tantivy"]])
def test_an_export_of_an_engine_that_is_not_here_comes_back(raw: bytes, tmp_path: Path, name: object) -> None:
    lines = lines_of(raw)
    lines[0] = orjson.dumps({**orjson.loads(lines[0]), "engine": name}) + b"\n"
    (tmp_path / "all.jsonl").write_bytes(with_rows(b"".join(lines)))
    assert imported(tmp_path / "all.jsonl").store.current().manifest().engine == "whoosh"


def test_the_samples_come_back_as_they_were(samples_index: tuple[Settings, Report], tmp_path: Path) -> None:
    export(samples_index[0], tmp_path / "all.jsonl")
    other = imported(tmp_path / "all.jsonl")
    snapshot = Snapshot(Store(samples_index[0].index).current())
    expected = {each.id: each for each in stored_articles(snapshot.articles, snapshot.comments)}
    snapshot.close()
    assert other.stored() == expected


def _republished(site: Site) -> list[tuple[str, Any]]:
    """The hits in order, with their other publications; scores of an index written to in place differ."""
    hits = orjson.loads(orjson.dumps(site.ask("المدرسة")["hits"]))
    return [(hit["id"], hit["also_at"]) for hit in hits]


def lines_of(raw: bytes) -> list[bytes]:
    return raw.splitlines(keepends=True)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut in a line": lambda raw: raw[: len(raw) // 2],
    "cut between lines": lambda raw: b"".join(lines_of(raw)[:-1]),
    "a line is gone": lambda raw: b"".join([lines_of(raw)[0], *lines_of(raw)[2:]]),
    "a letter is another": lambda raw: raw.replace("الجسر".encode(), "الجشر".encode(), 1),
    "there is more": lambda raw: raw + lines_of(raw)[1],
    "another format": lambda raw: raw.replace(b'"format":1', b'"format":9', 1),
    "no export": lambda raw: b"".join(lines_of(raw)[1:-1]),
    "empty": lambda _: b"",
}


@pytest.mark.parametrize("kind", DAMAGES)
@pytest.mark.parametrize("packed", [False, True])
def test_a_damaged_file_is_refused_and_nothing_is_changed(
    raw: bytes, tmp_path: Path, kind: str, packed: bool
) -> None:
    path = tmp_path / ("content.jsonl.gz" if packed else "content.jsonl")
    broken = DAMAGES[kind](raw)
    assert broken != raw
    path.write_bytes(gzip.compress(broken) if packed else broken)
    with pytest.raises(SourceError, match="nothing was changed"):
        imported(path)
    assert not (tmp_path / "built").exists()


@pytest.mark.parametrize(
    "change",
    [
        {"title": 3},
        {"id": "../x"},
        {"date": "yesterday"},
        {"date_precision": "week"},
        {"comments": [{"text": "a"}]},
        {"tags": [1]},
        {"more": ""},
        {"comments_declared": "3"},
    ],
)
def test_what_no_export_writes_is_refused_whatever_its_checksum(
    raw: bytes, tmp_path: Path, change: dict[str, Any]
) -> None:
    lines = raw.splitlines()
    changed = [lines[0], orjson.dumps({**orjson.loads(lines[1]), **change}), *lines[2:-1]]
    body = b"".join(line + b"\n" for line in changed)
    end = {**orjson.loads(lines[-1]), "sha256": hashlib.sha256(body).hexdigest()}
    (tmp_path / "content.jsonl").write_bytes(body + orjson.dumps(end) + b"\n")
    with pytest.raises(SourceError, match="damaged"):
        imported(tmp_path / "content.jsonl")


def test_an_index_that_is_there_is_not_replaced(kept: Site) -> None:
    with pytest.raises(IndexingError, match="nothing was changed"):
        import_content(kept.settings, kept.folder / "whole.jsonl", Options(None, UTC), silent)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.build(BRIDGE, MARKUP)
    return site


def test_an_export_is_a_source_too(site: Site) -> None:
    before = site.stored()
    export(site.settings, site.folder / "content.jsonl")
    site.reindex(site.folder / "content.jsonl")
    assert site.stored() == before


def test_a_file_is_there_when_it_is_whole(site: Site) -> None:
    path = site.folder / "content.jsonl"
    path.write_text("before")
    (site.store.current().folder / "ledger.sqlite").write_bytes(b"no ledger" * 100)
    with pytest.raises(IndexingError):
        export(site.settings, path)
    assert path.read_text() == "before"
    assert [*site.folder.glob("*.new")] == []


def test_without_an_index_there_is_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError):
        export(Settings(index=tmp_path / "none"), tmp_path / "content.jsonl")
    assert [*tmp_path.iterdir()] == []
