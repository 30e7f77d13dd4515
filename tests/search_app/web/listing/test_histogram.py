from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from kashshaf.index.settings import Settings
from kashshaf.search_app.query.parameters import SearchRequest, read
from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.web.app import create_app
from kashshaf.search_app.web.listing.histogram import HEIGHT, LEAST, MAX_BARS, histogram
from kashshaf.search_app.web.listing.presets import presets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kashshaf.search_app.web.listing.facets import Counted

TODAY = date(2024, 3, 10)


@pytest.fixture(autouse=True)
def _within_the_application() -> Iterator[None]:
    with create_app(SearchService(Settings()), Settings()).test_request_context():
        yield


def _read(url: str) -> SearchRequest:
    return read(parse_qs(urlsplit(url).query), Settings())


def _facets(**counted: Mapping[str, int]) -> Counted:
    return {
        name: [{"value": value, "count": count} for value, count in rows.items()]
        for name, rows in counted.items()
    }


def _dated(first: str, last: str) -> SearchRequest:
    return SearchRequest("x", filters={"from": (first,), "to": (last,)}, page=2)


def test_years_without_results_have_their_place() -> None:
    found = histogram(SearchRequest("x"), _facets(year={"2012": 400, "2015": 1}), 10)
    assert found
    assert [(bar.period, bar.count, bar.height) for bar in found.bars] == [
        ("2012", 400, HEIGHT),
        ("2013", 0, 0),
        ("2014", 0, 0),
        ("2015", 1, LEAST),
    ]
    assert _read(found.bars[0].url) == SearchRequest("x", filters={"from": ("2012",), "to": ("2012",)})
    assert not any(bar.chosen for bar in found.bars)


def test_within_one_year_there_are_its_months() -> None:
    counted = _facets(year={"2012": 3, "2015": 1}, month={"2012-05": 2, "2012-06": 1, "2015-01": 1})
    found = histogram(_dated("2012-05", "2012-06"), counted, 10)
    assert found
    assert found.year == "2012"
    assert len(found.bars) == 12
    assert [bar.period for bar in found.bars if bar.chosen] == ["2012-05", "2012-06"]
    assert _read(found.bars[4].url).filters == {"from": ("2012-05",), "to": ("2012-05",)}
    assert _read(found.whole) == SearchRequest("x")


@pytest.mark.parametrize(
    "dates", [{"from": ("2011",)}, {"to": ("2012-06",)}, {"from": ("2011",), "to": ("2013",)}]
)
def test_the_only_year_has_its_months_whatever_the_dates(dates: dict[str, tuple[str, ...]]) -> None:
    counted = _facets(year={"2012": 3}, month={"2012-05": 2, "2012-07": 1})
    found = histogram(SearchRequest("x", filters=dates), counted, 10)
    assert found
    assert [bar.count for bar in found.bars[4:7]] == [2, 0, 1]


def test_a_span_of_years_is_chosen_bar_by_bar() -> None:
    found = histogram(_dated("2013", "2014-12-31"), _facets(year={"2012": 3, "2015": 1}), 10)
    assert found
    assert [bar.chosen for bar in found.bars] == [False, True, True, False]


@pytest.mark.parametrize("years", [{}, {"no year": 3}])
def test_without_dates_there_is_no_histogram(years: dict[str, int]) -> None:
    assert histogram(SearchRequest("x"), _facets(year=years), 10) is None


def test_a_wrong_date_does_not_stretch_the_axis() -> None:
    found = histogram(SearchRequest("x"), _facets(year={"0204": 1, "2015": 1}), 10)
    assert found
    assert len(found.bars) == MAX_BARS


def test_presets_lead_where_there_are_results() -> None:
    offered = presets(SearchRequest("x", page=2), _facets(month={"2023-06": 4}), TODAY, 10)
    assert [one.label for one in offered] == ["آخر سنة"]
    assert _read(offered[0].url) == SearchRequest("x", filters={"from": ("2023-03-10",)})
    assert presets(SearchRequest("x"), _facets(month={"2016-05": 4}), TODAY, 10) == []


def test_the_chosen_preset_stays() -> None:
    request = SearchRequest("x", filters={"from": ("2024-03-03",)})
    assert [(one.label, one.chosen) for one in presets(request, {}, TODAY, 10)] == [("آخر أسبوع", True)]
