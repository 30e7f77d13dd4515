"""A saved HTML page: what it says of itself for machines, else what its shape says.

* **Title**: the heading whose words also stand in the window's title; else the stated headline.
* **Text**: microdata's articleBody, else the ``article`` or ``main`` element with the most of it, else what
  readability-lxml takes out, else every running text. JSON-LD's articleBody, where that has much more.
  Comments, links in a row, forms, captions and asides are left out.
* **Heading**: ``h2`` to ``h6`` inside the text, with a paragraph below.
* **Lead**: the first paragraph, when it is called so or the page's description begins like it.
* **Date, author, section**: for machines, else around the title (:mod:`indexer.sources.html.byline`); the
  base of ages is when the page was saved, if its saver noted it (:mod:`indexer.sources.html.saved_at`).
* **Comments**: JSON-LD, microdata, else elements called comments (:mod:`indexer.sources.html.comments`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from index.dates.parser import parse_date
from index.documents import Article
from indexer.sources.dater import Dater
from indexer.sources.decoding.streams import whole
from indexer.sources.fields import count
from indexer.sources.html import article_text, by_profile, metadata, saved_at, tree
from indexer.sources.html import byline as html_byline
from indexer.sources.html import comments as html_comments
from indexer.sources.html import hosts as html_hosts
from indexer.sources.lines import key
from indexer.sources.outcome import Found, UnfitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from index.documents import Comment, Precision, Section
    from indexer.sources.decoding.unpack import Peekable
    from indexer.sources.html.by_profile import Stated
    from indexer.sources.html.byline import Shown
    from indexer.sources.html.metadata import Meta
    from indexer.sources.html.tree import Element
    from indexer.sources.outcome import Outcome
    from indexer.sources.profile import Profile
    from indexer.sources.reading import Reading

MISSED = "the profile {} finds no text in the page; it was read without it"
_DAY = len("2016-05-24")
_EXACT = ("second", "day")
_SITE_MARKS = re.compile(r"\s+(?:[-–—:|»«•·]|::)\s+|\s*\|\s*")


def read(stream: Peekable, reading: Reading, place: str) -> Iterator[Outcome]:
    """The page as one outcome. Raises UnfitError, with the reason, where it holds no article."""
    page = whole(stream)
    found = read_page(page.text, reading, place)
    yield replace(found, mended=(*page.mended, *found.mended))


def read_page(text: str, reading: Reading, place: str) -> Found:
    """The article of a page. Raises UnfitError, with the reason, where there is none."""
    page = _Page(text, reading, place)
    article = page.article()
    missed = (MISSED.format(page.missed.name),) if page.missed else ()
    return Found(article, place, (*page.cut, *missed, *page.dater.mended), one_page=True)


class _Page:
    """A page and what a profile states of it; each part is had from there, else by the rules above."""

    def __init__(self, text: str, reading: Reading, place: str) -> None:
        self.text = tree.bounded(text)
        self.cut: list[str] = []
        self.root = tree.parse(self.text, self.cut.append)
        self.meta = metadata.read(self.root)
        self.dater = Dater(_saved(reading, self.text, self.root))
        self._byline: Shown | None = None
        self.stated: Stated | None = None
        self.missed: Profile | None = None
        if reading.profiles is not None:
            hosts = html_hosts.hosts(self.text, self.root, self.meta.url or reading.address, place)
            self.stated, self.missed = by_profile.chosen(self.root, reading.profiles.of(hosts), self.dater)

    def article(self) -> Article:
        """All of it. Raises UnfitError for a page without running text."""
        title = self._said("title", lambda: title_of(self.root, self.meta), even_if_empty=False)
        lead, sections = self._text(title)
        if not sections and not lead:
            raise UnfitError("there is no article in the page: no running text")
        comments = self._comments()
        date, precision = self._date(title, comments)
        return Article(
            url=self._said("url", lambda: self.meta.url),
            kicker=self._said("kicker", lambda: self._shown(title).kicker),
            title=title,
            lead=lead,
            sections=tuple(sections),
            date=date,
            date_precision=precision,
            date_source="stated" if date else None,
            source=self._source(),
            section=self._said("section", lambda: self._section(title), machine=lambda: self.meta.section),
            author=self._said("author", lambda: self._shown(title).author, machine=self._author),
            tags=self._tags(),
            comments_declared=self._declared(),
            comments=comments,
        )

    def _said(
        self,
        name: str,
        otherwise: Callable[[], str],
        *,
        machine: Callable[[], str] = str,
        even_if_empty: bool = True,
    ) -> str:
        """What the profile states; the rules' word where it states none, or none for sure.

        ``machine``: what the page says for machines; a profile that was only drafted knows no better.
        """
        if self.stated is not None and name in self.stated.values:
            found = self.stated.values[name]
            if self.stated.profile.drafted:
                found = machine() or found
            if found or (even_if_empty and self.stated.profile.is_final):
                return found
        return machine() or otherwise()

    def _shown(self, title: str) -> Shown:
        if self._byline is None:
            self._byline = html_byline.read(self.root, title)
        return self._byline

    def _text(self, title: str) -> tuple[str, list[Section]]:
        if self.stated is not None and self.stated.blocks:
            blocks = self.stated.blocks
            if self.stated.profile.drafted:
                blocks = article_text.from_text(list(article_text.of_text(blocks, title)))
        else:
            visible = article_text.from_text(
                list(article_text.of_text(article_text.visible(self.root, self.text), title))
            )
            blocks = article_text.fuller(visible, article_text.stated(self.meta, title))
        if lead := self.stated.values.get("lead", "") if self.stated else "":
            return lead, article_text.sections(blocks)
        told = self.stated is not None and self.stated.profile.is_final
        leads = article_text.leads(self.meta, None if told else self.root)
        return article_text.lead_apart(article_text.sections(blocks), leads)

    def _comments(self) -> tuple[Comment, ...]:
        stated = self.stated.comments if self.stated else None
        if self.stated is not None and stated is not None and (stated or self.stated.profile.is_final):
            return stated
        return html_comments.linked(self.meta.linked, self.dater) or html_comments.marked(
            self.root, self.dater
        )

    def _date(self, title: str, comments: Sequence[Comment]) -> tuple[str | None, Precision | None]:
        date, precision = self.dater.read(
            self._said("date", lambda: self.meta.date or self._shown(title).date)
        )
        if date is None and not (self.stated and self.stated.values.get("date")):
            return _of_edition(self._shown(title).head_date, comments, self.dater)
        return date, precision

    def _author(self) -> str:
        """The author the page states for machines; not the paper itself, which many name there."""
        author = self.meta.author
        papers = f" {key(_window_title(self.root))} {key(self.meta.source)} " if author else ""
        return "" if f" {key(author)} " in papers else author

    def _source(self) -> str:
        stated = self.stated.profile.source if self.stated else ""
        return stated or self.meta.source or ("" if self._author() else self.meta.author)

    def _section(self, title: str) -> str:
        return html_byline.step(list(self.meta.path), title) or self._shown(title).section

    def _tags(self) -> tuple[str, ...]:
        return (self.stated.tags if self.stated else ()) or self.meta.tags

    def _declared(self) -> int | None:
        if self.stated is not None and "comments_declared" in self.stated.values:
            return by_profile.count(self.stated.values["comments_declared"])
        stated = count(self.meta.linked.get("commentCount"))
        return html_comments.declared(self.root) if stated is None else stated


def title_of(root: Element, meta: Meta) -> str:
    """The title that the rules find which know no site."""
    return _heading(root) or meta.title or _name_in_window(root)


def _saved(reading: Reading, text: str, root: Element) -> Reading:
    """The reading with the moment the page was saved as its base, where the user has not named one."""
    saved = saved_at.captured(text, root, reading.zone) if reading.as_of is None else None
    return replace(reading, saved_at=saved) if saved else reading


def _of_edition(
    stated: str, comments: Sequence[Comment], dater: Dater
) -> tuple[str | None, Precision | None]:
    """The date in the paper's head where the comments show that it is not the day of the visit.

    That is so when one is younger, and none is older, than it.
    """
    days = [comment.date[:_DAY] for comment in comments if comment.date and comment.date_precision in _EXACT]
    when = parse_date(stated, dater.reading.base, dater.reading.zone)
    if when is None or when.precision != "day" or not days or not min(days) >= when.iso < max(days):
        return None, None
    return when.iso, when.precision


def _window_title(root: Element) -> str:
    return " ".join(tree.plain(root.findtext(".//title")).split())


def _heading(root: Element) -> str:
    """The heading that the window's title repeats: h1 before h2 before h3, the longest of a kind.

    One that repeats only the lesser part of it is the site's name.
    """
    window = f" {key(_window_title(root))} "
    for tag in ("h1", "h2", "h3"):
        texts = [tree.text_of(element) for element in root.iter(tag)]
        inside = [text for text in texts if (own := key(text)) and f" {own} " in window]
        best = max(inside, key=len, default="")
        if len(key(best)) * 2 >= len(key(_name_in_window(root))) and best:
            return best
    alone = [text for element in root.iter("h1") if (text := tree.text_of(element))]
    return alone[0] if len(alone) == 1 and f" {key(alone[0])} " not in window else ""


def _name_in_window(root: Element) -> str:
    """The longest part of the window's title between bars, colons and dashes: the rest names the site."""
    return max(_SITE_MARKS.split(_window_title(root)), key=len).strip()
