"""The text typed so far, as completions are looked up by it: its words, of which the last is a beginning."""

from __future__ import annotations

from typing import NamedTuple

from kashshaf.index.completions.entry import bare, bare_key
from kashshaf.search_app.query.rewrites.typed_text import typed_words

LEAST_AFTER_ARTICLE = 2
"""Letters after the article of a lone word, from which on it is also looked for without."""


class Beginning(NamedTuple):
    """A typed text: its folded key, the same without articles, and the last word if it is not finished.

    ``start`` is where the last word begins, ``before`` the one before it; ``word`` is empty where the text
    ends with a space.
    """

    text: str
    folded: str
    bare: str
    word: str
    start: int
    before: str

    @property
    def length(self) -> int:
        """The number of its words."""
        return len(self.folded.split())


def read(text: str) -> Beginning | None:
    """The beginning that a text is; None where it has no word, or ends with a sign."""
    words = typed_words(text)
    if not words or text[words[-1].end :].strip():
        return None
    folded = " ".join(word.folded for word in words)
    if text[words[-1].end :]:
        return Beginning(text, folded + " ", bare_key(folded) + " ", "", len(text), words[-1].folded)
    return Beginning(
        text,
        folded,
        _bare_beginning(folded),
        words[-1].folded,
        words[-1].start,
        words[-2].folded if words[1:] else "",
    )


def _bare_beginning(folded: str) -> str:
    """A folded key without articles, whose last word is a beginning: alone it must tell more of itself."""
    *before, last = folded.split(" ")
    return " ".join((*map(bare, before), bare(last, 0 if before else LEAST_AFTER_ARTICLE)))
