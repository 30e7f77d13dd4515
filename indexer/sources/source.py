"""The kinds of sources that a person may name: files and folders, addresses on the web, database queries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
WEB = ("http", "https")
DATABASES = ("postgresql", "postgres", "mysql", "mariadb", "sqlite", "oracle", "mssql")
"""Schemes, without the driver after a plus, that SQLAlchemy knows by itself."""


@dataclass(frozen=True, slots=True)
class Address:
    """A page, feed or sitemap on the web."""

    url: str

    def __str__(self) -> str:
        return self.url


@dataclass(frozen=True, slots=True)
class Query:
    """A query of articles, and perhaps one of their comments; ``label`` names it beside other queries.

    ``url`` may have a password in it: it is for connecting, never to be shown.
    """

    url: str
    articles: str
    comments: str = ""
    label: str = ""

    def __repr__(self) -> str:
        return f"the query {self.label}"


Source = Path | Address | Query


def scheme(given: str) -> str:
    """The scheme of an address, in lower case and without a driver; empty for a path."""
    found = _SCHEME.match(given)
    return found[1].lower().partition("+")[0] if found else ""
