"""The shipped list of irregular forms, folded, as look-ups."""

from __future__ import annotations

from functools import cache

from kashshaf.analyzers import letters as ar
from kashshaf.analyzers.data import load_rows
from kashshaf.analyzers.orthography.folding import fold_letters


@cache
def irregular() -> dict[str, str]:
    """Folded plural to its folded singular, for words that the lemma table lacks or gets wrong."""
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
