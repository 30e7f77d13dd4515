"""Short queries with graded documents: nDCG@10 of what was judged, and the wrong ones among full matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.errors import NotHereError
from bench.report.page import NOT_HERE
from kashshaf.evaluate import judge

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kashshaf.evaluate import Run

    Grades = Mapping[str, Mapping[str, int]]

FOLDER = "short_news"
HEAD = ["short queries", "nDCG@10, judged only", "wrong of ten"]
TEN = 10


def row(
    name: str, run: Callable[[], Run], full: Callable[[], Run], grades: Grades, reasons: list[str]
) -> list[str]:
    """A system's row; why it could not be tried goes to ``reasons``."""
    try:
        ndcg, wrong = judge(judged_only(run(), grades), grades)["ndcg@10"], wrong_of_ten(full(), grades)
    except NotHereError as error:
        reasons.append(str(error))
        return [name, NOT_HERE, NOT_HERE]
    return [name, f"{ndcg:.4f}".removeprefix("0"), f"{wrong:.1f}"]


def judged_only(run: Run, grades: Grades) -> Run:
    """A run without the documents that nobody judged."""
    return {
        query: {id_: score for id_, score in found.items() if id_ in grades.get(query, {})}
        for query, found in run.items()
    }


def wrong_of_ten(run: Run, grades: Grades) -> float:
    """Documents of grade 0 among the first ten of a query, on average over those that have grades."""
    wrong = [id_ for query in grades for id_ in _first(run.get(query, {})) if grades[query].get(id_) == 0]
    return len(wrong) / len(grades)


def _first(scores: Mapping[str, float]) -> list[str]:
    return sorted(scores, key=lambda id_: -scores[id_])[:TEN]
