"""Machine data of a page: JSON-LD, OpenGraph and other meta elements, the canonical link."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import orjson

from kashshaf.indexer.sources.decoding.values import plain
from kashshaf.indexer.sources.html.facts import Facts
from kashshaf.indexer.sources.html.title import window_title
from kashshaf.indexer.sources.lines import key
from kashshaf.indexer.sources.pictures.address import first_usable, is_large_enough
from kashshaf.indexer.sources.pictures.stated import addresses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.indexer.sources.html.tree import Element

_ARTICLE_TYPES = ("Article", "Posting", "Report")
_PATH_TYPES = ("BreadcrumbList",)
_IMAGES_OF_GRAPH = ("og:image:secure_url", "og:image", "og:image:url")
_IMAGES_OF_CARDS = ("twitter:image", "twitter:image:src")
_MARKED = ("image", "contentUrl", "thumbnailUrl")
_MOST_FIGURES = 20
_MOST_STEPS = 20
_MOST_NODES = 10_000
_MOST_TAGS = 100
_FEWEST_WORDS, _CUT_WORDS = 8, 0.8


@dataclass(frozen=True, slots=True)
class Metadata:
    """The machine data of a page, every field empty where it has none.

    ``path``: the names in its list of breadcrumbs. ``linked``: the JSON-LD object of the article.
    """

    facts: Facts
    description: str = ""
    path: tuple[str, ...] = ()
    linked: dict[str, Any] = field(default_factory=dict)


def read_metadata(root: Element) -> Metadata:
    """The machine data of a page, JSON-LD before meta elements."""
    nodes = list(_nodes(root))
    linked = next((node for node in nodes if _is(node, _ARTICLE_TYPES)), {})
    crumbs = next((node for node in nodes if _is(node, _PATH_TYPES)), {})
    metas = _metas(root)

    def value(linked_name: str, *names: str) -> str:
        values = [plain(linked.get(linked_name)) or "", *(metas.get(name, [""])[0] for name in names)]
        return next((each for each in values if each and "://" not in each), "")

    author = value("author", "article:author", "author", "dc.creator")
    source = value("publisher", "og:site_name")
    is_paper = bool(author) and f" {key(author)} " in f" {key(window_title(root))} {key(source)} "
    facts = Facts(
        title=value("headline", "og:title", "twitter:title"),
        url=_url(root, metas, linked),
        image=_image(root, metas, linked),
        date=value("datePublished", "article:published_time", "datepublished", "date", "dc.date", "pubdate"),
        author="" if is_paper else author,  # many pages name the paper there
        section=value("articleSection", "article:section"),
        source=source or (author if is_paper else ""),
        tags=_tags(metas, linked),
    )
    return Metadata(facts, value("description", "og:description", "description"), _path(crumbs), linked)


def _nodes(root: Element) -> Iterator[dict[str, Any]]:
    """Every object in the page's JSON-LD, through lists and graphs; what is no JSON is passed over."""
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            waiting = [orjson.loads((script.text or "").strip())]
        except orjson.JSONDecodeError:
            continue
        for _ in range(_MOST_NODES):
            if not waiting:
                break
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting[:0] = node
            elif isinstance(node, dict):
                yield node
                graph = node.get("@graph")
                waiting[:0] = graph if isinstance(graph, list) else []


def _is(node: dict[str, Any], types: tuple[str, ...]) -> bool:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.endswith(types) for kind in kinds)


def _path(crumbs: dict[str, Any]) -> tuple[str, ...]:
    """The names of the steps, as they are given or as their items have them."""
    given = crumbs.get("itemListElement")
    steps = [one for one in given[:_MOST_STEPS] if isinstance(one, dict)] if isinstance(given, list) else []
    return tuple(plain(one.get("name") or one.get("item")) or "" for one in steps)


def _metas(root: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        value = plain(meta.get("content"))
        if name and value:
            found.setdefault(name.strip().lower(), []).append(value)
    return found


def _url(root: Element, metas: dict[str, list[str]], linked: dict[str, Any]) -> str:
    canonical = [
        link.get("href") for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"
    ]
    main = linked.get("mainEntityOfPage")
    main = main.get("@id") if isinstance(main, dict) else main
    for url in (*canonical, *metas.get("og:url", []), linked.get("url"), main):
        if isinstance(url, str) and url.strip().lower().startswith(("http://", "https://")):
            return url.strip()
    return ""


def _image(root: Element, metas: dict[str, list[str]], linked: dict[str, Any]) -> str:
    """The picture of the page; OpenGraph first, which is made to be shown beside a link to it."""
    links = [link.get("href") or "" for link in root.iter("link") if link.get("rel") == "image_src"]
    graph = [each for name in _IMAGES_OF_GRAPH for each in metas.get(name, [])]
    if not is_large_enough(*(metas.get(f"og:image:{side}", [""])[0] for side in ("width", "height"))):
        graph = []
    cards = [each for name in _IMAGES_OF_CARDS for each in metas.get(name, [])]
    stated = [*addresses(linked.get("image")), *addresses(linked.get("thumbnailUrl"))]
    return first_usable((*graph, *cards, *stated, *links, *_figures(root)))


def _figures(root: Element) -> Iterator[str]:
    """Addresses of pictures that microdata calls the article's, then of figures in an ``article`` element."""
    marked = (each for each in root.iter("img") if each.get("itemprop") in _MARKED)
    figures = root.iterfind(".//article//figure//img")
    for each in islice(chain(marked, figures), _MOST_FIGURES):
        if is_large_enough(each.get("width"), each.get("height")):
            yield each.get("data-src") or each.get("src") or ""


def _tags(metas: dict[str, list[str]], linked: dict[str, Any]) -> tuple[str, ...]:
    given = linked.get("keywords") or metas.get("article:tag") or metas.get("keywords") or []
    texts = given if isinstance(given, list) else [given]
    parts = [part for text in texts for part in (plain(text) or "").replace("\u060c", ",").split(",")]
    tags = tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))[:_MOST_TAGS]
    return () if _is_description(tags, metas) else tags


def _is_description(tags: tuple[str, ...], metas: dict[str, list[str]]) -> bool:
    """True if a machine made the tags by cutting the description into its words."""
    words = " ".join(metas.get("description", [])).split()
    return len(tags) >= _FEWEST_WORDS and sum(tag in words for tag in tags) >= len(tags) * _CUT_WORDS
