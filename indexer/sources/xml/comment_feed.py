"""Comment feeds: the readers' comments on one article, as its item names them by ``wfw:commentRss``.

WordPress gives every article one. The newest comments stand first in it, mostly ten of them; an answer begins
with a paragraph of its own, «In reply to» in the site's language, with a link to the comment it answers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from kashshaf.index.documents import Comment
from kashshaf.indexer.sources.decoding.unpack import UNREADABLE, unpacked
from kashshaf.indexer.sources.outcome import Refused, UnfitError
from kashshaf.indexer.sources.xml import markup
from kashshaf.indexer.sources.xml.document import FEEDS, Document, local
from kashshaf.indexer.sources.xml.item import Item

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kashshaf.indexer.sources.dater import Dater

MOST_COMMENTS = 10_000
"""Comments of one feed that are read."""
NOT_READ = "its comment feed cannot be read: {}"
_NAMES = ("wfw:commentRss", "wfw:commentRSS")
"""The element as its makers write it, and as many programs do."""
_ITEMS = ("item", "entry")
_ANSWERS = re.compile(
    r'\s{0,99}(?:<p>)?[^<>]{0,60}<a href="[^"<>]{0,2000}#(comment-\d{1,20})"[^<>]{0,200}>[^<>]{0,300}</a>'
    r"[^<>]{0,60}(?:</p>|\n\n)"
)
"""The paragraph that WordPress puts before an answer."""


def address_of(item: Item) -> str:
    """The address of an item's comment feed; empty where it names none."""
    return item.text(*_NAMES)


def addresses(path: Path, largest: int) -> list[str]:
    """The addresses of comment feeds that the items of a feed name, each once, in order.

    ``largest``: bytes that may come out of a packed file. Empty for what cannot be read as a feed.
    """
    try:
        return list(dict.fromkeys(filter(None, (address_of(item) for item in _items(path, largest)))))
    except (UnfitError, *UNREADABLE):
        return []


def comments(path: Path, largest: int, dater: Dater) -> Iterator[Comment]:
    """The comments of a feed, the oldest first. Raises UnfitError for what cannot be read as a feed."""
    try:
        found = [item for _, item in zip(range(MOST_COMMENTS), _items(path, largest), strict=False)]
    except UNREADABLE as error:
        raise UnfitError(str(error)) from error
    for item in reversed(found):
        html = item.html("content:encoded", "description", "atom:content", "atom:summary")
        answers = _ANSWERS.match(html)
        text = markup.text(html[answers.end() :] if answers else html)
        if text:
            date, precision = dater.read(item.text("pubDate", "dc:date", "atom:published", "atom:updated"))
            author = item.text("dc:creator", "author") or item.inside("author", "name")
            parent = answers[1] if answers else ""
            yield Comment(_id(item), markup.inline(author), date, precision, text, parent)


def _id(item: Item) -> str:
    """The comment's own id on its page: what its address has after ``#``."""
    given = item.text("guid", "atom:id") or item.link()
    return urldefrag(given).fragment or urldefrag(item.link()).fragment


def _items(path: Path, largest: int) -> Iterator[Item]:
    with path.open("rb") as stream, unpacked(stream, path, largest) as (inner, _):
        document = Document(inner)
        if document.root not in FEEDS:
            raise UnfitError(f"it is no feed: it begins with <{document.root}>")
        for element in document.elements(path.name):
            if not isinstance(element, Refused) and local(element) in _ITEMS:
                yield Item(element)
