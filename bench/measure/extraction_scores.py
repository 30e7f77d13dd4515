"""Scores of extraction: titles, words of the text and comments, against known ones."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from kashshaf.index.dates.parser import parse_date

if TYPE_CHECKING:
    from kashshaf.index.documents import Article, Comment

_WORD = re.compile(r"\w+")
_VISITOR = re.compile(r"\s*\(زائر\)\s*$")
"""The mark that the paper sets behind the name of a reader who is not signed in."""
_DAY = datetime(2012, 1, 1, tzinfo=UTC)


def words(text: str) -> Counter[str]:
    """Count the words of a text."""
    return Counter(_WORD.findall(text))


def f1(found: Counter[str], right: Counter[str]) -> float:
    """Harmonic mean of the share of found words that are right and of right ones that are found."""
    both = (found & right).total()
    return 2 * both / (found.total() + right.total()) if both else float(found == right)


def body(article: Article) -> str:
    """Return the running text of an article: lead, headings, paragraphs."""
    return "\n".join((article.lead, *(f"{part.heading}\n{part.text}" for part in article.sections)))


def _same(text: str) -> str:
    return " ".join(_WORD.findall(text))


@dataclass
class Scores:
    """Counts over pages. Comments are the same when their words are, in order, each copy counted."""

    name: str
    seconds: float = 0.0
    """Of processor time, a page."""
    pages: int = 0
    missing: int = 0
    titles: int = 0
    dates: int = 0
    dated: int = 0
    """Pages whose date is known."""
    kickers: int = 0
    bodies: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    """Those of ``bodies`` of pages whose text is known to its end."""
    found: int = 0
    right: int = 0
    both: int = 0
    comment_dates: int = 0
    authors: int = 0

    def add(self, article: Article, row: dict[str, Any], *, cut: bool) -> None:
        """Count a page: the article that was read, and the row of what is known."""
        self.pages += 1
        self.titles += _same(article.title) == _same(row["title"])
        self.kickers += _same(article.kicker) == _same(row["kicker"])
        self.dated += bool(row["date"])
        self.dates += bool(row["date"]) and (article.date or "")[:10] == row["date"]
        self.bodies.append(f1(words(body(article)), words(row["text"])))
        if not cut:
            self.whole.append(self.bodies[-1])
        self._add_comments(article, row)

    def _add_comments(self, article: Article, row: dict[str, Any]) -> None:
        waiting: dict[str, list[Comment]] = {}
        for comment in article.comments:
            waiting.setdefault(_same(comment.text), []).extend([comment] * comment.copies)
            self.found += comment.copies
        for given in row["comments"]:
            self.right += 1
            alike = waiting.get(_same(given["text"]))
            if not alike:
                continue
            self.both += 1
            author = _same(_VISITOR.sub("", given["author"]))
            best = max(alike, key=lambda one: _same(_VISITOR.sub("", one.author)) == author)
            alike.remove(best)
            self.authors += _same(_VISITOR.sub("", best.author)) == author
            when = parse_date(given["date"], _DAY, UTC)
            self.comment_dates += when is not None and best.date == when.iso

    @staticmethod
    def columns() -> list[str]:
        """The heads of the table."""
        return [
            "", "pages", "titles", "kickers", "dates", "body F1", "whole ones", "comments P", "comments R",
            "their dates", "their authors", "pages/s",
        ]  # fmt: skip

    def cells(self) -> list[str]:
        """A row of the table."""
        pages = max(1, self.pages)
        shares = [self.titles / pages, self.kickers / pages, self.dates / max(1, self.dated)]
        return [
            self.name,
            f"{self.pages}" + (f" (+{self.missing} refused)" if self.missing else ""),
            *(f"{share:.3f}" for share in (*shares, sum(self.bodies) / pages)),
            f"{sum(self.whole) / max(1, len(self.whole)):.3f} ({len(self.whole)})",
            f"{self.both / max(1, self.found):.3f}",
            f"{self.both / max(1, self.right):.3f}",
            f"{self.comment_dates / max(1, self.both):.3f}",
            f"{self.authors / max(1, self.both):.3f}",
            f"{1 / self.seconds:.0f}" if self.seconds else "",
        ]
