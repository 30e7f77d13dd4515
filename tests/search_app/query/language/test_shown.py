from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.search_app.query.language.reader import parse
from kashshaf.search_app.query.language.shown import excluded_values, period
from kashshaf.search_app.query.parameters import SearchRequest
from tests.search_app.query.language.typed import TODAY

if TYPE_CHECKING:
    from kashshaf.search_app.query.language.shown import Period
    from kashshaf.search_app.results.service import SearchService


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("الميناء", None),
        ("الميناء صيف 2015", {"text": "صيف 2015", "from": "2015-06-01", "to": "2015-08-31"}),
        (
            "الميناء من:2016-05 إلى:24/05/2016",
            {"text": "من:2016-05 إلى:2016-05-24", "from": "2016-05-01", "to": "2016-05-24"},
        ),
        ("الميناء من:2016", {"text": "من:2016", "from": "2016-01-01", "to": None}),
    ],
)
def test_the_dates_of_a_query(text: str, expected: Period | None) -> None:
    assert period(parse(text, TODAY)) == expected


def test_excluded_keywords_are_told_without_their_sign() -> None:
    assert [*excluded_values(parse("x -مصدر:واس قسم:رياضة", TODAY))] == ["مصدر:واس"]


def test_the_answer_tells_both(stories: SearchService) -> None:
    found = stories.search(SearchRequest("الميناء -التوسعة -مصدر:واس من:2010"))["query"]
    assert found["excluded"] == ["التوسعة", "مصدر:واس"]
    assert found["period"] == {"text": "من:2010", "from": "2010-01-01", "to": None}
    plain = stories.search(SearchRequest("الميناء"))["query"]
    assert (plain["period"], plain["excluded"]) == (None, [])
