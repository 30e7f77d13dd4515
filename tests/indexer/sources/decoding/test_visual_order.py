"""Lines in visual order are read back, as a PDF's reader left them; lines in their own order stay."""

from __future__ import annotations

import time
import unicodedata

import pytest

from kashshaf.indexer.sources.decoding.visual_order import READ_BACK, mend

FORMS = {
    (name, letter): char
    for code in range(0xFE80, 0xFEF5)
    if (char := chr(code)) and (parts := unicodedata.decomposition(char).split())
    for name, letter in [(parts[0], chr(int(parts[1], 16)))]
}


def shaped(text: str) -> str:
    """A text in the forms that its letters have beside each other, as a page shows it."""
    made = []
    for at, letter in enumerate(text):
        before, after = text[at - 1] if at else " ", text[at + 1] if at + 1 < len(text) else " "
        joined = ("<initial>", before) in FORMS and ("<final>", letter) in FORMS
        joins = ("<initial>", letter) in FORMS and ("<final>", after) in FORMS
        name = {(0, 0): "<isolated>", (0, 1): "<initial>", (1, 0): "<final>", (1, 1): "<medial>"}
        made.append(FORMS.get((name[joined, joins], letter), letter))
    return "".join(made)


def mended(text: str) -> tuple[str, list[str]]:
    said: list[str] = []
    return mend(text, said.append), said


READ = [
    ("a word", "مكتبة"),
    ("a line", "افتتاح المكتبة العامة في الحي"),
    ("letters that do not join", "دار الورد وزار داود"),
    ("brackets", "قال (مدير المكتبة) نعم"),
]
KEPT_LEFT_TO_RIGHT = [
    ("a number", "افتتاح 250 مكتبة", "250"),
    ("a date", "مكتبة بتاريخ 24/05/2016 صباحا", "24/05/2016"),
    ("Arabic digits", "بلغ السعر ٢٥٠ دينارا", "٢٥٠"),
    ("Latin words", "شركة Blue Sky تفتح مكتبة", "Blue Sky"),
]
MIRROR = str.maketrans("()", ")(")


@pytest.mark.parametrize(("rule", "text"), READ, ids=[row[0] for row in READ])
def test_read_back(rule: str, text: str) -> None:
    assert mended(shaped(text)[::-1].translate(MIRROR)) == (text, [READ_BACK]), rule


@pytest.mark.parametrize(
    ("rule", "text", "run"), KEPT_LEFT_TO_RIGHT, ids=[row[0] for row in KEPT_LEFT_TO_RIGHT]
)
def test_what_runs_from_left_to_right_stays_so(rule: str, text: str, run: str) -> None:
    visual = shaped(text)[::-1].replace(run[::-1], run)
    assert mended(visual) == (text, [READ_BACK]), rule


LEFT = [
    ("forms in their own order", shaped("افتتاح المكتبة العامة في الحي")),
    ("plain letters", "افتتاح المكتبة"),
    ("plain letters backwards", "ةبتكملا حاتتفا"),
    ("one slip", shaped("افتتاح المكتبة العامة") + " ﺔا"),
    ("a ligature in plain text", "قال ﷲ أكبر"),
    ("Latin", "library"),
    ("nothing", ""),
]


@pytest.mark.parametrize(("rule", "text"), LEFT, ids=[row[0] for row in LEFT])
def test_good_text_is_left(rule: str, text: str) -> None:
    assert mended(text) == (text, []), rule


def test_each_line_by_itself_and_what_stands_between_tags() -> None:
    one, other = shaped("افتتاح المكتبة")[::-1], shaped("دار الورد")[::-1]
    assert mended(f"<p>{one}</p>\n{other}\nplain 5")[0] == "<p>افتتاح المكتبة</p>\nدار الورد\nplain 5"


def test_time_grows_with_the_length() -> None:
    start = time.process_time()
    mend(shaped("مكتبة ")[::-1] * 100_000, lambda _: None)
    assert time.process_time() - start < 10
