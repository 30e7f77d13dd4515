"""An item of a feed may hold anything: it costs that item, and none of those after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.indexer.sources.told import told

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.indexer.sources.reading import Reading

NAMES = [
    "1x", "a:b:c", ":a", "a:", "-a", ".", "ª", "µ", "²", "a\u00d7b", "a\u037e", "ﷺ", "١", "ع1", "xmlns:a",
    "xml:lang", "a\x01", "dc:", "dc:1", "a" * 100_000, "title", "item", "channel", "rss", "entry",
]  # fmt: skip
DAMAGE = {
    **{f"name {name[:20]!a}": f"<{name}>x</{name}>" for name in NAMES},
    "two attributes of a name": "<a b='1' b='2'>x</a>",
    "an attribute without a value": "<a b>x</a>",
    "a value without quotes": "<a b=c>x</a>",
    "a quote alone": "<a '>x</a>",
    "a value without end": '<a b="x>y</a>',
    "a sign in a value": "<a b='<&'>x</a>",
    "an attribute of a name too long": f"<a {'b' * 60_000}='1'>x</a>",
    "an attribute without a prefix's name": "<a b:c:d='1'>x</a>",
    "a name for a namespace that is none": "<a xmlns:xml='u' xmlns:xmlns='v'>x</a>",
    "control characters": "\x01\x02\x1b\x7f\ufffe\uffff",
    "references to no character": "&#0;&#1;&#xFFFF;&#xD800;&#x110000;&#9999999;",
    "references to no character in a value": "<a b='&#0;&#xD800;'>x</a>",
    "CDATA without end": "<![CDATA[ x < y",
    "CDATA with half an end": "<![CDATA[ x ]]",
    "an instruction without end": "<?php echo 1",
    "a declaration": "<!DOCTYPE a [<!ENTITY b 'c'>]>&b;",
    "an end of a declaration": "]]>",
    "empty tags": "<></>< a></ a><a//>",
    "half a tag": "<a b='",
    "an end of the item": "</item",
    "an end of the list": "</channel>",
    "an end of all": "</channel></rss>",
    "elements in one another": "<a>" * 400 + "</a>" * 400,
    "elements in one another without end": "".join(f"<a{number}>" for number in range(400)),
    "elements crossed": "<a><b><c></a></b></c>",
}
BEFORE = "<item><title>الأول</title><link>https://a.example/1</link></item>"
AFTER = "<item><title>الثالث &lt;&quot;</title><link>https://a.example/3</link></item>"
FEED = "<?xml version='1.0'?><rss version='2.0'><channel><title>صحيفة</title>{}</channel></rss>"
DAMAGED_ITEM = "<item><title>الثاني{}</title>{}<link>https://a.example/2</link></item>"
KEPT = {"الأول", 'الثالث <"'}


def feed(title: str, beside: str) -> bytes:
    items = BEFORE + DAMAGED_ITEM.format(title, beside) + AFTER
    return FEED.format(items).encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_item_costs_no_other(damage: str, tmp_path: Path, reading: Reading) -> None:
    for title, beside in (("", DAMAGE[damage]), (DAMAGE[damage], "")):
        found = told(tmp_path, "a.xml", feed(title, beside), reading)
        assert set(found.titles) >= KEPT, (found.refused, found.mended)


PIECES = st.sampled_from(
    [
        *(each for name, each in DAMAGE.items() if "control" not in name),
        "<a>",
        "</a>",
        "نص",
        "&amp;",
        "<b c='d'>",
        "</item>",
        "<item>",
        "<title>",
        "</title>",
        "]]>",
    ]
)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(PIECES.filter(lambda piece: len(piece) < 2_000), max_size=8))
def test_damage_of_several_kinds(tmp_path: Path, reading: Reading, pieces: list[str]) -> None:
    found = told(tmp_path, "a.xml", feed("", "".join(pieces)), reading)
    assert 'الثالث <"' in found.titles, (found.refused, found.mended)


def test_items_in_a_comment_stay_out(tmp_path: Path, reading: Reading) -> None:
    found = told(tmp_path, "a.xml", feed("", f"<!-- {AFTER}{AFTER} -->"), reading)
    assert found.titles == ["الأول", "الثاني", 'الثالث <"']
