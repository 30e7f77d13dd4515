"""Pins: the articles that an editor puts first for a query, or hides from it, by a file ``pins.toml``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from kashshaf.analyzers.tokenize import words
from kashshaf.index.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kashshaf.analyzers.analyzer import Analyzer
    from kashshaf.analyzers.arabic import Token
    from kashshaf.search_app.query.parsed_query import ParsedQuery

    Key = tuple[tuple[str, ...], ...]

MOST_PINNED = 20
"""Articles pinned for one query: whoever wants more of them first wants another ranking."""
KEYS = {"query", "articles", "hide"}
_HEAD = re.compile(r"^\s*\[\[\s*pin\s*\]\]", re.MULTILINE)
_PLACE = re.compile(r"\(at line (\d+), column \d+\)")


class Pin(NamedTuple):
    """The ids of articles that stand first for a query, in this order, and of those that it does not find."""

    query: str
    articles: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()


NO_PIN = Pin("")


class Pins:
    """The pins of a file, by the words of their queries. Safe to share between threads."""

    def __init__(self, pins: Iterable[Pin] = ()) -> None:
        self._pins = tuple(pins)
        self._known: tuple[Analyzer, dict[Key, Pin]] | None = None

    def of(self, asked: ParsedQuery, analyzer: Analyzer) -> Pin:
        """The pin of a query: the same words in the same order, in whatever form; a quoted one has none."""
        if not self._pins or asked.wholes() or asked.excluded:
            return NO_PIN
        if self._known is None or self._known[0] is not analyzer:
            found = {key(analyzer.tokens(pin.query)): pin for pin in reversed(self._pins)}
            self._known = analyzer, found
        return self._known[1].get(key(asked.words), NO_PIN)


NO_PINS = Pins()


def key(tokens: Iterable[Token]) -> Key:
    """The words of a query as pins are looked up by: stems; of stop words alone, their folded forms."""
    found = [token.forms for token in tokens if token.forms.exact]
    return tuple(forms.stem for forms in found if forms.stem) or tuple(forms.folded for forms in found)


def read_pins(text: str, path: Path) -> Pins:
    """The pins of a file; SettingsError names file and line, and says what to do."""
    if not text:
        return Pins([])
    import tomllib  # noqa: PLC0415 - most have no such file

    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also for a number, or brackets, without end
        place = _PLACE.search(str(error))
        line = place[1] if place else len(text.splitlines())  # else it is at the end
        raise SettingsError(f"{path}, line {line}: this is not TOML: {error}; mend it there") from error
    rows = table.get("pin", [])
    if {*table} - {"pin"} or not isinstance(rows, list):
        raise SettingsError(f"{path}: a pin begins with the line [[pin]], and nothing stands outside of pins")
    lines = [text.count("\n", 0, head.end()) + 1 for head in _HEAD.finditer(text)]
    places = [f"{path}, line {line}" for line in lines] + [str(path)] * len(rows)
    return Pins([_pin(row, place) for row, place in zip(rows, places, strict=False)])


def _pin(row: Any, place: str) -> Pin:
    if not isinstance(row, dict) or {*row} - KEYS:
        raise SettingsError(f"{place}: a pin has query, articles and hide, and nothing else")
    query = row.get("query")
    if not isinstance(query, str) or next(words(query), None) is None:
        raise SettingsError(f'{place}: this pin has no query with a word in it; write: query = "…"')
    articles, hide = (tuple(_ids(row, name, place)) for name in ("articles", "hide"))
    if not articles and not hide:
        raise SettingsError(f'{place}: this pin does nothing; write: articles = ["id"] or hide = ["id"]')
    if both := {*articles} & {*hide}:
        raise SettingsError(f"{place}: the article {min(both)!r} is pinned and hidden; take it out of one")
    return Pin(query, articles, hide)


def _ids(row: dict[str, Any], name: str, place: str) -> Iterator[str]:
    found = row.get(name, [])
    if not isinstance(found, list) or not all(isinstance(each, str) and each for each in found):
        raise SettingsError(f'{place}: {name} is a list of ids; write: {name} = ["id", "id"]')
    if len(found) > MOST_PINNED:
        raise SettingsError(f"{place}: {name} has {len(found)} ids; {MOST_PINNED} is the most, take some out")
    return iter(dict.fromkeys(found))
