"""Requests made of the contract by schemathesis, right ones and wrong ones, get the answers it promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS

from kashshaf.index.settings import Settings
from kashshaf.search_app.query.request_values import MAX_WINDOW
from kashshaf.search_app.web.app import create_app
from kashshaf.writing import routes as writing
from tests.search_app.web.contract.place import Place

if TYPE_CHECKING:
    from schemathesis import Case

    from kashshaf.search_app.results.service import SearchService

EXAMPLES = 25


place = Place()
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", place).include(method="GET")


@pytest.fixture(scope="module", autouse=True)
def _served(stories: SearchService) -> None:
    place.application = create_app(stories, Settings(rate_limit="off"), additions=[writing.install])


def _says_more_than_a_schema_can(query: dict[str, Any]) -> bool:
    """True where values that are right each by itself may be refused: dates, and what two say together."""
    dated = "from" in query or "to" in query
    number = {name: int(query.get(name, 1)) for name in ("page", "size") if str(query.get(name, 1)).isdigit()}
    deep = number.get("page", 1) * max(number.get("size", 10), 10) > MAX_WINDOW
    return dated or deep or query.get("sort") == "likes"


def _excluded(query: dict[str, Any]) -> list[str]:
    """The checks that do not hold for a query: an empty value, as forms send, is as good as none.

    ``Allow`` names the methods that write too, which are left out here.
    """
    empty = any(not value and value != 0 for value in query.values())
    beyond = ["positive_data_acceptance"] if _says_more_than_a_schema_can(query) else []
    return ["allow_header_conformance", *beyond, *(["negative_data_rejection"] if empty else [])]


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[*HealthCheck], derandomize=True)
def test_answers_are_those_of_the_contract(case: Case[Any]) -> None:
    excluded: list[Any] = CHECKS.get_by_names(_excluded(dict(case.query or {})))
    case.call_and_validate(excluded_checks=excluded)
