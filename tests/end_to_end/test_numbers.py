"""Numbers in words and in digits find each other, and are marked as a whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.kashshaf.site import Site, row

if TYPE_CHECKING:
    from pathlib import Path

WORDS, DIGITS, OTHER = (
    row("words", "بلغت الخسائر ثلاثة ملايين دولار في الحريق"),
    row("digits", "بلغت الأرباح 3,000,000 دولار في العام"),
    row("other", "فاز ثلاثة لاعبين بجوائز من ملايين المشاركات في العام"),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder: Path = tmp_path_factory.mktemp("numbers")
    made = Site(folder)
    made.build(WORDS, DIGITS, OTHER, *(row(f"third{at}", f"خبر رقم 3 من {at}") for at in range(3)))
    return made


@pytest.mark.parametrize(
    "typed", ["3000000", "3 ملايين", "«3 ملايين» 3000000", "٣٠٠٠٠٠٠", "ثلاثة ملايين", "ثلاثه ملايين"]
)
def test_every_way_to_write_it_finds_and_marks_it(site: Site, typed: str) -> None:
    titles = {hit["id"]: hit["title_html"] for hit in site.ask(typed)["hits"] if hit["type"] == "article"}
    assert "<mark>ثلاثة ملايين</mark>" in titles["words"]
    assert "<mark>3,000,000</mark>" in titles["digits"]


def test_digits_do_not_find_the_words_apart(site: Site) -> None:
    assert site.found("3000000") == {"words", "digits"}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ('"ثلاثة ملايين"', {"words"}),
        ('"ثلاثة ملايين دولار"', {"words"}),
        ('"الخسائر ثلاثة ملايين"', {"words"}),
        ('"ملايين دولار"', {"words"}),
        ('"3000000"', {"digits"}),
        ('"3 ملايين"', set()),
        ("=ثلاثة", {"words", "other"}),
    ],
)
def test_phrases_and_letters_are_of_words_alone(site: Site, typed: str, expected: set[str]) -> None:
    assert site.found(typed) == expected


def test_what_was_understood_is_what_was_typed(site: Site) -> None:
    understood = site.ask("ثلاثة ملايين دولار")["query"]["understood"]
    assert re.sub(r"[()]", "", understood) == "ثلاثة ملايين دولار"
