"""What a folder of pages teaches: where parts stand, what is furniture, what a comment; and for how long."""

from __future__ import annotations

import gzip
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.errors import UsageError
from kashshaf.indexer.ingest.articles import outcomes
from kashshaf.indexer.ingest.files import files
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.profiles import library, profile_file
from kashshaf.indexer.profiles.draft import Sample, draft_profile
from kashshaf.indexer.profiles.library import ProfileLibrary, draft_of, spread
from kashshaf.indexer.sources.html.hosts import is_host
from kashshaf.indexer.sources.outcome import Found
from tests.indexer.sources.html.shapes import NOTICE, TOPICS, modern, story, tables, wordpress

if TYPE_CHECKING:
    from collections.abc import Callable

    from kashshaf.index.documents import Article
    from tests.indexer.sources.html.shapes import Story

SHAPES: dict[str, Callable[[Story], str | bytes]] = {
    "modern": modern,
    "wordpress": wordpress,
    "tables": tables,
}
PAGES = len(TOPICS)


def write(folder: Path, shape: str, pages: int = PAGES, comments: int | None = None, first: int = 0) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(first, first + pages):
        made = SHAPES[shape](story(number, comments))
        raw = made.encode() if isinstance(made, str) else made
        (folder / f"page{number:02}.html").write_bytes(raw)
    return folder


def extract(source: Path, profiles: ProfileLibrary) -> dict[str, Article]:
    options = Options(None, UTC, profiles=profiles)
    found = {}
    for file in files([source], options):
        for outcome in outcomes(file, options):
            assert isinstance(outcome, Found), outcome
            found[Path(file.key).name] = outcome.article
    return found


def said(article: Article) -> str:
    parts = (article.lead, *(part.text for part in article.sections))
    return "\n\n".join(filter(None, parts))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_folder_is_read_whole_without_any_profile(shape: str, tmp_path: Path) -> None:
    found = extract(write(tmp_path / "site", shape), ProfileLibrary())
    for number in range(PAGES):
        article, told = found[f"page{number:02}.html"], story(number)
        assert article.title == told.title
        assert said(article) == "\n\n".join(told.paragraphs)
        assert [one.author for one in article.comments] == [name for name, _, _ in told.comments]
        assert [one.text.split("\n\n")[-1] for one in article.comments] == [
            text for _, _, text in told.comments
        ]
        assert [(one.date or "")[:10] for one in article.comments] == [
            f"2016-05-{day}" for _, day, _ in told.comments
        ]


@pytest.mark.parametrize("shape", ["modern", "tables"])
def test_tomorrows_single_page_reads_as_the_folder_did(shape: str, tmp_path: Path) -> None:
    saved = tmp_path / "index" / library.FOLDER
    extract(write(tmp_path / "site", shape), ProfileLibrary(saved=saved, saves=True))
    assert len(list(saved.glob("*.toml"))) == 1
    page = write(tmp_path / "next", shape, pages=1, comments=1, first=40) / "page40.html"
    alone = extract(page, ProfileLibrary())["page40.html"]
    assert NOTICE in said(alone)  # one page cannot tell
    learned = extract(page, ProfileLibrary(saved=saved, saves=True, relearn=False))["page40.html"]
    assert said(learned) == "\n\n".join(story(40).paragraphs)
    assert [one.text for one in learned.comments] == [story(40, 1).comments[0][2]]


def test_nothing_is_kept_where_nothing_may_be_written(tmp_path: Path) -> None:
    saved = tmp_path / "index" / library.FOLDER
    extract(write(tmp_path / "site", "modern"), ProfileLibrary(saved=saved))
    assert not saved.exists()


def test_a_folder_teaches_once_a_run_and_not_at_all_where_it_was_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    draft = draft_profile

    def counted(samples: list[Sample], host: str) -> str:
        asked.append(host)
        return draft(samples, host)

    monkeypatch.setattr(library, "draft_profile", counted)
    saved, site = tmp_path / "kept", write(tmp_path / "site", "modern")
    extract(site, ProfileLibrary(saved=saved, saves=True))
    extract(site, ProfileLibrary(saved=saved, saves=True, relearn=False))
    assert asked == ["nour.example"]


def test_a_written_profile_is_never_changed(tmp_path: Path) -> None:
    text = (
        'hosts = ["nour.example"]\n[article]\ntext = ".story"\nauthor = ".nobody"\n[comments]\nitem = ".none"'
    )
    own = profile_file.parse(text, tmp_path / "own.toml")
    found = extract(write(tmp_path / "site", "modern"), ProfileLibrary([own]))
    assert all(NOTICE in said(article) and not article.comments for article in found.values())


def test_sites_in_one_folder_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path / "all" / "a", "modern")
    write(tmp_path / "all" / "b", "wordpress")
    profiles = ProfileLibrary()
    extract(tmp_path / "all", profiles)
    learned = profiles.learned(str((tmp_path / "all").resolve()))
    assert sorted(host for one in learned for host in one.hosts) == ["nour.example", "waha.example"]


def test_few_pages_teach_nothing(tmp_path: Path) -> None:
    profiles = ProfileLibrary()
    extract(write(tmp_path / "site", "modern", pages=4), profiles)
    assert profiles.learned(str((tmp_path / "site").resolve())) == []


def test_a_draft_is_a_profile_that_reads_the_same(tmp_path: Path) -> None:
    site = write(tmp_path / "site", "modern")
    text = draft_of([site])
    assert 'hosts = ["nour.example"]' in text
    drafted = profile_file.parse(text, tmp_path / "draft.toml")
    assert drafted.drafted
    assert extract(site, ProfileLibrary(forced=drafted)) == extract(site, ProfileLibrary())


def test_pages_that_cannot_be_read_teach_nothing(tmp_path: Path) -> None:
    site = write(tmp_path / "site", "modern")
    (site / "empty.html").write_bytes(b"")
    (site / "cut.html.gz").write_bytes(gzip.compress(b"<html>" * 999)[:20])
    (site / "packed.html.gz").write_bytes(gzip.compress(modern(story(30)).encode()))
    (site / "huge.html").write_bytes(b"x" * (library._LARGEST_PAGE + 1))
    assert "from 13 pages" in draft_of([site])


def test_what_shares_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>نص")
    with pytest.raises(UsageError, match="give some ten saved HTML pages"):
        draft_of([tmp_path / "a.html"])


def test_a_kept_file_that_is_damaged_teaches_nothing(tmp_path: Path) -> None:
    (tmp_path / "nour.example.toml").write_text("hosts = [")
    assert ProfileLibrary(saved=tmp_path).saved() == []


@pytest.mark.parametrize(("paths", "most"), [(0, 5), (5, 5), (11, 5), (1000, 7), (64, 16)])
def test_a_sample_is_spread_over_all(paths: int, most: int, tmp_path: Path) -> None:
    numbered = [tmp_path / str(number) for number in range(paths)]
    chosen = spread(iter(numbered), most)
    assert min(paths, most) // 2 <= len(chosen) <= most
    assert chosen == sorted(chosen, key=lambda path: int(path.name))
    assert not chosen or int(chosen[-1].name) >= paths * 0.6


def test_files_that_are_named_one_by_one_teach_together(tmp_path: Path) -> None:
    pages = sorted(write(tmp_path / "site", "modern").iterdir())
    profiles = ProfileLibrary()
    profiles.add_files(pages)
    found = [extract(page, profiles)[page.name] for page in pages]
    assert found == list(extract(tmp_path / "site", ProfileLibrary()).values())


def test_a_mirror_is_known_by_the_name_of_its_folder(tmp_path: Path) -> None:
    saved = tmp_path / "kept"
    mirror = write(tmp_path / "www.board.example", "tables")
    extract(mirror, ProfileLibrary(saved=saved, saves=True))
    assert [path.name for path in saved.iterdir()] == ["board.example.toml"]
    page = write(tmp_path / "next" / "board.example", "tables", pages=1, comments=1, first=40) / "page40.html"
    learned = extract(page, ProfileLibrary(saved=saved, relearn=False))["page40.html"]
    assert len(learned.comments) == 1


HOSTS = {
    "nour.example": True,
    "www.nour.co.uk": True,
    "xn--mgbh0fb.xn--kgbechtv": True,
    "..": False,
    ".": False,
    "": False,
    ".nour.example": False,
    "nour..example": False,
    "localhost": False,
    "192.168.1.5": False,
    f"{'n' * 63}.{'n' * 63}.example": False,
}


@pytest.mark.parametrize("host", HOSTS)
def test_what_can_be_the_host_of_a_site(host: str) -> None:
    assert is_host(host) is HOSTS[host]


@pytest.mark.parametrize("host", ["..", f"{'n.' * 121}example", "127.0.0.1"])
def test_a_host_that_is_none_names_no_file(host: str, tmp_path: Path) -> None:
    saved = tmp_path / "kept"
    site = write(tmp_path / "site", "modern")
    for page in site.iterdir():
        page.write_text(page.read_text().replace("nour.example", host))
    found = extract(site, ProfileLibrary(saved=saved, saves=True))
    assert [path.name for path in saved.iterdir()] == ["no-host.toml"]
    page = write(tmp_path / "next", "modern", pages=1, comments=1, first=40) / "page40.html"
    page.write_text(page.read_text().replace("nour.example", host))
    assert len(found) == PAGES
    assert NOTICE not in said(extract(page, ProfileLibrary(saved=saved, relearn=False))["page40.html"])


def test_a_draft_that_cannot_be_written_fails_no_page(tmp_path: Path) -> None:
    saved = tmp_path / "kept"
    saved.write_text("a file where the folder should be")
    site = write(tmp_path / "site", "modern")
    assert extract(site, ProfileLibrary(saved=saved, saves=True)) == extract(site, ProfileLibrary())
