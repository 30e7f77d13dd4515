"""Texts near to one in spelling, for an editor to choose from: unlike rewrites, likely or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.search_app.query.rewrites.corrections import corrections
from kashshaf.search_app.query.rewrites.spelling import drafts
from kashshaf.search_app.query.rewrites.typed_text import replaced, typed_words

if TYPE_CHECKING:
    from kashshaf.search_app.query.rewrites.corpus_words import CorpusWords

MOST = 3
MAX_WORDS = 5
"""Words of a text: a longer one has no synonym."""


def near(text: str, corpus: CorpusWords) -> list[str]:
    """Texts whose words the corpus has, likeliest first, three at most; never the text itself."""
    words = typed_words(text)
    if not 0 < len(words) <= MAX_WORDS:
        return []
    if len(words) > 1:
        found = [draft.text for draft in drafts(text, corpus)]
    else:
        (word,) = words
        nearest = corrections(word.folded, corpus)
        found = [replaced(text, [(word.start, word.end, match.word)]) for match in nearest]
    return [each for each in dict.fromkeys(found) if each != text][:MOST]
