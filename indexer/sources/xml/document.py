"""XML with many documents: feeds, and exports of WordPress. It is told by its first element.

Read from front to end, an item at a time, as lxml finds it; nothing is loaded from elsewhere, and no entity
is resolved: a file that declares some is refused. Damage is repaired before it is parsed
(:mod:`kashshaf.indexer.sources.xml.repair`), or passed over where the parser can go on, and said.
"""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING

from lxml import etree

from kashshaf.indexer.sources.decoding.streams import TextStream
from kashshaf.indexer.sources.outcome import Refused, UnfitError
from kashshaf.indexer.sources.xml.repair import Repair

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.indexer.sources.decoding.unpack import Peekable
    from kashshaf.indexer.sources.html.tree import Element

LARGEST_ITEM = 20_000_000
"""Bytes of one item with its comments; as the smallest elements they take thirty times the memory."""
_MOST_ERRORS = 500
_TAIL = 200
_WANTED = frozenset(("item", "entry", "title", "link", "author", "channel", "url", "sitemap"))
_UNFINISHED = etree.ErrorTypes.ERR_TAG_NOT_FINISHED
_UNDECLARED = etree.ErrorDomains.NAMESPACE
"""Of an element whose prefix is not declared: it is read by that (``named`` in ``item.py``)."""
_CONTAINERS = frozenset(("channel", "feed", "RDF", "urlset", "sitemapindex"))
FEEDS = ("rss", "RDF", "feed")
SITEMAPS = ("urlset", "sitemapindex")
WORDPRESS = "http://wordpress.org/export/"
DECLARES = (
    "it declares entities, which can make a small file endless; write what they stand for in their place"
)
REPAIRED = (
    "places in which the XML was damaged: {}, the first in line {}; what cannot be XML was read as text"
)
CUT_OFF = "the file is cut off here; what stood before was read"


class Document:
    """An XML document, read once: its first element's name, then what stands right below its containers.

    Raises UnfitError for what is no XML, declares entities, or is larger in one piece than it may be.
    """

    def __init__(self, stream: Peekable) -> None:
        self.text = TextStream(stream)
        self._repair = Repair(self.text.pieces())
        self._bytes = _Bytes(self._repair)
        self._events = etree.iterparse(
            self._bytes,
            events=("end",),
            recover=True,
            resolve_entities=False,
            huge_tree=False,
            load_dtd=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
            encoding="utf-8",
        )
        ended = self._first()
        if ended is None:
            raise UnfitError(self._why())
        self._waiting = deque([ended])
        first = ended.getroottree().getroot()
        declared = first.getroottree().docinfo.internalDTD
        if declared is not None and next(declared.iterentities(), None) is not None:
            raise UnfitError(DECLARES)
        self.root = local(first)
        self.is_wordpress = any(uri.startswith(WORDPRESS) for uri in first.nsmap.values())
        self._seen = 0

    def _first(self) -> Element | None:
        """The element that ends first; None where there is none, for which lxml has several ways."""
        try:
            return next(self._events, (None, None))[1]
        except etree.XMLSyntaxError:
            return None

    def elements(self, place: str) -> Iterator[Element | Refused]:
        """The elements right below root and channel, each forgotten once the next is asked for.

        Where the file is damaged, a refusal says so.
        """
        while (element := self._next()) is not None:
            parent = element.getparent()
            if parent is None or local(parent) not in _CONTAINERS:
                continue
            if local(element) in _WANTED:
                damage = self._new_errors()
                if damage and self._is_cut_off():
                    yield Refused(f"{place}:{damage[-1].line}", CUT_OFF)
                    return
                for error in damage[:1]:
                    yield Refused(f"{place}:{error.line}", _damaged(error.message))
                yield element
            self._bytes.since_last = 0
            element.clear()
            while element.getprevious() is not None:
                del parent[0]
        if damage := self._new_errors():
            cut = any(error.type == _UNFINISHED for error in damage)
            yield Refused(f"{place}:{damage[-1].line}", CUT_OFF if cut else _damaged(damage[-1].message))

    def mended(self) -> list[str]:
        """A sentence for each thing that had to be put right so far."""
        return [*filter(None, [self.damage()]), *self.text.mended()]

    def damage(self) -> str:
        """A sentence on what was repaired so far; empty where nothing had to be."""
        places, line = self._repair.places, self._repair.line
        return REPAIRED.format(places, line) if places else ""

    def _next(self) -> Element | None:
        return self._waiting.popleft() if self._waiting else next(self._events, (None, None))[1]

    def _is_cut_off(self) -> bool:
        """True if the element that ended last did so with the file: only elements around it end after it.

        Only asked of one that is damaged.
        """
        if not self._bytes.at_end or self._bytes.ends_whole(self.root):
            return False
        following = self._next()
        if following is None or local(following) in (*_CONTAINERS, self.root):
            return True
        self._waiting.append(following)
        return False

    def _new_errors(self) -> list[etree._LogEntry]:
        """Errors that the parser has logged since the last call."""
        log = [entry for entry in self._events.error_log if entry.domain != _UNDECLARED]
        if len(log) == self._seen:
            return []
        if len(log) > _MOST_ERRORS:
            raise UnfitError(f"it is damaged in more than {_MOST_ERRORS} places")
        new = [entry for entry in log[self._seen :] if entry.level >= etree.ErrorLevels.ERROR]
        self._seen = len(log)
        return new

    def _why(self) -> str:
        log = list(self._events.error_log)
        if any("amplification" in entry.message for entry in log):
            return DECLARES
        return _damaged(log[0].message) if log else "there is nothing in it"


def local(element: Element) -> str:
    """An element's name without its namespace; empty for what is none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


class _Bytes:
    """The text as UTF-8 for the parser, and how much of it went by since the last element was done."""

    def __init__(self, text: Repair) -> None:
        self._pieces = text.pieces()
        self.since_last = 0
        self.at_end = False
        self._tail = b""

    def ends_whole(self, root: str) -> bool:
        """True if the last bytes end the first element."""
        return re.search(rb"</(?:[\w.-]+:)?%s\s*>\s*\Z" % root.encode(), self._tail) is not None

    def read(self, size: int = -1, /) -> bytes:
        """The next piece, whatever its size; nothing at the end."""
        del size
        raw = next(filter(None, self._pieces), "").encode("utf-8", "replace")
        self.since_last += len(raw)
        if self.since_last > LARGEST_ITEM:
            raise UnfitError(f"one element in it is larger than {LARGEST_ITEM // 1_000_000} MB")
        self.at_end = not raw
        self._tail = (self._tail + raw)[-_TAIL:]
        return raw


def _damaged(message: str) -> str:
    return f"the XML is damaged: {message.strip()[:120]}"
