"""XML from outside: told by its first element, read as a stream, and no harm done by any of it."""

from __future__ import annotations

import gzip
import resource
import time
from dataclasses import replace
from io import BufferedReader, BytesIO
from typing import TYPE_CHECKING

import pytest

from kashshaf.indexer.sources.outcome import Refused, UnfitError
from kashshaf.indexer.sources.xml import document, reader
from tests.indexer.sources.told import told

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.indexer.sources.reading import Reading

HEAD = '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>صحيفة</title>'
TAIL = "</channel></rss>"


def item(title: str, more: str = "") -> str:
    return f"<item><title>{title}</title><link>https://a.example/{title}</link>{more}</item>\n"


def rss(*items: str) -> str:
    return HEAD + "".join(items) + TAIL


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
REFUSED: dict[str, tuple[str | bytes, str]] = {
    "a byte order mark alone": (b"\xef\xbb\xbf", "there is nothing in it"),
    "billion laughs": (
        f'<!DOCTYPE r [<!ENTITY a0 "ha">{LAUGHS}]><rss><channel>{item("&a11;")}{TAIL}',
        "declares entities",
    ),
    "laughs in an attribute": (
        f'<!DOCTYPE r [<!ENTITY a0 "ha">{LAUGHS}]><rss a="&a11;"><channel>{item("x")}{TAIL}',
        "entities",
    ),
    "one entity": (f'<!DOCTYPE r [<!ENTITY a "ha">]><rss><channel>{item("x")}{TAIL}', "declares entities"),
    "an entity from outside": (
        '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel/></rss>',
        "declares entities",
    ),
    "nested without end": (HEAD + "<a>" * 10_000 + "x" + "</a>" * 10_000 + TAIL, "no item in the feed"),
    "a sitemap": ("<urlset><url><loc>https://a.example/</loc></url></urlset>", "sitemap"),
    "another XML": ("<?xml version='1.0'?><svg><path/></svg>", "begins with <svg>"),
    "no XML": ("not at all", "damaged"),
    "nothing": ("", "empty"),
    "only spaces": (" \n", "empty"),
    "binary": (b"\x00\x01\x02\x03" * 100, "binary"),
    "without items": (rss(), "no item"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_by_name(name: str, tmp_path: Path, reading: Reading) -> None:
    content, reason = REFUSED[name]
    found = told(tmp_path, "a.xml", content, reading)
    assert found.articles == []
    assert reason in found.reasons
    assert all(place.startswith("a.xml") for place, _ in found.refused)


MENDED: dict[str, tuple[str | bytes, list[str]]] = {
    "control characters": (rss(item("أو\x0bل\x00"), item("ثان")), ["أول", "ثان"]),
    "a character reference that cannot be": (rss(item("أول&#11;"), item("ثان")), ["أول", "ثان"]),
    "a bare ampersand": (rss(item("أول"), item("ثان", "<description>a & b</description>")), ["أول", "ثان"]),
    "an unknown entity": (
        rss(item("أول", "<description>a&nbsp;b</description>"), item("ثان")),
        ["أول", "ثان"],
    ),
    "a CDATA that ends too soon": (
        rss(item("أول", "<description><![CDATA[a]]>b]]></description>"), item("ثان")),
        ["أول", "ثان"],
    ),
    "a DOCTYPE of RSS 0.91": (
        '<!DOCTYPE rss PUBLIC "-//N//DTD" "http://a.example/rss.dtd">' + rss(item("أول"))[38:],
        ["أول"],
    ),
    "white space before it": ("\n\n " + rss(item("أول"))[38:], ["أول"]),
    "white space before the declaration": ("\ufeff\n\n" + rss(item("&quot;أول&quot;")), ['"أول"']),
    "words of a program before it": ("Warning: x in y.php\n" + rss(item("&quot;أول&quot;")), ['"أول"']),
    "markup of a program before it": ("<br />\n<b>Notice</b>: x\n" + rss(item("أول")), ["أول"]),
    "usual prefixes that are not declared": (
        rss("<item><dc:title>أول</dc:title><content:encoded>نص</content:encoded></item>"),
        ["أول"],
    ),
    "many prefixes that are not declared": (rss(item("أول", "<x:y/>" * 600), item("ثان")), ["أول", "ثان"]),
    "an item that does not end": (rss("<item><title>أول</title>", item("ثان")), ["أول", "ثان"]),
    "windows-1256, declared": (
        rss(item("أول")).replace("UTF-8", "windows-1256").encode("cp1256"),
        ["أول"],
    ),
    "windows-1256, declared as UTF-8": (
        rss(item("أول خبر عن المدينة والناس في الصباح")).encode("cp1256"),
        ["أول خبر عن المدينة والناس في الصباح"],
    ),
    "UTF-16": (rss(item("أول")).replace("UTF-8", "UTF-16").encode("utf-16"), ["أول"]),
    "a byte that is not UTF-8": (
        rss(item("أول"), item("ثان", f"<description>{'كلام ' * 50}\u0641</description>"))
        .encode()
        .replace(b"\xd9\x81", b"\xff"),
        ["أول", "ثان"],
    ),
}  # fmt: skip


FULL = "<description>&lt;p&gt;قال &amp;quot;نعم&amp;quot; &amp;amp; مضى&lt;/p&gt;</description>"
DAMAGE = {
    "an ampersand": "<category>بر & بحر</category>",
    "an ampersand in an address": "<comments>https://a.example/?a=1&b=2</comments>",
    "an entity of HTML": "<category>بر&nbsp;وبحر</category>",
    "an entity that nobody knows": "<category>&whatever;</category>",
    "a sign for less": "<category>3 < 4</category>",
    "a name that begins with a figure": "<3rd>x</3rd>",
    "a name with a sign in it": "<a$b>x</a$b>",
    "a name with two colons": "<a:b:c>x</a:b:c>",
    "a name with a colon first": "<:b>x</:b>",
    "a prefix that is not declared": "<media:rating>x</media:rating>",
    "a value without quotes": "<source url=x>y</source>",
    "an attribute without a value": "<source url>y</source>",
    "an attribute twice": '<source url="x" url="y"/>',
    "an element that ends twice": "<source>y</source></source>",
    "an end without its sign": "<category>بر</category",
    "the end of a section alone": "<category>بر ]]> بحر</category>",
    "dashes in a comment": "<!-- a -- b -->",
    "a second declaration": '<?xml version="1.0"?>',
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_costs_nothing_of_what_follows(name: str, tmp_path: Path, reading: Reading) -> None:
    content = rss(
        item("&quot;أول&quot;", FULL), item("ثان", DAMAGE[name] + FULL), item("&lt;ثالث&gt; &amp;", FULL)
    )
    found = told(tmp_path, "a.xml", content, reading)
    assert found.titles == ['"أول"', "ثان", "<ثالث> &"]
    assert {article.sections[0].text for article in found.articles} == {'قال "نعم" & مضى'}


@pytest.mark.parametrize("name", MENDED)
def test_read_in_spite_of(name: str, tmp_path: Path, reading: Reading) -> None:
    content, titles = MENDED[name]
    assert told(tmp_path, "a.xml", content, reading).titles == titles


def test_what_is_damaged_is_named_by_its_line(tmp_path: Path, reading: Reading) -> None:
    found = told(
        tmp_path, "a.xml", rss(item("أول"), "<item><title>ث<b></title></item>\n", item("ثالث")), reading
    )
    assert found.titles == ["أول", "ث", "ثالث"]
    assert found.refused == []
    assert found.mended == [document.REPAIRED.format(1, 2)]


@pytest.mark.parametrize("share", [0.3, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("packed", [False, True])
def test_a_cut_file_gives_what_stood_before(
    share: float, packed: bool, tmp_path: Path, reading: Reading
) -> None:
    content = rss(*(item(f"خبر{number}") for number in range(50))).encode()
    raw = gzip.compress(content) if packed else content
    found = told(tmp_path, "a.xml.gz" if packed else "a.xml", raw[: int(len(raw) * share)], reading)
    assert found.titles == [f"خبر{number}" for number in range(len(found.titles))]
    assert packed or 10 < len(found.titles) < 51
    assert len(found.refused) == 1
    assert "cut off" in found.reasons or "cannot be read" in found.reasons


LONG = 2_000_000


@pytest.mark.parametrize("piece", ["<x/>", "<x>", "x", "<!-- x -->", "</x>", "&x;", "<?x y?>"])
@pytest.mark.parametrize("head", [HEAD, HEAD + "<item>", HEAD + "<item><title><![CDATA[", HEAD + "<x a='"])
def test_a_long_stream_of_anything_comes_to_an_end(head: str, piece: str, reading: Reading) -> None:
    stream = BytesIO(head.encode() + piece.encode() * (LONG // len(piece)))
    started = time.process_time()
    try:
        outcomes = list(reader.read(BufferedReader(stream), reading, "a.xml"))
    except UnfitError:
        outcomes = []
    assert not outcomes or any(isinstance(outcome, Refused) for outcome in outcomes)
    assert time.process_time() - started < 10


@pytest.mark.parametrize("head", [HEAD, HEAD + "<item>"])
def test_one_element_may_not_be_too_large(
    head: str, tmp_path: Path, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "LARGEST_ITEM", 1_000_000)
    found = told(tmp_path, "a.xml", f"{head}<x>{'<y/>' * 500_000}", reading)
    assert "larger than" in found.reasons


def test_an_export_is_read_in_little_memory(tmp_path: Path) -> None:
    """60 MB of items, of which one at a time is kept."""
    path = tmp_path / "a.xml"
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        text = f"<description>{'كلام كثير. ' * 1_000}</description>"
        for number in range(3_000):
            file.write(item(f"خبر{number}", text))
        file.write(TAIL)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with path.open("rb") as stream:
        items = document.Document(stream)
        assert sum(1 for _ in items.elements("a.xml")) == 3_001
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000


def test_an_entry_without_words_is_refused(tmp_path: Path, reading: Reading) -> None:
    found = told(tmp_path, "a.xml", rss("<item><link>https://a.example/</link></item>", item("أول")), reading)
    assert found.titles == ["أول"]
    assert found.refused == [("a.xml#1", "it has neither a title nor a text")]


def test_a_feed_on_the_web_completes_its_links(tmp_path: Path, reading: Reading) -> None:
    on_web = replace(reading, address="https://a.example/feed/")
    found = told(
        tmp_path,
        "a.xml",
        "<rss><channel><item><title>أ</title><link>../x</link></item></channel></rss>",
        on_web,
    )
    assert found.articles[0].url == "https://a.example/x"
