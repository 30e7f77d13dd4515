"""Exports of WordPress (WXR): its published posts with the comments that were approved.

A category is the section, the others and the tags are tags; authors go by the name they show; the excerpt is
the lead; the picture is the one chosen for the post, else the first attached to it. Pages, menus and
attachments are left out unless their type is asked for, and so are drafts, posts with a password, and
comments that wait, are spam, or only say that somebody linked.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kashshaf.index.documents import Article, Comment
from kashshaf.indexer.sources.dater import Dater
from kashshaf.indexer.sources.html import tree
from kashshaf.indexer.sources.outcome import Noted, Refused
from kashshaf.indexer.sources.xml import markup
from kashshaf.indexer.sources.xml.document import local
from kashshaf.indexer.sources.xml.item import Item, outcome
from kashshaf.indexer.sources.xml.pictures import Attachments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.index.documents import Precision
    from kashshaf.indexer.sources.outcome import Outcome
    from kashshaf.indexer.sources.reading import Reading
    from kashshaf.indexer.sources.xml.document import Document

_PUBLISHED = "publish"
_APPROVED = "1"
_OF_READERS = ("", "comment")
"""Types of a comment that somebody wrote; the others are pingbacks, trackbacks, orders and notes."""
_NO_TIME = "0000-00-00"
_ATTACHMENT = "attachment"
_NEVER_TAKEN = {
    _ATTACHMENT, "nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache",
}  # fmt: skip
_OTHER_TYPE = "{} of the type {!r} left out; --types {} takes them"
_NOT_PUBLIC = "{} left out that are not public: {}"


def read_wxr(document: Document, reading: Reading, place: str) -> Iterator[Outcome]:
    """An outcome for every post; what was left out is noted at the end, by its kind."""
    site, attachments = _Site(reading), Attachments()
    ordinal = 0
    for element in document.elements(place):
        if isinstance(element, Refused):
            yield from attachments.rest()
            yield element
            continue
        name, item = local(element), Item(element)
        if name != "item":
            site.learn(name, item, "".join(element.itertext()))
            continue
        ordinal += 1
        if item.text("wp:post_type") == _ATTACHMENT:
            attachments.learn(item)
        if (post := site.post(item, f"{place}#{ordinal}")) is not None:
            attachments.put(post, item)
        yield from attachments.ready()
    yield from attachments.rest()
    yield from (Noted(place, what) for what in site.left_out())


class _Site:
    """The site of an export, as stated before its posts, and counts of the posts that were left out."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._authors: dict[str, str] = {}
        self._title = ""
        self._types: Counter[str] = Counter()
        self._states: Counter[str] = Counter()

    def learn(self, name: str, item: Item, text: str) -> None:
        """Take in an element beside the posts."""
        if name == "author":
            shown = item.text("wp:author_display_name")
            self._authors[item.text("wp:author_login")] = markup.inline(shown)
        elif name == "title":
            self._title = markup.inline(text)

    def left_out(self) -> Iterator[str]:
        """A sentence for each kind of posts that were left out."""
        for kind, number in sorted(self._types.items()):
            taken = ",".join([*self._reading.options.types, kind])
            yield _OTHER_TYPE.format(number, kind, taken)
        for state, number in sorted(self._states.items()):
            yield _NOT_PUBLIC.format(number, state)

    def post(self, item: Item, place: str) -> Outcome | None:
        """A post as an article; None for one that is left out."""
        kind, state = item.text("wp:post_type") or "post", item.text("wp:status")
        if kind not in self._reading.options.types:
            self._types.update([kind] if kind not in _NEVER_TAKEN else [])
            return None
        if item.text("wp:post_password"):
            state = "with a password"
        if state not in ("", _PUBLISHED):
            self._states[state] += 1
            return None
        return self._article(item, place)

    def _article(self, item: Item, place: str) -> Outcome:
        dater = Dater(self._reading)
        date, precision = _date(item, "wp:post_date", dater, item.text("pubDate"))
        sections, tags = _terms(item)
        login = item.text("dc:creator")
        made = Article(
            url=item.link() or item.permalink(),
            title=markup.inline(item.html("title")),
            lead=markup.text(item.html("excerpt:encoded")),
            sections=markup.sections(item.html("content:encoded")),
            date=date,
            date_precision=precision,
            date_source="stated" if date else None,
            source=self._title,
            section=sections[0] if sections else "",
            author=self._authors.get(login) or markup.inline(login),
            tags=tuple(dict.fromkeys((*sections[1:], *tags))),
            comments=tuple(self._comments(item, dater)),
        )
        return outcome(made, place, dater.mended)

    def _comments(self, item: Item, dater: Dater) -> Iterator[Comment]:
        for element in item.all("wp:comment"):
            comment = Item(element)
            kind, state = comment.text("wp:comment_type"), comment.text("wp:comment_approved")
            text = markup.text(comment.text("wp:comment_content"))
            if kind not in _OF_READERS or state != _APPROVED or not text:
                continue
            date, precision = _date(comment, "wp:comment_date", dater)
            parent = comment.text("wp:comment_parent")
            yield Comment(
                id=comment.text("wp:comment_id"),
                author=tree.plain(comment.text("wp:comment_author")),
                date=date,
                date_precision=precision,
                text=text,
                parent="" if parent == "0" else parent,
            )


def _terms(item: Item) -> tuple[list[str], list[str]]:
    """The names of the categories and those of the tags."""
    named: dict[str, list[str]] = {"category": [], "post_tag": []}
    for element in item.all("category"):
        name = markup.inline("".join(element.itertext()))
        if name and (kind := element.get("domain", "")) in named:
            named[kind].append(name)
    return named["category"], named["post_tag"]


def _date(item: Item, name: str, dater: Dater, otherwise: str = "") -> tuple[str | None, Precision | None]:
    """The date in universal time, else in the site's own."""
    universal, local = item.text(f"{name}_gmt"), item.text(name)
    if universal and not universal.startswith(_NO_TIME):
        return dater.read(f"{universal}+00:00".replace(" ", "T"))
    return dater.read(local if local and not local.startswith(_NO_TIME) else otherwise)
