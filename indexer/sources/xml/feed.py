"""Feeds: RSS 0.9 to 2.0, RSS 1.0 (RDF) and Atom. An item is an article, with what the feed has of it.

* **Text**: ``content:encoded`` or Atom's ``content``, else what describes the item.
* **Lead**: the description, where there is a text beside it that does not begin with the same words.
* **Section** is the first category, the others are **tags**: feeds do not tell them apart.
* **Picture**: Media RSS, a picture that is enclosed, an element ``image``, or the first in the text.
* **Comments**: their number (``slash:comments``), and from the web those of the item's comment feed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from kashshaf.index.documents import Article
from kashshaf.indexer.sources.dater import Dater
from kashshaf.indexer.sources.decoding.values import count
from kashshaf.indexer.sources.lines import key
from kashshaf.indexer.sources.outcome import Refused, UnfitError
from kashshaf.indexer.sources.xml import comment_feed, markup
from kashshaf.indexer.sources.xml.document import local
from kashshaf.indexer.sources.xml.item import Item, outcome
from kashshaf.indexer.sources.xml.pictures import picture_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.index.documents import Comment
    from kashshaf.indexer.sources.outcome import Outcome
    from kashshaf.indexer.sources.reading import Reading
    from kashshaf.indexer.sources.xml.document import Document

LARGEST_FEED = 50_000_000
"""Bytes of a comment feed, unpacked."""
_BEGINNING = 60
_CUT = (" […]", "[…]", " [...]", "…", "...")
"""Signs that WordPress puts where it cut a description off."""


def read_feed(document: Document, reading: Reading, place: str) -> Iterator[Outcome]:
    """An outcome for every item."""
    home, source, ordinal = reading.address, "", 0
    for element in document.elements(place):
        if isinstance(element, Refused):
            yield element
            continue
        name = local(element)
        if name in ("item", "entry"):
            ordinal += 1
            yield _outcome(Item(element), reading, f"{place}#{ordinal}", home, source)
        elif name == "title":
            source = source or markup.inline("".join(element.itertext()))
        elif name == "link" and element.get("rel", "alternate") == "alternate":
            home = element.get("href") or (element.text or "").strip() or home
        elif name == "channel":  # RSS 1.0 has its items beside it
            channel = Item(element)
            source, home = source or markup.inline(channel.text("title")), channel.text("link") or home
    if not ordinal:
        yield Refused(place, "there is no item in the feed")


def _outcome(item: Item, reading: Reading, place: str, home: str, source: str) -> Outcome:
    dater = Dater(reading)
    date, precision = dater.read(item.text("pubDate", "dc:date", "atom:published", "atom:updated"))
    described = item.html("description", "atom:summary")
    body = item.html("content:encoded", "atom:content")
    categories = list(dict.fromkeys(item.categories()))
    article = Article(
        url=_url(item, home),
        image=picture_of(item),
        title=markup.inline(item.html("title", "atom:title", "dc:title")),
        lead=_lead(described, body),
        sections=markup.sections(body or described, item.link()),
        date=date,
        date_precision=precision,
        date_source="stated" if date else None,
        source=source,
        section=categories[0] if categories else "",
        author=_author(item),
        tags=tuple(categories[1:]),
        comments_declared=count(item.text("slash:comments")),
        comments=tuple(_comments(item, reading, dater)),
    )
    return outcome(article, place, dater.mended)


def _comments(item: Item, reading: Reading, dater: Dater) -> Iterator[Comment]:
    """The comments of the item's comment feed, where that was fetched."""
    path = (reading.comment_feeds or {}).get(comment_feed.address_of(item))
    if path is None:
        return
    try:
        yield from comment_feed.comments(path, reading.largest or LARGEST_FEED, dater)
    except UnfitError as error:
        dater.say(comment_feed.NOT_READ.format(error))


def _url(item: Item, home: str) -> str:
    link = item.link() or item.about() or item.permalink()
    try:
        return urljoin(home, link) if link else ""
    except ValueError:  # brackets that are no address of IPv6
        return ""


def _lead(described: str, body: str) -> str:
    if not body or not described:
        return ""
    lead = markup.text(described)
    start = lead
    for cut in _CUT:
        start = start.removesuffix(cut)
    return "" if key(markup.text(body)).startswith(key(start)[:_BEGINNING]) else lead


def _author(item: Item) -> str:
    """The name; RSS has it in brackets behind an address for letters."""
    stated = item.text("dc:creator", "author") or item.inside("author", "name")
    _, opened, name = stated.partition("(")
    return markup.inline(name.rstrip(")") if opened and "@" in stated else stated)
