"""Site profiles on the command line: drafted, tried out, used; what folders taught is kept with the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from tests.indexer.sources.html.shapes import NOTICE, modern, story
from tests.kashshaf.command import kashshaf, one_line

if TYPE_CHECKING:
    from pathlib import Path

PROFILE = (
    'hosts = ["nour.example"]\n[article]\ntext = ".story"\ntitle = "{}"\n[comments]\nitem = "li > article"\n'
)


def site(folder: Path, pages: int = 8, first: int = 0, comments: int | None = None) -> Path:
    folder.mkdir()
    for number in range(first, first + pages):
        (folder / f"{number}.html").write_text(modern(story(number, comments)), encoding="utf-8")
    return folder


def test_a_profile_is_drafted_and_tried_out(tmp_path: Path) -> None:
    pages, index = site(tmp_path / "pages"), tmp_path / "index"
    drafted = kashshaf("profile", "pages", index=index)
    assert (drafted.status, drafted.err) == (0, "")
    (tmp_path / "nour.toml").write_text(drafted.out, encoding="utf-8")
    tried = kashshaf("extract", "--profile", "nour.toml", "pages/3.html", index=index)
    article = orjson.loads(tried.out)
    assert [section["text"] for section in article["sections"]] == ["\n\n".join(story(3).paragraphs)]
    assert len(article["comments"]) == 3
    one = kashshaf("profile", str(pages / "3.html"), index=index)
    assert "from 1 pages" in one.out


def test_what_cannot_be_used_is_wrong_usage(tmp_path: Path) -> None:
    site(tmp_path / "pages", pages=1)
    (tmp_path / "bad.toml").write_text("[article]\ntitel = 'h1'\n")
    for words in (
        ("extract", "--profile", "bad.toml", "pages"),
        ("index", "--profile", "bad.toml", "pages"),
        ("reindex", "--profile", "none.toml", "pages"),
        ("profile", "bad.toml"),
    ):
        ran = kashshaf(*words, index=tmp_path / "index")
        assert (ran.status, ran.out, one_line(ran.err)) == (2, "", True), words
    assert not (tmp_path / "index").exists()


def test_pages_are_read_again_when_the_profile_changes(tmp_path: Path) -> None:
    site(tmp_path / "pages", pages=3)
    own, index = tmp_path / "own.toml", tmp_path / "index"
    own.write_text(PROFILE.format("h1"))
    words = ("index", "--json", "--profile", "own.toml", "pages")
    assert kashshaf(*words, index=index).json()["added"] == 3
    assert kashshaf(*words, index=index).json()["read"] == 0
    own.write_text(PROFILE.format("footer"))
    assert kashshaf(*words, index=index).json()["updated"] == 3


def test_what_a_folder_taught_reads_the_page_that_comes_alone(tmp_path: Path) -> None:
    site(tmp_path / "pages")
    index = tmp_path / "index"
    assert kashshaf("reindex", "pages", index=index).status == 0
    assert (index / "profiles" / "nour.example.toml").exists()
    site(tmp_path / "next", pages=1, first=20, comments=1)
    assert kashshaf("index", "next/20.html", index=index).status == 0
    found = kashshaf("search", "--json", "20", index=index).json()["hits"][0]
    assert found["title"] == story(20).title
    assert found["comments"]["total"] == 1
    notice = kashshaf("search", "--json", f'"{NOTICE}"', index=index).json()
    assert notice["total"] == 0
