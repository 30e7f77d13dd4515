"""Snapshots: a running service takes up commits and switches by itself, and lets go of what is old."""

from __future__ import annotations

import errno
import gc
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.errors import BrokenIndexError, NoSpaceError
from kashshaf.index.query import Search
from kashshaf.index.store import snapshot
from kashshaf.index.store.snapshot import Snapshots
from kashshaf.search_app.query.parameters import read
from kashshaf.search_app.results.service import SearchService
from tests.kashshaf.site import EngineWriter, Row, Site, at_point, row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.search_app.results.shapes import Response

ARTICLES = 12
COMMITS = 10
THREADS = 4
NUMERALS = ["صفر", "واحدة", "ثانية", "ثالثة", "رابعة", "خامسة", "سادسة", "سابعة", "ثامنة", "تاسعة", "عاشرة"]


def edition(number: int, count: int = ARTICLES) -> list[Row]:
    """All articles in one edition: titles and comments say which."""
    said = NUMERALS[number % len(NUMERALS)]
    return [row(f"n{at}", f"خبر الطبعة {said}", (f"c{at}", f"تعليق الطبعة {said}")) for at in range(count)]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.build(*edition(0))
    return site


@pytest.fixture
def service(site: Site) -> Iterator[SearchService]:
    service = SearchService(site.settings)
    yield service
    service.close()


def ask(service: SearchService, site: Site, **parameters: str) -> Response:
    named = {name.removesuffix("_"): [value] for name, value in parameters.items()}
    return service.search(read({"size": ["100"], **named}, site.settings))


def titles(service: SearchService, site: Site) -> set[str]:
    return {hit["title"] for hit in ask(service, site, q="الطبعة")["hits"] if hit["type"] == "article"}


def test_commits_and_switches_are_taken_up(service: SearchService, site: Site) -> None:
    assert titles(service, site) == {"خبر الطبعة صفر"}
    site.write("a.jsonl", *edition(1))
    site.index()
    assert titles(service, site) == {"خبر الطبعة واحدة"}
    site.write("a.jsonl", *edition(2))
    site.reindex(site.sources)
    assert titles(service, site) == {"خبر الطبعة ثانية"}
    site.remove("n0")
    assert ask(service, site)["total"] == ARTICLES - 1
    site.rollback()
    assert titles(service, site) == {"خبر الطبعة واحدة"}


def test_no_file_is_read_while_nothing_changes(
    service: SearchService, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only their times and inodes are looked at, by searches and for the name of what is searched."""
    titles(service, site)
    titles(service, site)  # the first may have come before the files were noted
    state = service.state()

    def reads(_: object) -> None:
        raise AssertionError("a file of the store is read")

    with monkeypatch.context() as patched:
        patched.setattr("kashshaf.index.store.generations.read_json", reads)
        assert titles(service, site) == {"خبر الطبعة صفر"}
        assert service.state() == state
    site.write("a.jsonl", *edition(1))
    site.index()
    assert service.state() != state
    assert titles(service, site) == {"خبر الطبعة واحدة"}


def said(response: Response) -> set[str]:
    """The editions that an answer speaks of, in titles and comments."""
    texts = []
    for hit in response["hits"]:
        if hit["type"] == "article":
            texts += [hit["title"], *(line["snippet"] for line in hit["comments"]["hits"])]
        else:
            texts += [hit["article_title"], hit["snippet"]]
    return {text.replace("<mark>", "").replace("</mark>", "").split()[-1] for text in texts}


def test_threads_search_while_commits_and_switches_go_on(service: SearchService, site: Site) -> None:
    """No error, all articles there at any time, and each answer from one edition."""
    stop = threading.Event()
    wrong: list[object] = []
    seen: set[str] = set()
    answers = 0

    def search(target: str) -> None:
        nonlocal answers
        while not stop.is_set():
            try:
                response = ask(service, site, q="الطبعة", in_=target)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
                wrong.append(error)
                return
            editions = said(response)
            if response["total"] != ARTICLES or len(response["hits"]) != ARTICLES or len(editions) != 1:
                wrong.append((target, response["total"], editions))
            seen.update(editions)
            answers += 1

    targets = ["articles", "comments"] * (THREADS // 2)
    threads = [threading.Thread(target=search, args=(target,)) for target in targets]
    for thread in threads:
        thread.start()
    try:
        for number in range(1, COMMITS + 1):
            site.write("a.jsonl", *edition(number))
            if number % 4:
                site.index()
            else:
                site.reindex(site.sources)
            assert titles(service, site) == {f"خبر الطبعة {NUMERALS[number]}"}
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert wrong == []
    assert answers > COMMITS
    assert len(seen) > 2


def test_a_service_started_in_the_middle_of_a_commit_answers_from_the_one_before(site: Site) -> None:
    """Between the commits of comments and articles."""
    answers: list[set[str]] = []

    def look() -> None:
        service = SearchService(site.settings)
        answers.append(said(ask(service, site, q="الطبعة")))
        service.close()

    site.write("a.jsonl", *edition(1))
    undo = at_point((EngineWriter, "commit", 2), look)
    site.index()
    undo()
    assert answers == [{"صفر"}]


def test_a_snapshot_in_use_outlives_two_switches(site: Site) -> None:
    """Its generation's files are swept away under it; what it has open stays readable."""
    snapshots = Snapshots(site.store)
    with snapshots.use() as old:
        name = old.generation.name
        for number in (1, 2):
            site.write("a.jsonl", *edition(number))
            site.reindex(site.sources)
        assert name not in site.generations()
        assert old.articles.search(Search(limit=100)).total == ARTICLES
        assert len(list(old.articles.scan())) == ARTICLES
        article = old.article("n0")
        assert article is not None
        assert [comment.text for comment in article.comments] == ["تعليق الطبعة صفر"]
        with snapshots.use() as new:
            assert new is not old
    snapshots.close()


def test_a_snapshot_in_use_outlives_merges(site: Site) -> None:
    snapshots = Snapshots(site.store)
    with snapshots.use() as old:
        for number in range(1, 5):
            site.write("a.jsonl", *edition(number))
            site.index()
        article = old.article("n3")
        assert article is not None
        assert article.title == "خبر الطبعة صفر"
        assert old.values("articles", "id") == {f"n{at}": 1 for at in range(ARTICLES)}
        assert old.comments.search(Search(order="newest", limit=100)).total == ARTICLES
    snapshots.close()


def test_a_snapshot_is_shared_and_closed_after_its_last_user(site: Site) -> None:
    snapshots = Snapshots(site.store)
    closed: list[str] = []
    with snapshots.use() as first, snapshots.use() as second:
        assert first is second
        undo = at_point((type(first), "close", 1), lambda: closed.append("closed"))
        site.write("a.jsonl", *edition(1))
        site.index()
        with snapshots.use() as third:
            assert third is not first
            assert closed == []
    assert closed == ["closed"]
    undo()
    snapshots.close()


def open_files() -> int:
    gc.collect()  # what other tests left to be closed is none of these
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts open files in /proc, as Linux has it")
def test_thirty_commits_leave_no_file_open(service: SearchService, site: Site) -> None:
    site.write("b.jsonl", *edition(0, 2))
    counts = []
    for number in range(30):
        site.write("b.jsonl", row("extra", f"عدد {number}", ("c", f"رأي {number}")))
        site.index()
        assert ask(service, site, q=f"{number}")["total"] >= 1
        counts.append(open_files())
    assert max(counts[10:]) <= max(counts[:10]) + 3
    service.close()
    assert open_files() < counts[0]


def test_a_snapshot_hands_the_words_of_its_generation_to_the_next(site: Site) -> None:
    snapshots = Snapshots(site.store)
    with snapshots.use() as first:
        assert first.words is not None
        assert first.words.count("الطبعه") == 2 * ARTICLES
    site.write("a.jsonl", *edition(1))
    site.index()
    with snapshots.use() as second:
        assert second is not first
        assert second.words is first.words
    snapshots.close()


@pytest.fixture
def tantivy_site(tmp_path: Path) -> Site:
    site = Site(tmp_path, "tantivy")
    site.build(*edition(0))
    return site


def test_a_full_folder_of_temporary_files_leaves_the_open_snapshot(
    tantivy_site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A reader of Tantivy's needs a folder of links, which a full disk does not give."""
    site = tantivy_site
    service = SearchService(site.settings)
    assert titles(service, site) == {"خبر الطبعة صفر"}
    site.write("a.jsonl", *edition(1))
    site.index()

    def full(**_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("tempfile.mkdtemp", full)
        assert titles(service, site) == {"خبر الطبعة صفر"}
        assert titles(service, site) == {"خبر الطبعة صفر"}
        assert service.is_behind()
        assert [record.levelname for record in caplog.records] == ["WARNING"]
        with pytest.raises(NoSpaceError):
            SearchService(site.settings).overview()
    monkeypatch.setattr(snapshot, "RETRY", 0.0)
    assert titles(service, site) == {"خبر الطبعة صفر"}  # not tried again at once
    service._snapshots._again = 0.0
    assert titles(service, site) == {"خبر الطبعة واحدة"}
    assert not service.is_behind()
    service.close()


def test_a_newer_index_that_is_damaged_leaves_the_open_snapshot(service: SearchService, site: Site) -> None:
    assert titles(service, site) == {"خبر الطبعة صفر"}
    site.write("a.jsonl", *edition(1))
    site.index()
    for file in site.store.current().index_folder("articles").glob("*.toc"):
        file.unlink()
    assert titles(service, site) == {"خبر الطبعة صفر"}
    assert service.is_behind()
    with pytest.raises(BrokenIndexError):
        SearchService(site.settings).overview()
