"""Synonyms put beside the words of a query: looked up by stems, in whatever form the words were typed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from kashshaf.analyzers.arabic import FOLDED, PLAIN, STEM, cut
from kashshaf.analyzers.lexicon import Readings
from kashshaf.analyzers.orthography.folding import fold_letters
from kashshaf.analyzers.tokenize import surfaces
from kashshaf.index.query import Term
from kashshaf.index.schema import COMMENTS, TEXT
from kashshaf.search_app.query.parsed_query import PhraseQuery, Synonym, written
from kashshaf.search_app.query.spellings import spellings
from kashshaf.search_app.query.synonyms.synonym_file import MOST_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kashshaf.analyzers.analyzer import Analyzer
    from kashshaf.analyzers.arabic import Token
    from kashshaf.index.engine import Reader
    from kashshaf.search_app.query.parsed_query import Group, ParsedQuery
    from kashshaf.search_app.query.synonyms.synonym_file import Rule

MOST_SYNONYMS = 24
"""Synonyms that are asked for beside the words of one query, in all: each is a look-up in every zone."""


class _Entry:
    """A name, and the others that it is found by; all its words are read when a query may have it."""

    def __init__(self, name: str, others: tuple[str, ...], analyzer: Analyzer, *, dialect: bool) -> None:
        self._name = name
        self._analyzer = analyzer
        self.others = others
        self.dialect = dialect

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """The words of the name."""
        return written(self._analyzer.tokens(self._name))

    def first(self) -> str:
        """The term of the first word; of a dialect's, which is as folded, no stem has to be worked out."""
        surface = surfaces(self._name)[0]
        if self.dialect and PLAIN.fullmatch(surface):
            return fold_letters(cut(surface))
        tokens = (token for token in self._analyzer.tokens(self._name) if token.forms.exact)
        return _terms(next(tokens), dialect=self.dialect)[0]


class Synonyms:
    """The synonyms of some rules. Safe to share between threads."""

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self._rules = tuple(rules)
        self._read: tuple[Analyzer, _Table] | None = None

    def beside(self, asked: ParsedQuery, analyzer: Analyzer, reader: Reader) -> ParsedQuery:
        """The query with the synonyms of its words; what is quoted, to the letter or excluded has none.

        Synonyms that the index of ``reader`` has none of are left out. A query longer than any name has none:
        people paste headlines, and of these a document need not have every word.
        """
        if not self._rules or len(written(asked.words)) > MOST_WORDS:
            return asked
        looking = _Looking(self._table(analyzer), reader)
        loose = looking.found(written(asked.words))
        groups = tuple(
            replace(group, synonyms=found) if (found := looking.found(_loose(group))) else group
            for group in asked.groups
        )
        return replace(asked, synonyms=loose, groups=groups) if loose or groups != asked.groups else asked

    def warm_up(self, analyzer: Analyzer) -> None:
        """Read the rules, so that the first query need not."""
        self._table(analyzer)

    def _table(self, analyzer: Analyzer) -> _Table:
        """The rules as an analyzer reads them: read once for each, as stems differ from index to index."""
        if self._read is None or self._read[0] is not analyzer:
            self._read = analyzer, _Table(self._rules, analyzer)
        return self._read[1]


NO_SYNONYMS = Synonyms()


class _Table:
    """Names by the term of their first word."""

    def __init__(self, rules: Iterable[Rule], analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._read: dict[tuple[str, bool], Synonym] = {}
        self._by_term: dict[str, list[_Entry]] = defaultdict(list)
        for rule in rules:
            for name in rule.names:
                others = tuple(other for other in rule.others if other != name)
                entry = _Entry(name, others, analyzer, dialect=rule.dialect)
                self._by_term[entry.first()].append(entry)

    def names(self, words: Sequence[Token]) -> Iterator[tuple[Sequence[Token], _Entry]]:
        """The names among words, each with the words that are it."""
        for at, token in enumerate(words):
            for entry in self._entries(token):
                if _is(spoken := words[at : at + len(entry.words)], entry):
                    yield spoken, entry

    def _entries(self, token: Token) -> Iterator[_Entry]:
        for term in dict.fromkeys((*token.forms.folded, *token.forms.stem)):
            yield from self._by_term.get(term, ())

    def synonym(self, text: str, *, dialect: bool) -> Synonym:
        """A synonym, beside no words yet."""
        known = self._read.get((text, dialect))
        if known is None:
            known = self._read[text, dialect] = self._made(text, dialect=dialect)
        return known

    def _made(self, text: str, *, dialect: bool) -> Synonym:
        """A synonym of several words is a phrase, which may have a clitic before it: «للولايات المتحدة»."""
        words = written(self._analyzer.tokens(text))
        typed = tuple(word.forms.folded[0] for word in words)
        firsts = () if dialect else spellings(words[0], self._analyzer)
        respaced = tuple((first, *typed[1:]) for first in firsts if first != typed[0])
        return Synonym(text, PhraseQuery(words, FOLDED, respaced), (), dialect)


class _Looking:
    """The look-up of one query's synonyms, ``MOST_SYNONYMS`` in all."""

    def __init__(self, table: _Table, reader: Reader) -> None:
        self._table = table
        self._reader = reader
        self._room = MOST_SYNONYMS

    def found(self, words: Sequence[Token]) -> dict[Token, tuple[Synonym, ...]]:
        """The synonyms of each word, by itself and as one of several together."""
        found: dict[Token, dict[Synonym, None]] = {}
        for spoken, entry in self._table.names(words):
            for synonym in self._known(entry):
                for word in spoken:
                    found.setdefault(word, {})[synonym._replace(beside=tuple(spoken))] = None
        return {word: tuple(synonyms) for word, synonyms in found.items()}

    def _known(self, entry: _Entry) -> Iterator[Synonym]:
        for text in entry.others[: self._room]:
            self._room -= 1
            if known := self._in_index(self._table.synonym(text, dialect=entry.dialect)):
                yield known

    def _in_index(self, synonym: Synonym) -> Synonym | None:
        """A synonym in the ways to write it that the index may have; None where it can have none."""
        if synonym.is_word():
            return synonym if all(self._has(STEM, stem) for stem in _stems(synonym)) else None
        typed, *rest = (token.forms.folded[0] for token in synonym.phrase.tokens)
        if not all(self._has(FOLDED, word) for word in rest):
            return None
        respaced = tuple(way for way in synonym.phrase.respaced if self._has(FOLDED, way[0]))
        if not respaced and not self._has(FOLDED, typed):
            return None
        return synonym._replace(phrase=replace(synonym.phrase, respaced=respaced))

    def _has(self, level: str, text: str) -> bool:
        return any(self._reader.frequencies([Term(zone, level, text) for zone in (TEXT, COMMENTS)]))


def _stems(synonym: Synonym) -> tuple[str, ...]:
    """The stems that must all be there; none of a bare word that may stand for several."""
    stems = synonym.phrase.tokens[0].forms.stem
    return () if isinstance(stems, Readings) else stems


def _loose(group: Group) -> list[Token]:
    """The words of a group that are neither quoted nor have a sign."""
    return [token for words in group.words.values() for token in words]


def _is(spoken: Sequence[Token], entry: _Entry) -> bool:
    """Tell whether words side by side are a name, in any form; a word of a dialect in the one listed."""
    if len(spoken) < len(entry.words) or spoken[-1].position - spoken[0].position != len(spoken) - 1:
        return False
    return all(_meet(*pair, dialect=entry.dialect) for pair in zip(spoken, entry.words, strict=True))


def _meet(typed: Token, listed: Token, *, dialect: bool) -> bool:
    one, other = _terms(typed, dialect=dialect), _terms(listed, dialect=dialect)
    return one == other or (isinstance(one, Readings) and not {*one}.isdisjoint(other))


def _terms(token: Token, *, dialect: bool) -> tuple[str, ...]:
    """The terms that a word of a name is known by: its stems; a stop word's, or a dialect's, as folded."""
    return token.forms.folded if dialect else token.forms.stem or token.forms.folded
