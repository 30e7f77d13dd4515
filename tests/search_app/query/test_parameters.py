"""Parameters as browsers send them: bytes of an older form are read, other percent signs stay."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from kashshaf.index.settings import Settings
from kashshaf.search_app.query import parameters

if TYPE_CHECKING:
    from flask.testing import FlaskClient

OLD_FORMS = [
    ("windows-1256", "%E3%CF%D1%D3%C9", "مدرسة"),
    ("small letters", "%e3%cf%d1%d3%c9", "مدرسة"),
    ("among other words", "BBC %E3%CF%D1%D3%C9 5", "BBC مدرسة 5"),
]
LEFT = [
    ("plain", "مدرسة"),
    ("a share", "50%"),
    ("escaped letters of ASCII", "%41%42"),
    ("escaped UTF-8 that somebody typed", quote("مدرسة")),
    ("half of one", "%E"),
]


@pytest.mark.parametrize(("rule", "given", "text"), OLD_FORMS, ids=[row[0] for row in OLD_FORMS])
def test_bytes_that_are_no_utf_8_are_windows_1256(rule: str, given: str, text: str) -> None:
    assert parameters.read({"q": [given]}, Settings()).text == text, rule


@pytest.mark.parametrize(("rule", "given"), LEFT, ids=[row[0] for row in LEFT])
def test_other_percent_signs_stay(rule: str, given: str) -> None:
    assert parameters.clean(given) == given, rule


def test_a_query_of_an_older_form_finds(client: FlaskClient) -> None:
    old, new = (client.get(f"/api/v1/search?q={q}") for q in ("%C7%E1%CC%D3%D1", quote("الجسر")))
    assert old.get_json()["total"] == new.get_json()["total"] > 0
    assert old.get_json()["query"]["text"] == "الجسر"
