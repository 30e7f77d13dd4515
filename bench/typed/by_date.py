"""What short queries find in the order of dates, by grades: all full matches, and those with the words near.

    python -m bench.typed.by_date INDEX [FOLDER]

INDEX has the documents of FOLDER, graded queries, by default the short ones beside the project. Only what was
judged counts: *wrong* has grade 0, *about it* the highest, 2.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bench.errors import NotHereError
from kashshaf.evaluate import read_grades, read_queries
from kashshaf.index.settings import Settings
from kashshaf.search_app.query.parameters import SearchRequest
from kashshaf.search_app.results.service import SearchService

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kashshaf.search_app.query.request_values import Match

SHORT = Path(__file__).parents[3] / "shared" / "data" / "eval" / "short_news"
LENGTHS = ((2, 2), (3, 5))
"""The fewest and the most words of the queries of a table."""
PAGE = 100
PAGES = 10
WRONG, ABOUT_IT = 0, 2


class Found(NamedTuple):
    """Full matches of some queries, and how many of them have a grade: any, the lowest, the highest."""

    found: int
    judged: int
    wrong: int
    about_it: int


def full_matches(service: SearchService, text: str, match: Match) -> list[str]:
    """The ids of the first thousand full matches of a query, the newest first."""
    found: list[str] = []
    for page in range(1, PAGES + 1):
        asked = SearchRequest(text, sort="newest", match=match, page=page, size=PAGE, correct=False)
        hits = service.search(asked)["hits"]
        found += [hit["id"] for hit in hits if hit["match"] == "full"]
        if len(hits) < PAGE:
            break
    return found


def counted(found: Iterable[tuple[Sequence[str], Mapping[str, int]]]) -> Found:
    """Count the matches of queries, each with the grades of its documents."""
    every = [(id_, grades) for ids, grades in found for id_ in ids]
    judged = [grades[id_] for id_, grades in every if id_ in grades]
    return Found(len(every), len(judged), judged.count(WRONG), judged.count(ABOUT_IT))


def main(arguments: Sequence[str]) -> None:
    """Print a row for each length of query and each kind of match."""
    if len(arguments) not in (1, 2):
        raise NotHereError("name the index to search: python -m bench.typed.by_date INDEX [FOLDER]")
    folder = Path(arguments[1]) if len(arguments) > 1 else SHORT
    queries, grades = read_queries(folder / "queries.jsonl"), read_grades(folder / "qrels.tsv")
    service = SearchService(replace(Settings(), index=Path(arguments[0])))
    for fewest, most in LENGTHS:
        asked = {id_: text for id_, text in queries.items() if fewest <= len(text.split()) <= most}
        matches: tuple[Match, ...] = ("auto", "near")
        for match in matches:
            each = ((full_matches(service, text, match), grades.get(id_, {})) for id_, text in asked.items())
            told = "found {}, judged {}, wrong {}, about it {}".format(*counted(each))
            print(f"{len(asked)} queries of {fewest} to {most} words, {match}: {told}")
    service.close()


if __name__ == "__main__":
    main(sys.argv[1:])
