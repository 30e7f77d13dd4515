"""Words of time restrict the dates only where they can hardly be meant otherwise."""

from __future__ import annotations

import pytest

from kashshaf.search_app.query.language.canonical import canonical
from kashshaf.search_app.query.language.reader import parse
from kashshaf.search_app.query.language.time_words import literally
from tests.search_app.query.language.typed import TODAY

TAKEN = {
    # typed: (canonical form, words of time)
    "قصف الفلوجة الشهر الماضي": ("قصف الفلوجة من:2016-04 إلى:2016-04", "الشهر الماضي"),
    "قصف، في مايو 2016": ("قصف من:2016-05 إلى:2016-05", "في مايو 2016"),
    "صيف 2015 في تونس": ("في تونس من:2015-06 إلى:2015-08", "صيف 2015"),
    "سعر الذهب اليوم": ("سعر الذهب من:2016-05-24 إلى:2016-05-24", "اليوم"),
    "أمس": ("من:2016-05-23 إلى:2016-05-23", "أمس"),
    "-الرياضة أمس": ("-الرياضة من:2016-05-23 إلى:2016-05-23", "أمس"),
    "سعر الذهب أمس -الفضة": ("سعر الذهب -الفضة من:2016-05-23 إلى:2016-05-23", "أمس"),
    "أمس سعر الذهب -(فضة أو نحاس)": ("سعر الذهب -(فضة أو نحاس) من:2016-05-23 إلى:2016-05-23", "أمس"),
    "a أو b أمس": ("a أو b من:2016-05-23 إلى:2016-05-23", "أمس"),
    "(a أمس)": ("a من:2016-05-23 إلى:2016-05-23", "أمس"),
    "أمس a مصدر:b": ("a مصدر:b من:2016-05-23 إلى:2016-05-23", "أمس"),
    "أمس a أمس": ("أمس a من:2016-05-23 إلى:2016-05-23", "أمس"),
}


@pytest.mark.parametrize("typed", TAKEN)
def test_words_of_time_at_an_edge_become_dates(typed: str) -> None:
    query = parse(typed, TODAY)
    assert query.dates is not None
    assert (canonical(query), query.dates.surface) == TAKEN[typed]


LITERAL = [
    "كأس العالم 2018",  # a year alone
    "اليوم السابع",  # a newspaper
    "احتجاجات أمس في تونس",  # in the middle
    '"صيف 2015"',
    'رواية "صيف 2015"',
    "a أو أمس",
    "a -أمس",
    "a بدون أمس",
    "عنوان:أمس",
    "متى ولد فلان سنة 2015",
    "في أي عام 2015",
    "كأس العالم صيف 2030",  # in the future
    "حرب أكتوبر 1973",  # before there were news sites
    "واحد اثنان ثلاثة أربعة خمسة ستة أمس",  # a headline
    "a أمس من:2015",
]


@pytest.mark.parametrize("typed", LITERAL)
def test_elsewhere_they_are_words(typed: str) -> None:
    query = parse(typed, TODAY)
    assert query.dates is None or not query.dates.surface
    assert len(canonical(query).split()) == len(typed.split()) - ("بدون" in typed)


def test_they_can_be_looked_for_literally() -> None:
    query = literally(parse("حرائق صيف 2015 مصدر:a", TODAY))
    assert canonical(query) == "حرائق صيف 2015 مصدر:a"
    assert query.dates is None
