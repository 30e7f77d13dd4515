from __future__ import annotations

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from kashshaf.index.settings import Settings
from kashshaf.search_app.query.parameters import MAX_TEXT, PARAMETERS, SearchRequest
from kashshaf.search_app.web.listing.page_request import LONG_TEXT, SHOWN, WRONG_ORDER, read
from kashshaf.search_app.web.problems import PARAMETER_HINTS


@pytest.mark.parametrize(
    ("given", "request_", "faults"),
    [
        ({"q": ["x"], "utm_source": ["a"]}, SearchRequest("x"), {}),
        ({"q": ["x"], "from": ["2016-15"]}, SearchRequest("x"), {"from": PARAMETER_HINTS["from"]}),
        (
            {"from": ["2016-15"], "to": ["2016"], "tag": ["أ"]},
            SearchRequest(filters={"to": ("2016",), "tag": ("أ",)}),
            {"from": PARAMETER_HINTS["from"]},
        ),
        (
            {"from": ["2017"], "to": ["2016"]},
            SearchRequest(filters={"to": ("2016",)}),
            {"from": WRONG_ORDER},
        ),
        (
            {"sort": ["best"], "page": ["0"], "in": ["news"], "q": ["x"]},
            SearchRequest("x"),
            {
                "in": PARAMETER_HINTS["other"],
                "sort": PARAMETER_HINTS["other"],
                "page": PARAMETER_HINTS["page"],
            },
        ),
        ({"q": ["x" * 2_000]}, SearchRequest("x" * MAX_TEXT), {"q": LONG_TEXT}),
        ({"q": ["x", "y"]}, SearchRequest("x"), {"q": LONG_TEXT}),
    ],
)
def test_what_can_be_answered_is_and_the_rest_is_told(
    given: dict[str, list[str]], request_: SearchRequest, faults: dict[str, str]
) -> None:
    found = read(given, Settings())
    assert found.request == request_
    assert found.faults == faults


def test_dates_stay_as_they_were_typed() -> None:
    found = read({"from": ["غداً\x00 x" * 20], "to": ["2016"]}, Settings())
    assert found.typed == {"from": ("غداً  x" * 20)[:SHOWN], "to": "2016"}


NAMES = st.sampled_from([*PARAMETERS, "colour"])
VALUES = st.lists(st.text(max_size=40) | st.sampled_from(["2016", "2016-15", "1437-08", "9999", "0", "-1"]))


@drawn(st.dictionaries(NAMES, VALUES))
def test_any_address_is_a_request(parameters: dict[str, list[str]]) -> None:
    found = read(parameters, Settings())
    assert set(found.faults) <= set(parameters)
    again = {name: values for name, values in parameters.items() if name not in {*found.faults, "colour"}}
    assert read(again, Settings()).request == found.request or "q" in found.faults
