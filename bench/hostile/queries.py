"""Queries that ask for as much work as a request may: a thousand of them, the same on every run.

They are made of the commonest words of an index, whose posting lists are the longest.
"""

from __future__ import annotations

import random
from itertools import cycle, islice
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.letters import ALEF, LAM, MEEM, YEH
from kashshaf.search_app.query.parameters import FACETS, MAX_SIZE, MAX_TEXT
from kashshaf.search_app.query.request_values import MAX_WINDOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SEED = 13
SEARCH, PAGE, CSV, SUGGEST, ANALYZE = (
    "/api/v1/search",
    "/search",
    "/search.csv",
    "/api/v1/suggest",
    "/analyze",
)
_OR = " أو "
_LAST_PAGE = str(MAX_WINDOW // MAX_SIZE)


class Asked(NamedTuple):
    """A request: the kind of its query, its path, its parameters."""

    kind: str
    path: str
    parameters: dict[str, str]


def hostile(words: Sequence[str], number: int = 1_000) -> Iterator[Asked]:
    """So many requests of ``words``, the commonest of an index: each kind of text with each way to ask."""
    draw = random.Random(SEED)  # noqa: S311 - a sample, no secret
    kinds = islice(cycle(KINDS.items()), number)
    for place, (kind, make) in enumerate(kinds):
        path, parameters = WAYS[(place // len(KINDS) + place) % len(WAYS)]
        text = make(draw, words)[:MAX_TEXT]
        name = "text" if path == ANALYZE else "q"
        yield Asked(kind, path, {name: text, **parameters})


def _some(draw: random.Random, words: Sequence[str], number: int) -> list[str]:
    """Different words, common ones."""
    return draw.sample(words[: max(number, 200)], number)


def _each(form: str, number: int) -> Callable[[random.Random, Sequence[str]], str]:
    """A text of so many words, each in a form."""
    return lambda draw, words: " ".join(form.format(word) for word in _some(draw, words, number))


def _one(form: str, number: int) -> Callable[[random.Random, Sequence[str]], str]:
    """A text of one word so many times, in a form."""
    return lambda draw, words: " ".join([form.format(draw.choice(words[:20]))] * number)


def _quoted(length: int, number: int) -> Callable[[random.Random, Sequence[str]], str]:
    """A text of so many phrases, each of so many words."""

    def made(draw: random.Random, words: Sequence[str]) -> str:
        return " ".join('"' + " ".join(_some(draw, words, length)) + '"' for _ in range(number))

    return made


def _nested(draw: random.Random, words: Sequence[str]) -> str:
    """Alternations within each other, as deep as is understood and deeper."""
    text = draw.choice(words)
    for word in _some(draw, words, draw.choice((8, 30, 60))):
        text = f"({text}{_OR}{word})"
    return text


def _pairs(draw: random.Random, words: Sequence[str]) -> str:
    """Alternations that must all hold."""
    some = _some(draw, words, 80)
    return " و ".join(f"({one}{_OR}{other})" for one, other in zip(some[::2], some[1::2], strict=True))


def _mixed(draw: random.Random, words: Sequence[str]) -> str:
    """Scripts and signs in one."""
    some = _some(draw, words, 20)
    return " ".join(f"{word}abc hgl{word} 2016/05 مـ{word}ـم ﷲ {word}\u200f😀" for word in some)


def _letters(draw: random.Random, words: Sequence[str]) -> str:
    del words
    return draw.choice((ALEF, LAM, MEEM, YEH, "9", "٣", "a", "((", '"', "=", "-")) * MAX_TEXT


KINDS: dict[str, Callable[[random.Random, Sequence[str]], str]] = {
    "words": _each("{}", 64),
    "few words": _each("{}", 3),
    "many words": _each("{}", 180),
    "one word": _one("{}", 150),
    "quoted words": _each('"{}"', 63),
    "to the letter": _each("={}", 60),
    "one to the letter": _one("={}", 60),
    "beginnings": _each("{}*", 60),
    "short beginnings": lambda draw, words: " ".join(w[:1] + "*" for w in _some(draw, words, 60)),
    "near spellings": _each("{}~", 60),
    "roots": _each("جذر:{}", 60),
    "alternatives": lambda draw, words: _OR.join(_some(draw, words, 100)),
    "nested": _nested,
    "all of alternatives": _pairs,
    "excluded": _each("-{}", 100),
    "word and excluded": lambda draw, words: words[0] + " " + _each("-{}", 60)(draw, words),
    "in the title": _each("عنوان:{}", 60),
    "in comments": _each('تعليق:"{0} {0}"', 30),
    "pairs": _quoted(2, 40),
    "phrases": _quoted(5, 20),
    "a long phrase": _quoted(150, 1),
    "pairs to the letter": lambda draw, words: '="' + '" ="'.join(_some(draw, words, 60)) + '"',
    "names": _each("كاتب:{}", 40),
    "long digits": lambda draw, _: " ".join(str(draw.getrandbits(200)) for _ in range(16)),
    "short digits": lambda draw, _: " ".join(str(draw.randrange(1, 100)) for _ in range(200)),
    "scripts": _mixed,
    "letters": _letters,
}
"""The kinds of text."""

_EVERYTHING = {"facets": ",".join(FACETS)}
_MANY = {"size": str(MAX_SIZE)}
WAYS: list[tuple[str, dict[str, str]]] = [
    (SEARCH, {}),
    (SEARCH, _MANY),
    (SEARCH, {**_MANY, "page": _LAST_PAGE}),
    (SEARCH, {**_MANY, "sort": "comments"}),
    (SEARCH, {**_MANY, "sort": "newest", "fold": "no"}),
    (SEARCH, {**_MANY, "match": "any", "fold": "no"}),
    (SEARCH, {**_MANY, "in": "comments", "sort": "likes"}),
    (SEARCH, {**_MANY, "in": "comments", **_EVERYTHING}),
    (SEARCH, {**_MANY, **_EVERYTHING}),
    (SEARCH, {**_MANY, "explain": "1"}),
    (SEARCH, {**_MANY, "from": "2010", "to": "2020", "sort": "oldest"}),
    (PAGE, _MANY),
    (PAGE, {"in": "comments", **_MANY}),
    (CSV, {}),
    (CSV, {"in": "comments"}),
    (SUGGEST, {}),
    (ANALYZE, {}),
]
"""The ways to ask for one."""
