"""The few words of a query near each other, and not merely in one article.

News says first what it is about; further down words may stand far apart and have nothing to do with each
other. Side by side they are mostly one name, wherever it is mentioned. A ranking puts such articles
first; the order of dates has nothing else to tell them by.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kashshaf.analyzers.arabic import FOLDED
from kashshaf.index.query import AtLeast, Phrase, Search
from kashshaf.index.ranking import LONG
from kashshaf.index.schema import LEAD, MATCHED, TITLE
from kashshaf.search_app.query.clauses import all_of, any_of
from kashshaf.search_app.query.parsed_query import written
from kashshaf.search_app.query.plan import words_in
from kashshaf.search_app.query.spellings import spellings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.analyzers.analyzer import Analyzer
    from kashshaf.index.engine import Reader
    from kashshaf.index.query import Filters
    from kashshaf.search_app.query.parsed_query import ParsedQuery
    from kashshaf.search_app.query.plan import Plan

FEW = range(2, LONG + 1)
"""Words of a query that may stand near each other: of a longer one a match may lack some."""
MANY = 3
"""Words of a query from which on one may stand further down: few articles have so many by chance. Measured in
``docs/quality.md``."""
OPENING = (TITLE, LEAD)
"""What an article opens with."""


def narrowed(planned: Plan, asked: ParsedQuery, analyzer: Analyzer, reader: Reader, among: Filters) -> Plan:
    """The plan of the articles among a query's full matches in which its words stand near each other.

    They stand in the title and the first words, in any form; of ``MANY`` words and more, one may stand
    elsewhere. Or they stand side by side as typed, the first with any proclitic. The plan is as it was where
    no article that ``among`` lets through has them so, and for one word, a long query, and parts that count
    as a whole.
    """
    words = tuple(dict.fromkeys(words_in(asked, "articles", OPENING)))
    if asked.wholes() or len(words) not in FEW:
        return planned
    opening = AtLeast(len(words) - (len(words) >= MANY), words)
    near = all_of((planned.full, any_of((opening, *_side_by_side(asked, analyzer)))))
    found = reader.search(Search(near, filters=among, excluded=planned.excluded, limit=0)).total
    return replace(planned, full=near, partial=near) if found else planned


def _side_by_side(asked: ParsedQuery, analyzer: Analyzer) -> Iterator[Phrase]:
    """The words as they stand, where nothing that was typed is left out between them."""
    first, *others = written(asked.words)
    if not others or others[-1].position - first.position > len(others):
        return
    begins = spellings(first, analyzer) or first.forms.folded
    slots = begins, *(token.forms.folded for token in others)
    yield from (Phrase(zone, FOLDED, slots) for zone in MATCHED["articles"])
