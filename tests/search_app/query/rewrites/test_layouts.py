"""Keyboard layouts in both directions, and keys that touch."""

from __future__ import annotations

import pytest

from kashshaf.search_app.query.rewrites.layouts import as_arabic, as_latin, has_keys, neighbours


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hgtg,[m", "الفلوجة"),
        ("Hpl]", "أحمد"),
        ("hguvhr 2016", "العراق 2016"),
        ("hgfghb]", "البلالاد"),
        ("hgtg;^,", "الفلوجة"),  # French keys
    ],
)
def test_latin_keys_give_arabic_letters(typed: str, meant: str) -> None:
    assert meant in as_arabic(typed)


@pytest.mark.parametrize(("typed", "meant"), [("فقعةح", "trump"), ("خلاشةش", "obama"), ("لاغشىش", "ghyana")])
def test_arabic_keys_give_latin_letters(typed: str, meant: str) -> None:
    assert any(each.replace("y", "") == meant.replace("y", "") for each in as_latin(typed))


def test_keys_without_an_arabic_letter_are_told() -> None:
    assert has_keys("ال[")
    assert not has_keys("الفلوجة 2016")


def test_keys_that_touch() -> None:
    assert set(neighbours("م")) >= set("نكخح")
    assert "ش" not in neighbours("م")
    assert "ر" in neighbours("و")  # the hamza on waw lies beside it
