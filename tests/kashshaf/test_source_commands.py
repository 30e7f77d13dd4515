"""Sources of every kind on the command line: what is read, what is refused, and what is never printed."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from kashshaf.indexer.sources.fields import NAMES
from tests.conftest import SAMPLES
from tests.indexer.ingest.web.server import Web, page
from tests.kashshaf.command import called

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PASSWORD = "s3cret"  # noqa: S105 - of nothing


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    monkeypatch.setenv("KASHSHAF_FETCH_PRIVATE", "yes")
    monkeypatch.setenv("KASHSHAF_FETCH_DELAY", "0")
    server = Web()
    yield server
    server.close()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """The sample exports' articles in a database, as a site's own would have them."""
    path = tmp_path / "news.sqlite"
    with closing(sqlite3.connect(path)) as made:
        made.executescript(
            """
            CREATE TABLE posts (id TEXT, title TEXT, body TEXT);
            CREATE TABLE said (post TEXT, author TEXT, text TEXT);
            INSERT INTO posts VALUES ('a', 'افتتاح الجسر', 'نص'), ('b', 'موسم الزيتون', 'نص');
            INSERT INTO said VALUES ('a', 'قارئ', 'مبروك');
            """
        )
    (tmp_path / "posts.sql").write_text("SELECT id, title, body FROM posts", encoding="utf-8")
    (tmp_path / "said.sql").write_text("SELECT post AS article, author, text FROM said", encoding="utf-8")
    return path


def test_a_page_of_a_site(web: Web, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    web.routes["/a"] = page("خبر")
    ran = called(capsys, "index", f"{web.home}/a", "--json", index=tmp_path / "built")
    assert (ran.status, ran.json()["added"]) == (0, 1)
    assert (
        called(capsys, "extract", f"{web.home}/a", index=tmp_path / "none").json()["file"] == f"{web.home}/a"
    )
    assert not (tmp_path / "built" / "fetched").exists()


def test_a_page_that_is_not_there(web: Web, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    web.routes["/a"] = page("خبر")
    called(capsys, "index", f"{web.home}/a", index=tmp_path / "built")
    ran = called(capsys, "index", f"{web.home}/no", "--json", index=tmp_path / "built")
    assert (ran.status, ran.json()["refused"]) == (
        3,
        [{"source": f"{web.home}/no", "reason": "its server answered 404"}],
    )
    assert called(capsys, "reindex", f"{web.home}/no", index=tmp_path / "built").status == 1


def test_this_machine_is_not_fetched_from(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = called(capsys, "extract", "http://127.0.0.1:9/", index=tmp_path / "none")
    assert ran.status == 3
    assert "private network" in ran.err


def test_a_database(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("sqlalchemy", reason="the extra sql is not installed")
    words = [f"sqlite:///{database}", "--query", str(tmp_path / "posts.sql")]
    words += ["--comments-query", str(tmp_path / "said.sql")]
    ran = called(capsys, "index", *words, "--json", index=tmp_path / "built")
    assert (ran.status, ran.json()["articles"], ran.json()["comments"]) == (0, 2, 1)
    with closing(sqlite3.connect(database)) as made:
        made.execute("DELETE FROM posts WHERE id = 'b'")
        made.commit()
    ran = called(capsys, "index", *words, "--sync", "--json", index=tmp_path / "built")
    assert (ran.json()["unchanged"], ran.json()["removed"]) == (1, 1)


@pytest.mark.parametrize(
    "form", ["postgresql://user:{}@127.0.0.1:1/news", "mysql://user:{}@127.0.0.1:1/news?password={}"]
)
@pytest.mark.parametrize("command", ["index", "reindex", "extract"])
def test_a_password_is_nowhere_to_be_seen(
    command: str, form: str, database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("sqlalchemy", reason="the extra sql is not installed")
    called(capsys, "index", str(SAMPLES / "articles" / "marafi.jsonl"), index=tmp_path / "built")
    query = str(database.with_name("posts.sql"))
    ran = called(capsys, command, form.format(PASSWORD, PASSWORD), "--query", query, index=tmp_path / "built")
    assert ran.status in (1, 3)
    assert PASSWORD not in ran.out + ran.err
    for file in (tmp_path / "built").rglob("*"):
        assert not file.is_file() or PASSWORD.encode() not in file.read_bytes()


WRONG = {
    "no such file": (("nowhere.jsonl",), "does not exist"),
    "a scheme nobody reads": (("ftp://a.example/",), "ftp:// cannot be read"),
    "a password in an address": (("https://me:s3cret@a.example/",), "no name and password"),
    "a database without a query": (("sqlite:///a.db",), "--query"),
    "a query without a database": ((".", "--query", __file__), "none is among the sources"),
    "a query that is not there": (("sqlite:///a.db", "--query", "no.sql"), "does not exist"),
    "an unknown field": ((".", "--columns", "headline=a"), ", ".join(NAMES)),
    "no column": ((".", "--columns", "title="), "FIELD=COLUMN"),
    "no type": ((".", "--types", "a b"), "post,page"),
}


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("command", ["index", "reindex", "extract"])
def test_wrong_usage(command: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words, told = WRONG[name]
    ran = called(capsys, command, *words, index=tmp_path / "built")
    assert (ran.status, told in ran.err) == (2, True), ran.err
    assert PASSWORD not in ran.err


def test_columns_and_types_are_part_of_how_files_were_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text("title,العنوان,body\nأول,ثان,نص\n", encoding="utf-8")
    source, index = str(tmp_path / "a.csv"), tmp_path / "built"
    called(capsys, "index", source, index=index)
    assert called(capsys, "index", source, "--json", index=index).json()["read"] == 0
    ran = called(capsys, "index", source, "--columns", "title=العنوان", "--json", index=index)
    assert (ran.json()["read"], ran.json()["updated"]) == (1, 1)


def test_a_file_name_that_is_no_utf_8(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    name = os.fsdecode(b"\xc7\xe1.jsonl")
    (folder / name).write_text('{"title": "خبر", "body": "نص"}\n{}\n', encoding="utf-8")
    for source in (folder, folder / name):
        ran = called(capsys, "extract", str(source), index=tmp_path / "none")
        assert ran.status == 3
        assert ran.json()["file"] == f"{folder}/\\xc7\\xe1.jsonl"
        assert "\\xc7\\xe1.jsonl:2: it has neither a title nor a body" in ran.err
