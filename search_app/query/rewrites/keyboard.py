"""Drafts of a query typed on the wrong keyboard layout: «hgtg,[m» for «الفلوجة», «فقعةح» for «trump»."""

from __future__ import annotations

import re
from math import log
from typing import TYPE_CHECKING

from kashshaf.analyzers.tokenize import Kind
from kashshaf.search_app.query.rewrites import arabizi
from kashshaf.search_app.query.rewrites.layouts import as_arabic, as_latin, has_keys
from kashshaf.search_app.query.rewrites.typed_text import Draft, has_latin, typed_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.search_app.query.rewrites.corpus_words import CorpusWords

_FREQUENCY = 0.12
_SHORTEST = 3
_WORD = re.compile("(?=.*[aeiouy])(?!.*[b-df-hj-np-tv-xz]{4})[a-z0-9']+")
"""A word that can be pronounced."""
_BOTH = 0.9
"""Cost of two readings at once: of the keys as Latin letters, and of these as Arabic ones."""
_FAR = 2.15
"""Cost of two readings at once from which on they are none, for a word as common as the commonest."""
_AS_TYPED = 1.4
"""Cost of a Latin text against the same in Arabic letters."""


def drafts(text: str, corpus: CorpusWords) -> Iterator[Draft]:
    """Texts that the keys give on the other layout; none where a word of the result is unknown."""
    return _arabic(text, corpus) if has_latin(text) else _latin(text, corpus)


def is_pronounceable(text: str) -> bool:
    """Tell whether each word of a Latin text could be spoken: else the keys were meant, not the letters."""
    return all(map(_WORD.fullmatch, text.lower().split()))


def _arabic(text: str, corpus: CorpusWords) -> Iterator[Draft]:
    for draft in as_arabic(text):
        words = [word for word in typed_words(draft) if word.kind is not Kind.NUMBER]
        rarest = min((corpus.known(word.folded) for word in words), default=0)
        if (
            rarest
            and not has_keys(draft)
            and any(len(word.folded) >= _SHORTEST and not word.stops for word in words)
        ):
            yield Draft(-_FREQUENCY * log(rarest), draft)


def _latin(text: str, corpus: CorpusWords) -> Iterator[Draft]:
    if any(corpus.is_right(word.folded) for word in typed_words(text)):
        return
    far = _FAR - _FREQUENCY * log(max(1, corpus.trie.most))
    for latin in as_latin(text):
        if all(map(_WORD.fullmatch, latin.split())):
            yield Draft(_AS_TYPED, latin)
            both = (Draft(cost + _BOTH, arabic) for cost, arabic in arabizi.drafts(latin, corpus))
            yield from (draft for draft in both if draft.cost < far)
