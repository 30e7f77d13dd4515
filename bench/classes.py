"""``python -m bench.classes``: the words that a stem brings together, the most suspicious stems first.

For a person to read: a class is suspicious where it has a word that is common, has the article of its own,
and stands beside other words than the rest of its class does. Two forms of one word share their neighbours.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from bench.measure.corpus import articles
from kashshaf.analyzers.base_list import base_counts
from kashshaf.analyzers.folded_words import FoldedWords
from kashshaf.analyzers.lexicon import Lexicon
from kashshaf.analyzers.stemming.evidence import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

LEAST = 5
"""Articles that a word occurs in, to be looked at."""
KEPT = 400
"""Neighbours kept of a word, the commonest of them: enough to know its company by."""
OWN_ARTICLE = 2.0
"""How many times as suspicious a word is that takes the article, when another of the class does so too."""


class Corpus(NamedTuple):
    """The folded words of a corpus: how many articles each occurs in, and what stands right beside it."""

    articles: Counter[str]
    neighbours: Mapping[str, Counter[str]]


class Class(NamedTuple):
    """The words of a stem, the most suspicious first, each with the articles it occurs in."""

    suspicion: float
    stem: str
    words: tuple[tuple[str, int], ...]


def counted(texts: Iterable[str]) -> Corpus:
    """The words of texts and their neighbours."""
    folded, found = FoldedWords(), Corpus(Counter(), defaultdict(Counter))
    for text in texts:
        words = folded.words(text)
        found.articles.update(set(words))
        for left, right in pairwise(words):
            found.neighbours[left][right] += 1
            found.neighbours[right][left] += 1
    return found


def classes(corpus: Corpus) -> list[Class]:
    """Every class of two words and more, the most suspicious first."""
    counts, base = corpus.articles, base_counts()
    lexicon = Lexicon(lambda word: counts[word] + base.get(word, 0))
    together: dict[str, list[str]] = defaultdict(list)
    for word, times in counts.items():
        if times >= LEAST:
            for stem in lexicon.analysed(word).stems:
                together[stem].append(word)
    evidence = Evidence(lexicon.count)
    found = [judged(stem, words, corpus, evidence) for stem, words in together.items() if len(words) > 1]
    return sorted(found, reverse=True)


def judged(stem: str, words: Sequence[str], corpus: Corpus, evidence: Evidence) -> Class:
    """A class, as suspicious as the most suspicious of its words."""
    common = {word: dict(corpus.neighbours[word].most_common(KEPT)) for word in words}
    definite = sum(map(evidence.takes_article, words)) > 1
    scores: dict[str, float] = {}
    for word in words:
        rest = {near for other in words if other != word for near in common[other]}
        factor = OWN_ARTICLE if definite and evidence.takes_article(word) else 1.0
        scores[word] = factor * log(max(corpus.articles[word], 1)) * unlike(common[word], rest)
    order = sorted(words, key=lambda word: -scores[word])
    return Class(scores[order[0]], stem, tuple((word, corpus.articles[word]) for word in order))


def unlike(own: Mapping[str, int], rest: set[str]) -> float:
    """The share of what stands beside a word that never stands beside the rest of its class."""
    total = sum(own.values())
    return sum(times for near, times in own.items() if near not in rest) / total if total else 0.0


def texts(sources: Sequence[Path]) -> Iterator[str]:
    """Title, lead and text of every article."""
    for article in articles(sources):
        parts = [part for section in article.sections for part in (section.heading, section.text)]
        yield "\n".join(filter(None, (article.title, article.lead, *parts)))


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--first", type=int, default=500, show_default=True, help="Classes to print.")
def main(sources: tuple[Path, ...], first: int) -> None:
    """Print the most suspicious classes of the articles in SOURCES."""
    for each in classes(counted(texts(sources)))[:first]:
        words = " ".join(f"{word} {times}" for word, times in each.words)
        click.echo(f"{each.suspicion:.2f}\t{each.stem}\t{words}")


if __name__ == "__main__":
    main()
