"""The words of a corpus with how often they are attested, and what becomes of each at the last two levels.

Words that a frozen lexicon does not hold have the counts of the shipped base list, and are stemmed by the
same rules against the frozen counts.
"""

from __future__ import annotations

from functools import cache, cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from kashshaf.analyzers.base_list import base_counts, blocks, lemmas_of, prior, read_whole, written_of
from kashshaf.analyzers.lexicon_file import LexiconFile, WordForms, entry, table, write
from kashshaf.analyzers.memo import Memo
from kashshaf.analyzers.stemming.evidence import Evidence
from kashshaf.analyzers.stemming.hamza import bare, contradicts, likely_spellings
from kashshaf.analyzers.stemming.roots import root_of
from kashshaf.analyzers.stemming.stemmer import stems_as_written, stems_of
from kashshaf.analyzers.stemming.variants.spellings import is_listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    Task = Callable[[Sequence[str]], list[bytes]]
    Run = Callable[[Task, Iterable[Sequence[str]]], Iterator[list[bytes]]]

REMEMBERED = 1 << 14
"""Words kept of those looked up in a file, where rules ask for the same ones again and again."""
KNOWN = 1 << 18
"""Words whose stems are remembered: a word is written in several ways, and to stem it is what takes time."""
TOGETHER = 2_000
"""Words frozen as one piece of work."""
KNOWN_OF_FROZEN = 1 << 15
"""The same where most words are looked up in a file, and only others remembered."""


def analysed(word: str, evidence: Evidence) -> WordForms:
    """The stems of a folded word and their roots, by the rules."""
    return with_roots(stems_of(word, evidence))


def with_roots(stems: tuple[str, ...]) -> WordForms:
    """Stems and their roots."""
    if len(stems) == 1:
        return WordForms(stems, stems if (root := root_of(stems[0])) == stems[0] else (root,))
    return WordForms(stems, tuple(dict.fromkeys(map(root_of, stems))))


class Readings(tuple[str, ...]):
    """The stems of a bare word that may stand for several: «الام» is «الأم» or «آلام», and not both."""

    __slots__ = ()


class Lexicon:
    """Counts of folded words, and what becomes of them. Never changes; safe to share between threads."""

    def __init__(
        self,
        count: Callable[[str], int],
        lemmas: Callable[[str], tuple[str, ...]] = lemmas_of,
        written: Callable[[str], tuple[str, ...]] = written_of,
        frozen: LexiconFile | None = None,
    ) -> None:
        self.count = count
        """Documents of the corpus that a folded word occurs in, plus its count in the base list."""
        self.lemmas = lemmas
        """The folded lemmas of a folded word by the table."""
        self.written = written
        """The likely spellings of a folded word that may be two."""
        self._evidence = Evidence(count, lemmas, written)
        self._frozen = frozen
        self._known: Memo[WordForms] = Memo(KNOWN_OF_FROZEN if frozen else KNOWN)

    @classmethod
    @cache
    def base(cls) -> Lexicon:
        """The shipped list alone."""
        counts = base_counts()
        return cls(lambda word: counts.get(word, 0))

    @classmethod
    def open(cls, path: Path, *, bulk: bool = False) -> Lexicon:
        """The lexicon frozen in a file; LexiconError if that is missing, cut short, foreign or older.

        ``bulk``: for so many new words that to read list and table whole, a second, pays.
        """
        frozen = LexiconFile(path)
        prior_of = prior if bulk else lru_cache(REMEMBERED)(frozen.prior)

        @lru_cache(REMEMBERED)
        def count(word: str) -> int:
            found = frozen.count(word)
            return prior_of(word).attested if found is None else found

        return cls(count, lambda word: prior_of(word).lemmas, lambda word: prior_of(word).written, frozen)

    @staticmethod
    def build(path: Path, counts: Mapping[str, int], run: Run = map) -> None:
        """Freezes the Arabic words of a corpus: each folded, with the number of documents it occurs in.

        ``run``: what has a task done for many items, as ``map`` does; the task can be pickled.
        """
        words = sorted(counts)
        some = (words[at : at + TOGETHER] for at in range(0, len(words), TOGETHER))
        write(path, words, chain.from_iterable(run(_Freezing(counts), some)), table(blocks()))

    def __len__(self) -> int:
        """The number of words at the freeze."""
        return len(self._frozen) if self._frozen else 0

    def check(self) -> None:
        """Read all that was frozen; LexiconError where it is damaged."""
        if self._frozen:
            self._frozen.check()

    def forms(self, word: str) -> WordForms | None:
        """Stems and roots of a folded word that was there at the freeze."""
        return self._frozen.forms(word) if self._frozen else None

    def analysed(self, word: str) -> WordForms:
        """Stems and roots of any word, folded or with the hamza ``shown`` that decides what it is."""
        known = self._known.find(word)
        if known:
            return known
        frozen = self.forms(word)
        if frozen and len(frozen.stems) == 1:  # to look it up again is no dearer than to remember it
            return frozen
        return self._known.keep(word, self._found(word))

    def _is_ambiguous(self, word: str) -> bool:
        """Tell a folded word whose stems are those of several spellings."""
        return not is_listed(word) and len(likely_spellings(word, self._evidence) or ()) > 1

    def _found(self, word: str) -> WordForms:
        folded = bare(word)
        found = self.forms(folded) or analysed(folded, self._evidence)
        if folded != word and contradicts(word, found.stems):
            return with_roots(stems_as_written(word, self._evidence))
        if len(found.stems) > 1 and folded == word and self._is_ambiguous(word):
            return found._replace(stems=Readings(found.stems))
        return found


class _Freezing:
    """Makes the records of words, from the counts of all."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts

    def __call__(self, words: Sequence[str]) -> list[bytes]:
        evidence = self._evidence
        return [entry(word, evidence.count(word), analysed(word, evidence)) for word in words]

    @cached_property
    def _evidence(self) -> Evidence:
        """Once in each process, with one table in place of two: rules ask for ten counts of a word."""
        attested, lemmas, written = read_whole()
        for word, count in self._counts.items():
            attested[word] = attested.get(word, 0) + count
        self._counts = {}
        return Evidence(
            lambda word: attested.get(word, 0),
            lambda word: lemmas.get(word, ()),
            lambda word: written.get(word, ()),
        )
