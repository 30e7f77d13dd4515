"""The bench of spelling, on a few texts: errors are what they claim to be, and both figures are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.spelling import corpus, is_first, lone, misspelt, offered

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = ["المدارس والجامعات في العاصمة", "وزارة التربية والتعليم", "أسعار النفط العالمية"] * 10


def test_errors_make_other_words_that_nobody_knows(tmp_path: Path) -> None:
    found = corpus(TEXTS, tmp_path)
    drawn = list(misspelt(found.counts, 0, 30))
    assert drawn == list(misspelt(found.counts, 0, 30))
    assert drawn != list(misspelt(found.counts, 1, 30))
    assert all(word in found.counts and typed not in found.counts for word, typed in drawn)


def test_the_figures_are_of_what_is_proposed(tmp_path: Path) -> None:
    found = corpus(TEXTS, tmp_path)
    assert is_first("المدارس", "المدارص", found)
    assert not is_first("المدارس", "النفطط", found)
    assert offered(["المدارس", "المدارص"], found) == [("المدارص", "المدارس")]


def test_words_of_queries_are_asked_alone() -> None:
    assert sorted(lone(["ما هي وزارة التربية؟", "وزارة 2016"])) == ["التربيه", "وزاره"]
    assert len(lone(TEXTS, 2)) == 2


def test_articles_that_hold_all_of_the_words_are_counted(tmp_path: Path) -> None:
    count = corpus(TEXTS, tmp_path).count
    assert count(["المدارس", "الجامعات"]) == 10
    assert count(["المدارس", "النفط"]) == 0
    assert count([]) == 0
