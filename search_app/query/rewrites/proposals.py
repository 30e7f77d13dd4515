"""Other readings of a query, each checked against the index: offered where they find clearly more."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from math import log
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from kashshaf.search_app.query.rewrites import arabizi, keyboard, spelling
from kashshaf.search_app.query.rewrites.corpus_words import FAMILIAR
from kashshaf.search_app.query.rewrites.typed_text import Draft, has_latin, typed_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kashshaf.search_app.query.rewrites.corpus_words import CorpusWords
    from kashshaf.search_app.query.rewrites.typed_text import TypedWord

    Count = Callable[[Sequence[str]], int]
    """The number of documents that hold all of these words, stop words aside."""

Kind = Literal["keyboard", "arabizi", "spelling"]

MAX_TEXT = 200
MAX_WORDS = 12
"""Words of a query: a longer one is pasted, not typed."""
MAX_CHECKED = 8
"""Drafts that are looked up in the index."""
KEPT = 3
CLEARLY_MORE: dict[Kind, int] = {"keyboard": 10, "arabizi": 10, "spelling": 2}
"""How many times as much a rewrite finds as what was typed."""
_FOUND = 0.1
"""What a draft of a query of several words gains for each e-fold of the documents that hold them together."""
_OFFERED = 0.3
"""Cost of a corrected text, with the support of what was typed, up to which it is offered."""
_OFFERED_ALONE = 0.33
"""The same for a lone word that finds nothing: as many right words get an offer as are bearable."""
_OFFERED_LONG = 0.45
"""The same for a lone word of seven letters and more: it is near to few others."""
_LONG = 7
REASONS: dict[Kind, str] = {
    "keyboard": "كُتب والمفاتيح على لغة أخرى",
    "arabizi": "قُرئت الحروف اللاتينية كلماتٍ عربية",
    "spelling": "صُحّح الإملاء",
}


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Another reading of a query. ``reason`` says in Arabic what was changed; ``found`` documents hold it."""

    kind: Kind
    text: str
    reason: str
    found: int


def propose(text: str, corpus: CorpusWords, count: Count) -> list[Rewrite]:
    """The readings of a query that find clearly more than it does, likeliest first, three at most.

    ``count`` gives the number of documents that hold all of some words; it is asked nine times at most.
    """
    typed = typed_words(text[: MAX_TEXT + 1])
    if len(text) > MAX_TEXT or not 0 < len(typed) <= MAX_WORDS:
        return []
    asked = _Asked(text, typed, corpus, count)
    drafts = nsmallest(MAX_CHECKED, set(_drafts(asked, corpus)))
    if not drafts:
        return []
    before = asked.found
    found = []
    limit = _limit(typed, before)
    for (drafted, draft), kind in drafts:
        words = [draft[word.start : word.end] for word in typed_words(draft)]
        documents = count(words)
        cost = drafted - _FOUND * log(max(1, documents)) * (len(typed) > 1)
        if documents >= max(1, CLEARLY_MORE[kind] * before) and (kind != "spelling" or cost < limit):
            found.append((cost, Rewrite(kind, draft, REASONS[kind], documents)))
    return [rewrite for _, rewrite in nsmallest(KEPT, found, key=itemgetter(0))]


class _Asked:
    """A query as typed, with what the index has of it, looked up when first asked for."""

    def __init__(self, text: str, typed: Sequence[TypedWord], corpus: CorpusWords, count: Count) -> None:
        self.text = text
        self._typed = typed
        self._corpus = corpus
        self._count = count

    @cached_property
    def found(self) -> int:
        """The documents that hold all its words."""
        return self._count([self.text[word.start : word.end] for word in self._typed])

    def is_attested(self) -> bool:
        """Tell whether its words are of the corpus, and stand together: no spelling is put right then."""
        known = all(self._corpus.count(word.folded) >= FAMILIAR for word in self._typed)
        return known and self.found > 0


def _limit(typed: Sequence[TypedWord], before: int) -> float:
    """The cost up to which another spelling is offered for what ``before`` documents hold."""
    if before or len(typed) > 1:
        return _OFFERED
    return _OFFERED_LONG if len(typed[0].folded) >= _LONG else _OFFERED_ALONE


def _drafts(asked: _Asked, corpus: CorpusWords) -> Iterator[tuple[Draft, Kind]]:
    text = asked.text
    yield from ((draft, "keyboard") for draft in keyboard.drafts(text, corpus))
    if has_latin(text):
        yield from ((draft, "arabizi") for draft in arabizi.drafts(text, corpus))
    else:
        yield from ((draft, "spelling") for draft in spelling.drafts(text, corpus, asked.is_attested))
