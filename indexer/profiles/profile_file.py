"""Site profiles: where the parts of a site's pages stand, as CSS selectors in a small TOML file.

``docs/sources.md`` teaches the format. The shipped ones stand beside this module; which page is read by which
is decided by ``hosts``.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import regex
from cssselect import SelectorError
from lxml.cssselect import CSSSelector

from kashshaf.index.errors import UsageError
from kashshaf.indexer.sources.profile import Place, Profile, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kashshaf.indexer.sources.html.tree import Element

SHIPPED = Path(__file__).parent
LARGEST = 1_000_000
"""Bytes of a profile; a drafted one with all that was learnt has some 50,000."""
ARTICLE = (
    "kicker", "title", "lead", "text", "author", "date", "section", "tags", "url", "image",
    "comments_declared",
)  # fmt: skip
"""Keys of the table ``article`` that say where a part stands."""
COMMENTS = ("item", "id", "author", "date", "text", "likes", "parent", "answers")
"""Keys of the table ``comments``, of which ``item`` must be there."""
TOP = ("name", "hosts", "when", "source", "drafted", "furniture", "article", "comments")
"""Keys of the file, the two tables among them."""
VALUE = ("select", "attribute", "pattern", "own", "formats")
"""Keys of a value that is more than a selector."""
_RULES = 'a CSS selector, a table such as { select = "time", attribute = "datetime" }, or a list of these'
_EXAMPLE = 'write it as in a style sheet, such as "#story > h1"'
_HOST = re.compile(r"[^\s/:]+")


def load(path: Path) -> Profile:
    """The profile in a file. Raises UsageError, naming the key and what to do, for what cannot be one."""
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(_says(path, f"it is larger than {LARGEST:,} bytes; is it a profile?"))
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"the profile {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(_says(path, "it is not UTF-8; save it so")) from error
    return parse(text, path)


def parse(text: str, path: Path) -> Profile:
    """The profile in a TOML text; ``path`` names it in errors."""
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also for a number, or brackets, without end
        raise UsageError(_says(path, f"it is no TOML: {str(error)[:200]}")) from error
    try:
        return _profile(data, path.stem, hashlib.blake2b(text.encode(), digest_size=8).hexdigest())
    except _BadKeyError as error:
        raise UsageError(_says(path, str(error))) from error


@lru_cache(maxsize=1)
def shipped() -> tuple[Profile, ...]:
    """The profiles that come with Kashshaf."""
    return tuple(load(path) for path in sorted(SHIPPED.glob("*.toml")))


class Selector(CSSSelector):
    """A CSS selector that can be pickled, since other processes read pages by it too."""

    def __init__(self, css: str) -> None:
        super().__init__(css, translator="html")

    def __reduce__(self) -> tuple[type[Selector], tuple[str]]:
        return Selector, (self.css,)


class _BadKeyError(Exception):
    """A key that cannot be used; the text says what to write instead."""


def _says(path: Path, what: str) -> str:
    return f"the profile {path} cannot be used: {what}"


def _profile(data: dict[str, Any], name: str, digest: str) -> Profile:
    _known(data, TOP, "")
    article, comments = _table(data, "article"), _table(data, "comments")
    _known(article, (*ARTICLE, "remove"), "article.")
    _known(comments, (*COMMENTS, "remove", "furniture"), "comments.")
    if comments and "item" not in comments:
        raise _BadKeyError("comments.item is missing; it selects the element of each single comment")
    if not article and not comments:
        raise _BadKeyError('it states nothing; write at least [article] with text = "…"')
    return Profile(
        name=_text(data, "name") or name,
        digest=digest,
        hosts=tuple(map(_host, _texts(data, "hosts"))),
        when=_rule(data["when"], "when") if "when" in data else None,
        source=_text(data, "source"),
        article={key: _rule(article[key], f"article.{key}") for key in ARTICLE if key in article},
        comments={key: _rule(comments[key], f"comments.{key}") for key in COMMENTS if key in comments},
        remove=_removed(article, "article.remove"),
        remove_in_comments=_removed(comments, "comments.remove"),
        furniture=frozenset(_texts(data, "furniture")),
        furniture_in_comments=frozenset(_texts(comments, "furniture")),
        drafted=_flag(data, "drafted", "drafted"),
    )


def _known(table: Mapping[str, Any], known: Iterable[str], above: str) -> None:
    for key in table:
        if key not in known:
            raise _BadKeyError(f"there is no key {above}{key}; the keys are {', '.join(known)}")


def _table(data: Mapping[str, Any], key: str) -> dict[str, Any]:
    table = data.get(key, {})
    if not isinstance(table, dict):
        raise _BadKeyError(f"{key} must be a table; write [{key}] on a line of its own")
    return table


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key, "")
    if not isinstance(value, str):
        raise _BadKeyError(f"{key} must be a text in quotes")
    return value


def _texts(data: Mapping[str, Any], key: str) -> list[str]:
    values = data.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise _BadKeyError(f'{key} must be a list of texts; write {key} = ["…"]')
    return values


def _flag(data: Mapping[str, Any], key: str, place: str) -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        raise _BadKeyError(f"{place} must be true or false")
    return value


def _host(text: str) -> str:
    if not _HOST.fullmatch(text):
        raise _BadKeyError(f'hosts: {text!r} is no host; write it without scheme and path: "example.org"')
    return text.lower().removeprefix("www.")


def _removed(table: Mapping[str, Any], place: str) -> Rule | None:
    """The rule of a list of selectors; all that any of them finds is removed."""
    if "remove" not in table:
        return None
    selectors = table["remove"]
    selectors = [selectors] if isinstance(selectors, str) else selectors
    if not isinstance(selectors, list) or not all(isinstance(one, str) for one in selectors) or not selectors:
        raise _BadKeyError(f"{place} must be a CSS selector or a list of them")
    return Rule((Place(_compiled(", ".join(selectors), place)),))


def _rule(value: Any, place: str) -> Rule:
    values = value if isinstance(value, list) else [value]
    if not values:
        raise _BadKeyError(f"{place} must be {_RULES}")
    return Rule(tuple(one for each in values for one in _places(each, place)))


def _places(value: Any, place: str) -> Iterator[Place]:
    table = value if isinstance(value, dict) else {"select": value}
    _known(table, VALUE, f"{place}.")
    selectors = table.get("select")
    selectors = [selectors] if isinstance(selectors, str) else selectors
    if not isinstance(selectors, list) or not all(isinstance(one, str) for one in selectors) or not selectors:
        raise _BadKeyError(f"{place} must be {_RULES}")
    for key in ("attribute", "pattern"):
        if not isinstance(table.get(key, ""), str):
            raise _BadKeyError(f"{place}.{key} must be a text in quotes")
    for selector in selectors:
        yield Place(
            find=_compiled(selector, place),
            attribute=table.get("attribute", ""),
            own=_flag(table, "own", f"{place}.own"),
            pattern=_pattern(table["pattern"], place) if "pattern" in table else None,
            formats=tuple(_formats(table, place)),
        )


def _compiled(selector: str, place: str) -> Callable[[Element], list[Element]]:
    try:
        return Selector(selector)
    except (SelectorError, RecursionError, ValueError) as error:
        raise _BadKeyError(
            f"{place}: {selector!r} is no CSS selector ({str(error)[:80]}); {_EXAMPLE}"
        ) from error


def _pattern(text: str, place: str) -> regex.Pattern[str]:
    try:
        pattern = regex.compile(text, regex.DOTALL)
    except (regex.error, RecursionError, OverflowError) as error:
        raise _BadKeyError(f"{place}.pattern: {text!r} is no regular expression: {error}") from error
    if pattern.groups != 1:
        raise _BadKeyError(f"{place}.pattern must have one group, which is the value: 'by (.+)'")
    return pattern


def _formats(table: Mapping[str, Any], place: str) -> list[str]:
    formats = table.get("formats", [])
    if not isinstance(formats, list) or not all(isinstance(one, str) and "%" in one for one in formats):
        raise _BadKeyError(f'{place}.formats must be a list such as ["%m/%d/%Y"]')
    return formats
