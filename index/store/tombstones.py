"""Tombstones: articles and comments removed for good, kept out of every later update and rebuild.

Each is a line of ``removed.jsonl``; deleting the line lets the article or comment in again. Lines that the
write API wrote are deleted by it when it gives the article or comment again; no other is.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import orjson

from kashshaf.index.disk import sync, write_whole, writing
from kashshaf.index.errors import BrokenIndexError
from kashshaf.index.store.parts import REMOVED, now

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kashshaf.index.documents import Article

NAME = REMOVED
API = "api"
"""Who removed it, in the lines of the write API."""


@dataclass(slots=True)
class Tombstones:
    """The ids of removed articles, and of removed comments with their article's id."""

    path: Path
    articles: set[str] = field(default_factory=set)
    comments: set[tuple[str, str]] = field(default_factory=set)
    by_api: set[tuple[str, str]] = field(default_factory=set)
    """Those that the write API removed: ids of article and comment, this empty for the article itself."""
    stamp: str | None = ""
    """Time, inode and size of the file as it was read; empty without one, None once this changed it."""

    def __bool__(self) -> bool:
        return bool(self.articles or self.comments)

    @classmethod
    def load(cls, root: Path) -> Tombstones:
        """Read the tombstones of an index folder; raises BrokenIndexError for a line that cannot be read."""
        tombstones = cls(root / NAME, stamp=_stamp(root / NAME))
        if tombstones.path.exists():
            for line in filter(bytes.strip, tombstones.path.read_bytes().splitlines()):
                tombstones._read(line)
        return tombstones

    def current(self) -> Tombstones:
        """Return these if the file is as it was read, else what it has now; raises what ``load`` does."""
        return self if self.stamp == _stamp(self.path) else Tombstones.load(self.path.parent)

    def add(self, article: str, comment: str | None = None, by: str = "") -> None:
        """Write the removal of an article, or of one of its comments, lastingly; ``by``: API or empty."""
        row = {"article": article, "comment": comment, "removed": now(), **({"by": by} if by else {})}
        with writing(self.path), self.path.open("a+b") as file:
            end = file.seek(0, os.SEEK_END)
            file.seek(max(0, end - 1))
            apart = b"" if file.read(1) in (b"", b"\n") else b"\n"  # a person may have edited the file
            file.write(apart + orjson.dumps(row) + b"\n")
            file.flush()
            os.fsync(file.fileno())
            sync(self.path.parent)
        self._include(article, comment, by)
        self.stamp = None

    def add_rows(self, rows: Iterable[dict[str, object]]) -> None:
        """Write removals as ``rows`` returns them, all or none; those that are there stay as they are."""
        before = self.path.read_bytes() if self.path.exists() else b""
        apart = b"" if before.endswith(b"\n") or not before else b"\n"
        known = self.pairs()
        lines = (orjson.dumps(row) + b"\n" for row in rows)
        new = [line for line in lines if _pair(line) not in known]
        if new:
            write_whole(self.path, before + apart + b"".join(new))
        for line in new:
            self._read(line)
        self.stamp = None

    def lift(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Take back removals of the write API: pairs of the ids of an article and of a comment, or empty."""
        lifted = self.by_api.intersection(pairs)
        if not lifted:
            return
        lines = self.path.read_bytes().splitlines(keepends=True)
        write_whole(self.path, b"".join(line for line in lines if _pair(line) not in lifted))
        self.stamp = None
        self.by_api -= lifted
        self.comments -= lifted
        self.articles -= {article for article, comment in lifted if not comment}

    def rows(self) -> list[dict[str, object]]:
        """Return the lines of the file, as objects."""
        lines = self.path.read_bytes().splitlines() if self.path.exists() else []
        return [orjson.loads(line) for line in lines if line.strip()]

    def pairs(self) -> set[tuple[str, str]]:
        """Return every removal: the ids of an article and of a comment, empty for the article itself."""
        return self.comments | {(article_id, "") for article_id in self.articles}

    def without(self, pairs: set[tuple[str, str]]) -> Tombstones:
        """Return those that are not among ``pairs``."""
        articles = {each for each in self.articles if (each, "") not in pairs}
        return Tombstones(self.path, articles, self.comments - pairs)

    def contains(self, article_id: str, comment_id: str) -> bool:
        """Tell whether an article, or one of its comments if ``comment_id`` is not empty, was removed."""
        return (article_id, comment_id) in self.comments if comment_id else article_id in self.articles

    def knows(self, given: str) -> bool:
        """Tell whether an article or comment of that id, or of that ``ARTICLE/COMMENT``, was removed."""
        return given in self.articles or any(given in (c, f"{a}/{c}") for a, c in self.comments)

    def of(self, article: Article) -> list[tuple[str, str]]:
        """Return the removals that concern an article: pairs of its id and a comment's, empty for itself."""
        if article.id in self.articles:
            return [(article.id, "")]
        return [(article.id, c.id) for c in article.comments if (article.id, c.id) in self.comments]

    def left(self, article: Article) -> Article | None:
        """Return the article without its removed comments, or None if it is removed itself."""
        if article.id in self.articles:
            return None
        if not any((article.id, comment.id) in self.comments for comment in article.comments):
            return article
        kept = tuple(c for c in article.comments if (article.id, c.id) not in self.comments)
        return replace(article, comments=kept)

    def _read(self, line: bytes) -> None:
        try:
            row = orjson.loads(line)
            self._include(row["article"], row.get("comment"), row.get("by", ""))
        except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
            raise BrokenIndexError(
                f"{self.path} has a line that cannot be read: {line[:80]!r}; mend or delete that line"
            ) from error

    def _include(self, article: str, comment: str | None, by: str) -> None:
        if comment is None:
            self.articles.add(article)
        else:
            self.comments.add((article, comment))
        if by == API:
            self.by_api.add((article, comment or ""))


def _stamp(path: Path) -> str:
    try:
        status = path.stat()
    except FileNotFoundError:
        return ""
    return f"{status.st_mtime_ns} {status.st_ino} {status.st_size}"


def _pair(line: bytes) -> tuple[str, str]:
    """The removal of a line, read before."""
    row = orjson.loads(line) if line.strip() else {"article": ""}
    return row["article"], row.get("comment") or ""
