"""The lemma table of simplemma and the shipped list of irregular forms, folded, as look-ups."""

from __future__ import annotations

import re
from functools import cache

from kashshaf.analyzers import letters as ar
from kashshaf.analyzers.data import load_rows
from kashshaf.analyzers.orthography.folding import fold_each_letter, fold_letters

_LETTERS = f"[{ar.HAMZA}-\u063a\u0641-{ar.YEH}]+"
_ROW = re.compile(f"^({_LETTERS})\t({_LETTERS})$", re.MULTILINE)


@cache
def table() -> dict[str, tuple[str, ...]]:
    """Folded form to its folded lemmas; several where folding made words one."""
    from simplemma.strategies.dictionaries.dictionary_factory import (  # noqa: PLC0415 # half a second
        DefaultDictionaryFactory,
    )

    found: dict[str, tuple[str, ...]] = {}
    rows = DefaultDictionaryFactory().get_dictionary("ar").items()
    text = b"\n".join(_bytes(form) + b"\t" + _bytes(lemma) for form, lemma in rows).decode()
    for form, lemma in _ROW.findall(fold_each_letter(text)):  # in one go: thrice as fast
        before = found.get(form, ())
        if lemma not in before:
            found[form] = (*before, lemma)
    return found


def lemmas_of(word: str) -> tuple[str, ...]:
    """The folded lemmas of a folded word; none where the table does not know it."""
    return table().get(word, ())


@cache
def irregular() -> dict[str, str]:
    """Folded plural to its folded singular, for words that the table lacks or gets wrong."""
    return {
        fold_letters(form): fold_letters(lemma)
        for lemma, *forms in load_rows("irregular.tsv")
        for form in forms
    }


@cache
def with_madda() -> frozenset[str]:
    """The folded irregular forms that begin with a madda: verbs of the fourth form differ from them by that.

    >>> آثار (traces); أثار (to arouse) is folded alike
    """
    forms = (form for _, *forms in load_rows("irregular.tsv") for form in forms)
    return frozenset(fold_letters(form) for form in forms if form[0] == ar.ALEF_MADDA)


def _bytes(value: str | bytes) -> bytes:
    return value.encode() if isinstance(value, str) else value


@cache
def spellings() -> dict[str, tuple[str, ...]]:
    """The folded words that the list of spellings has, each with the likely ones."""
    return {word: tuple(each.split(" ")) for word, each in load_rows("written.tsv")}


def written_of(word: str) -> tuple[str, ...]:
    """The likely spellings of a folded word; none where its letters say all there is to know."""
    return spellings().get(word, ())
