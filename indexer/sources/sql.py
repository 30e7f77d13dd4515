"""Databases: a query whose rows are articles, and perhaps one whose rows are their comments.

Rows go by the names of their columns, as those of a table do (:mod:`kashshaf.indexer.sources.table`). A
comment's row has in ``article`` the id of its article. Nothing is written: the connection is read-only where
the database has a way to say so, and is rolled back everywhere. Needs the extra ``sql``.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import orjson

from kashshaf.index.counted import counted
from kashshaf.index.errors import SourceError
from kashshaf.index.storage.scratch import scratch_folder
from kashshaf.indexer.sources import fields, table
from kashshaf.indexer.sources.outcome import Found, Refused, UnfitError

try:
    import sqlalchemy
    from sqlalchemy.exc import NoSuchModuleError, SQLAlchemyError
except ImportError as missing:
    raise SourceError(
        "databases are read by SQLAlchemy, which is not installed: in the folder of the source,"
        " pip install '.[sql]'"
    ) from missing

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

    from kashshaf.indexer.sources.outcome import Outcome
    from kashshaf.indexer.sources.reading import Reading
    from kashshaf.indexer.sources.source import Query

_EXTRA = "in the folder of the source, pip install '.[sql]'"
AT_ONCE = 500
"""Rows that are asked for at a time."""
_DRIVERS = {
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
}
"""The drivers taken where the address names none."""
_READ_ONLY = {
    "postgresql": "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
    "mysql": "SET SESSION TRANSACTION READ ONLY",
    "mariadb": "SET SESSION TRANSACTION READ ONLY",
    "sqlite": "PRAGMA query_only = ON",
}
_ARTICLE = "article"
_WORDS = ("text", "body")
_LONGEST_REASON = 300
_HIDDEN = "***"
_PASSWORD = re.compile("pass|pwd|secret|token", re.IGNORECASE)
"""Parts of names of an address's parameters whose values are secret."""
_NO_JSON = "a comment has a number of more than 64 bits or broken text; mend it in the query, as by CAST"
Row = Mapping[str, Any]


def query_name(query: Query) -> str:
    """The name of a query in reports and in the ledger: its database, without any password, and its label."""
    url = _url(query.url)
    shown = sqlalchemy.URL.create(
        url.get_backend_name(), url.username, host=url.host, port=url.port, database=url.database
    )
    return f"{shown.render_as_string()}#{query.label}"


def read_rows(query: Query, reading: Reading, place: str) -> Iterator[Outcome]:
    """An outcome for every row; a refusal for what the database refuses."""
    try:
        with _connected(query.url) as connection, _comments(connection, query.comments) as comments:
            for number in comments.refused:
                yield Refused(f"{place} comments[{number}]", _NO_JSON)
            for number, row in enumerate(_rows(connection, query.articles, reading), 1):
                yield _outcome(row, comments, reading, f"{place}[{number}]")
            if orphans := comments.orphans():
                yield Refused(
                    place,
                    f"{counted(orphans, 'comment')} belonged to articles that the query does not give",
                    orphans,
                )
    except SQLAlchemyError as error:
        yield Refused(place, _reason(error, query.url))


def _rows(connection: Connection, statement: str, reading: Reading) -> Iterator[Row]:
    result = connection.execution_options(yield_per=AT_ONCE).execute(_only_reads(statement))
    columns = list(result.keys())
    table.check(columns, reading.options.columns)
    names = fields.own_names(columns, reading.options.columns)
    for row in result:
        yield dict(zip(names, map(_plain, row), strict=True))


def _only_reads(statement: str) -> sqlalchemy.TextClause:
    """The statement as it is, colons and all. Raises UnfitError for one that does not begin as a question."""
    words = statement.split(None, 1)
    if not words or words[0].lower().lstrip("(") not in ("select", "with", "values", "table"):
        raise UnfitError("a query begins with SELECT or WITH")
    return sqlalchemy.text(statement.strip().rstrip(";").replace(":", r"\:"))


def _outcome(row: Row, comments: _CommentStore, reading: Reading, place: str) -> Outcome:
    named = fields.renamed(row, reading.options.columns)
    own = comments.of(str(named.get("id") or "").encode(errors="replace").decode())
    try:
        article, notes = fields.article({**row, "comments": own} if own else row, reading)
    except UnfitError as error:
        return Refused(place, str(error))
    return Found(article, place, notes)


class _CommentStore:
    """Every comment, beside the database: articles come in any order, and there may be millions.

    ``refused``: the numbers of the rows that cannot be kept.
    """

    def __init__(self, kept: sqlite3.Connection, connection: Connection, statement: str) -> None:
        self._kept = kept
        self.refused: list[int] = []
        self._kept.execute("CREATE TABLE comments (article TEXT, row BLOB, taken INTEGER DEFAULT 0)")
        if statement:
            self._take(connection, statement)
        self._kept.execute("CREATE INDEX by_article ON comments (article)")

    def _take(self, connection: Connection, statement: str) -> None:
        result = connection.execution_options(yield_per=AT_ONCE).execute(_only_reads(statement))
        columns = fields.own_names(result.keys(), ())
        if _ARTICLE not in columns or not any(each in columns for each in _WORDS):
            raise UnfitError(
                f"the query of comments has to give {_ARTICLE!r} (the id of the article) and 'text';"
                f" it gives: {', '.join(columns)}"
            )
        rows = (dict(zip(columns, map(_plain, row), strict=True)) for row in result)
        self._kept.executemany(
            "INSERT INTO comments (article, row) VALUES (?, ?)",
            filter(None, (self._packed(number, row) for number, row in enumerate(rows, 1))),
        )

    def _packed(self, number: int, row: Row) -> tuple[str, bytes] | None:
        """A row as it is kept; None for one that is refused, by its number in the query."""
        try:
            return str(row[_ARTICLE]), orjson.dumps(row)
        except TypeError:  # as orjson says it
            self.refused.append(number)
            return None

    def of(self, article: str) -> list[Any]:
        """The comments of an article, in the order of the query."""
        found = self._kept.execute(
            "SELECT row FROM comments WHERE article = ? ORDER BY rowid", (article,)
        ).fetchall()
        if found:
            self._kept.execute("UPDATE comments SET taken = 1 WHERE article = ?", (article,))
        return [orjson.loads(row) for (row,) in found]

    def orphans(self) -> int:
        """The number of comments that no article has asked for."""
        return int(self._kept.execute("SELECT count(*) FROM comments WHERE NOT taken").fetchone()[0])


@contextmanager
def _comments(connection: Connection, statement: str) -> Iterator[_CommentStore]:
    with (
        scratch_folder() as folder,
        closing(sqlite3.connect(folder / "comments.sqlite")) as kept,
    ):
        yield _CommentStore(kept, connection, statement)


def _url(given: str) -> URL:
    backend, rest = given.split("://", 1)
    try:
        return sqlalchemy.make_url(f"{_DRIVERS.get(backend.lower(), backend)}://{rest}")
    except (SQLAlchemyError, ValueError) as error:
        raise SourceError(
            f"{backend}://… is no address of a database; write it as {backend}://USER@HOST/DATABASE"
        ) from error


@contextmanager
def _connected(given: str) -> Iterator[Connection]:
    """A connection that can only read; raises UnfitError where it cannot be had."""
    url = _url(given)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise UnfitError(f"there is no database {url.database or 'in memory'}")
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            if statement := _READ_ONLY.get(url.get_backend_name()):
                connection.execute(sqlalchemy.text(statement))
                connection.commit()
            yield connection
    finally:
        engine.dispose()


def _engine(url: URL) -> Engine:
    try:
        return sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool, hide_parameters=True)
    except NoSuchModuleError as error:
        raise UnfitError(f"SQLAlchemy knows no database called {url.drivername}") from error
    except ImportError as error:
        own = url.drivername in _DRIVERS.values()
        remedy = _EXTRA if own else f"pip install {error.name}"
        raise UnfitError(f"the driver of {url.drivername} is not installed: {remedy}") from error


def _reason(error: Exception, given: str) -> str:
    """The database's error, in one line and without the password."""
    raised = getattr(error, "orig", None) or error
    said = raised.args[1] if len(raised.args) == 2 and isinstance(raised.args[0], int) else raised
    text = " ".join(str(said).split())
    for secret in _secrets(given):
        text = text.replace(secret, _HIDDEN)
    return f"the database refused: {text[:_LONGEST_REASON]}"


def _secrets(given: str) -> list[str]:
    """The secrets in an address, the longest first: passwords, wherever they stand in it."""
    url = _url(given)
    stated = [*url.normalized_query.items(), *([("password", (str(url.password),))] if url.password else ())]
    passwords = {each for key, values in stated if _PASSWORD.search(key) for each in values if each}
    written = {quote(each, safe="") for each in passwords}
    whole = {given.partition("://")[2]} if passwords else set()
    return sorted(passwords | written | whole, key=len, reverse=True)


def _plain(value: object) -> object:
    """A value as JSON has it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode(errors="replace")
    return value if isinstance(value, str | int | float | list | dict | None) else str(value)
