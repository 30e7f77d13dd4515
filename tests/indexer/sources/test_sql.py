"""Databases, by SQLite: rows as articles, their comments by a second query, nothing written, nothing told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

pytest.importorskip("sqlalchemy", reason="the extra sql is not installed")

from kashshaf.index.errors import SourceError
from kashshaf.indexer.sources import sql
from kashshaf.indexer.sources.outcome import Found, Refused
from kashshaf.indexer.sources.reader import complete_all
from kashshaf.indexer.sources.source import Query
from tests.indexer.sources.told import with_options

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.indexer.sources.outcome import Outcome
    from kashshaf.indexer.sources.reading import Reading

ARTICLES = "SELECT id, title, body, published AS date, section FROM posts ORDER BY id;"
COMMENTS = "SELECT post AS article, id, author, text, parent FROM comments WHERE approved ORDER BY id"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "news.sqlite"
    with closing(sqlite3.connect(path)) as made:
        made.executescript(
            """
            CREATE TABLE posts (id INTEGER, title TEXT, body TEXT, published TEXT, section TEXT);
            CREATE TABLE comments
                (id INTEGER, post INTEGER, author TEXT, text TEXT, parent INTEGER, approved INTEGER);
            INSERT INTO posts VALUES (1, 'افتتاح الجسر', 'نص أول', '2016-05-24 10:00:00', 'محليات');
            INSERT INTO posts VALUES (2, 'موسم الزيتون', 'نص ثان', NULL, NULL);
            INSERT INTO posts VALUES (3, NULL, '', NULL, NULL);
            INSERT INTO comments VALUES (10, 1, 'قارئ', 'مبروك', NULL, 1);
            INSERT INTO comments VALUES (11, 1, 'آخر', 'شكراً', 10, 1);
            INSERT INTO comments VALUES (12, 1, 'ثالث', 'لا يظهر', NULL, 0);
            """
        )
    return path


def read(path: Path, reading: Reading, articles: str = ARTICLES, comments: str = "") -> list[Outcome]:
    query = Query(f"sqlite:///{path}", articles, comments, "posts")
    name = sql.query_name(query)
    return list(complete_all(sql.read_rows(query, reading, name), reading, name))


def refused(outcomes: list[Outcome]) -> str:
    return "\n".join(outcome.reason for outcome in outcomes if isinstance(outcome, Refused))


def test_rows_are_articles(database: Path, reading: Reading) -> None:
    first, second, third = read(database, reading)
    assert isinstance(first, Found)
    assert isinstance(second, Found)
    assert (first.article.id, first.article.title, first.article.section) == ("1", "افتتاح الجسر", "محليات")
    assert (first.article.date, first.article.sections[0].text) == ("2016-05-24T10:00:00+00:00", "نص أول")
    assert first.place == f"sqlite:///{database}#posts[1]"
    assert isinstance(third, Refused)


def test_comments_come_by_a_second_query(database: Path, reading: Reading) -> None:
    first = read(database, reading, comments=COMMENTS)[0]
    assert isinstance(first, Found)
    said = [(comment.id, comment.author, comment.text, comment.parent) for comment in first.article.comments]
    assert said == [("10", "قارئ", "مبروك", ""), ("11", "آخر", "شكراً", "10")]


def test_comments_without_an_article_are_said(database: Path, reading: Reading) -> None:
    articles = "SELECT id, title FROM posts WHERE id = 2"
    assert "2 comments belonged to articles" in refused(read(database, reading, articles, COMMENTS))


def test_columns_in_capitals_and_markup(database: Path, reading: Reading) -> None:
    articles = (
        "SELECT id AS ID, '<p>أول</p><p>ثان &amp; ثالث</p>' AS BODY, 'خبر' AS Title FROM posts WHERE id = 1"
    )
    comments = "SELECT post AS ARTICLE, author AS Author, 'نعم<br>حقا' AS TEXT FROM comments WHERE id = 10"
    (found,) = read(database, reading, articles, comments)
    assert isinstance(found, Found)
    assert (found.article.id, found.article.sections[0].text) == ("1", "أول\n\nثان & ثالث")
    assert (found.article.comments[0].author, found.article.comments[0].text) == ("قارئ", "نعم\n\nحقا")


def test_columns_may_be_named(database: Path, reading: Reading) -> None:
    named = with_options(reading, columns=(("title", "headline"),))
    (found,) = read(database, named, "SELECT 'عنوان: ثان' AS headline")
    assert isinstance(found, Found)
    assert found.article.title == "عنوان: ثان"


BAD = {
    "an unknown table": ("SELECT title FROM nowhere", "", "no such table"),
    "no SQL": ("SELEKT", "", "begins with SELECT"),
    "a change": ("DELETE FROM posts", "", "begins with SELECT"),
    "a change behind a question": ("WITH a AS (SELECT 1) DELETE FROM posts", "", "readonly"),
    "two statements": ("SELECT title FROM posts; DELETE FROM posts", "", "one statement"),
    "no words": ("SELECT id FROM posts", "", "none of its columns"),
    "comments without articles": (ARTICLES, "SELECT text FROM comments", "'article'"),
    "a fault on the way": ("SELECT id, abs(-9223372036854775807 - id) AS title FROM posts", "", "overflow"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_refused_and_nothing_is_written(name: str, database: Path, reading: Reading) -> None:
    articles, comments, reason = BAD[name]
    before = database.read_bytes()
    assert reason in refused(read(database, reading, articles, comments))
    assert database.read_bytes() == before


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path, reading: Reading) -> None:
    assert "there is no database" in refused(read(tmp_path / "no.sqlite", reading))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://user:s3cret@127.0.0.1:1/news",
        "postgresql://user:s3c%72et@127.0.0.1:1/news?connect_timeout=2",
        "mysql://user:s3cret@127.0.0.1:1/news",
    ],
)
def test_a_password_is_never_told(url: str, reading: Reading) -> None:
    query = Query(url, ARTICLES, label="posts")
    name = sql.query_name(query)
    outcomes = list(complete_all(sql.read_rows(query, reading, name), reading, name))
    assert refused(outcomes)
    assert name == f"{url.partition(':')[0]}://user@127.0.0.1:1/news#posts"
    for told in (repr(outcomes), str(query), repr(query), name):
        assert "s3c" not in told


def test_no_address_of_a_database() -> None:
    with pytest.raises(SourceError, match="no address of a database") as raised:
        sql.query_name(Query("postgresql://user:s3cret@host:port/news", ""))
    assert "s3cret" not in str(raised.value)


def test_many_rows_are_read_a_few_at_a_time(database: Path, reading: Reading) -> None:
    numbers = "SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000"
    many = f"WITH RECURSIVE n(i) AS ({numbers}) SELECT i AS id, 'خبر' AS title FROM n"  # noqa: S608 - no input
    assert len(read(database, reading, many)) == 3_000


@pytest.mark.parametrize("key", ["password", "passwd", "sslpassword", "PWD"])
@pytest.mark.parametrize("secret", ["s3cret", "s3c%2Fret"])
def test_a_password_among_the_parameters_is_never_told(key: str, secret: str) -> None:
    url = f"postgresql://user@127.0.0.1/news?connect_timeout=2&{key}={secret}"
    assert "s3c" not in sql._reason(ValueError(f"no {secret} at {url}"), url)
    assert "s3c" not in sql._reason(ValueError(f"no {unquote(secret)}"), url)
    assert "s3c" not in sql.query_name(Query(url, ""))
    assert "timeout 2" in sql._reason(ValueError("timeout 2"), url)


@pytest.mark.parametrize("odd", [2**70, "\ud800", [2**70], {"a": "\ud800"}])
def test_a_comment_that_cannot_be_kept_is_refused_by_its_number(
    odd: object, database: Path, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = sql._plain
    monkeypatch.setattr(sql, "_plain", lambda value: odd if value == "مبروك" else plain(value))
    outcomes = read(database, reading, comments=COMMENTS)
    found = [outcome.article for outcome in outcomes if isinstance(outcome, Found)]
    assert [comment.id for article in found for comment in article.comments] == ["11"]
    said = [each for each in outcomes if isinstance(each, Refused) and "comment" in each.reason]
    assert [each.place for each in said] == [f"sqlite:///{database}#posts comments[1]"]


def test_an_id_of_broken_text_ends_no_query(
    database: Path, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = sql._plain
    monkeypatch.setattr(sql, "_plain", lambda value: "\ud800" if value == 2 else plain(value))
    titles = [
        each.article.title for each in read(database, reading, comments=COMMENTS) if isinstance(each, Found)
    ]
    assert titles == ["افتتاح الجسر", "موسم الزيتون"]
