"""The maker of ``analyzers/data/base.tsv`` and ``written.tsv``, which ``bench/shipped/base_list.py`` packs.

The first says how often Arabic words occur in texts of every kind, the second how those are written that
folding makes one with another word.

Run with wordfreq installed, which nothing else needs: ``python -m bench.make_base``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from kashshaf.analyzers import letters as ar
from kashshaf.analyzers.arabic import CHAINS, run
from kashshaf.analyzers.base_list import lemmas_of
from kashshaf.analyzers.stemming import hamza
from kashshaf.analyzers.stemming.irregular import irregular
from kashshaf.analyzers.tokenize import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

TARGET = Path(__file__).parents[1] / "analyzers" / "data" / "base.tsv"
WRITTEN = TARGET.with_name("written.tsv")
PER = 10_000_000
"""Counts are of this many words of running text."""
LEAST = 2
"""Rarer words are mostly mistakes, and half of the list."""
LONGEST = 14
LIKELY = 0.1
"""Share of a folded word from which on a spelling is kept."""
MARBUTA = 0.75
"""The same of a teh marbuta, for which many write heh."""
OMITTED = 0.5
"""How many leave a hamza out at most, for each who writes it."""
SHORT = 5
OWN_ARTICLE = 0.08
LETTERS = re.compile(f"[{ar.HAMZA}-\u063a\u0641-{ar.YEH}]{{2,{LONGEST}}}")
HEAD = f"""\
# Folded Arabic words and how often each occurs in {PER:,} words; sorted by code points.
# Source: the large Arabic list of wordfreq 3 by Robyn Speer, https://github.com/rspeer/wordfreq, folded and
# cut by bench/make_base.py; wordfreq counts Wikipedia, subtitles, news, books, the web and social media.
# Licence: data CC BY-SA 4.0, used here under GPL-3.0, with which it is one-way compatible; code Apache-2.0.
"""
HEAD_OF_WRITTEN = """\
# Folded words that are written like another one, and their likely spellings: with the hamza of their first
# alef, or the teh marbuta, where it decides what the word is; the folded word itself where it is one of them.
# Source: as base.tsv, by bench/make_base.py. Licence: data CC BY-SA 4.0, as base.tsv.
"""


def folded(word: str) -> str:
    """The word as the lexicon knows it."""
    to_exact, to_folded, *_ = CHAINS[Kind.ARABIC]
    return run((*to_exact, *to_folded), word)


def written() -> Iterator[tuple[str, str, float]]:
    """Each word of letters alone: folded, as written, and its share of running text."""
    import wordfreq  # noqa: PLC0415 # only whoever makes the lists has it

    to_exact, _, _ = CHAINS[Kind.ARABIC]
    for word, share in wordfreq.get_frequency_dict("ar", wordlist="large").items():
        if LETTERS.fullmatch(plain := folded(word)):
            yield plain, run(to_exact, word), share


def counts(words: Iterable[tuple[str, str, float]]) -> dict[str, int]:
    """Folded words with their counts."""
    shares: dict[str, float] = defaultdict(float)
    for plain, _, share in words:
        shares[plain] += share
    rounded = {word: round(share * PER) for word, share in shares.items()}
    return {word: count for word, count in rounded.items() if count >= LEAST}


def spellings(words: Iterable[tuple[str, str, float]], attested: Mapping[str, int]) -> dict[str, list[str]]:
    """Folded words with their likely spellings, where one of these decides what the word is."""
    shares: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for plain, exact, share in words:
        if plain in attested:
            shares[plain][_told(exact, plain, attested)] += share
    found = {word: _likely(word, each) for word, each in shares.items()}
    return {word: each for word, each in found.items() if each not in ([], [word])}


def _told(exact: str, plain: str, attested: Mapping[str, int]) -> str:
    """The folded word with the hamza or the teh marbuta that decides; as it is where none does."""
    word = hamza.shown(exact, plain)
    if word != plain:
        return word if _decides(word, plain) else plain
    return (
        plain[:-1] + ar.TEH_MARBUTA if exact[-1] == ar.TEH_MARBUTA and _is_short(plain, attested) else plain
    )


def _decides(word: str, plain: str) -> bool:
    """Look for an alef and lam that are no article, or a noun of form IV that is a plural when folded."""
    at = hamza.place(word)
    if not at and plain.startswith(ar.ARTICLE):
        return True
    noun = plain[at:]
    lemmas = {*lemmas_of(noun), irregular().get(noun, noun)}
    return word[at] == ar.ALEF_HAMZA_BELOW and any(lemma[0] != ar.ALEF for lemma in lemmas)


def _is_short(plain: str, attested: Mapping[str, int]) -> bool:
    """Look for a word that "his" may end as well: short, seldom with the article, and with no clitic."""
    bare, own = plain[:-1], attested[plain]
    defined = attested.get(ar.ARTICLE + plain, 0)
    return (
        len(plain) <= SHORT
        and not plain.startswith(ar.ARTICLE)
        and (defined <= 2 or defined <= OWN_ARTICLE * own)
        and attested.get(plain[1:], 0) < own
        and attested.get(bare, 0) + attested.get(ar.ARTICLE + bare, 0) > 0
    )


def _likely(plain: str, shares: dict[str, float]) -> list[str]:
    """The spellings that are common enough, the bare one first: many leave the hamza out where it belongs."""
    total, bare = sum(shares.values()), shares.get(plain, 0)
    told = sorted(word for word in shares if word != plain and shares[word] >= _least(word) * total)
    if not told or told[0][-1] == ar.TEH_MARBUTA:
        return told
    is_bare = bare - OMITTED * (total - bare) > LIKELY * total
    return [plain, *told] if is_bare else told


def _least(word: str) -> float:
    return MARBUTA if word[-1] == ar.TEH_MARBUTA else LIKELY


def write(target: Path, head: str, rows: Iterable[str]) -> None:
    """Writes a list and says how long it is."""
    lines = sorted(rows)
    target.write_text(head + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{target.name}: {len(lines):,} words, {target.stat().st_size:,} bytes")


def main() -> None:
    """Writes both lists."""
    words = list(written())
    found = counts(words)
    write(TARGET, HEAD, (f"{word}\t{count}" for word, count in found.items()))
    rows = spellings(words, found).items()
    write(WRITTEN, HEAD_OF_WRITTEN, (f"{word}\t{' '.join(each)}" for word, each in rows))


if __name__ == "__main__":
    main()
