"""A corpus of any size, made of a smaller one: its articles over and over, ids changed, sentences shuffled.

Sentences are dealt anew between two articles that follow each other in a shuffled order, so that no two
records say the same. Words stay those of the smaller corpus: a lexicon does not grow as it would.
Everything is drawn from one seed, and a smaller corpus is the beginning of a larger one,
but for comments of its last article.
"""

from __future__ import annotations

import random
import re
from array import array
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    Row = dict[str, Any]

SEED = 20_000
QUESTION = "\u061f"
"""The Arabic question mark."""
SENTENCE = re.compile(rf"(?<=[.!?{QUESTION}])\s+|\n+")
PARAGRAPH = 3
"""Sentences of a made paragraph."""


class Grown(NamedTuple):
    """The numbers of articles and comments that were made."""

    articles: int
    comments: int

    @property
    def records(self) -> int:
        """Both together."""
        return self.articles + self.comments


class Pool:
    """The rows of a JSON lines file, in an order shuffled anew each time they are through."""

    def __init__(self, file: BinaryIO, chance: random.Random) -> None:
        self._file = file
        self._chance = chance
        self._starts = array("q", self._found())

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[tuple[int, Row]]:
        """The number of the round, and a row; without an end."""
        turn = 0
        while self._starts:
            self._chance.shuffle(self._starts)
            for start in self._starts:
                self._file.seek(start)
                yield turn, orjson.loads(self._file.readline())
            turn += 1

    def _found(self) -> Iterator[int]:
        self._file.seek(0)
        start = 0
        for line in self._file:
            yield start
            start += len(line)


def grow(articles: Path, comments: Path | None, target: Path, records: int) -> Grown:
    """Write so many ``records``, articles and comments together.

    ``articles``: JSON lines as Kashshaf writes them. ``comments``: JSON lines with id and text, dealt out to
    the articles so that on average each gets its share of them.
    """
    chance = random.Random(SEED)  # noqa: S311 - nothing secret
    made = Grown(0, 0)
    with (
        articles.open("rb") as rows,
        (comments or articles).open("rb") as said,
        target.open("wb") as file,
    ):
        deal = _dealing(Pool(said, chance), chance) if comments else None
        for row in _paired(Pool(rows, chance), chance, deal):
            if made.records >= records:
                break
            row["comments"] = row["comments"][: records - made.records - 1]
            file.write(orjson.dumps(row) + b"\n")
            made = Grown(made.articles + 1, made.comments + len(row["comments"]))
    return made


def _paired(pool: Pool, chance: random.Random, deal: Callable[[int], list[Row]] | None) -> Iterator[Row]:
    """Articles two by two, their sentences dealt anew."""
    pairs = iter(pool)
    for (turn, one), (again, other) in zip(pairs, pairs, strict=False):
        one["id"], other["id"] = f"{one['id']}-{turn}", f"{other['id']}-{again}"
        _shuffle((one, other), chance)
        for row in (one, other):
            row["comments"] += deal(len(pool)) if deal else []
            yield row


def _shuffle(rows: tuple[Row, Row], chance: random.Random) -> None:
    """Deal the sentences anew; each section keeps the number of its own."""
    sections = [section for row in rows for section in row["sections"]]
    counts = [len(_sentences(section["text"])) for section in sections]
    every = [sentence for section in sections for sentence in _sentences(section["text"])]
    chance.shuffle(every)
    for section, count in zip(sections, counts, strict=True):
        section["text"] = _paragraphs([every.pop() for _ in range(count)])
    for row in rows:
        for comment in row["comments"]:
            comment["text"] = _shuffled(comment["text"], chance)


def _dealing(pool: Pool, chance: random.Random) -> Callable[[int], list[Row]]:
    """Gives an article its comments, for so many articles as there are."""
    following = iter(pool)

    def deal(articles: int) -> list[Row]:
        number = round(chance.expovariate(articles / len(pool))) if len(pool) else 0
        return [_comment(*next(following), chance) for _ in range(number)]

    return deal


def _comment(turn: int, row: Row, chance: random.Random) -> Row:
    return {"id": f"{row['id']}-{turn}", "text": _shuffled(row["text"], chance)}


def _shuffled(text: str, chance: random.Random) -> str:
    sentences = _sentences(text)
    chance.shuffle(sentences)
    return " ".join(sentences)


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in SENTENCE.split(text) if sentence]


def _paragraphs(sentences: list[str]) -> str:
    cuts = range(0, len(sentences), PARAGRAPH)
    return "\n\n".join(" ".join(sentences[cut : cut + PARAGRAPH]) for cut in cuts)
