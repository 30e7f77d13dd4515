"""``python -m bench.extraction``: what its figures mean, on made-up articles; it runs without data too."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from click.testing import CliRunner

from bench.extraction import is_cut, is_odd, main, table
from bench.measure.extraction_scores import Scores, f1, words
from kashshaf.index.documents import Article, Comment, Section

if TYPE_CHECKING:
    from pathlib import Path

ROW = {
    "title": "محطة جديدة",
    "kicker": "ماء",
    "date": "2012-01-11",
    "text": "أول ثان\nثالث",
    "comments": [
        {"author": "سالم (زائر)", "date": "07:08 صباحاً 2012/01/11", "text": "خبر سعيد"},
        {"author": "هدى", "date": "2012/01/12", "text": "صدقت"},
    ],
}
READ = Article(
    title="محطة  جديدة",
    lead="أول",
    sections=(Section("", "ثان غيره"),),
    date="2012-01-11",
    comments=(
        Comment("1", "سالم", "2012-01-11T07:08:00+00:00", "second", "خبر  سعيد!"),
        Comment("2", "ليث", None, None, "كلام آخر"),
    ),
)


def test_words_in_common() -> None:
    assert f1(words("أ ب ج"), words("أ ب د")) == 2 / 3
    assert f1(Counter(), Counter()) == 1.0
    assert f1(words("أ"), Counter()) == 0.0


def test_a_page_is_counted() -> None:
    scores = Scores("x")
    scores.add(READ, ROW, cut=True)
    assert (scores.titles, scores.kickers, scores.dates, scores.bodies) == (1, 0, 1, [2 / 3])
    assert (scores.found, scores.right, scores.both, scores.authors, scores.comment_dates) == (2, 2, 1, 1, 1)
    assert scores.whole == []
    assert "| x | 1 | 1.000 | 0.000 | 1.000 | 0.667 |" in table([scores])


def test_which_known_texts_are_cut_and_which_pages_are_odd(tmp_path: Path) -> None:
    page = tmp_path / "article7.html"
    page.write_text("<div id=article_text><p>نص</p></div>", encoding="utf-8")
    assert not is_cut(page)
    page.write_text("<div id=article_text><p>نص</p><div>صورة</div></div>", encoding="utf-8")
    assert is_cut(page)
    assert is_odd("article7.html")
    assert not is_odd("article70.html")


def test_without_the_data_it_says_so(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["--data", str(tmp_path)])
    assert ran.exit_code == 0
    assert "is not here" in ran.output
