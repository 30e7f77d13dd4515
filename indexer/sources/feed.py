"""Feeds: RSS 0.9 to 2.0, RSS 1.0 (RDF) and Atom. An item is an article, with what the feed has of it.

* **Text**: ``content:encoded`` or Atom's ``content``, else what describes the item.
* **Lead**: the description, where there is a text beside it that does not begin with the same words.
* **Section** is the first category, the others are **tags**: feeds do not tell them apart.
* **Comments**: their number (``slash:comments``); their text is not in a feed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from lxml import etree

from index.documents import Article
from indexer.sources import fragment
from indexer.sources.base import Dater, Found, Reading, Refused
from indexer.sources.fields import count
from indexer.sources.page_lines import key
from indexer.sources.xml import local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.sources.base import Outcome
    from indexer.sources.html_tree import Element
    from indexer.sources.xml import Document

_PREFIXES = {
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
}
_PLAIN = (
    "",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://backend.userland.com/rss2",
)
_EXPORT, _EXCERPT = "http://wordpress.org/export/", "excerpt/"
_ELSEWHERE = "~"
"""Stands for namespaces that nothing is read of."""
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_BEGINNING = 60
_CUT = (" […]", "[…]", " [...]", "…", "...")
"""What WordPress puts where it cut a description off."""


def read(document: Document, reading: Reading, place: str) -> Iterator[Outcome]:
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
            source = source or fragment.inline("".join(element.itertext()))
        elif name == "link" and element.get("rel", "alternate") == "alternate":
            home = element.get("href") or (element.text or "").strip() or home
        elif name == "channel":  # RSS 1.0 has its items beside it
            told = Item(element)
            source, home = source or fragment.inline(told.text("title")), told.text("link") or home
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
        title=fragment.inline(item.html("title", "atom:title", "dc:title")),
        lead=_lead(described, body),
        sections=fragment.sections(body or described, item.link()),
        date=date,
        date_precision=precision,
        date_source="stated" if date else None,
        source=source,
        section=categories[0] if categories else "",
        author=_author(item),
        tags=tuple(categories[1:]),
        comments_declared=count(item.text("slash:comments")),
    )
    return outcome(article, place, dater.mended)


def outcome(article: Article, place: str, mended: tuple[str, ...]) -> Outcome:
    """The article, or its refusal if it has no words."""
    if not article.title and not article.sections and not article.lead:
        return Refused(place, "it has neither a title nor a text")
    return Found(article, place, mended)


def _url(item: Item, home: str) -> str:
    link = item.link() or item.about() or item.permalink()
    try:
        return urljoin(home, link) if link else ""
    except ValueError:  # brackets that are no address of IPv6
        return ""


def _lead(described: str, body: str) -> str:
    if not body or not described:
        return ""
    lead = fragment.text(described)
    start = lead
    for cut in _CUT:
        start = start.removesuffix(cut)
    return "" if key(fragment.text(body)).startswith(key(start)[:_BEGINNING]) else lead


def _author(item: Item) -> str:
    """The name; RSS has it in brackets behind an address for letters."""
    stated = item.text("dc:creator", "author") or item.inside("author", "name")
    _, opened, name = stated.partition("(")
    return fragment.inline(name.rstrip(")") if opened and "@" in stated else stated)


class Item:
    """What stands in an item, by name; names of a known namespace have its prefix."""

    def __init__(self, element: Element) -> None:
        self._element = element
        self._children: dict[str, list[Element]] = {}
        for child in element:
            if isinstance(child.tag, str):
                self._children.setdefault(named(child.tag), []).append(child)

    def all(self, name: str) -> list[Element]:
        """The elements of a name."""
        return self._children.get(name, [])

    def text(self, *names: str) -> str:
        """The text of the first of them that has any, without space at its ends."""
        for name in names:
            for child in self.all(name):
                if found := "".join(child.itertext()).strip():
                    return found
        return ""

    def about(self) -> str:
        """The address that RSS 1.0 has as an attribute."""
        return str(self._element.get(_ABOUT, ""))

    def html(self, *names: str) -> str:
        """The same as HTML: what is plain text, or Atom's XHTML, is made HTML."""
        for name in names:
            for child in self.all(name):
                if found := _html(child):
                    return found
        return ""

    def inside(self, name: str, inner: str) -> str:
        """The text of an element within an element."""
        texts = (
            Item(child).text(inner, f"atom:{inner}")
            for each in (name, f"atom:{name}")
            for child in self.all(each)
        )
        return next(filter(None, texts), "")

    def link(self) -> str:
        """Where the item leads to."""
        if plain := self.text("link"):
            return plain
        links = [each for each in self.all("atom:link") if each.get("rel", "alternate") == "alternate"]
        return str(links[0].get("href", "")).strip() if links else ""

    def permalink(self) -> str:
        """The item's id where that is an address."""
        stated = next((each for each in self.all("guid") if each.get("isPermaLink") != "false"), None)
        given = "".join(stated.itertext()).strip() if stated is not None else self.text("atom:id")
        return given if urlsplit(given).scheme in ("http", "https") else ""

    def categories(self) -> Iterator[str]:
        """Every category's name."""
        for child in (*self.all("category"), *self.all("dc:subject")):
            yield fragment.inline("".join(child.itertext()))
        for child in self.all("atom:category"):
            yield fragment.inline(child.get("label") or child.get("term") or "")


def named(tag: str) -> str:
    """A tag as it is called here: ``dc:creator``, ``wp:comment``, and ``title`` for RSS's own."""
    name = etree.QName(tag)
    uri = name.namespace or ""
    if uri in _PLAIN:
        return str(name.localname)
    if uri.startswith(_EXPORT):
        return f"{'excerpt' if uri.endswith(_EXCERPT) else 'wp'}:{name.localname}"
    return f"{_PREFIXES.get(uri, _ELSEWHERE)}:{name.localname}"


def _html(element: Element) -> str:
    form = element.get("type", "html").lower()
    if len(element) and form == "xhtml":
        return "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
    text = "".join(element.itertext())
    return text.replace("&", "&amp;").replace("<", "&lt;") if form in ("text", "text/plain") else text
