"""The tree of a query to a parsed query: its words analysed, its exclusions apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.analyzers.arabic import EXACT, FOLDED, ROOT, STEM
from kashshaf.analyzers.spacing import ways
from kashshaf.analyzers.stemming.evidence import Evidence
from kashshaf.search_app.query.exclusions import EXCLUDED_INSIDE, sides
from kashshaf.search_app.query.expansion import words_beginning, words_near
from kashshaf.search_app.query.language.canonical import canonical
from kashshaf.search_app.query.language.tree import (
    And,
    Exact,
    Field,
    Fuzzy,
    Or,
    Phrase,
    Prefix,
    Query,
    Root,
    Word,
)
from kashshaf.search_app.query.parsed_query import Group, ParsedQuery, PhraseQuery, written
from kashshaf.search_app.query.spellings import spellings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kashshaf.analyzers.analyzer import Analyzer
    from kashshaf.analyzers.arabic import Token
    from kashshaf.index.store.word_trie import WordTrie
    from kashshaf.search_app.query.language.tree import Leaf, Node
    from kashshaf.search_app.query.parsed_query import Marked

NOT_EXPANDED = "not_expanded"
"""The note on a ``كلمة*`` or ``كلمة~`` read as the word itself."""
MOST_EXPANDED = 4
"""Words of one query that stand for others."""
_MOST_RESPACED = 64
"""Words of a phrase that is looked for with a space more or less."""


def no_corpus() -> None:
    """No words, as of an index that was built without them."""


def read(query: Query, analyzer: Analyzer, corpus: Callable[[], WordTrie | None] = no_corpus) -> ParsedQuery:
    """The query with its words analysed; never raises.

    ``corpus`` opens the words of the index, which few queries need; where it gives None, ``كلمة*`` and
    ``كلمة~`` are the word itself.
    """
    return _Parser(analyzer, corpus).parsed(query)


class _Parser:
    """Reads one query."""

    def __init__(self, analyzer: Analyzer, corpus: Callable[[], WordTrie | None]) -> None:
        self._analyzer = analyzer
        self._corpus = corpus
        self._expansions = 0
        self._notes: list[str] = []

    def parsed(self, query: Query) -> ParsedQuery:
        wanted, excluded, inside = sides(query.parts)
        if inside:
            self._notes.append(EXCLUDED_INSIDE)
        text = " ".join(node.text for node in wanted if isinstance(node, Word))
        words = tuple(self._analyzer.tokens(text))
        marked = [node for node in wanted if isinstance(node, Phrase | Exact | Prefix | Fuzzy | Root)]
        quoted = tuple(each for each in map(self._phrase, marked) if each.tokens)
        groups = self._groups([node for node in wanted if isinstance(node, And | Or | Field)])
        alone = len(words) == 1 and not quoted and not groups
        forms = spellings(words[0], self._analyzer) if alone else ()
        outside = self._groups(excluded)
        return ParsedQuery(words, quoted, forms, groups, outside, tuple(dict.fromkeys(self._notes)))

    def _groups(self, nodes: list[Node]) -> tuple[Group, ...]:
        return tuple(each for each in map(self._group, nodes) if each.tokens)

    def _group(self, node: Node) -> Group:
        leaves = dict.fromkeys(_leaves(node))
        words = {leaf: written(self._analyzer.tokens(leaf.text)) for leaf in leaves if isinstance(leaf, Word)}
        phrases = {leaf: self._phrase(leaf) for leaf in leaves if not isinstance(leaf, Word)}
        return Group(node, words, phrases)

    def _phrase(self, leaf: Marked) -> PhraseQuery:
        """A phrase; one that is not asked for to the letter with every way to space it."""
        words = written(self._analyzer.tokens(leaf.text))
        if isinstance(leaf, Exact) or len(words) > _MOST_RESPACED:
            return PhraseQuery(words, EXACT if isinstance(leaf, Exact) else FOLDED)
        if isinstance(leaf, Prefix | Fuzzy | Root) and len(words) == 1:
            return self._variants(leaf, words)
        evidence = Evidence(self._analyzer.lexicon.count, self._analyzer.lexicon.lemmas)
        respaced = ways([token.forms.folded[0] for token in words], evidence)
        return PhraseQuery(words, FOLDED, tuple(respaced[1:]))

    def _variants(self, leaf: Prefix | Fuzzy | Root, words: tuple[Token, ...]) -> PhraseQuery:
        """The terms that a word with a sign stands for, as a phrase of one place."""
        (token,) = words
        sign = canonical(Query((leaf,)))
        if isinstance(leaf, Root):
            roots = token.forms.root or token.forms.folded
            return PhraseQuery(words, ROOT, variants=roots, stems=token.forms.stem, sign=sign)
        variants = self._expanded(leaf, token.forms.folded[0])
        terms = self._analyzer.terms(STEM)
        stems = tuple(dict.fromkeys(stem for variant in variants for stem in terms[variant]))
        return PhraseQuery(words, FOLDED, variants=variants, stems=stems, sign=sign)

    def _expanded(self, leaf: Prefix | Fuzzy, folded: str) -> tuple[str, ...]:
        """The words of the corpus that a word stands for; itself, with a note, where these are not known."""
        self._expansions += 1
        corpus = self._corpus() if self._expansions <= MOST_EXPANDED else None
        expand = words_beginning if isinstance(leaf, Prefix) else words_near
        found = expand(folded, corpus) if corpus else ()
        if not found:
            self._notes.append(NOT_EXPANDED)
        return found or (folded,)


def _leaves(node: Node) -> Iterator[Leaf]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case Field(_, inner):
            yield from _leaves(inner)
        case Word() | Phrase() | Exact() | Prefix() | Fuzzy() | Root():
            yield node
