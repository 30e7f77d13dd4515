"""The forms in which a document has the words of a query, with level and relation of each."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.arabic import EXACT, ROOT, Token
from kashshaf.analyzers.letters import ARTICLE
from kashshaf.search_app.explain.relations import OTHER_LETTERS, relation
from kashshaf.search_app.query.parsed_query import PhraseQuery, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kashshaf.analyzers.analyzer import Analyzer
    from kashshaf.search_app.explain.shapes import FormFound, MatchLevel, WordFound
    from kashshaf.search_app.query.parsed_query import ParsedQuery, Synonym

ZONES = ("title", "lead", "headings", "text", "comments", "comment")
"""Zones that a form is seen in, the most telling first."""
LEVELS: tuple[MatchLevel, ...] = ("exact", "folded", "stem", "root", "spelling", "synonym")
"""Levels of a form, the nearest to what was typed first."""
MOST_FORMS = 8
"""Forms of one word that are told of one hit."""
SAME_MEANING = "بمعنى «{typed}»"
NEAR = "قريب الرسم من «{typed}»"
BEGINS = "يبدأ بما بدأت به «{typed}»"
OF_ROOT = "من الجذر نفسه"
OTHER_NAME = "«{typed}» باسم آخر"
PART = "جزء من «{typed}»"
NUMBER = "العدد «{typed}» نفسه"


class Seen(NamedTuple):
    """A form that stands in a zone, as it is written there, and which word of the query it is."""

    zone: str
    form: str
    word: int


class _Met(NamedTuple):
    """The level at which a form meets a word, and its relation; not ``own``: only a part of what meets it."""

    level: MatchLevel
    relation: str = ""
    own: bool = True
    found: Token | None = None
    """The word whose relation to the one typed is still to be worked out: it takes long, and few are told."""


class FormsFound:
    """Tells forms of one query's words; for the hits of one page, which repeat them."""

    def __init__(self, asked: ParsedQuery, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._words: list[Token | PhraseQuery] = [*asked.single_words(), *asked.phrases()]
        self._synonyms = asked.every_synonym()
        self._known: dict[tuple[str, int], _Met] = {}

    def typed(self, word: int) -> str:
        """A word or phrase as typed."""
        asked = self._words[word]
        return asked.typed() if isinstance(asked, PhraseQuery) else asked.surface

    def of(self, seen: Iterable[Seen], most: int = MOST_FORMS) -> list[WordFound]:
        """The words found, in the order of the query, each with ``most`` forms, the nearest to it first."""
        times: dict[int, Counter[str]] = defaultdict(Counter)
        zones: dict[tuple[int, str], set[str]] = defaultdict(set)
        for zone, form, word in seen:
            times[word][form] += zone != "comments"  # few of them are looked at
            zones[word, form].add(zone)
        found = []
        for word in sorted(times):
            forms = [self._form(word, form, zones[word, form], count) for form, count in times[word].items()]
            nearest = sorted(forms, key=_nearness)[:most]
            for told in nearest:
                told["relation"] = self._relation(told["form"], word)
            one: WordFound = {"word": self.typed(word), "forms": nearest}
            found.append(one)
        return found

    def _form(self, word: int, form: str, zones: set[str], times: int) -> FormFound:
        return {
            "form": form,
            "level": self._met(form, word).level,
            "zones": [zone for zone in ZONES if zone in zones],
            "times": times,
            "relation": "",
        }

    def _met(self, form: str, word: int) -> _Met:
        if (form, word) not in self._known:
            self._known[form, word] = self._read(form, self._words[word])
        return self._known[form, word]

    def _relation(self, form: str, word: int) -> str:
        met, asked = self._met(form, word), self._words[word]
        if met.found and not isinstance(asked, PhraseQuery):
            said = relation(met.found, asked, self._analyzer)
            met = self._known[form, word] = met._replace(relation=said, found=None)
        return met.relation

    def is_form(self, form: str, word: int) -> bool:
        """Tell whether a form is one of the word itself, and of no synonym."""
        met = self._met(form, word)
        return met.own and met.level != "synonym"

    def _read(self, form: str, asked: Token | PhraseQuery) -> _Met:
        if isinstance(asked, PhraseQuery):
            return _of_phrase(asked)
        every = [*self._analyzer.tokens(form)]
        words = written(every)
        if len(words) == 1 and asked.forms.exact and _meet(words[0], asked):
            return _of_word(words[0], asked)
        named = [token for token in every if not token.forms.exact]
        if any(_meet(token, asked) for token in (*named, *(() if asked.forms.exact else words))):
            return _of_value(words, asked)
        return _of_synonym(words, asked, self._synonyms.get(asked, ()))


def _of_word(found: Token, asked: Token) -> _Met:
    if found.forms.exact == asked.forms.exact:
        return _Met("exact")
    return _Met("folded" if found.forms.folded == asked.forms.folded else "stem", found=found)


def _of_value(words: Sequence[Token], asked: Token) -> _Met:
    """A number written otherwise, or a name of several words that one word stands for."""
    form = " ".join(token.surface for token in words)
    if form == asked.surface:
        return _Met("exact")
    if asked.forms.stem[0].isdecimal():
        return _Met("stem", NUMBER.format(typed=asked.surface))
    joined = "".join(token.forms.folded[0] for token in words)
    same = {joined, joined.removeprefix(ARTICLE)}.intersection(asked.forms.folded)
    return _Met("stem", (OTHER_LETTERS if same else OTHER_NAME).format(typed=asked.surface))


def _nearness(found: FormFound) -> tuple[int, int, int]:
    return ZONES.index(found["zones"][0]), LEVELS.index(found["level"]), -found["times"]


def _meet(found: Token, asked: Token) -> bool:
    if not asked.forms.stem:
        return found.forms.folded == asked.forms.folded
    return not {*found.forms.stem}.isdisjoint(asked.forms.stem)


def _of_phrase(asked: PhraseQuery) -> _Met:
    if not asked.sign:
        return _Met("exact" if asked.level == EXACT else "folded")
    typed = asked.tokens[0].surface
    if asked.level == ROOT:
        return _Met("root", OF_ROOT)
    if asked.sign.endswith("*"):
        return _Met("folded", BEGINS.format(typed=typed))
    return _Met("spelling", NEAR.format(typed=typed))


def _of_synonym(tokens: Sequence[Token], asked: Token, synonyms: Sequence[Synonym]) -> _Met:
    """The synonym that a form is; where it is a word of several together, they are named as typed."""
    for synonym in synonyms:
        if len(synonym.phrase.tokens) == len(tokens) and _meet(tokens[-1], synonym.phrase.tokens[-1]):
            typed = " ".join(token.surface for token in synonym.beside)
            return _Met("synonym", SAME_MEANING.format(typed=typed))
    return _Met("stem", PART.format(typed=asked.surface), own=False)
