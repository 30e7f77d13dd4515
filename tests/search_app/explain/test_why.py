"""The sentence that says why a hit is there: what is named, where, and in which agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.search_app.explain.why import comments_match, why

if TYPE_CHECKING:
    from kashshaf.search_app.explain.shapes import WordFound


def found(word: str, form: str, *zones: str, relation: str = "") -> WordFound:
    return {
        "word": word,
        "forms": [{"form": form, "level": "stem", "zones": [*zones], "times": 1, "relation": relation}],
    }


MINISTERS = found("وزير", "الوزراء", "title", "text", relation="جمع «وزير»")
SCHOOL = found("مدرسة", "مدرسة", "text")
SENTENCES = [
    ([MINISTERS], 3, [], "ورد «الوزراء» في العنوان، وهو جمع «وزير»، و3 تعليقات تطابق."),
    ([SCHOOL], 0, [], "ورد «مدرسة» في النص."),
    ([MINISTERS, SCHOOL], 0, [], "ورد «الوزراء» (جمع «وزير») في العنوان و«مدرسة» في النص."),
    ([found("أ", "أ", "title"), found("ب", "ب", "title")], 1, [],
     "ورد «أ» و«ب» في العنوان، وتعليق واحد يطابق."),
    ([SCHOOL], 0, ["جسر", '"باب الحارة"'], 'ورد «مدرسة» في النص، ولم يرد «جسر» و"باب الحارة".'),
    ([found('"باب الحارة"', "باب الحارة", "lead")], 0, [], "ورد «باب الحارة» في المقدمة."),
    ([], 2, [], "تعليقان يطابقان."),
    ([], 0, ["جسر"], "لم يرد «جسر»."),
    ([], 0, [], "لم ترد كلمات البحث نفسها، بل ما يشبهها."),
    ([found(each, each, "comment") for each in "أبجده"], 0, [],
     "ورد «أ» و«ب» و«ج» و«د» في التعليق، وغير ذلك من كلمات البحث."),
]  # fmt: skip


@pytest.mark.parametrize(("words", "matching", "missing", "says"), SENTENCES)
def test_a_sentence_says_what_was_found(
    words: list[WordFound], matching: int, missing: list[str], says: str
) -> None:
    assert why(words, matching, missing, pinned=False) == says


def test_a_pinned_hit_is_said_to_be_pinned() -> None:
    assert why([], 0, [], pinned=True) == "ثبّته محرر الموقع لهذا البحث."
    assert why([SCHOOL], 0, [], pinned=True) == "ثبّته محرر الموقع لهذا البحث، وورد «مدرسة» في النص."


COUNTS = {
    1: "تعليق واحد يطابق",
    2: "تعليقان يطابقان",
    3: "3 تعليقات تطابق",
    10: "10 تعليقات تطابق",
    11: "11 تعليقاً يطابق",
    99: "99 تعليقاً يطابق",
    100: "100 تعليق يطابق",
    102: "102 تعليق يطابق",
    103: "103 تعليقات تطابق",
    111: "111 تعليقاً يطابق",
}


@pytest.mark.parametrize(("count", "says"), COUNTS.items())
def test_numbers_agree_with_what_they_count(count: int, says: str) -> None:
    assert comments_match(count) == says
