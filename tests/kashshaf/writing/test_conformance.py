"""Requests made of the contract by schemathesis: those that write get the answers that it promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson
import pytest
import schemathesis
from hypothesis import HealthCheck
from hypothesis import settings as examples
from schemathesis.checks import CHECKS

from kashshaf.search_app.keys.key import make
from kashshaf.search_app.keys.key_file import KeyFile, key_file
from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.web.app import create_app
from kashshaf.search_app.web.contract.operation import NDJSON
from kashshaf.writing.routes import install
from tests.kashshaf.site import BRIDGE, SCHOOL, Site
from tests.search_app.web.contract.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemathesis import Case

EXAMPLES = 12
NOT_SAID = [
    "positive_data_acceptance",  # an article needs an id or an address, and a title or a body
    "negative_data_rejection",  # what is of another type is mended
    "missing_required_header",  # the key goes with every request
    "ignored_auth",
    "allow_header_conformance",  # Allow names the methods that read too, which are left out here
]
"""Checks of what no schema says, or that would need requests without the key."""
place = Place()
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", place).exclude(method="GET")


@schemathesis.serializer(NDJSON)
def _line(ctx: object, value: object) -> bytes:
    del ctx
    return orjson.dumps(value, default=str) + b"\n"


@pytest.fixture(scope="module", autouse=True)
def _served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A server of a small site, with an admin key in each request.

    On Tantivy: Whoosh names its files by Python's random numbers, and hypothesis seeds these for each example
    alike, so that a second file would have the name of the first.
    """
    site = Site(tmp_path_factory.mktemp("site"), "tantivy")
    site.build(BRIDGE, SCHOOL)
    settings = replace(site.settings, rate_limit="off", rate_limit_key="off", rate_limit_write="off")
    key, place.key = make("admin", "admin", (), datetime.now(UTC), None)
    KeyFile(key_file(settings)).change(lambda before: [*before, key])
    service = SearchService(settings)
    place.application = create_app(service, settings, additions=[install])
    yield
    service.close()


@schema.parametrize()
@examples(max_examples=EXAMPLES, deadline=None, suppress_health_check=[*HealthCheck], derandomize=True)
def test_what_is_written_is_answered_by_the_contract(case: Case[Any]) -> None:
    excluded: list[Any] = CHECKS.get_by_names(NOT_SAID)
    case.call_and_validate(excluded_checks=excluded)
