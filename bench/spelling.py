"""How often the right word comes first for words with one realistic error, from the vocabulary of ant1.

    python -m bench.spelling        the even half of the draws, on which costs are tuned; --odd: the other

The offers for correct queries are counted on the query log beside the project, over the same articles.
"""

from __future__ import annotations

import gzip
import random
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import orjson

from bench.errors import NotHereError
from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.arabic import PLAIN, STEM
from kashshaf.analyzers.base_list import base_counts
from kashshaf.analyzers.data import load_rows
from kashshaf.analyzers.folded_words import FoldedWords
from kashshaf.analyzers.letters import ALEF_MAKSURA
from kashshaf.analyzers.lexicon import Lexicon
from kashshaf.analyzers.stopwords import is_stop_word
from kashshaf.analyzers.tokenize import Kind
from kashshaf.index.store.word_trie import WordTrie
from kashshaf.search_app.query.rewrites.corpus_words import CorpusWords
from kashshaf.search_app.query.rewrites.edit_costs import ALPHABET
from kashshaf.search_app.query.rewrites.layouts import neighbours
from kashshaf.search_app.query.rewrites.proposals import propose
from kashshaf.search_app.query.rewrites.typed_text import typed_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kashshaf.search_app.query.rewrites.proposals import Count

SHARED = Path(__file__).parent.parent.parent / "shared" / "data"
WORDS = 500
LONE = 1_500
LEAST = 10
"""Documents of a word that is drawn."""
QUERIES = 1_000
_VOWELS = "\u0627\u0648\u064a"


class Corpus(NamedTuple):
    """The words of articles, and a count of the articles that hold all of some words."""

    counts: Mapping[str, int]
    words: CorpusWords
    count: Count


def corpus(texts: Sequence[str], folder: Path) -> Corpus:
    """The corpus of some texts, its lexicon in a folder."""
    folded = FoldedWords()
    counted = Counter(word for text in texts for word in set(folded.words(text)) if PLAIN.fullmatch(word))
    Lexicon.build(folder / "lexicon", counted)
    lexicon = Lexicon.open(folder / "lexicon")
    return Corpus(counted, CorpusWords(WordTrie.of(counted), lexicon), _counting(texts, Analyzer(lexicon)))


def _counting(texts: Sequence[str], analyzer: Analyzer) -> Count:
    terms = analyzer.terms(STEM)
    holders: dict[str, set[int]] = defaultdict(set)
    for number, text in enumerate(texts):
        for piece in text.split():
            for stem in terms[piece]:
                holders[stem].add(number)

    def count(words: Sequence[str]) -> int:
        stems = [stem for word in words for stem in terms[word]]
        return len(set.intersection(*(holders.get(stem, set()) for stem in stems))) if stems else 0

    return count


def misspelt(counts: Mapping[str, int], seed: int, size: int = WORDS) -> Iterator[tuple[str, str]]:
    """Words of four letters and more, drawn as often as they occur, each with one error; no known words."""
    draw = random.Random(seed)  # noqa: S311 # the same words every time
    vocabulary = sorted(
        word for word in counts if counts[word] >= LEAST and len(word) > 3 and not stops(word)
    )
    weights = [counts[word] for word in vocabulary]
    known = counts.keys() | base_counts().keys()
    while size:
        (word,) = draw.choices(vocabulary, weights)
        typed = draw.choice(ERRORS)(word, draw.randrange(1, len(word) - 1), draw)
        if typed != word and typed not in known:
            size -= 1
            yield word, typed


def stops(word: str) -> bool:
    """Tell whether a folded word is a stop word, with either of its last letters."""
    return is_stop_word(word) or is_stop_word(word[:-1] + ALEF_MAKSURA)


def _alike(word: str, _: int, draw: random.Random) -> str:
    """A letter taken for one that sounds or looks alike."""
    groups = [letters for _, *letters in load_rows("confusions.tsv")]
    pairs = [
        (at, other) for at, own in enumerate(word) for group in groups if own in group for other in group
    ]
    at, other = draw.choice(pairs or [(0, word[0])])
    return word[:at] + other + word[at + 1 :]


def _key(word: str, at: int, draw: random.Random) -> str:
    return word[:at] + draw.choice(neighbours(word[at]) or ALPHABET) + word[at + 1 :]


def _brushed(word: str, at: int, draw: random.Random) -> str:
    return word[:at] + draw.choice(neighbours(word[at]) or ALPHABET) + word[at:]


def _vowel(word: str, at: int, draw: random.Random) -> str:
    """A long vowel dropped where one stands, else added."""
    return (
        word[:at] + ("" if word[at] in _VOWELS else draw.choice(_VOWELS)) + word[at + (word[at] in _VOWELS) :]
    )


def _dropped(word: str, at: int, _: random.Random) -> str:
    return word[:at] + word[at + 1 :]


def _doubled(word: str, at: int, _: random.Random) -> str:
    return word[:at] + word[at] + word[at:]


def _swapped(word: str, at: int, _: random.Random) -> str:
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


ERRORS: tuple[Callable[[str, int, random.Random], str], ...] = (
    *(_alike, _alike, _key, _key),  # the commonest
    *(_vowel, _swapped, _doubled, _dropped, _brushed),
)


def is_first(word: str, typed: str, found: Corpus) -> bool:
    """Tell whether a misspelt word finds what the right one finds: by the first rewrite, or as typed."""
    rewrites = propose(typed, found.words, found.count)
    shown = rewrites[0].text if rewrites else typed
    return shown == word or found.count([shown, word]) == found.count([shown]) == found.count([word]) > 0


def offered(queries: Sequence[str], found: Corpus) -> list[tuple[str, str]]:
    """Queries for which another spelling is offered, and that."""
    proposed = ((query, propose(query, found.words, found.count)) for query in queries)
    return [(query, rewrites[0].text) for query, rewrites in proposed if rewrites]


def lone(queries: Sequence[str], size: int = LONE) -> list[str]:
    """Words of queries, folded, of three letters and more and no stop words, each a query of its own."""
    found = sorted(
        {
            word.folded
            for query in queries
            for word in typed_words(query)
            if word.kind is Kind.ARABIC and not word.stops and len(word.folded) > 2
        }
    )
    random.Random(1).shuffle(found)  # noqa: S311 # the same words every time
    return found[:size]


def _texts(name: str) -> list[str]:
    path = SHARED / name
    if not path.is_file():
        raise NotHereError(f"{path} is not there; the bench reads its articles and queries")
    with gzip.open(path) as lines:
        return [" ".join((row.get("title", ""), row["text"])) for row in map(orjson.loads, lines)]


def main(odd: int) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        found = corpus(_texts("news/ant1.jsonl.gz"), Path(folder))
        right = sum(is_first(*pair, found) for pair in misspelt(found.counts, odd))
        queries = [text.strip() for text in _texts("queries/topics_ar.jsonl.gz")[odd::2][: 2 * QUERIES]]
        print(f"right word first: {right} of {WORDS}")
        for name, asked in (("queries", queries[:QUERIES]), ("words of queries", lone(queries))):
            offers = offered(asked, found)
            print(f"offered for correct {name}: {len(offers)} of {len(asked)}")
            print(*(f"  {query} -> {text}" for query, text in offers), sep="\n")


if __name__ == "__main__":
    main("--odd" in sys.argv)
