"""Reads a page by a site profile: each part that the profile states, at the place it states.

What the profile does not state is left to the readers that know no site
(:mod:`kashshaf.indexer.sources.html.page`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from typing import TYPE_CHECKING

from kashshaf.analyzers.orthography.folding import fold_text
from kashshaf.index.documents import Comment
from kashshaf.indexer.sources.html import article_text, tree
from kashshaf.indexer.sources.html.comments import PARTED, comment_id, parts_of, without_lines
from kashshaf.indexer.sources.html.facts import PRECEDENCE, Facts
from kashshaf.indexer.sources.lines import key
from kashshaf.indexer.sources.outcome import UnfitError, pointer
from kashshaf.indexer.sources.page_text.comments import declared_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import regex

    from kashshaf.indexer.sources.dater import Dater
    from kashshaf.indexer.sources.html.comments import Parts
    from kashshaf.indexer.sources.html.tree import Block, Element
    from kashshaf.indexer.sources.profile import Place, Profile, Rule

_LONGEST_VALUE = 20_000
"""Characters of an element's text that a profile's pattern is tried on."""
LONGEST_SEARCH = 0.25
"""Seconds that a profile's pattern may take on one text: some take longer than a life on a few letters."""
SLOW = (
    "the pattern {!r} of its profile took too long on it; simplify it, most of all repetitions within others"
)
_SHOWN = 100
_MOST_COMMENTS = 100_000
_LINKED = 0.9
"""Share of a line in links from which on it leads elsewhere and is none of the text."""
_MOST_TAGS = 100
_OTHERS = frozenset(("kicker", "title", "lead", "author", "date", "section"))
_ALL = frozenset(("author", "date", "text", "likes"))
_NUMBER = re.compile(r"-?\d{1,9}")


@dataclass(slots=True)
class ProfileResult:
    """The parts of a page that a profile finds; ``values`` has only keys that it states.

    ``blocks`` is the article's text, ``comments`` None where the profile says nothing of comments.
    """

    profile: Profile
    values: dict[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    blocks: list[Block] = field(default_factory=list)
    comments: tuple[Comment, ...] | None = None

    def facts(self) -> Facts:
        """The facts among the values, for the table of :mod:`kashshaf.indexer.sources.html.facts`."""
        values = {name: value for name, value in self.values.items() if name in PRECEDENCE}
        return Facts(**values, source=self.profile.source, tags=self.tags)


def read_by(profile: Profile, root: Element, dater: Dater) -> ProfileResult | None:
    """The parts of the page by a profile; None if it does not fit, since it finds no text and should."""
    if profile.when is not None and not profile.when.elements(root):
        return None
    stated = ProfileResult(profile)
    if "text" in profile.article:
        stated.blocks = _text(root, profile)
        if not stated.blocks:
            return None
    for name, rule in profile.article.items():
        if name == "tags":
            stated.tags = tuple(dict.fromkeys(_values(root, rule)))
        elif name != "text":
            stated.values[name] = value(root, rule)
    if profile.comments:
        stated.comments = tuple(_comments(root, profile, dater))
    return stated


def _values(root: Element, rule: Rule) -> Iterator[str]:
    """The values of each element at the first place that has any, as many as an article may have tags."""
    for place in rule.places:
        found = list(filter(None, (_value(element, place) for element in place.find(root)[:_MOST_TAGS])))
        if found:
            return iter(found)
    return iter(())


def value(root: Element, rule: Rule) -> str:
    """The first value that a rule finds below an element; empty for none."""
    for place in rule.places:
        for element in place.find(root):
            if text := _value(element, place):
                return text
    return ""


def _value(element: Element, place: Place) -> str:
    if place.attribute:
        text = tree.plain(element.get(place.attribute))
    elif place.own:
        text = tree.plain(" ".join((element.text or "", *(child.tail or "" for child in element))))
    else:
        text = tree.text_of(element)
    if place.pattern is not None:
        text = tree.plain(_searched(place.pattern, text[:_LONGEST_VALUE]))
    return in_iso_form(text, place.formats) if place.formats else text


def _searched(pattern: regex.Pattern[str], text: str) -> str:
    """The first group of a pattern where it is found. Raises UnfitError where that takes too long."""
    try:
        found = pattern.search(text, timeout=LONGEST_SEARCH)
    except TimeoutError as error:
        raise UnfitError(SLOW.format(pattern.pattern[:_SHOWN])) from error
    return (found[1] or "") if found else ""


def in_iso_form(text: str, formats: Sequence[str]) -> str:
    """A date in ISO form if it has one of the formats, with digits of any script; else as it is."""
    plain = fold_text(text)
    for form in formats:
        try:
            moment = datetime.strptime(plain, form)  # noqa: DTZ007 - most pages state no zone; the dater adds it
        except ValueError:
            continue
        has_clock = any(sign in form for sign in ("%H", "%I", "%c", "%X", "%T", "%R"))
        return moment.isoformat(timespec="seconds") if has_clock else moment.date().isoformat()
    return text


def _text(root: Element, profile: Profile) -> list[Block]:
    removed = set(profile.remove.elements(root)) if profile.remove else set()
    removed.update(_elsewhere(root, profile))
    found = profile.article["text"].elements(root)
    inner = set(found)
    outermost = [one for one in found if not any(up in inner for up in one.iterancestors())]
    return [
        block
        for element in outermost
        if element not in removed
        for block in _blocks(element, removed, profile)
        if not profile.furniture or key(block.text) not in profile.furniture
    ]


def _elsewhere(root: Element, profile: Profile) -> Iterator[Element]:
    """Elements that are another part of the article, whole."""
    for name in _OTHERS & profile.article.keys():
        places = profile.article[name].places
        if all(place.is_plain for place in places):
            yield from profile.article[name].elements(root)[:1]


def _blocks(element: Element, removed: set[Element], profile: Profile) -> list[Block]:
    """The blocks of an element, without lines that are links; by a drafted profile, as the rules read it."""
    if profile.drafted:
        return article_text.blocks_of(element)
    return [block for block in tree.blocks(element, removed.__contains__) if block.linked < _LINKED]


def _comments(root: Element, profile: Profile, dater: Dater) -> Iterator[Comment]:
    """The comments of a page; one inside another answers it, where no rule says whom it answers."""
    rules = profile.comments
    items = rules["item"].elements(root)[:_MOST_COMMENTS]
    removed = profile.remove_in_comments
    reader = _CommentReader(profile, set(removed.elements(root)) if removed else set(), items, dater)
    for item in items:
        comment = reader.read(item)
        if comment is not None:
            yield comment


class _CommentReader:
    """Reads the comments of a page one after the other: an answer may name who wrote one before."""

    def __init__(
        self, profile: Profile, removed: set[Element], items: Sequence[Element], dater: Dater
    ) -> None:
        self._rules = profile.comments
        self._furniture = profile.furniture_in_comments
        self._dater = dater
        self._ids = {item: self._id(item) or pointer(number) for number, item in enumerate(items)}
        self._skipped = removed
        self._by_author: dict[str, str] = {}
        self._written: list[tuple[str, str]] = []

    def read(self, item: Element) -> Comment | None:
        found = None if self._rules.keys() >= _ALL else parts_of(item, self._ids.keys())
        text = self._text(item) if "text" in self._rules or found is None else found.text
        text = without_lines(text, self._furniture)
        if not text:
            return None
        date, precision = self._dater.read(self._part(item, "date", found))
        author = self._part(item, "author", found)
        made = Comment(
            self._ids[item], author, date, precision, text, self._parent(item), self._likes(item, found)
        )
        if "answers" in self._rules:
            self._written.append((author, made.id))
        return made

    def _part(self, item: Element, name: str, found: Parts | None) -> str:
        """The value by the part's rule, or where there is no such rule, without the profile."""
        if found is None or name in self._rules:
            return self._value_of(item, name)
        return str(getattr(found, name))

    def _likes(self, item: Element, found: Parts | None) -> int:
        if found is not None and "likes" not in self._rules:
            return found.likes
        number = _NUMBER.search(self._value_of(item, "likes"))
        return int(number[0]) if number else 0

    def _id(self, item: Element) -> str:
        if "id" in self._rules:
            return value(item, self._rules["id"])
        return comment_id(item)

    def _value_of(self, item: Element, name: str) -> str:
        """The value of a rule in the comment itself, not in one that answers it."""
        rule = self._rules.get(name)
        if rule is None:
            return ""
        for place in rule.places:
            for element in place.find(item):
                if self._is_own(element, item) and (text := _value(element, place)):
                    return text
        return ""

    def _is_own(self, element: Element, item: Element) -> bool:
        below_item = takewhile(lambda up: up is not item, (element, *element.iterancestors()))
        return self._ids.keys().isdisjoint(below_item)

    def _text(self, item: Element) -> str:
        def skip(below: Element) -> bool:
            return below in self._skipped or below in self._ids

        rule = self._rules["text"]
        if not all(place.is_plain for place in rule.places):
            return self._value_of(item, "text")
        found = [one for one in rule.elements(item) if self._is_own(one, item)]
        parts = [block.text for one in found if one not in self._skipped for block in tree.blocks(one, skip)]
        return PARTED.join(parts)

    def _parent(self, item: Element) -> str:
        if given := self._value_of(item, "parent"):
            return given
        if answered := self._value_of(item, "answers"):
            self._by_author.update((key(author), comment_id) for author, comment_id in self._written)
            self._written.clear()
            return self._by_author.get(key(answered), "")
        return next((self._ids[up] for up in item.iterancestors() if up in self._ids), "")


def first_fit(
    root: Element, profiles: Iterable[Profile], dater: Dater
) -> tuple[ProfileResult | None, Profile | None]:
    """The parts by the first profile that fits; where none does, a profile that should have."""
    missed = None
    for profile in profiles:
        stated = read_by(profile, root, dater)
        if stated is not None:
            return stated, None
        if not profile.drafted and profile.when is None:
            missed = missed or profile
    return None, missed


def declared_in(text: str) -> int | None:
    """The number of comments that a text declares; None for none."""
    number = _NUMBER.fullmatch(text.strip())
    return int(number[0]) if number else declared_count(text)
