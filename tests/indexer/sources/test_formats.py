"""The table of formats: each row can be read, and no two rows claim one suffix or media type."""

from __future__ import annotations

import importlib
import inspect
from itertools import chain

import pytest

from kashshaf.indexer.sources.formats import FORMATS, MEDIA_TYPES, SUFFIXES, Format, format_of
from tests.conftest import ROOT

ENTRY = ["stream", "reading", "place"]


@pytest.mark.parametrize(
    ("head", "suffix", "expected"),
    [
        (b"<!DOCTYPE html>", ".txt", "html"),
        (b"<p>x", ".html", "html"),
        (b"{", ".html", "html"),
        (b"<html>", ".json", "json"),
        (b"\xef\xbb\xbf {", "", "json"),
        (b"x", "", "text"),
        (b"<?xml version='1.0'?><rss>", "", "xml"),
        (b"<?xml version='1.0'?><html>", ".xml", "html"),
        (b"<rss>", ".txt", "text"),
        (b"title,body", ".csv", "table"),
        (b"a page about <html>", ".txt", "text"),
    ],
)
def test_format_of(head: bytes, suffix: str, expected: str) -> None:
    assert format_of(head, suffix).name == expected


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.name)
def test_the_reader_of_a_row_has_the_one_entry(row: Format) -> None:
    read = importlib.import_module(f"kashshaf.indexer.sources.{row.reader}").read
    assert list(inspect.signature(read).parameters) == ENTRY


def test_a_suffix_or_a_media_type_is_of_one_format() -> None:
    assert len(SUFFIXES) == len(list(chain.from_iterable(row.suffixes for row in FORMATS)))
    assert len(MEDIA_TYPES) == len(list(chain.from_iterable(row.media_types for row in FORMATS)))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_suffix_tells_its_format(suffix: str) -> None:
    assert suffix == suffix.lower()
    assert format_of(b"", suffix) is SUFFIXES[suffix]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_suffix_is_documented(suffix: str) -> None:
    assert f"`{suffix}`" in (ROOT / "docs" / "sources.md").read_text("utf-8")
