"""A page read by a site profile: every part the profile states, where it says that it stands.

What the profile does not state is left to the readers that know no site (:mod:`indexer.sources.html`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

from analyzers.folding import fold_text
from index.documents import Comment
from indexer.sources import html_comments, html_text, html_tree
from indexer.sources.base import Dater, pointer
from indexer.sources.page_comments import declared
from indexer.sources.page_lines import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indexer.profiles import Place, Profile, Rule
    from indexer.sources.html_comments import Parts
    from indexer.sources.html_tree import Block, Element

_LONGEST_VALUE = 20_000
"""Characters of an element's text that a profile's pattern is tried on."""
_MOST_COMMENTS = 100_000
_LINKED = 0.9
"""Share of a line in links from which on it leads elsewhere and is none of the text."""
_MOST_TAGS = 100
_MOST_LINKS, _FEWEST_LINKS = 500, 4
_SAVED_FROM = re.compile(
    r"<!--\s{0,9}(?:saved from url=\(\d+\)|Page saved with SingleFile\s{1,9}url:)\s{0,9}(\S{1,2000})"
)
"""What browsers and SingleFile write into a page that they save."""
_ADDRESS = re.compile(
    r"\s{0,9}https?://(?:[^\s/@]{0,99}@)?(?:www\.)?([a-z0-9.-]{1,253})(?=[:/?#\s]|\Z)", re.IGNORECASE
)
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,6}(?:[a-z]{2,24}|xn--[a-z0-9-]{1,59})")
_LONGEST_HOST = 100
_SECOND = frozenset(("ac", "co", "com", "edu", "gov", "net", "org"))
_HEAD = 5_000
_OTHERS = frozenset(("kicker", "title", "lead", "author", "date", "section"))
_ALL = frozenset(("author", "date", "text", "likes"))
_NUMBER = re.compile(r"-?\d{1,9}")


@dataclass(slots=True)
class Stated:
    """What a profile finds in a page; ``values`` has only keys that it states.

    ``blocks`` is the article's text, ``comments`` None where the profile says nothing of comments.
    """

    profile: Profile
    values: dict[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    blocks: list[Block] = field(default_factory=list)
    comments: tuple[Comment, ...] | None = None


def hosts(text: str, root: Element, url: str, name: str) -> list[str]:
    """The hosts that a page may be from, the surest first.

    Its address; where it was saved from; a folder of its path that is called like a host, as wget and HTTrack
    write them; the domain that most of its addresses name.
    """
    saved = _SAVED_FROM.search(text[:_HEAD])
    sure = [host_of(url), host_of(saved[1]) if saved else "", *hosts_in_path(name)]
    return list(dict.fromkeys(host for host in (*sure, _most_linked(root)) if host))


def hosts_in_path(path: str) -> list[str]:
    """The folders of a path that are called like hosts, the innermost first."""
    folders = path.lower().split("/")[:-1]
    return [part.removeprefix("www.") for part in reversed(folders) if is_host(part)]


def is_host(text: str) -> bool:
    """Whether a text can be the name of a site: labels with a domain at the end, no number, not endless."""
    return len(text) <= _LONGEST_HOST and _HOST.fullmatch(text) is not None


def host_of(url: str) -> str:
    """The host of an http(s) address without ``www.``; empty for anything else."""
    found = _ADDRESS.match(url)
    return found[1].lower() if found else ""


def _most_linked(root: Element) -> str:
    """The domain of a third and more of the absolute addresses: the site's own menus, pictures, scripts."""
    elements = islice(root.iter("a", "link", "img", "script", "iframe", "form"), _MOST_LINKS)
    addresses = (one.get("href") or one.get("src") or one.get("action") or "" for one in elements)
    counts: Counter[str] = Counter()
    for host, times in Counter(map(host_of, addresses)).items():
        counts[_domain(host)] += times if host else 0
    domain, times = max(counts.items(), key=itemgetter(1), default=("", 0))
    return domain if times >= _FEWEST_LINKS and times * 3 >= counts.total() else ""


def _domain(host: str) -> str:
    """The part of a host that is registered: its last two labels, three below such as ``co.uk``."""
    labels = host.split(".")
    return ".".join(labels[-3 if len(labels[-1]) == 2 and labels[-2:-1] and labels[-2] in _SECOND else -2 :])


def read(root: Element, profile: Profile, dater: Dater) -> Stated | None:
    """What the profile states of the page; None where it does not fit: it should find a text and does not."""
    if profile.when is not None and not profile.when.elements(root):
        return None
    stated = Stated(profile)
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
        text = html_tree.plain(element.get(place.attribute))
    elif place.own:
        text = html_tree.plain(" ".join((element.text or "", *(child.tail or "" for child in element))))
    else:
        text = html_tree.text_of(element)
    if place.pattern is not None:
        found = place.pattern.search(text[:_LONGEST_VALUE])
        text = html_tree.plain(found[1]) if found else ""
    return dated(text, place.formats) if place.formats else text


def dated(text: str, formats: Sequence[str]) -> str:
    """``text`` in ISO form if it has one of the formats, with digits of any script; else as it is."""
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
    """What it says but for lines that are links; where it was only drafted, without what is nobody's text."""
    if profile.drafted:
        return html_text.blocks_of(element)
    return [block for block in html_tree.blocks(element, removed.__contains__) if block.linked < _LINKED]


def _comments(root: Element, profile: Profile, dater: Dater) -> Iterator[Comment]:
    """Each element that is a comment; one inside another answers it, where no rule says whom it answers."""
    rules = profile.comments
    items = rules["item"].elements(root)[:_MOST_COMMENTS]
    removed = profile.remove_in_comments
    reader = _Comments(profile, set(removed.elements(root)) if removed else set(), items, dater)
    for item in items:
        comment = reader.read(item)
        if comment is not None:
            yield comment


class _Comments:
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
        found = None if self._rules.keys() >= _ALL else html_comments.parts_of(item, self._ids.keys())
        text = self._text(item) if "text" in self._rules or found is None else found.text
        text = html_comments.without(text, self._furniture)
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
        """What a rule finds, and without a rule what is found without one."""
        if found is None or name in self._rules:
            return self._said(item, name)
        return str(getattr(found, name))

    def _likes(self, item: Element, found: Parts | None) -> int:
        if found is not None and "likes" not in self._rules:
            return found.likes
        number = _NUMBER.search(self._said(item, "likes"))
        return int(number[0]) if number else 0

    def _id(self, item: Element) -> str:
        if "id" in self._rules:
            return value(item, self._rules["id"])
        return html_comments.id_of(item)

    def _said(self, item: Element, name: str) -> str:
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
        while element is not item and element is not None:
            if element in self._ids:
                return False
            element = element.getparent()
        return True

    def _text(self, item: Element) -> str:
        def skip(below: Element) -> bool:
            return below in self._skipped or below in self._ids

        rule = self._rules["text"]
        if not all(place.is_plain for place in rule.places):
            return self._said(item, "text")
        found = [one for one in rule.elements(item) if self._is_own(one, item)]
        parts = [
            block.text for one in found if one not in self._skipped for block in html_tree.blocks(one, skip)
        ]
        return html_comments.PARTED.join(parts)

    def _parent(self, item: Element) -> str:
        if given := self._said(item, "parent"):
            return given
        if answered := self._said(item, "answers"):
            self._by_author.update((key(author), comment_id) for author, comment_id in self._written)
            self._written.clear()
            return self._by_author.get(key(answered), "")
        return next((self._ids[up] for up in item.iterancestors() if up in self._ids), "")


def chosen(root: Element, profiles: Iterable[Profile], dater: Dater) -> tuple[Stated | None, Profile | None]:
    """What the first profile that fits states; and one that should have fitted where none does."""
    missed = None
    for profile in profiles:
        stated = read(root, profile, dater)
        if stated is not None:
            return stated, None
        if not profile.drafted and profile.when is None:
            missed = missed or profile
    return None, missed


def count(text: str) -> int | None:
    """The number of comments that a text declares; None for none."""
    number = _NUMBER.fullmatch(text.strip())
    return int(number[0]) if number else declared(text)
