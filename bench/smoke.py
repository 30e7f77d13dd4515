"""Three stemmers on the smoke list (``tests/golden/smoke``): ours, snowball, Lucene's light10.

Ours has the shipped list alone, and the counts of the news beside the project with it, as an index of a news
site would have. ``python -m bench.smoke`` prints the figures of both.
"""

from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
import orjson

from bench.baselines.plain import as_folded, by_snowball, terms
from bench.errors import NotHereError
from bench.report.page import NOT_HERE, table
from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.base_list import base_counts
from kashshaf.analyzers.folded_words import FoldedWords
from kashshaf.analyzers.lexicon import Lexicon
from tests.analyzers.stemming.smoke import names, pairs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bench.baselines.lucene import Lucene
    from tests.analyzers.stemming.smoke import Pair

    Stems = Callable[[str], list[str]]
    """The terms of a text of one word or several."""


SHARED = Path(__file__).parents[2] / "shared"
NEWS = ("ant1", "ant2")
PARTS = ("title", "abstract", "text")


class Share(NamedTuple):
    """So many of so many."""

    part: int
    whole: int

    def __str__(self) -> str:
        return f"{self.part:,} of {self.whole:,}"


class Smoke(NamedTuple):
    """The results of a stemmer: pairs that must meet and do, that must not and do not, names left whole."""

    meet: Share
    apart: Share
    names: Share
    phenomena: dict[str, Share]
    """``meet`` by phenomenon."""


def ours(text: str) -> list[str]:
    """Stems with the shipped list as the only evidence."""
    return [stem for token in Analyzer().tokens(text) for stem in token.forms.stem]


def with_news(shared: Path) -> Stems:
    """Ours with the counts of some 40,000 news articles too; NotHereError where they are not."""
    counts, base = news_counts(shared), base_counts()
    return partial(_stems, Analyzer(Lexicon(lambda word: counts[word] + base.get(word, 0))))


def _stems(analyzer: Analyzer, text: str) -> list[str]:
    return [stem for token in analyzer.tokens(text) for stem in token.forms.stem]


def news_counts(shared: Path) -> Counter[str]:
    """The folded words of the news, each with the number of articles it occurs in."""
    files = [shared / "data" / "news" / f"{name}.jsonl.gz" for name in NEWS]
    if missing := [str(file) for file in files if not file.is_file()]:
        message = f"the news is not on this machine: {', '.join(missing)}"
        raise NotHereError(message)
    folded, found = FoldedWords(), Counter[str]()
    for file in files:
        with gzip.open(file, "rb") as lines:
            for article in map(orjson.loads, lines):
                found.update(set(folded.words("\n".join(article.get(part) or "" for part in PARTS))))
    return found


def snowball(text: str) -> list[str]:
    """Snowball stems of folded words; stop words are no exception."""
    return terms(text, by_snowball, stop_words=True)


def light10(lucene: Lucene) -> Stems:
    """Lucene's stems; stop words are no exception."""
    known = lucene.stems(_texts())
    return known.__getitem__


def judged(stems: Stems) -> Smoke:
    """The figures of one stemmer."""
    by_phenomenon = defaultdict(list)
    for pair in pairs("meet"):
        by_phenomenon[pair.phenomenon].append(_meets(pair, stems))
    phenomena = {name: _share(met) for name, met in by_phenomenon.items()}
    return Smoke(
        _share(met for every in by_phenomenon.values() for met in every),
        _share(not _meets(pair, stems) for pair in pairs("apart")),
        _share(_whole(name.text, stems) for name in names()),
        phenomena,
    )


def tables(lucene: Lucene, shared: Path = SHARED) -> tuple[list[str], list[str]]:
    """The lines of the table and of that by phenomenon, and why a stemmer is not in them."""
    found: dict[str, Smoke | None] = {
        "**Kashshaf**, shipped list alone": judged(ours),
        "snowball": judged(snowball),
    }
    reasons = []
    others: dict[str, Callable[[], Stems]] = {
        "light10": lambda: light10(lucene),
        "with the counts of news": lambda: with_news(shared),
    }
    for name, stems in others.items():
        try:
            found[name] = judged(stems())
        except NotHereError as error:
            found[name] = None
            reasons.append(str(error))
    return [*_totals(found), "", *_by_phenomenon(found)], reasons


def _totals(found: dict[str, Smoke | None]) -> list[str]:
    rows = [
        [name, *((str(smoke.meet), str(smoke.apart), _percent(smoke.names)) if smoke else [NOT_HERE] * 3)]
        for name, smoke in found.items()
    ]
    return table(["smoke list", "must meet", "must not", "names whole"], rows)


def _by_phenomenon(found: dict[str, Smoke | None]) -> list[str]:
    first = next(smoke for smoke in found.values() if smoke)
    rows = [
        [
            name,
            str(share.whole),
            *(str(smoke.phenomena[name].part) if smoke else "" for smoke in found.values()),
        ]
        for name, share in sorted(first.phenomena.items())
    ]
    return table(["must meet, by phenomenon", "pairs", *(name.split(",")[0] for name in found)], rows)


def _meets(pair: Pair, stems: Stems) -> bool:
    return not set(stems(pair.left)).isdisjoint(stems(pair.right))


def _whole(name: str, stems: Stems) -> bool:
    """Tell whether a stemmer left a name whole but for the folding of letters."""
    return _folded(" ".join(stems(name))) == _folded(name)


def _folded(text: str) -> list[str]:
    return terms(text, as_folded, stop_words=True)


def _share(held: Iterable[bool]) -> Share:
    each = list(held)
    return Share(sum(each), len(each))


def _percent(share: Share) -> str:
    return f"{share.part / share.whole:.1%}".replace("%", " %")


def _texts() -> Sequence[str]:
    every = [text for name in ("meet", "apart") for pair in pairs(name) for text in (pair.left, pair.right)]
    return sorted({*every, *(name.text for name in names())})


@click.command()
@click.option("--shared", type=click.Path(path_type=Path), default=SHARED, show_default=True)
def main(shared: Path) -> None:
    """Print how many pairs meet and stay apart, and how many names stay whole."""
    every: dict[str, Callable[[], Stems]] = {
        "shipped list alone": lambda: ours,
        "with the counts of the news": lambda: with_news(shared),
    }
    for name, stems in every.items():
        try:
            found = judged(stems())
        except NotHereError as error:
            click.echo(f"{name}: {error}")
        else:
            click.echo(f"{name}: meet {found.meet}, apart {found.apart}, names {_percent(found.names)}")


if __name__ == "__main__":
    main()
