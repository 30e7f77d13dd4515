"""Where print puts a space or leaves it out: the ways in which words that stand side by side may be written.

A phrase is looked for at the folded level, word by word. What one writer joins another parts, so a phrase is
looked for in each way: نصر الله and نصرالله, و الأمن and والأمن, F-16 and F16, فيس بوك and فيسبوك.
"""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from kashshaf.analyzers.arabic import parts_of
from kashshaf.analyzers.letters import WAW
from kashshaf.analyzers.names import clitics, foreign
from kashshaf.analyzers.stemming.clitics import definite, single
from kashshaf.analyzers.stemming.variants.joining import two_words
from kashshaf.analyzers.tokenize import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kashshaf.analyzers.stemming.evidence import Evidence

    Words = tuple[str, ...]

MOST = 16
"""Ways in which one phrase is looked for at most: each costs as much as the phrase."""
_LONGEST = 3
"""Words that print writes as one at most."""


def ways(words: Sequence[str], evidence: Evidence) -> list[Words]:
    """The ways to write folded ``words``, their own first; no more than ``MOST``."""
    return list(islice(dict.fromkeys(_ways(tuple(words), evidence)), MOST))


def _ways(words: Words, evidence: Evidence) -> Iterator[Words]:
    if not words:
        yield ()
        return
    for taken, written in _beginnings(words, evidence):
        for rest in islice(_ways(words[taken:], evidence), MOST):
            yield (*written, *rest)


def _beginnings(words: Words, evidence: Evidence) -> Iterator[tuple[int, Words]]:
    """How many words are written otherwise at the beginning, and how; first the first one as it is."""
    yield 1, words[:1]
    if parts := apart(words[0], evidence):
        yield 1, parts
    for taken in range(2, min(len(words), _LONGEST) + 1):
        joined = "".join(words[:taken])
        if apart(joined, evidence) == words[:taken]:
            yield taken, (joined,)


@cache
def _joined() -> dict[str, Words]:
    """Foreign names as one word, to their folded words."""
    return {name: words for words, name in foreign().items()}


def apart(word: str, evidence: Evidence) -> Words | None:
    """The folded words of one that print also writes as several, what is before it kept with the first."""
    if word.isascii():
        letters = tuple(part for part, _ in parts_of(word, Kind.OTHER))
        return letters if len(letters) > 1 else None
    for clitic in clitics():
        bare = word.removeprefix(clitic)
        if bare == word and clitic:
            continue
        if parts := _joined().get(bare) or two_words(bare, evidence):
            return clitic + parts[0], *parts[1:]
    rest = word[1:]
    detached = word[:1] == WAW and rest and rest in (single(word, evidence), definite(word, evidence))
    return (WAW, rest) if detached else None
