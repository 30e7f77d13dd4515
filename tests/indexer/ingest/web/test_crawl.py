"""A site as a source: lists followed, what has not changed passed over, what failed not taken for gone."""

from __future__ import annotations

import gzip
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.errors import StoppedError
from kashshaf.index.store.generations import Store
from kashshaf.indexer.ingest import articles, files
from kashshaf.indexer.ingest.fetching import CACHE, Fetching
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.progress import silent
from kashshaf.indexer.rebuild.pipeline import rebuild
from kashshaf.indexer.sources import reader
from kashshaf.indexer.sources.source import Address
from kashshaf.indexer.update import update
from tests.indexer.ingest.web.conftest import QUICK
from tests.indexer.ingest.web.server import Answer, page, redirect, xml
from tests.kashshaf.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kashshaf.indexer.report import Report
    from kashshaf.indexer.sources.source import Source
    from tests.indexer.ingest.web.server import Web

Counts = tuple[int, int, int, int, int]


def urlset(web: Web, *paths: str, **listed: str) -> Answer:
    dates = {
        path: f"<lastmod>{listed[path.strip('/')]}</lastmod>" for path in paths if path.strip("/") in listed
    }
    rows = "".join(f"<url><loc>{web.home}{path}</loc>{dates.get(path, '')}</url>" for path in paths)
    return xml(
        f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'
    )


def feed(*items: str) -> Answer:
    rows = "".join(
        f"<item><title>خبر {item}</title><link>/{item}</link><description>نص</description></item>"
        for item in items
    )
    return xml(f'<rss version="2.0"><channel><title>صحيفة</title>{rows}</channel></rss>')


class Fetched(Site):
    """A site whose articles come from the web."""

    def __init__(self, folder: Path, web: Web) -> None:
        super().__init__(folder)
        self.web = web
        self.fetching = replace(QUICK, folder=folder)

    def options(self) -> Options:
        return Options(None, UTC, fetching=self.fetching)

    def of(self, *sources: str | Path, sync: bool = False, again: bool = False) -> Report:
        """``index`` of paths on the server and of files; with ``again`` a rebuild."""
        named: list[Source] = [
            each if not isinstance(each, str) else Address(f"{self.web.home}{each}") for each in sources
        ]
        if again:
            return rebuild(self.settings, named, self.options(), silent)
        return update(self.settings, named, self.options(), silent, sync=sync)

    def titles(self) -> set[str]:
        return {article.title for article in self.stored().values()}


@pytest.fixture
def site(tmp_path: Path, web: Web) -> Fetched:
    """A sitemap of two pages, indexed."""
    web.routes |= {"/s.xml": urlset(web, "/a", "/b"), "/a": page("أول", etag='"1"'), "/b": page("ثان")}
    site = Fetched(tmp_path, web)
    report = site.of("/s.xml", again=True)
    assert (report.articles, report.refused) == (2, [])
    assert web.paths() == ["/s.xml", "/a", "/b"]
    return site


def counts(report: Report) -> Counts:
    return report.read, report.added, report.updated, report.unchanged, report.removed


def test_a_page_is_known_by_its_address(site: Fetched) -> None:
    assert {article.url for article in site.stored().values()} == {f"{site.web.home}/a", f"{site.web.home}/b"}
    assert all(article.id.startswith("u-") for article in site.stored().values())


def test_a_redirected_page_is_known_by_where_it_leads(site: Fetched) -> None:
    site.web.routes |= {"/old": redirect("/new"), "/new": page("جديد")}
    site.of("/old")
    assert f"{site.web.home}/new" in {article.url for article in site.stored().values()}


def test_what_has_not_changed_is_not_read(site: Fetched, monkeypatch: pytest.MonkeyPatch) -> None:
    """One page has a tag, the other is sent again, the same."""
    monkeypatch.setattr(articles, "read_file", lambda *given: pytest.fail(f"{given} was read"))
    assert counts(site.of("/s.xml")) == (0, 0, 0, 2, 0)
    assert site.web.asked[-2].headers["if-none-match"] == '"1"'
    assert counts(site.of("/s.xml", sync=True)) == (0, 0, 0, 2, 0)


def test_what_a_sitemap_says_is_as_before_is_not_asked_for(site: Fetched) -> None:
    site.web.routes["/s.xml"] = urlset(site.web, "/a", "/b", a="2024-01-01", b="2024-01-01")
    site.of("/s.xml")
    site.web.paths()
    assert counts(site.of("/s.xml")) == (0, 0, 0, 2, 0)
    assert site.web.paths() == ["/s.xml"]
    site.web.routes |= {
        "/s.xml": urlset(site.web, "/a", "/b", a="2024-01-01", b="2024-01-02"),
        "/b": page("ثان معدل"),
    }
    assert counts(site.of("/s.xml")) == (1, 0, 1, 1, 0)
    assert site.web.paths() == ["/s.xml", "/b"]


def test_a_change_is_read(site: Fetched) -> None:
    site.web.routes["/a"] = page("أول معدل", etag='"2"')
    assert counts(site.of("/s.xml")) == (1, 0, 1, 1, 0)
    assert site.titles() == {"أول معدل", "ثان"}


def test_other_options_read_again(site: Fetched) -> None:
    site.fetching = replace(site.fetching)
    options = replace(site.options(), types=("page", "post"))
    assert update(site.settings, [Address(f"{site.web.home}/s.xml")], options, silent).read == 2
    assert all("if-none-match" not in asked.headers for asked in site.web.asked)


@pytest.mark.parametrize(
    "failing", [Answer(status=500), redirect("/a"), Answer(b"\x89PNG\0\0\0", headers=()), Answer(b"<html>")]
)
def test_a_page_that_fails_has_not_vanished(failing: Answer, site: Fetched) -> None:
    site.web.routes["/a"] = failing
    for _ in range(2):
        report = site.of("/s.xml", sync=True)
        assert [row["source"] for row in report.refused] == [f"{site.web.home}/a"]
        assert counts(report)[4] == 0
    assert site.titles() == {"أول", "ثان"}
    site.web.routes["/a"] = page("أول", etag='"1"')
    assert site.of("/s.xml", sync=True).refused == []


@pytest.mark.parametrize(
    "failing",
    [
        Answer(status=500),
        Answer(status=404),
        xml("<urlset><url><loc>"),
        xml("<urlset><a></urlset>"),
        page("خطأ"),
    ],
)
def test_with_a_list_that_fails_nothing_vanishes(failing: Answer, site: Fetched) -> None:
    site.web.routes["/s.xml"] = failing
    site.of("/s.xml", sync=True)
    assert {"أول", "ثان"} <= site.titles()


def test_what_is_gone_goes_with_sync(site: Fetched) -> None:
    del site.web.routes["/a"]
    report = site.of("/s.xml")
    assert (len(report.refused), report.removed) == (1, 0)
    assert site.of("/s.xml", sync=True).removed == 1
    assert site.titles() == {"ثان"}


def test_what_a_sitemap_no_longer_names_goes_with_sync(site: Fetched) -> None:
    site.web.routes["/s.xml"] = urlset(site.web, "/b")
    assert site.of("/s.xml").removed == 0
    assert site.of("/s.xml", sync=True).removed == 1


def test_another_source_is_not_touched_by_sync(site: Fetched) -> None:
    site.web.routes["/c"] = page("ثالث")
    site.of("/c")
    assert site.of("/s.xml", sync=True).removed == 0
    assert site.titles() == {"أول", "ثان", "ثالث"}


def test_an_index_of_sitemaps(site: Fetched) -> None:
    packed = Answer(
        gzip.compress(urlset(site.web, "/c", "/a").body), headers=(("Content-Type", "application/gzip"),)
    )
    inner = "".join(
        f"<sitemap><loc>{site.web.home}{path}</loc></sitemap>" for path in ("/s.xml", "/t.xml.gz", "/no.xml")
    )
    site.web.routes |= {
        "/i.xml": xml(f"<sitemapindex>{inner}</sitemapindex>"),
        "/t.xml.gz": packed,
        "/c": page("ثالث"),
    }
    report = site.of("/i.xml")
    assert site.web.paths() == ["/i.xml", "/s.xml", "/a", "/b", "/t.xml.gz", "/c", "/no.xml"]
    assert [row["reason"] for row in report.refused] == ["its server answered 404"]
    assert site.titles() == {"أول", "ثان", "ثالث"}


def test_lists_within_lists_come_to_an_end(site: Fetched) -> None:
    for number in range(9):
        loc = f"<sitemap><loc>{site.web.home}/i{number + 1}.xml</loc></sitemap>"
        site.web.routes[f"/i{number}.xml"] = xml(f"<sitemapindex>{loc}</sitemapindex>")
    report = site.of("/i0.xml")
    assert site.web.paths() == ["/i0.xml", "/i1.xml", "/i2.xml", "/i3.xml"]
    assert "lists" in report.refused[0]["reason"]


def test_other_hosts_and_schemes_in_a_sitemap_are_passed_over(site: Fetched) -> None:
    rows = "".join(
        f"<url><loc>{url}</loc></url>"
        for url in ("http://other.example/", "file:///etc/passwd", f"{site.web.home}/a")
    )
    site.web.routes["/o.xml"] = xml(f"<urlset>{rows}</urlset>")
    report = site.of("/o.xml")
    assert site.web.paths() == ["/o.xml", "/a"]
    assert [row["what"][:12] for row in report.mended if row["source"].endswith("/o.xml")] == [
        "1 addresses ",
        "passed over,",
    ]


def test_a_bomb_of_a_sitemap(site: Fetched) -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * 50_000_000)
    site.web.routes["/z.xml.gz"] = Answer(bomb, headers=(("Content-Type", "application/gzip"),))
    report = site.of("/z.xml.gz")
    assert "MB" in report.refused[0]["reason"]


def test_a_bomb_of_a_page(site: Fetched) -> None:
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
    site.web.routes["/z"] = Answer(gzip.compress(b"<p>" * 20_000_000), headers=headers)
    assert "10 MB" in site.of("/z").refused[0]["reason"]


def test_a_file_with_addresses(site: Fetched) -> None:
    file = site.folder / "list.txt"
    file.write_text(f"# صفحات\n\n{site.web.home}/c\n{site.web.home}/a\n", encoding="utf-8")
    site.web.routes["/c"] = page("ثالث")
    assert site.of(file).added == 1
    assert site.web.paths() == ["/c", "/a"]
    file.write_text(f"{site.web.home}/a\n", encoding="utf-8")
    assert site.of(file, sync=True).removed == 1


def test_a_file_with_a_sitemap(site: Fetched) -> None:
    file = site.folder / "sitemap.xml"
    file.write_bytes(urlset(site.web, "/c").body)
    site.web.routes["/c"] = page("ثالث")
    assert site.of(file).added == 1


def test_a_list_in_a_folder_is_not_fetched(site: Fetched) -> None:
    (site.sources / "list.txt").write_text(f"{site.web.home}/a\n")
    (site.sources / "sitemap.xml").write_bytes(urlset(site.web, "/a").body)
    report = site.of(site.sources)
    assert site.web.paths() == []
    assert len(report.refused) == 2


def test_a_feed_keeps_what_it_no_longer_lists(site: Fetched) -> None:
    site.web.routes["/feed"] = feed("1", "2")
    assert site.of("/feed").added == 2
    site.web.routes["/feed"] = feed("2", "3")
    report = site.of("/feed", sync=True)
    assert counts(report) == (2, 1, 0, 1, 0)
    assert f"{site.web.home}/1" in {article.url for article in site.stored().values()}


def test_what_was_fetched_is_not_fetched_again_after_an_interruption(
    tmp_path: Path, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.routes |= {"/s.xml": urlset(web, "/a", "/b", "/c")}
    web.routes |= {f"/{name}": page(name) for name in "abc"}
    site = Fetched(tmp_path, web)
    real = reader.read_file

    def stopped(path: Path, *given: object) -> object:
        if web.asked[-1].path == "/b":
            raise KeyboardInterrupt
        return real(path, *given)  # type: ignore[arg-type] # as they came

    monkeypatch.setattr(articles, "read_file", stopped)
    with pytest.raises(StoppedError):
        site.of("/s.xml", again=True)
    assert web.paths() == ["/s.xml", "/a", "/b"]
    monkeypatch.setattr(articles, "read_file", real)
    assert site.of("/s.xml", again=True).articles == 3
    assert web.paths() == ["/c"]
    assert not (tmp_path / CACHE).exists()


def test_ages_are_counted_from_when_a_page_was_fetched(site: Fetched) -> None:
    site.web.routes["/d"] = Answer(
        page("حديث").body.replace(b"</h1>", "</h1><time>منذ ساعتين</time>".encode())
    )
    report = site.of("/d")
    assert not [row for row in report.mended if "ages were counted" in row["what"]]


def test_without_a_folder_nothing_is_kept(web: Web, tmp_path: Path) -> None:
    web.routes["/a"] = page("خبر")
    options = Options(None, UTC, fetching=Fetching(delay=0, private=True))
    (file,) = files.files([Address(f"{web.home}/a")], options)
    assert file.name == f"{web.home}/a"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("given", ["http://", "http://a:b/", "https://" + "x" * 5_000 + "/"])
def test_what_is_no_address_is_refused(given: str, site: Fetched) -> None:
    report = update(site.settings, [Address(given)], site.options(), silent)
    assert [row["source"] for row in report.refused] == [given]


@pytest.mark.parametrize("again", [False, True])
def test_kept_pages_are_forgotten_before_the_next_run_can_begin(
    again: bool, site: Fetched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the moment that the lock is let go of, nothing is left to be deleted under another run's feet."""
    left: list[bool] = []
    lock = Store.rebuild_lock

    @contextmanager
    def watched(store: Store, command: str) -> Iterator[None]:
        with lock(store, command):
            yield
            left.append((tmp_path / CACHE).exists())

    monkeypatch.setattr(Store, "rebuild_lock", watched)
    site.of("/s.xml", again=again)
    assert left == [False]


def test_a_page_that_was_never_had_cannot_be_unchanged(site: Fetched) -> None:
    site.web.routes |= {"/s.xml": urlset(site.web, "/a", "/b", "/c"), "/c": Answer(status=304)}
    report = site.of("/s.xml", sync=True)
    assert [row["source"] for row in report.refused] == [f"{site.web.home}/c"]
    assert site.titles() == {"أول", "ثان"}
