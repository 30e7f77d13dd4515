"""A site profile as readers use it: rules that say where the parts of a page stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import regex
    from lxml.etree import _Element as Element


@dataclass(frozen=True, slots=True)
class Place:
    """A place where a value may stand.

    ``attribute``: its value instead of the element's text. ``own``: the element's own text, without that of
    elements in it. ``pattern``: its first group, found anywhere in the text, is the value. ``formats``: how a
    date is written, as ``strptime`` has it; for those that the reader of dates would take for others.
    """

    find: Callable[[Element], list[Element]] = field(repr=False)
    attribute: str = ""
    own: bool = False
    pattern: regex.Pattern[str] | None = None
    formats: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """True if the value is the whole text of the element."""
        return not (self.attribute or self.own or self.pattern or self.formats)


@dataclass(frozen=True, slots=True)
class Rule:
    """The places where a value may stand, of which the first that has it decides."""

    places: tuple[Place, ...]

    def elements(self, root: Element) -> list[Element]:
        """The elements of the first place that finds any, in order."""
        return next(filter(None, (place.find(root) for place in self.places)), [])


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile of a site: rules for parts of its pages. Parts without a rule are found without it.

    ``when``: what must be in a page for it; with no ``hosts`` it is for every site that has it there.
    ``article`` and ``comments``: rules by key; no ``comments`` where the profile says nothing of them.
    ``furniture``: keys of texts that stand on many pages; ``furniture_in_comments``: of lines that stand in
    many comments. ``drafted``: learnt, not written. ``digest`` tells one content from another.
    """

    name: str
    digest: str
    hosts: tuple[str, ...] = ()
    when: Rule | None = None
    source: str = ""
    article: Mapping[str, Rule] = field(default_factory=dict)
    comments: Mapping[str, Rule] = field(default_factory=dict)
    remove: Rule | None = None
    remove_in_comments: Rule | None = None
    furniture: frozenset[str] = frozenset()
    furniture_in_comments: frozenset[str] = frozenset()
    drafted: bool = False

    @property
    def is_final(self) -> bool:
        """True if a part that it does not find is not there: its writer looked at the site."""
        return not self.drafted and (self.when is None or bool(self.hosts))

    def is_for(self, host: str) -> bool:
        """True if the host is one of its own or lies below one: ``m.example.org`` below ``example.org``."""
        return any(host == own or host.endswith(f".{own}") for own in self.hosts)


class Choice(Protocol):
    """A choice of profiles, made for each page."""

    def of(self, hosts: Sequence[str]) -> Iterable[Profile]:
        """The profiles to try on a page that may be of these hosts, the surest first."""
