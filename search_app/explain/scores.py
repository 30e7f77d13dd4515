"""The parts of a score by zone and level: the engine scores the hits of a page once more, part by part."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kashshaf.index.query import EVERYTHING, Filters, Phrase, Search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kashshaf.index.engine import Reader
    from kashshaf.index.query import Weighted
    from kashshaf.search_app.explain.shapes import ZoneScore

PHRASE = "phrase"
"""The level of words that stand side by side."""


def zone_scores(
    scoring: Sequence[Weighted], ids: tuple[str, ...], reader: Reader
) -> dict[str, list[ZoneScore]]:
    """The parts of the scores of some documents that are not 0, by id, the greatest first.

    A score is a sum over clauses, so the parts of one add up to it, but for rounding. On each engine it costs
    one search a zone and level, of these documents alone.
    """
    found: dict[str, list[ZoneScore]] = {id_: [] for id_ in ids}
    for (zone, level), clauses in _parts(scoring).items() if ids else ():
        part = Search(EVERYTHING, tuple(clauses), Filters((("id", ids),)), limit=len(ids))
        for hit in reader.search(part).hits:
            if hit.score:
                found[hit.id].append({"zone": zone, "level": level, "score": hit.score})
    return {id_: sorted(parts, key=lambda part: -part["score"]) for id_, parts in found.items()}


def _parts(scoring: Sequence[Weighted]) -> dict[tuple[str, str], list[Weighted]]:
    """The clauses of each zone and level."""
    parts: dict[tuple[str, str], list[Weighted]] = defaultdict(list)
    for weighted in scoring:
        clause = weighted.clause
        level = PHRASE if isinstance(clause, Phrase) else clause.level
        parts[clause.zone, level].append(weighted)
    return parts
