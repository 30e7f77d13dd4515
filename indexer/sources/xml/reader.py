"""The way into XML: an export of WordPress or a feed, told by the document's first element."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.indexer.sources.outcome import Noted, UnfitError
from kashshaf.indexer.sources.xml.document import FEEDS, SITEMAPS, Document
from kashshaf.indexer.sources.xml.feed import read_feed
from kashshaf.indexer.sources.xml.wxr import read_wxr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.indexer.sources.decoding.unpack import Peekable
    from kashshaf.indexer.sources.outcome import Outcome
    from kashshaf.indexer.sources.reading import Reading


IS_SITEMAP = "it is a sitemap; to have its pages fetched, name it, or its address, as SOURCE"


def read(stream: Peekable, reading: Reading, place: str) -> Iterator[Outcome]:
    """An outcome for every item of a feed or an export; anything else is refused by what it is."""
    document = Document(stream)
    if document.root in SITEMAPS:
        raise UnfitError(IS_SITEMAP)
    if document.root not in FEEDS:
        raise UnfitError(f"it is neither a feed nor an export of WordPress: it begins with <{document.root}>")
    read_items = read_wxr if document.is_wordpress else read_feed
    yield from read_items(document, reading, place)
    for what in document.mended():
        yield Noted(place, what)
