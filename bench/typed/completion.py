"""Time and use of completions: titles of an index are typed letter by letter.

    python -m bench.typed.completion INDEX

Prints the processor time of a completion, and the share of titles, and of short queries beside the project,
that stand among the eight after so many letters. A query stands there when one of them begins with its words.
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from bench.errors import NotHereError
from kashshaf.index.completions.entry import bare_key, folded_key
from kashshaf.index.settings import Settings
from kashshaf.index.store.generations import Store
from kashshaf.index.stored_documents import load_article
from kashshaf.search_app.results.service import SearchService

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

QUERIES = Path(__file__).parents[3] / "shared" / "data" / "eval" / "short_news" / "queries.jsonl"
TITLES = 60
TYPED = (3, 5, 8, 12, 16, 20, 25)
"""Letters after which one looks."""


def titles(index: Path, size: int = TITLES) -> list[str]:
    """Titles drawn from an index, the same every time."""
    generation = Store(index).current()
    with generation.engine().reader(generation.index_folder("articles"), "articles") as reader:
        found = sorted({load_article(stored).article.title for stored in reader.scan()} - {""})
    return random.Random(1).sample(found, min(size, len(found)))  # noqa: S311 # the same every time


def times(service: SearchService, texts: Iterable[str]) -> list[float]:
    """Milliseconds of processor time for each beginning of some texts, sorted."""
    taken = []
    for beginning in (text[:size] for text in texts for size in range(1, len(text) + 1)):
        started = time.process_time()
        service.suggest(beginning)
        taken.append((time.process_time() - started) * 1000)
    return sorted(taken)


def offered(service: SearchService, texts: Sequence[str], letters: int) -> float:
    """The share of texts that are offered when so many of their letters are typed, or all."""
    return sum(_is_offered(service, text, text[:letters]) for text in texts) / max(1, len(texts))


def _is_offered(service: SearchService, text: str, typed: str) -> bool:
    wanted = bare_key(folded_key(text))
    found = [typed, *(each["text"] for each in service.suggest(typed)["suggestions"])]
    return any(bare_key(folded_key(each)).startswith(wanted) for each in found)


def main(arguments: Sequence[str]) -> None:
    """Print the figures."""
    if len(arguments) != 1:
        raise NotHereError("name the index to complete from: python -m bench.typed.completion INDEX")
    service = SearchService(replace(Settings(), index=Path(arguments[0])))
    service.warm_up()
    drawn = titles(Path(arguments[0]))
    queries = [orjson.loads(line)["text"] for line in QUERIES.open()] if QUERIES.is_file() else []
    taken = times(service, drawn)
    print(f"completions: {len(taken)}")
    print(f"p50 {taken[len(taken) // 2]:.1f} ms, p99 {taken[len(taken) * 99 // 100]:.1f} ms")
    for letters in TYPED:
        shares = (offered(service, texts, letters) for texts in (drawn, queries))
        print("{} letters: {:.2f} of titles, {:.2f} of queries".format(letters, *shares))


if __name__ == "__main__":
    main(sys.argv[1:])
