"""Damaged XML is repaired as it is read, wherever its pieces are cut, and sound XML keeps its meaning."""

from __future__ import annotations

import time

import pytest
from lxml import etree

from kashshaf.indexer.sources.xml.repair import Repair


def repaired(text: str, size: int = 1_000) -> tuple[str, int]:
    repair = Repair([text[at : at + size] for at in range(0, len(text), size)])
    return "".join(repair.pieces()), repair.places


SOUND = [
    "<r><a b='1' c=\"&lt;\"/>&amp;&#1605;&#x645;</r>",
    "<r><![CDATA[ & < ]] > &nbsp; <b> ]]></r>",
    "<!DOCTYPE r SYSTEM 'x.dtd'><r>x</r>",
    "<r>1 > 0</r>",
    "<م:ن xmlns:م='u'><م:ص/></م:ن>",
]
DAMAGED = [
    ("<r>a & b</r>", "<r>a &#38; b</r>", 1),
    ("<r>&nbsp;&laquo;</r>", "<r>&#160;&#171;</r>", 2),
    ("<r>&nothing;</r>", "<r>&#38;nothing;</r>", 1),
    ("<r>1 < 2</r>", "<r>1 &#60; 2</r>", 1),
    ("<r><b><i>x</b></r>", "<r><b><i>x</i></b></r>", 1),
    ("<r>x</b></r>", "<r>x&#60;/b></r>", 1),
    ("<r><item>x<item>y</item></r>", "<r><item>x</item><item>y</item></r>", 1),
    ("<r>x<!-- & -- --></r>", "<r>x</r>", 0),
    ("<r><b", "<r>&#60;b", 1),
    ("<r><b>", "<r><b>", 0),
]


@pytest.mark.parametrize("text", SOUND)
@pytest.mark.parametrize("size", [1, 7, 1_000])
def test_sound_xml_means_what_it_did(text: str, size: int) -> None:
    made, places = repaired(text, size)
    canonical = [etree.canonicalize(each, strip_text=False) for each in (text, made)]
    assert (canonical[0], places) == (canonical[1], 0)


@pytest.mark.parametrize(("text", "expected", "places"), DAMAGED)
@pytest.mark.parametrize("size", [1, 5, 1_000])
def test_damage(text: str, expected: str, places: int, size: int) -> None:
    assert repaired(text, size) == (expected, places)


def test_the_line_of_the_first_place() -> None:
    repair = Repair(["<r>\n\n<a>\n", "x & y\n & </a></r>"])
    assert "".join(repair.pieces())
    assert (repair.places, repair.line) == (2, 4)


@pytest.mark.parametrize("piece", ["<", "&", "</a ", "<a b='", "<item>", "<![CDATA[", "]]>", '<a b="c" '])
def test_time_grows_with_the_length(piece: str) -> None:
    start = time.process_time()
    repaired("<r>" + piece * (1_000_000 // len(piece)), 60_000)
    assert time.process_time() - start < 5
