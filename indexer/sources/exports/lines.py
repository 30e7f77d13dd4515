"""The content of an index as ``kashshaf export`` writes it: an article a line, as it is stored.

Lines with the key ``kashshaf`` are not articles: the first names the format, others what was removed for good
and what the write API wrote, and the last has counts and the SHA-256 of all bytes before it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from kashshaf.indexer.sources.exports.soundness import sound_article
from kashshaf.indexer.sources.outcome import Found, Outcome, Refused, UnfitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kashshaf.index.documents import Article
    from kashshaf.indexer.sources.decoding.unpack import Peekable
    from kashshaf.indexer.sources.reading import Reading

MARK = "kashshaf"
FORMAT = 1
EXPORT, REMOVED, WRITTEN, END = "export", "removed", "written", "end"
LONGEST_LINE = 100_000_000
CUT_SHORT = "it is cut short: its last line, with the counts, is not there"
DAMAGED = "it is damaged: it is not what was exported, by its checksum"
OTHER_FORMAT = "it has format {} of exports, and this version reads {}"


class Line(NamedTuple):
    """A line of an export: an article, or the data of another line."""

    article: Article | None
    data: dict[str, Any]


def header(engine: str = "") -> dict[str, Any]:
    """The data of the first line; ``engine``: the name of that of the index, where there is one."""
    return {MARK: EXPORT, "format": FORMAT, **({"engine": engine} if engine else {})}


def whole(articles: Iterable[dict[str, Any]]) -> bytes:
    """A whole export of some articles and nothing else."""
    rows = [orjson.dumps(row) + b"\n" for row in articles]
    content = orjson.dumps(header()) + b"\n" + b"".join(rows)
    return content + orjson.dumps(end(len(rows), 0, hashlib.sha256(content).hexdigest())) + b"\n"


def end(articles: int, comments: int, digest: str) -> dict[str, Any]:
    """The data of the last line; ``digest``: the SHA-256 of all before it, in hexadecimal digits."""
    return {MARK: END, "articles": articles, "comments": comments, "sha256": digest}


def is_export(first: bytes) -> bool:
    """Tell whether a file is an export by its first line."""
    return first.startswith(b'{"kashshaf":"export"')


def engine(first: bytes) -> object:
    """The engine that the first line of an export names; None for none."""
    return _data(first).get("engine")


def lines(first: bytes, stream: Peekable) -> Iterator[Line]:
    """Every line of an export after the first; raises UnfitError where it is not whole.

    What comes before the error is not to be trusted.
    """
    head = _data(first)
    if head.get("format") != FORMAT:
        raise UnfitError(OTHER_FORMAT.format(head.get("format"), FORMAT))
    sums, articles = hashlib.sha256(first), 0
    while raw := stream.readline(LONGEST_LINE):
        data = _data(raw)
        if data.get(MARK) == END:
            if data.get("sha256") != sums.hexdigest() or data.get("articles") != articles or stream.read(1):
                raise UnfitError(DAMAGED)
            return
        sums.update(raw)
        articles += MARK not in data
        yield Line(None if MARK in data else _article(data), data)
    raise UnfitError(CUT_SHORT)


def read(first: bytes, stream: Peekable, _: Reading, place: str) -> Iterator[Outcome]:
    """An outcome for every article, which is as it was stored; a damaged file is refused where it is seen."""
    try:
        for number, line in enumerate(lines(first, stream), 2):
            if line.article is not None:
                yield Found(line.article, f"{place}:{number}")
    except UnfitError as error:
        yield Refused(place, str(error))


def _data(raw: bytes) -> dict[str, Any]:
    try:
        data = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise UnfitError(DAMAGED if raw.endswith(b"\n") else CUT_SHORT) from error
    if not isinstance(data, dict):
        raise UnfitError(DAMAGED)
    return data


def _article(data: dict[str, Any]) -> Article:
    """The article of a line; a file may have any checksum that somebody puts into it."""
    article = sound_article(data)
    if article is None:
        raise UnfitError(DAMAGED)
    return article
