"""Words, phrases and groups of a parsed query to the clauses that match them in the zones of an index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.analyzers.arabic import FOLDED, STEM
from kashshaf.analyzers.lexicon import Readings
from kashshaf.analyzers.stemming.variants.joining import set_phrases
from kashshaf.index.query import NOTHING, AllOf, AnyOf, Phrase, Term
from kashshaf.index.schema import COMMENTS, FIELDS, MATCHED, TEXT
from kashshaf.index.schema import Field as IndexField
from kashshaf.search_app.query.language.tree import And, Field, Not, Or, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kashshaf.analyzers.arabic import Token
    from kashshaf.index.query import Clause
    from kashshaf.index.schema import IndexName
    from kashshaf.search_app.query.language.tree import FieldName, Node
    from kashshaf.search_app.query.parsed_query import Group, PhraseQuery, Synonym


def any_of(clauses: Iterable[Clause]) -> Clause:
    """One of the clauses; of one, that one."""
    found = tuple(dict.fromkeys(clauses))
    return found[0] if len(found) == 1 else AnyOf(found)


def all_of(clauses: Iterable[Clause]) -> Clause:
    """All of the clauses; of one, that one."""
    found = tuple(dict.fromkeys(clauses))
    return found[0] if len(found) == 1 else AllOf(found)


def terms(token: Token, level: str, zones: Sequence[str]) -> list[list[Term]]:
    """The terms of a word, each in every zone."""
    return [[Term(zone, level, text) for zone in zones] for text in getattr(token.forms, level)]


def word(token: Token, level: str, zones: Sequence[str]) -> Clause:
    """A word wherever it can stand in the zones.

    Both of one that is two with no space between; either of one that may stand for two.
    """
    positioned = [zone for zone in zones if _has(FOLDED, zone)]
    if positioned and token.forms.folded and (written_as := set_phrases().get(token.forms.folded[0])):
        slots = [tuple((each,) for each in way) for way in written_as]
        return any_of(Phrase(zone, FOLDED, way) for way in slots for zone in positioned)
    found = [AnyOf(tuple(each)) for each in terms(token, level, zones)]
    return any_of(found) if isinstance(getattr(token.forms, level), Readings) else all_of(found)


def meaning(
    token: Token, level: str, zones: Sequence[str], synonyms: Sequence[Synonym], index: IndexName
) -> Clause:
    """A word, or one of its synonyms, wherever they can stand in the zones."""
    others = (synonym(each, zones, index) for each in synonyms)
    return any_of([word(token, level, zones), *(found for found in others if found != NOTHING)])


def synonym(other: Synonym, zones: Sequence[str], index: IndexName) -> Clause:
    """A synonym in the zones: one word in any form, several as a phrase; of a dialect, in comments alone."""
    said = [zone for zone in zones if zone == COMMENTS] if other.dialect and index == "articles" else zones
    if not said:
        return NOTHING
    return word(other.phrase.tokens[0], STEM, said) if other.is_word() else _phrase(other.phrase, said)


def anywhere(quoted: PhraseQuery, index: IndexName) -> Clause:
    """A phrase wherever it can stand in a record."""
    return _phrase(quoted, MATCHED[index])


def group(part: Group, index: IndexName) -> Clause:
    """A group wherever it can stand in a record; its stop words ask for nothing beside other words."""
    return _Groups(part, index).clause(part.node, MATCHED[index]) or NOTHING


class _Groups:
    """The clauses of one group; None for what asks for nothing."""

    def __init__(self, part: Group, index: IndexName) -> None:
        self._part = part
        self._index = index
        self._level = STEM if any(token.forms.stem for token in part.tokens) else FOLDED

    def clause(self, node: Node, zones: Sequence[str]) -> Clause | None:
        match node:
            case And(parts):
                found = [each for part in parts if (each := self.clause(part, zones))]
                return all_of(found) if found else None
            case Or(parts):
                found = [each for part in parts if (each := self.clause(part, zones))]
                return any_of(found) if found else None
            case Field(name, inner):
                return self.clause(inner, self._zones(name))
            case Not():
                return None  # exclusions stand beside the group
            case Word():
                return self._words(self._part.words[node], zones) if zones else NOTHING
            case _:
                return _phrase(self._part.phrases[node], zones)

    def _words(self, tokens: Sequence[Token], zones: Sequence[str]) -> Clause | None:
        level = self._level if all(_has(self._level, zone) for zone in zones) else STEM
        synonyms, index = self._part.synonyms, self._index
        said = [token for token in tokens if getattr(token.forms, level)]
        found = [meaning(token, level, zones, synonyms.get(token, ()), index) for token in said]
        return all_of(found) if found else None

    def _zones(self, name: FieldName) -> tuple[str, ...]:
        """The zones of a field: a comment has its own text alone, and no article around it."""
        if self._index == "comments":
            return (TEXT,) if name == COMMENTS else ()
        return (name,)


def _has(level: str, zone: str) -> bool:
    """Tell whether a zone has a level; a comment has those of an article's text."""
    return IndexField(zone, level) in FIELDS["articles"]


def _phrase(quoted: PhraseQuery, zones: Sequence[str]) -> Clause:
    """A phrase in the zones that have its level; where none has, all its words' stems."""
    able = [zone for zone in zones if _has(quoted.level, zone)]
    if not able:
        return _stems(quoted, zones)
    if quoted.variants:
        return AnyOf(tuple(Term(zone, quoted.level, text) for text in quoted.variants for zone in able))
    return AnyOf(tuple(Phrase(zone, quoted.level, slots) for slots in quoted.ways() for zone in able))


def _stems(quoted: PhraseQuery, zones: Sequence[str]) -> Clause:
    """One stem of the variants, or all stems of a phrase, in zones that have nothing else."""
    if quoted.variants:
        return AnyOf(tuple(Term(zone, STEM, text) for text in quoted.stems for zone in zones))
    found = [word(token, STEM, zones) for token in quoted.tokens if token.forms.stem]
    return all_of(found) if found else NOTHING
