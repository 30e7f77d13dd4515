"""Pictures in feeds and exports: what an item of a feed has of media, and the attachments of WordPress.

An export has a post before or after its attachments, as these were made. So posts wait, in their order, until
``WAITING`` more have been read; the picture of a post that was chosen from much later ones is not found.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, replace
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING

from kashshaf.indexer.sources.outcome import Found
from kashshaf.indexer.sources.pictures.address import first_usable, is_large_enough, is_picture_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.indexer.sources.html.tree import Element
    from kashshaf.indexer.sources.outcome import Outcome
    from kashshaf.indexer.sources.xml.item import Item

WAITING = 100
"""Posts that wait for their attachments, at most."""
LARGEST_WAITING = 20_000_000
"""Characters of all posts that wait, at most."""
MOST_ATTACHMENTS = 200_000
"""Attachments that are remembered; the site of a newspaper has them by the ten thousand."""
_MEDIA = ("media:content", "media:thumbnail")
_THUMBNAIL = "_thumbnail_id"
_NOBODY = ("", "0")
_LONGEST_TAG = 2_000
_MOST_TAGS = 20
_TAG = re.compile(rf"<img\s[^>]{{1,{_LONGEST_TAG}}}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""\s(src|data-src|data-lazy-src|width|height|class)\s*=\s*["']([^"'>]*)["']""", re.IGNORECASE
)
_SMILEY = re.compile("smiley|emoji", re.IGNORECASE)
_SOURCES = ("data-lazy-src", "data-src", "src")
"""Attributes of a picture's address; where pages load it late, ``src`` has a blank one."""


def picture_of(item: Item) -> str:
    """The picture of a feed's item: its media, an enclosed picture, an ``image`` of its own; else empty."""
    media = [*_media(item), *(each for group in item.inner("media:group") for each in _media(group))]
    enclosed = [each for each in item.all("enclosure") if _is_image(each, each.get("url", ""))]
    linked = [each for each in item.all("atom:link") if each.get("rel") == "enclosure"]
    return first_usable(
        (
            *media,
            *(each.get("url", "") for each in enclosed),
            *(each.get("href", "") for each in linked if _is_image(each, each.get("href", ""))),
            item.inside("image", "url") or item.text("image"),
            *in_text(item.html("content:encoded", "atom:content", "description")),
        )
    )


def in_text(html: str) -> Iterator[str]:
    """Addresses of the first pictures in an article's HTML, small ones and smileys left out."""
    for tag in islice(_TAG.findall(html), _MOST_TAGS):
        found = {name.lower(): unescape(value).strip() for name, value in _ATTRIBUTE.findall(tag)}
        large = is_large_enough(found.get("width"), found.get("height"))
        if large and not _SMILEY.search(found.get("class", "")):
            yield next(filter(None, map(found.get, _SOURCES)), "")


def _media(item: Item) -> Iterator[str]:
    """Addresses of Media RSS, pictures in full before their small forms."""
    for name in _MEDIA:
        for each in item.all(name):
            address = each.get("url", "")
            fits = name != _MEDIA[0] or _is_image(each, address)
            if fits and is_large_enough(each.get("width"), each.get("height")):
                yield address


def _is_image(element: Element, address: str) -> bool:
    """True for what is said to be a picture or, where nothing is said, has a picture's name."""
    said = element.get("medium") or element.get("type")
    return said.startswith("image") if said else is_picture_file(address)


@dataclass(frozen=True, slots=True)
class _Post:
    outcome: Outcome
    id: str
    thumbnail: str
    shown: str
    size: int


class Attachments:
    """The attachments of an export, and the posts that wait for theirs."""

    def __init__(self) -> None:
        self._by_id: dict[str, str] = {}
        self._by_post: dict[str, str] = {}
        self._posts: deque[_Post] = deque()
        self._size = 0

    def learn(self, item: Item) -> None:
        """Take in an attachment; one that is no picture is passed over."""
        address = first_usable((item.text("wp:attachment_url"), item.text("guid")))
        if not is_picture_file(address) or len(self._by_id) >= MOST_ATTACHMENTS:
            return
        self._by_id[item.text("wp:post_id")] = address
        if (parent := item.text("wp:post_parent")) not in _NOBODY:
            self._by_post.setdefault(parent, address)

    def put(self, outcome: Outcome, item: Item) -> None:
        """Let a post wait, the last of all."""
        size = _size(outcome)
        self._posts.append(_Post(outcome, item.text("wp:post_id"), _thumbnail(item), _shown(item), size))
        self._size += size

    def ready(self) -> Iterator[Outcome]:
        """Posts that have waited long enough, with their pictures."""
        while len(self._posts) > WAITING or self._size > LARGEST_WAITING:
            yield self._next()

    def rest(self) -> Iterator[Outcome]:
        """All posts that still wait, with their pictures."""
        while self._posts:
            yield self._next()

    def _next(self) -> Outcome:
        post = self._posts.popleft()
        self._size -= post.size
        picture = self._by_id.get(post.thumbnail) or self._by_post.get(post.id) or post.shown
        if not picture or not isinstance(post.outcome, Found):
            return post.outcome
        return replace(post.outcome, article=replace(post.outcome.article, image=picture))


def _thumbnail(item: Item) -> str:
    """The id of the picture that the post's author chose; empty for none."""
    for meta in item.inner("wp:postmeta"):
        if meta.text("wp:meta_key") == _THUMBNAIL:
            return meta.text("wp:meta_value")
    return ""


def _shown(item: Item) -> str:
    """The first picture in the text of a post."""
    return first_usable(in_text(item.text("content:encoded")))


def _size(outcome: Outcome) -> int:
    """The characters of an article and of its comments."""
    if not isinstance(outcome, Found):
        return 0
    article = outcome.article
    texts = (*(part.text for part in article.sections), *(comment.text for comment in article.comments))
    return sum(map(len, texts))
