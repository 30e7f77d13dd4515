"""Articles out of a real MariaDB, as of MySQL: letters, size, nothing written, and what goes wrong."""

from __future__ import annotations

import gc
import sys
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from kashshaf.indexer.sources import sql
from kashshaf.indexer.sources.outcome import Found, Refused
from kashshaf.indexer.sources.reader import complete_all
from kashshaf.indexer.sources.source import Query
from tests.integrations.mariadb import PASSWORD, USER
from tests.kashshaf.command import kashshaf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kashshaf.indexer.sources.outcome import Outcome
    from kashshaf.indexer.sources.reading import Reading
    from tests.integrations.mariadb import Mariadb

ARTICLES = "SELECT id, title, body, published AS date FROM posts ORDER BY id"
COMMENTS = "SELECT post AS article, id, author, text FROM comments ORDER BY id"
ROWS = 2_000
MANY = "SELECT seq AS id, 'خبر' AS title, REPEAT('x', 25000) AS body FROM seq_1_to_2000"
MOST_MEMORY = 25_000_000
"""Bytes; the rows of the test have twice as many."""


@pytest.fixture(scope="module")
def news(database: Mariadb) -> Mariadb:
    database.make("news")
    database.do(
        "CREATE TABLE news.posts (id INT PRIMARY KEY, title TEXT, body LONGTEXT, published DATETIME)",
        "CREATE TABLE news.comments (id INT, post INT, author TEXT, text TEXT)",
        "INSERT INTO news.posts VALUES (1, 'افتتاح الجسر 🌉', 'نص «أول»: 100%%', '2016-05-24 10:00:00')",
        "INSERT INTO news.posts VALUES (2, 'خبر بلا تاريخ', 'نص ثانٍ', NULL)",
        "INSERT INTO news.comments VALUES (7, 1, 'قارئ', 'مبروك 👏'), (8, 1, 'آخر', 'شكراً')",
        "CREATE TABLE news.old (title TEXT) CHARACTER SET cp1256",
        "INSERT INTO news.old VALUES ('أرشيف قديم')",
        "CREATE FUNCTION news.leaves_a_mark() RETURNS INT MODIFIES SQL DATA"
        " BEGIN INSERT INTO news.posts (id, title) VALUES (99, 'x'); RETURN 1; END",
    )
    return database


def outcomes(url: str, reading: Reading, articles: str = ARTICLES, comments: str = "") -> Iterator[Outcome]:
    query = Query(url, articles, comments, "posts")
    name = sql.query_name(query)
    return complete_all(sql.read_rows(query, reading, name), reading, name)


def refusal(url: str, reading: Reading, articles: str = ARTICLES) -> str:
    [refused] = outcomes(url, reading, articles)
    assert isinstance(refused, Refused)
    assert PASSWORD not in refused.reason
    return refused.reason


@pytest.mark.parametrize("scheme", ["mysql", "mariadb", "mysql+pymysql"])
def test_rows_and_their_comments(news: Mariadb, reading: Reading, scheme: str) -> None:
    first, second = outcomes(news.address("news", scheme), reading, comments=COMMENTS)
    assert isinstance(first, Found)
    assert isinstance(second, Found)
    assert (first.article.id, first.article.title) == ("1", "افتتاح الجسر 🌉")
    assert first.article.sections[0].text == "نص «أول»: 100%"
    assert first.article.date == "2016-05-24T10:00:00+00:00"
    assert [(each.id, each.text) for each in first.article.comments] == [("7", "مبروك 👏"), ("8", "شكراً")]
    assert second.article.date is None


def test_another_character_set(news: Mariadb, reading: Reading) -> None:
    [found] = outcomes(news.address("news"), reading, "SELECT title FROM old WHERE title LIKE 'أرشيف%'")
    assert isinstance(found, Found)
    assert found.article.title == "أرشيف قديم"


def test_a_moment_that_is_none(news: Mariadb, reading: Reading) -> None:
    never = "SELECT 'خبر' AS title, CAST('0000-00-00 00:00:00' AS DATETIME) AS date"
    [found] = outcomes(news.address("news"), reading, never)
    assert isinstance(found, Found)
    assert found.article.date is None


def test_many_rows_are_not_kept(news: Mariadb, reading: Reading) -> None:
    tracemalloc.start()
    try:
        count = sum(isinstance(outcome, Found) for outcome in outcomes(news.address("news"), reading, MANY))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == ROWS
    assert peak < MOST_MEMORY


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT leaves_a_mark() AS title", "READ ONLY transaction"),
        ("WITH a AS (SELECT 1) DELETE FROM posts", "error in your SQL"),
        ("SELECT 1 AS title; DELETE FROM posts", "error in your SQL"),
        ("SELECT title FROM nowhere", "Table 'news.nowhere' doesn't exist"),
    ],
)
def test_nothing_is_written(news: Mariadb, reading: Reading, query: str, reason: str) -> None:
    assert reason in refusal(news.address("news"), reading, query)
    assert sum(isinstance(each, Found) for each in outcomes(news.address("news"), reading)) == 2


def test_what_goes_wrong_has_a_sentence(news: Mariadb, reading: Reading) -> None:
    right = news.address("news")
    for url, reason in (
        (right.replace("%40ss", ""), "Access denied for user 'kashshaf'"),
        (right.replace("/news", "/nowhere"), "database 'nowhere'"),
        (right.replace("127.0.0.1", "nowhere.invalid"), "Can't connect to MySQL server on 'nowhere.invalid'"),
        (right.replace(f":{news.port}", ":1"), "Can't connect to MySQL server"),
    ):
        assert refusal(url, reading).startswith("the database refused: ")
        assert reason in refusal(url, reading)


def test_without_the_driver(news: Mariadb, reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymysql", None)
    assert "pip install '.[sql]'" in refusal(news.address("news"), reading)
    assert "knows no database called" in refusal(news.address("news", "mysql+nothing"), reading)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # PyMySQL closes it once more
def test_a_connection_that_breaks_off(news: Mariadb, reading: Reading) -> None:
    found = outcomes(news.address("news"), reading, MANY)
    assert isinstance(next(found), Found)
    with news.owner.connect() as connection:
        [number] = connection.exec_driver_sql(
            f"SELECT id FROM information_schema.processlist WHERE user = '{USER}'"  # noqa: S608 - of the test
        ).scalars()
        connection.exec_driver_sql(f"KILL {number}")
    *_, last = found
    assert isinstance(last, Refused)
    assert last.reason.startswith("the database refused: Lost connection")
    del found
    gc.collect()


def test_the_command_with_its_password_in_a_file(news: Mariadb, tmp_path: Path) -> None:
    (tmp_path / "posts.sql").write_text(ARTICLES)
    (tmp_path / "my.cnf").write_text(f"[client]\npassword = {PASSWORD}\n")
    address = f"mysql://{USER}@127.0.0.1:{news.port}/news?read_default_file={tmp_path / 'my.cnf'}"
    ran = kashshaf("extract", address, "--query", "posts.sql", index=tmp_path / "none", cwd=tmp_path)
    assert (ran.status, ran.out.count("الجسر")) == (0, 1), ran.err
