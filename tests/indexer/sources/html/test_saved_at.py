"""The moment a page was saved, as the savers of pages note it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from kashshaf.indexer.sources.html import tree
from kashshaf.indexer.sources.html.saved_at import captured
from kashshaf.indexer.sources.outcome import Found
from kashshaf.indexer.sources.reader import read_file
from tests.conftest import ROOT
from tests.indexer.conftest import NOON
from tests.indexer.sources.told import with_options

if TYPE_CHECKING:
    from kashshaf.indexer.sources.reading import Reading

SAMPLE = ROOT / "samples" / "html" / "shatt-night-clinic.html"
NOTES = [
    (
        "SingleFile",
        "<!--\n Page saved with SingleFile \n url: https://a.example/ \n"
        " saved date: Fri Jan 20 2023 10:00:00 GMT+0300 (Arabian Standard Time)\n-->",
        "2023-01-20T10:00:00+03:00",
    ),
    (
        "Wayback Machine",
        "<!--\n FILE ARCHIVED ON 10:30:21 Mar 12, 2015 AND RETRIEVED FROM THE\n INTERNET ARCHIVE -->",
        "2015-03-12T10:30:21+00:00",
    ),
    (
        "HTTrack",
        "<!-- Mirrored from a.example/1 by HTTrack Website Copier/3.x [XR&CO'2014],"
        " Thu, 12 Mar 2015 10:20:30 GMT -->",
        "2015-03-12T10:20:30+00:00",
    ),
    (
        "Save Page WE",
        '<meta name="savepage-date" content="Fri Jan 20 2023 10:00:00 GMT+0300">',
        "2023-01-20T10:00:00+03:00",
    ),
    (
        "Dublin Core",
        '<meta name="DC.date.captured" content="2023-01-20T10:00:00Z">',
        "2023-01-20T10:00:00+00:00",
    ),
    ("no day", "<!-- saved date: yesterday at about ten -->", None),
    ("any comment", "<!-- saved by hand on Fri Jan 20 2023 -->", None),
    ("a comment without end", "<!-- saved date: Fri Jan 20 2023 10:00:00", None),
]


@pytest.mark.parametrize(("rule", "note", "expected"), NOTES, ids=[row[0] for row in NOTES])
def test_a_note(rule: str, note: str, expected: str | None) -> None:
    text = f"<html><head>{note}</head><body><p>نص</p></body></html>"
    found = captured(text, tree.parse(text), NOON.tzinfo)  # type: ignore[arg-type]
    assert (found.isoformat() if found else None) == expected, rule


def test_it_is_the_base_of_ages_unless_the_user_names_one(reading: Reading) -> None:
    for as_of, day in ((None, "2023-01-18"), (NOON, "2024-03-22")):
        (outcome,) = read_file(SAMPLE, with_options(reading, as_of=as_of), "page")
        assert isinstance(outcome, Found)
        assert day in {comment.date for comment in outcome.article.comments}
        assert not any("ages" in sentence for sentence in outcome.mended)


def test_many_comments_take_no_time() -> None:
    root = tree.parse("<p>نص</p>")
    start = time.perf_counter()
    for text in (
        "<!-- saved date: -->" * 500_000,
        "<!--" * 2_000_000,
        "<!-- HTTrack Website Copier" * 400_000,
    ):
        assert captured(text, root, NOON.tzinfo) is None  # type: ignore[arg-type]
    assert time.perf_counter() - start < 5
