"""The file ``synonyms.txt``: a row of names that mean the same in each line, or ``name => others``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.tokenize import words
from kashshaf.index.disk import write_whole
from kashshaf.index.errors import SettingsError, UsageError
from kashshaf.search_app.query.edited.edited_file import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

ARROW = "=>"
MOST_TERMS = 12
"""Terms of a line: for each of them a query with one asks for all others."""
MOST_WORDS = 8
"""Words of a term: it is looked for as a phrase, and a longer one is no name."""
MOST_LINES = 20_000
_COMMA = re.compile("[,،]")
_REMARK = re.compile(r"(^|\s)#.*")
_FORM = f"write: one, other, third; or: one {ARROW} other"


class Rule(NamedTuple):
    """Names, each of which is found by ``others`` too. ``dialect``: only what readers write is."""

    names: tuple[str, ...]
    others: tuple[str, ...]
    dialect: bool = False


def read_synonyms(text: str, path: Path) -> tuple[Rule, ...]:
    """The rules of a file, in its order; SettingsError names file and line, and says what to do."""
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise SettingsError(f"{path} has more than {MOST_LINES:,} lines; is it the file you mean?")
    numbered = ((number, _REMARK.sub("", line).strip()) for number, line in enumerate(lines, start=1))
    return tuple(_rule(line, f"{path}, line {number}") for number, line in numbered if line)


def append(path: Path, terms: Sequence[str]) -> None:
    """Add a line of terms that mean the same, in one step: a reader sees the file before it or after.

    Raises UsageError for terms that make no line, SettingsError where the file cannot be read or has a wrong
    line, and IndexingError where it cannot be written.
    """
    line = _line(terms)
    before = text_of(path) if path.exists() else ""
    end = "" if not before or before.endswith("\n") else "\n"
    whole = f"{before}{end}{line}\n"
    read_synonyms(whole, path)  # a file with a wrong line is not taken up, nor would the new line be
    write_whole(path, whole.encode())


def take_back(path: Path, terms: Sequence[str]) -> bool:
    """Take out the line that :func:`append` made of these terms; False where it is no longer the last.

    Raises what :func:`append` does.
    """
    line = f"{_line(terms)}\n"
    before = text_of(path) if path.exists() else ""
    found = before == line or before.endswith(f"\n{line}")
    if found:
        write_whole(path, before.removesuffix(line).encode())
    return found


def _line(terms: Sequence[str]) -> str:
    """The line of terms that mean the same; raises UsageError for what makes none."""
    line = ", ".join(term.strip() for term in terms)
    if len(terms) < 2 or re.search(f"[#\n\r]|{ARROW}", line) or any(map(_COMMA.search, terms)):
        raise UsageError(
            "a line of synonyms has two terms or more, without comma, #, => or line break in them"
        )
    try:
        _rule(line, "the new line")
    except SettingsError as error:
        raise UsageError(str(error)) from error
    return line


def _rule(line: str, place: str) -> Rule:
    left, arrow, right = line.partition(ARROW)
    if ARROW in right:
        raise SettingsError(f"{place}: {ARROW} stands twice; {_FORM}")
    names = tuple(_terms(left, place))
    others = tuple(_terms(right, place)) if arrow else names
    if not arrow and len(names) < 2:
        raise SettingsError(f"{place}: {names[0]!r} stands alone; {_FORM}")
    if len({*names, *others}) > MOST_TERMS:
        raise SettingsError(f"{place}: more than {MOST_TERMS} terms; make two lines of it")
    return Rule(names, others)


def _terms(side: str, place: str) -> Iterable[str]:
    found = [" ".join(term.split()) for term in _COMMA.split(side)]
    for term in found:
        _check(term, place)
    return dict.fromkeys(found)


def _check(term: str, place: str) -> None:
    count = sum(1 for _ in words(term))
    if not count:
        named = f"{term!r} has no word in it" if term else "a term is missing between two signs"
        raise SettingsError(f"{place}: {named}; {_FORM}")
    if count > MOST_WORDS:
        raise SettingsError(f"{place}: {term!r} has {count} words; {MOST_WORDS} is the most, shorten it")
