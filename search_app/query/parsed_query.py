"""A parsed query: the tree of a query with the terms of its words."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.arabic import EXACT, Token
from kashshaf.search_app.query.language.canonical import canonical
from kashshaf.search_app.query.language.tree import Query

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kashshaf.search_app.query.language.tree import Exact, Fuzzy, Node, Phrase, Prefix, Root, Word

    Marked = Phrase | Exact | Prefix | Fuzzy | Root
    """A leaf with a sign: quotes, ``=``, ``*``, ``~`` or ``جذر:``."""

_QUESTION_WORDS = frozenset(
    ("ما", "ماذا", "من", "متى", "متي", "أين", "اين", "كم", "كيف", "هل", "لماذا", "لما", "أي", "اي", "أية")
)
"""The stop words that open a question."""


@dataclass(frozen=True, slots=True)
class PhraseQuery:
    """Words that must stand side by side at a level; a single word where only one was asked for."""

    tokens: tuple[Token, ...]
    level: str
    respaced: tuple[tuple[str, ...], ...] = ()
    """The same words with a space more or less, as others may write them."""
    variants: tuple[str, ...] = ()
    """The terms of a beginning, a spelling or a root, one of which must be there."""
    stems: tuple[str, ...] = ()
    """The stems of the variants, for zones that have nothing else."""
    sign: str = ""
    """The canonical text of a word with a sign (``كلمة*``), which has variants and no quotes."""

    def slots(self) -> tuple[tuple[str, ...], ...]:
        """The terms of each place."""
        if self.variants:
            return (self.variants,)
        return tuple(getattr(token.forms, self.level) for token in self.tokens)

    def ways(self) -> list[tuple[tuple[str, ...], ...]]:
        """The terms of each place, in every way to write the phrase."""
        return [self.slots(), *(tuple((word,) for word in words) for words in self.respaced)]

    def typed(self) -> str:
        """The phrase in quotes, or the word with its sign, as it was read."""
        if self.sign:
            return self.sign
        return (
            ("=" if self.level == EXACT else "") + '"' + " ".join(each.surface for each in self.tokens) + '"'
        )


class Synonym(NamedTuple):
    """Another name of some words side by side, ``beside``; ``dialect``: looked for in comments alone.

    Its phrase has each way to write it, with a clitic before it too. A synonym of one word is that word.
    """

    text: str
    phrase: PhraseQuery
    beside: tuple[Token, ...]
    dialect: bool

    def is_word(self) -> bool:
        """True if it is a single word that has a stem, in any form of it; else it stands as it is."""
        return not self.dialect and len(self.phrase.tokens) == 1 and bool(self.phrase.tokens[0].forms.stem)


@dataclass(frozen=True, slots=True)
class Group:
    """A part that a document matches or not as a whole: words tied by operators, or in a field.

    ``words`` and ``phrases`` have the terms of each leaf of the tree ``node``.
    """

    node: Node
    words: Mapping[Word, tuple[Token, ...]]
    phrases: Mapping[Marked, PhraseQuery]
    synonyms: Mapping[Token, tuple[Synonym, ...]] = field(default_factory=dict)

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Every word in it."""
        quoted = (each.tokens for each in self.phrases.values())
        return tuple(chain.from_iterable((*self.words.values(), *quoted)))

    def typed(self) -> str:
        """The part in its canonical form."""
        return canonical(Query((self.node,)))


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as it was read: loose words with the numbers in them, and the parts that count as a whole.

    ``spellings``: the form typed of a query that is one word, with and without clitics, at the folded level.
    ``excluded``: the parts that no match has.
    """

    words: tuple[Token, ...]
    quoted: tuple[PhraseQuery, ...]
    spellings: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    excluded: tuple[Group, ...] = ()
    notes: tuple[str, ...] = ()
    """Notes on parts that could not be asked for as typed: names, or Arabic sentences."""
    synonyms: Mapping[Token, tuple[Synonym, ...]] = field(default_factory=dict)
    """The synonyms of each loose word that has any."""

    def is_empty(self) -> bool:
        """True if no word of it is looked for."""
        return not self.words and not self.quoted and not self.groups

    def is_question(self) -> bool:
        """True if the first loose word is one that opens a question."""
        return any(token.forms.exact[0] in _QUESTION_WORDS for token in written(self.words)[:1])

    def single_words(self) -> tuple[Token, ...]:
        """The words that match anywhere by themselves: loose ones, then those of groups."""
        inside = (tokens for group in self.groups for tokens in group.words.values())
        return (*self.words, *(token for tokens in inside for token in tokens))

    def every_synonym(self) -> dict[Token, tuple[Synonym, ...]]:
        """The synonyms of each word of ``single_words`` that has any."""
        inside = (group.synonyms.items() for group in self.groups)
        return {**dict(chain.from_iterable(inside)), **self.synonyms}

    def phrases(self) -> tuple[PhraseQuery, ...]:
        """The phrases by themselves, then those of groups."""
        return (*self.quoted, *(each for group in self.groups for each in group.phrases.values()))

    def wholes(self) -> tuple[PhraseQuery | Group, ...]:
        """The parts that count as a whole."""
        return (*self.quoted, *self.groups)

    def tokens(self) -> tuple[Token, ...]:
        """Every distinct word, quoted ones included, in order of first mention."""
        every = [*self.single_words(), *(token for quoted in self.phrases() for token in quoted.tokens)]
        return tuple({token.forms: token for token in every}.values())


def written(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """The words among tokens, without the numbers that some of them amount to."""
    return tuple(token for token in tokens if token.forms.exact)
