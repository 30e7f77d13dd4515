"""The citation of an article: a line of Arabic, and a file for reference managers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.index.documents import Article
    from kashshaf.search_app.results.shapes import ArticleView

RIS_TYPE = "application/x-research-info-systems"
UNTITLED = "مقال من غير عنوان"
DATE_PARTS = {"year": 1, "month": 2}
"""Parts of a date that are known, by its precision; of any other precision all three."""


def line(view: ArticleView, date: str) -> str:
    """Author, title, source and ``date`` as it is read: what is known of these, in one line."""
    title = f"«{_one_line(view['title'] or UNTITLED)}»"
    known = (_one_line(view["author"]), title, _one_line(view["source"]), date)
    return "، ".join(filter(None, known))


def ris(article: Article, address: str) -> str:
    """The article as a record of RIS (Research Information Systems, of the type NEWS), lines ended by CR LF.

    A value stands in one line: whatever breaks lines in it has become a space, so that no text from outside
    can add a field.
    """
    rows = ((tag, _one_line(value)) for tag, value in _rows(article, address))
    return "".join(f"{tag}  - {value}\r\n" for tag, value in (*((t, v) for t, v in rows if v), ("ER", "")))


def _rows(article: Article, address: str) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS"
    yield "TI", article.title or UNTITLED
    yield "AU", article.author
    yield "T2", article.source
    yield from _dates(article)
    yield "AB", article.lead
    yield from (("KW", tag) for tag in article.tags)
    yield "LA", "ar"
    yield "UR", address


def _dates(article: Article) -> Iterator[tuple[str, str]]:
    """Year and date, the date as ``year/month/day/``: a part that is not known is left empty."""
    if article.date:
        parts = article.date[:10].split("-")[: DATE_PARTS.get(article.date_precision or "", 3)]
        yield "PY", parts[0]
        yield "DA", "/".join([*parts, "", ""][:3]) + "/"


def _one_line(text: str) -> str:
    return " ".join(text.split())
