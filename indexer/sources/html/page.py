"""A saved HTML page as an article.

A site profile, the page's machine data and the rules below each find parts of it; whose word counts for which
is the table of :mod:`kashshaf.indexer.sources.html.facts`. The rules:

* **Title**: the heading whose words also stand in the window's title; else the stated headline.
* **Text**: microdata's articleBody, else the ``article`` or ``main`` element with the most of it, else what
  readability-lxml takes out, else every running text. JSON-LD's articleBody, where that has much more.
  Comments, links in a row, forms, captions and asides are left out.
* **Heading**: ``h2`` to ``h6`` inside the text, with a paragraph below.
* **Lead**: the first paragraph, when it is called so or the page's description begins like it.
* **Date, author, section**: around the title (:mod:`kashshaf.indexer.sources.html.byline`); the
  base of ages is when the page was saved, if its saver noted it
  (:mod:`kashshaf.indexer.sources.html.saved_at`).
* **Comments**: JSON-LD, microdata, else elements called comments
  (:mod:`kashshaf.indexer.sources.html.comments`), else lines that name and date them
  (:mod:`kashshaf.indexer.sources.html.comment_lines`). What they fill is no text.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kashshaf.index.dates.parser import parse_date
from kashshaf.index.documents import Article
from kashshaf.indexer.sources.dater import Dater
from kashshaf.indexer.sources.decoding.streams import whole
from kashshaf.indexer.sources.decoding.values import count
from kashshaf.indexer.sources.html import article_text
from kashshaf.indexer.sources.html.by_profile import declared_in, first_fit
from kashshaf.indexer.sources.html.byline import read_byline, section_in_path
from kashshaf.indexer.sources.html.comment_block import (
    CommentBlock,
    declared_above,
    find_block,
    holds_comments,
)
from kashshaf.indexer.sources.html.comments import declared_comments, linked_comments
from kashshaf.indexer.sources.html.facts import first_word
from kashshaf.indexer.sources.html.hosts import hosts_of
from kashshaf.indexer.sources.html.metadata import read_metadata
from kashshaf.indexer.sources.html.saved_at import captured
from kashshaf.indexer.sources.html.title import find_title
from kashshaf.indexer.sources.html.tree import bounded, parse, sections_of
from kashshaf.indexer.sources.lines import key
from kashshaf.indexer.sources.outcome import Found, UnfitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kashshaf.index.documents import Comment, Precision, Section
    from kashshaf.indexer.sources.decoding.unpack import Peekable
    from kashshaf.indexer.sources.html.by_profile import ProfileResult
    from kashshaf.indexer.sources.html.byline import Byline
    from kashshaf.indexer.sources.html.tree import Block, Element
    from kashshaf.indexer.sources.outcome import Outcome
    from kashshaf.indexer.sources.profile import Profile
    from kashshaf.indexer.sources.reading import Reading

MISSED = "the profile {} finds no text in the page; it was read without it"
_DAY = len("2016-05-24")
_EXACT = ("second", "day")


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
    """A page with its readers: a profile if one fits, its machine data, the rules."""

    def __init__(self, text: str, reading: Reading, place: str) -> None:
        self.text = bounded(text)
        self.cut: list[str] = []
        self.root = parse(self.text, self.cut.append)
        self.meta = read_metadata(self.root)
        self.dater = Dater(_saved(reading, self.text, self.root))
        self.stated: ProfileResult | None = None
        self.missed: Profile | None = None
        if reading.profiles is not None:
            hosts = hosts_of(self.text, self.root, self.meta.facts.url or reading.address, place)
            self.stated, self.missed = first_fit(self.root, reading.profiles.of(hosts), self.dater)
        self.is_drafted = self.stated is not None and self.stated.profile.drafted
        self.is_final = self.stated is not None and self.stated.profile.is_final
        self.values = self.stated.values if self.stated else {}

    def article(self) -> Article:
        """The whole article. Raises UnfitError for a page without running text."""
        lead, sections = self._text()
        if not sections and not lead:
            raise UnfitError("there is no article in the page: no running text")
        comments = self._comments()
        date, precision = self._date(comments)
        return Article(
            title=self.title,
            lead=lead,
            sections=tuple(sections),
            date=date,
            date_precision=precision,
            date_source="stated" if date else None,
            comments_declared=self._declared(),
            comments=comments,
            image=self._fact("image"),
            **{name: self._fact(name) for name in ("url", "kicker", "source", "section", "author", "tags")},
        )

    def _fact(self, name: str) -> Any:
        """The word that counts for a fact; a final profile's counts, title apart, even where it is empty."""
        final = self.values.keys() - {"title"} if self.is_final else frozenset[str]()
        return first_word(name, self._readers, final)

    @cached_property
    def _readers(self) -> dict[str, Any]:
        by_profile = {"drafted" if self.is_drafted else "written": self.stated.facts()} if self.stated else {}
        return {"machine": self.meta.facts, "rules": _RuleFacts(self), **by_profile}

    @cached_property
    def title(self) -> str:
        """The title; the rules need it to find what stands around it."""
        return str(self._fact("title"))

    @cached_property
    def byline(self) -> Byline:
        """The lines around the title as the rules read them."""
        return read_byline(self.root, self.title)

    def _text(self) -> tuple[str, list[Section]]:
        if lead := self.values.get("lead", ""):
            return lead, sections_of(self._blocks())
        leads = article_text.leads(self.meta, None if self.is_final else self.root)
        return article_text.lead_apart(sections_of(self._blocks()), leads)

    def _blocks(self) -> list[Block]:
        """The blocks of the article: a profile's, else what is shown or, where it has more, stated."""
        if self.stated is None or not self.stated.blocks:
            visible = self._without_comments(article_text.visible_blocks(self.root, self.text))
            shown = article_text.of_article(visible, self.title)
            return article_text.fuller(shown, article_text.stated_blocks(self.meta, self.title))
        blocks = self.stated.blocks
        if not self.is_drafted:
            return blocks
        return article_text.of_article(self._without_comments(blocks), self.title)

    def _without_comments(self, blocks: list[Block]) -> list[Block]:
        """The blocks without the lines that comments fill, which a draft may have taken for text."""
        if self.by_profile is not None and not holds_comments(blocks, self.by_profile):
            return blocks
        said = self.shown_comments.lines
        return [block for block in blocks if key(block.text) not in said] if said else blocks

    def _comments(self) -> tuple[Comment, ...]:
        if self.by_profile is not None:
            return self.by_profile
        return linked_comments(self.meta.linked, self.dater) or self.shown_comments.comments

    @property
    def by_profile(self) -> tuple[Comment, ...] | None:
        """The comments by the profile; None where its word does not count."""
        stated = self.stated.comments if self.stated else None
        return stated if stated or self.is_final else None

    @cached_property
    def shown_comments(self) -> CommentBlock:
        """The comments as the page shows them, and where; of a final profile's pages none are looked for."""
        if self.by_profile is None:
            return find_block(self.root, self.dater)
        return CommentBlock() if self.is_final else find_block(self.root, Dater(self.dater.reading))

    def _date(self, comments: Sequence[Comment]) -> tuple[str | None, Precision | None]:
        date, precision = self.dater.read(self._fact("date"))
        if date is None and not self.values.get("date"):
            return _of_edition(self.byline.head_date, comments, self.dater)
        return date, precision

    def _declared(self) -> int | None:
        if "comments_declared" in self.values:
            return declared_in(self.values["comments_declared"])
        stated = count(self.meta.linked.get("commentCount"))
        if stated is None:
            stated = declared_comments(self.root)
        if stated is None and self.by_profile is None:
            return self.shown_comments.declared
        if stated is None and not self.is_final:
            return declared_above(self.root, self.by_profile or ())
        return stated


class _RuleFacts:
    """Facts by the rules that know no site, each found when it is asked for."""

    def __init__(self, page: _Page) -> None:
        self._page = page

    @property
    def title(self) -> str:
        return find_title(self._page.root, self._page.meta.facts.title)

    @property
    def kicker(self) -> str:
        return self._page.byline.kicker

    @property
    def date(self) -> str:
        return self._page.byline.date

    @property
    def author(self) -> str:
        return self._page.byline.author

    @property
    def section(self) -> str:
        page = self._page
        return section_in_path(list(page.meta.path), page.title) or page.byline.section


def _saved(reading: Reading, text: str, root: Element) -> Reading:
    """The reading with the moment the page was saved as its base, where the user has not named one."""
    saved = captured(text, root, reading.zone) if reading.as_of is None else None
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
