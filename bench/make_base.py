"""The maker of ``analyzers/data/base.tsv``: frequencies of Arabic words in texts of every kind.

Run with wordfreq installed, which nothing else needs: ``python -m bench.make_base``.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from analyzers import letters as ar
from analyzers.arabic import CHAINS, run
from analyzers.tokenize import Kind

TARGET = Path(__file__).parents[1] / "analyzers" / "data" / "base.tsv"
PER = 10_000_000
"""Counts are of this many words of running text."""
LEAST = 2
"""Rarer words are mostly mistakes, and half of the list."""
LONGEST = 14
LETTERS = re.compile(f"[{ar.HAMZA}-\u063a\u0641-{ar.YEH}]{{2,{LONGEST}}}")
HEAD = f"""\
# Folded Arabic words and how often each occurs in {PER:,} words; sorted by code points.
# Source: the large Arabic list of wordfreq 3 by Robyn Speer, https://github.com/rspeer/wordfreq, folded and
# cut by bench/make_base.py; wordfreq counts Wikipedia, subtitles, news, books, the web and social media.
# Licence: data CC BY-SA 4.0, used here under GPL-3.0, with which it is one-way compatible; code Apache-2.0.
"""


def folded(word: str) -> str:
    """The word as the lexicon knows it."""
    to_exact, to_folded, *_ = CHAINS[Kind.ARABIC]
    return run((*to_exact, *to_folded), word)


def counts() -> dict[str, int]:
    """Folded words of letters alone, with their counts."""
    import wordfreq  # noqa: PLC0415 # only whoever makes the list has it

    shares: Counter[str] = Counter()
    for word, share in wordfreq.get_frequency_dict("ar", wordlist="large").items():
        if LETTERS.fullmatch(plain := folded(word)):
            shares[plain] += share
    rounded = {word: round(share * PER) for word, share in shares.items()}
    return {word: count for word, count in rounded.items() if count >= LEAST}


def main() -> None:
    """Writes the list and says how long it is."""
    found = counts()
    rows = "".join(f"{word}\t{count}\n" for word, count in sorted(found.items()))
    TARGET.write_text(HEAD + rows, encoding="utf-8")
    print(f"{len(found):,} words, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
