"""The base list as it is shipped, in blocks: ``python -m bench.shipped.base_list``.

``analyzers/data/base_list.bin`` has what ``base.tsv`` and ``written.tsv`` say of folded words (wordfreq, data
CC BY-SA 4.0) and their lemmas by the Arabic table of simplemma (of Wiktionary and others, data ODbL and
CC BY-SA). That table holds Maltese and other spellings too, which are left out.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from kashshaf.analyzers import letters as ar
from kashshaf.analyzers.base_list import BLOCK, FILE, Prior, block_of, packed
from kashshaf.analyzers.data import load_rows
from kashshaf.analyzers.orthography.folding import fold_each_letter

if TYPE_CHECKING:
    from collections.abc import Mapping

TARGET = Path(__file__).parents[2] / "analyzers" / "data" / FILE
_LETTERS = f"[{ar.HAMZA}-\u063a\u0641-{ar.YEH}]+"
_ROW = re.compile(f"^({_LETTERS})\t({_LETTERS})$", re.MULTILINE)


@cache
def table() -> dict[str, tuple[str, ...]]:
    """Folded form to its folded lemmas; several where folding made words one."""
    found: dict[str, tuple[str, ...]] = {}
    rows = DefaultDictionaryFactory().get_dictionary("ar").items()
    text = b"\n".join(_bytes(form) + b"\t" + _bytes(lemma) for form, lemma in rows).decode()
    for form, lemma in _ROW.findall(fold_each_letter(text)):  # in one go: thrice as fast
        before = found.get(form, ())
        if lemma not in before:
            found[form] = (*before, lemma)
    return found


def _bytes(value: str | bytes) -> bytes:
    return value.encode() if isinstance(value, str) else value


def counts() -> dict[str, int]:
    """How often each folded word of ``base.tsv`` occurs in ten million."""
    return {word: int(count) for word, count in load_rows("base.tsv")}


def made(counts: Mapping[str, int]) -> tuple[bytes, ...]:
    """Make the blocks, with these counts."""
    spellings = {word: tuple(each.split(" ")) for word, each in load_rows("written.tsv")}
    words = sorted(counts.keys() | table().keys() | spellings.keys())
    lines = [
        (word, Prior(counts.get(word, 0), table().get(word, ()), spellings.get(word, ()))) for word in words
    ]
    return tuple(block_of(lines[at : at + BLOCK]) for at in range(0, len(lines), BLOCK))


def main() -> None:
    """Write the file."""
    TARGET.write_bytes(packed(made(counts())))


if __name__ == "__main__":
    main()
