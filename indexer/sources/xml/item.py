"""An item of a feed or an export: its elements by short names."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import etree

from kashshaf.indexer.sources.outcome import Found, Refused
from kashshaf.indexer.sources.xml import markup
from kashshaf.indexer.sources.xml.document import local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.index.documents import Article
    from kashshaf.indexer.sources.html.tree import Element
    from kashshaf.indexer.sources.outcome import Outcome


_PREFIXES = {
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://wellformedweb.org/CommentAPI/": "wfw",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
}
_PLAIN = (
    "",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://backend.userland.com/rss2",
)
_EXPORT, _EXCERPT = "http://wordpress.org/export/", "excerpt/"
_ELSEWHERE = "~"
"""A stand-in for namespaces that nothing is read of."""
_WITHOUT_END = ("br", "hr", "img", "input")
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


def outcome(article: Article, place: str, mended: tuple[str, ...]) -> Outcome:
    """The article, or its refusal if it has no words."""
    if not article.title and not article.sections and not article.lead:
        return Refused(place, "it has neither a title nor a text")
    return Found(article, place, mended)


class Item:
    """The elements of an item, by name; names of a known namespace have its prefix."""

    def __init__(self, element: Element) -> None:
        self._element = element
        self._children: dict[str, list[Element]] = {}
        for child in element:
            if isinstance(child.tag, str):
                self._children.setdefault(named(child.tag), []).append(child)

    def all(self, name: str) -> list[Element]:
        """The elements of a name."""
        return self._children.get(name, [])

    def inner(self, name: str) -> list[Item]:
        """The elements of a name, each with the elements in it."""
        return [Item(element) for element in self.all(name)]

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
        """The text of the first that has any, as HTML: plain text and Atom's XHTML are made HTML."""
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
        """The address that the item leads to."""
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
            yield markup.inline("".join(child.itertext()))
        for child in self.all("atom:category"):
            yield markup.inline(child.get("label") or child.get("term") or "")


def named(tag: str) -> str:
    """A tag as it is called here: ``dc:creator``, ``wp:comment``, and ``title`` for RSS's own.

    One whose prefix the file does not declare keeps it.
    """
    uri, _, name = tag.removeprefix("{").rpartition("}")
    if uri in _PLAIN:
        return name
    if uri.startswith(_EXPORT):
        return f"{'excerpt' if uri.endswith(_EXCERPT) else 'wp'}:{name}"
    return f"{_PREFIXES.get(uri, _ELSEWHERE)}:{name}"


def _unescaped(element: Element) -> str:
    """The text of an element; HTML in it that should have been escaped stands as it is written."""
    parts = [element.text or ""]
    for child in element:
        name = local(child)
        end = "" if name in _WITHOUT_END else f"</{name}>"
        values = "".join(f' {key}="{escape(value)}"' for key, value in child.items())
        parts.append(f"<{name}{values}>{_unescaped(child)}{end}{child.tail or ''}")
    return "".join(parts)


def _html(element: Element) -> str:
    form = element.get("type", "html").lower()
    if len(element) and form == "xhtml":
        return "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
    text = _unescaped(element)
    return text.replace("&", "&amp;").replace("<", "&lt;") if form in ("text", "text/plain") else text
