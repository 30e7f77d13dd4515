"""The completions of a text: short ones and titles, each of which the search would find, no two alike."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple, Protocol

from kashshaf.index.completions.entry import folded_key
from kashshaf.search_app.query.completion.candidates import Candidate, short, titles
from kashshaf.search_app.query.completion.misread import meant
from kashshaf.search_app.query.completion.typed_beginning import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.search_app.query.completion.candidates import Kind, Sources
    from kashshaf.search_app.query.completion.typed_beginning import Beginning

MOST = 8
"""Completions of a text."""
TITLES = 3
"""Titles among them, at least, where there are any."""
OF_ONE_READING = 3
"""Completions of one way to read a text that goes on from nothing as it is."""
MOST_MEANT = 3
"""Words of a text that is read otherwise where nothing goes on from it: a longer one is no beginning."""
MOST_TRIED = 24
"""Candidates of either sort that are looked at: each takes a search."""


class Completion(NamedTuple):
    """A text to search for."""

    text: str
    kind: Kind


class Judge(Protocol):
    """The judgement of an index on candidates."""

    def meaning(self, text: str) -> tuple[str, ...]:
        """The stems of a text: texts that have the same are one completion."""

    def searchable(self, candidate: Candidate) -> str | None:
        """The text by which the search finds a candidate; None where it does not."""


def completions(text: str, sources: Sources, judge: Judge) -> list[Completion]:
    """The texts that one may be the beginning of, likeliest first, ``MOST`` of them at most.

    None where it has no word or ends with a sign.
    """
    typed = read(text)
    if typed is None:
        return []
    found = _completed(typed, typed, sources, judge)
    if found or sources.words is None or typed.length > MOST_MEANT:
        return found
    others = filter(None, map(read, meant(typed, sources.words)))
    each = (_completed(typed, other, sources, judge)[:OF_ONE_READING] for other in others)
    return list(dict.fromkeys(islice(chain.from_iterable(each), MOST)))


def _completed(typed: Beginning, meant_as: Beginning, sources: Sources, judge: Judge) -> list[Completion]:
    chosen = _Chosen(typed, judge)
    shorter = chosen.of(short(meant_as, sources))
    longer = chosen.of(titles(meant_as, sources))
    found = [*islice(shorter, MOST - TITLES)]
    last = [*islice(longer, TITLES)]
    found += islice(shorter, MOST - len(found) - len(last))
    return [*found, *last, *islice(longer, MOST - len(found) - len(last))]


class _Chosen:
    """Candidates that are worth offering: no two of one meaning, and none that is what was typed."""

    def __init__(self, typed: Beginning, judge: Judge) -> None:
        self._typed = typed.folded.strip()
        self._judge = judge
        self._seen: set[tuple[str, ...]] = set()

    def of(self, candidates: Iterator[Candidate]) -> Iterator[Completion]:
        """Those of some candidates."""
        for candidate in islice(candidates, MOST_TRIED):
            if folded_key(candidate.text) == self._typed:
                continue
            meaning = self._judge.meaning(candidate.text)
            if meaning not in self._seen and (text := self._judge.searchable(candidate)):
                self._seen.add(meaning)
                yield Completion(text, candidate.kind)
