"""Draws pairs of words that a careless stemmer would take for one, for a reader to judge.

Run with wordfreq installed: ``python -m bench.draw_pairs 500``. What was judged to be two words stands in
``tests/golden/smoke/apart.tsv``; how, in the README there.
"""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

import click

from bench.make_base import PER, written
from kashshaf.analyzers import letters as ar
from kashshaf.analyzers.base_list import lemmas_of
from kashshaf.analyzers.stemming.roots import root_of
from kashshaf.analyzers.stemming.snowball import stem_arabic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SEED = 20261128
LEAST = 40
"""How often a word occurs in ten million, to be known to every reader."""
LARGEST = 60
"""Words of a class at most: larger ones would be drawn from again and again."""
_ARTICLES = (ar.WAW + ar.ARTICLE, ar.BEH + ar.ARTICLE, ar.KAF + ar.ARTICLE, ar.FEH + ar.ARTICLE, ar.ARTICLE)
_FOR_THE = ar.LAM + ar.LAM
_SUFFIXES = (
    ar.HEH + ar.ALEF,
    ar.ALEF + ar.NOON,
    ar.ALEF + ar.TEH,
    ar.WAW + ar.NOON,
    ar.YEH + ar.NOON,
    ar.YEH + ar.HEH,
    ar.HEH,
    ar.YEH,
)


def cut(word: str) -> str:
    """The word without what looks like article, "and" and endings, as the lightest stemmers have it."""
    word = undefined(word)
    if word[0] == ar.WAW and len(word) > 3:
        word = word[1:]
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) > len(suffix) + 1:
            word = word[: -len(suffix)]
    return word


def undefined(word: str) -> str:
    """The word without what looks like an article, and what is before it."""
    for article in (*_ARTICLES, _FOR_THE):
        if word.startswith(article) and len(word) > len(article) + 1:
            return word[len(article) :]
    return word


KEYS: tuple[Callable[[str], str], ...] = (cut, stem_arabic, root_of)


def spellings() -> dict[str, str]:
    """Common folded words, each as it is written most often."""
    shares: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for plain, exact, share in written():
        shares[plain][exact] += share
    common = {plain: each for plain, each in shares.items() if sum(each.values()) * PER >= LEAST}
    return {plain: max(each, key=lambda word: each[word]) for plain, each in common.items() if len(plain) > 2}


def pairs(words: Iterable[str], key: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """The pairs of folded words with the same key, but for those that article or table makes one."""
    classes: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        classes[key(word)].append(word)
    for each in classes.values():
        if len(each) <= LARGEST:
            yield from (pair for pair in combinations(each, 2) if not _are_one(*map(undefined, pair)))


def _are_one(one: str, other: str) -> bool:
    lemmas = {*lemmas_of(one), one}
    return not lemmas.isdisjoint({*lemmas_of(other), other})


@click.command()
@click.argument("number", type=int)
@click.option("--seed", type=int, default=SEED, show_default=True)
def main(number: int, seed: int) -> None:
    """Print NUMBER pairs by each of the keys."""
    draw = random.Random(seed)  # noqa: S311 # nothing is kept secret
    known = spellings()
    for key in KEYS:
        found = sorted(pairs(known, key))
        for pair in draw.sample(found, number):
            print(key.__name__, *(known[word] for word in pair), sep="\t")


if __name__ == "__main__":
    main()
