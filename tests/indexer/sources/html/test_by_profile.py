"""Pages read by a site profile: what it states is final, what it leaves out is found without it."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kashshaf.indexer.profiles import profile_file
from kashshaf.indexer.profiles.library import ProfileLibrary
from kashshaf.indexer.sources.decoding import encoding
from kashshaf.indexer.sources.html import page as html_page
from kashshaf.indexer.sources.html.by_profile import in_iso_form
from kashshaf.indexer.sources.html.hosts import host_of, hosts_of
from kashshaf.indexer.sources.html.tree import parse
from kashshaf.indexer.sources.outcome import UnfitError
from tests.conftest import ROOT, SAMPLES
from tests.indexer.sources.html.shapes import story, tables, wordpress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kashshaf.index.documents import Article
    from kashshaf.indexer.sources.profile import Profile
    from kashshaf.indexer.sources.reading import Reading

ONE = story(3)
PAGE = (
    "<html><head><title>الساحل</title><link rel=canonical href=https://www.sahel.example/1></head><body>"
    "<div class=top><h4>حوار</h4><h1>الساحل</h1></div><h2>عنوان الخبر</h2><i>كتب: رامي حداد (الساحل)</i>"
    "<b class=day>05/24/2016</b><div class=t><p>فقرة أولى.<p><span class=ad>اشترك الآن!</span>فقرة ثانية."
    "<h3>عنوان</h3><p>فقرة ثالثة.<p><a href=/2>خبر آخر له صلة</a></div>"
    "<u class=k>ماء</u><u class=k>بحر</u><em>عدد الردود: 7</em>"
    "<dl data-n=c1><dt>سالم <dd>خبر سعيد<br>حقا<s>+3</s><q>24/05/2016</q></dl>"
    "<dl data-n=c2><dt>هدى <dd>صدقت<s>-1</s><small>ردا على سالم:</small></dl></body></html>"
)
PROFILE = """
hosts = ["sahel.example"]
source = "الساحل"
[article]
kicker = ".top h4"
title = "h2"
text = ".t"
remove = [".ad"]
author = { select = "i", pattern = 'كتب: (.+?) \\(' }
date = { select = ".day", formats = ["%d.%m.%Y", "%m/%d/%Y"] }
tags = ".k"
comments_declared = "em"
[comments]
item = "dl"
id = { select = "dl", attribute = "data-n" }
author = "dt"
text = "dd"
remove = "s, q, small"
date = "q"
likes = "s"
answers = { select = "small", pattern = 'ردا على (.+):' }
"""


def profile(text: str) -> Profile:
    return profile_file.parse(text, Path("site.toml"))


def article(
    page: str, reading: Reading, written: Sequence[Profile] = (), forced: Profile | None = None
) -> Article:
    return html_page.read_page(
        page, replace(reading, profiles=ProfileLibrary(written, forced).below("")), "page"
    ).article


def test_every_part_stands_where_the_profile_says(reading: Reading) -> None:
    found = article(PAGE, reading, [profile(PROFILE)])
    assert (found.kicker, found.title, found.author, found.source) == (
        "حوار",
        "عنوان الخبر",
        "رامي حداد",
        "الساحل",
    )
    assert (found.date, found.tags, found.comments_declared) == ("2016-05-24", ("ماء", "بحر"), 7)
    assert [(part.heading, part.text) for part in found.sections] == [
        ("", "فقرة أولى.\n\nفقرة ثانية."),
        ("عنوان", "فقرة ثالثة."),
    ]
    assert [(one.id, one.author, one.text, one.likes, one.parent) for one in found.comments] == [
        ("c1", "سالم", "خبر سعيد\n\nحقا", 3, ""),
        ("c2", "هدى", "صدقت", -1, "c1"),
    ]
    assert found.comments[0].date == "2016-05-24"


def test_what_is_left_out_is_found_without_it(reading: Reading) -> None:
    found = article(PAGE, reading, [profile('hosts = ["sahel.example"]\n[article]\ntext = ".t"')])
    assert found.url == "https://www.sahel.example/1"
    assert "فقرة ثالثة." in found.sections[-1].text


def test_what_is_stated_and_empty_stays_empty(reading: Reading) -> None:
    page = PAGE.replace(
        "</body>", "<div class=comment><b class=author>ليث</b> 24/05/2016<p>نص التعليق</p></div>"
    )
    text = 'hosts = ["sahel.example"]\n[article]\ntext = ".t"\nauthor = ".nobody"\n[comments]\nitem = ".none"'
    found = article(page, reading, [profile(text)])
    assert (found.author, found.comments) == ("", ())
    hint = f'when = "body"\n{text.partition(chr(10))[2]}'
    assert len(article(page, reading, [profile(hint)]).comments) == 1  # of no site: it cannot know


def test_parts_of_comments_without_a_rule_are_found_without_one(reading: Reading) -> None:
    page = (
        "<html><body><h1>عنوان</h1><div class=t><p>نص الخبر هنا.</p></div><ul><li><b class=name>سالم</b>"
        " <time datetime=2016-05-24>أمس</time><p class=text>نعم</p><ul><li><b class=name>هدى</b>"
        "<p class=text>لا</ul></ul>"
    )
    found = article(page, reading, forced=profile('[article]\ntext = ".t"\n[comments]\nitem = "li"'))
    assert [(one.author, one.text, one.date) for one in found.comments] == [
        ("سالم", "نعم", "2016-05-24"),
        ("هدى", "لا", None),
    ]
    assert found.comments[1].parent == found.comments[0].id


def test_a_profile_that_does_not_fit_is_named(reading: Reading) -> None:
    told = ProfileLibrary([profile('name = "الساحل"\nhosts = ["sahel.example"]\n[article]\ntext = ".story"')])
    long = "وقال الوزير إن المحطة ستغذي أربع مدن كانت تعاني من انقطاع المياه في الصيف منذ سنوات. " * 4
    page = PAGE.replace("فقرة ثالثة.", long)
    found = html_page.read_page(page, replace(reading, profiles=told.below("")), "page")
    assert found.article.sections
    assert html_page.MISSED.format("الساحل") in found.mended


HOSTS = [
    ("canonical", "<link rel=canonical>", "https://WWW.Example.org/a", "a.html", "example.org"),
    ("saved from", "<!-- saved from url=(0040)http://m.example.org/a -->", "", "a.html", "m.example.org"),
    (
        "SingleFile",
        "<!--\n Page saved with SingleFile \n url: https://example.org/a \n-->",
        "",
        "a.html",
        "example.org",
    ),
    ("a folder", "", "", "mirror/www.example.org/2016/a.html", "example.org"),
    (
        "most links",
        "<a href=http://a.example.org/>" * 5 + "<a href=http://facebook.com/s>",
        "",
        "a.html",
        "example.org",
    ),
    ("too few links", "<a href=http://facebook.com/s>" * 3, "", "a.html", ""),
    ("a domain of three parts", "<img src=//x><img src=http://i.bbc.co.uk/i>" * 4, "", "a.html", "bbc.co.uk"),
]


@pytest.mark.parametrize(("rule", "page", "url", "name", "host"), HOSTS, ids=[row[0] for row in HOSTS])
def test_where_a_page_is_from(rule: str, page: str, url: str, name: str, host: str) -> None:
    assert [*hosts_of(page, parse(f"<html><body>{page}"), url, name), ""][0] == host, rule


@pytest.mark.parametrize(
    "url", ["", "ftp://example.org/", "//example.org", "http://", "http://[", "javascript:x"]
)
def test_what_is_no_address_has_no_host(url: str) -> None:
    assert host_of(url) == ""


FORMATS = [
    ("05/24/2016", ["%m/%d/%Y"], "2016-05-24"),
    ("٠٥/٢٤/٢٠١٦", ["%m/%d/%Y"], "2016-05-24"),
    ("05/24/2016 10:30", ["%m/%d/%Y", "%m/%d/%Y %H:%M"], "2016-05-24T10:30:00"),
    ("24 مايو 2016", ["%m/%d/%Y"], "24 مايو 2016"),
]


@pytest.mark.parametrize(("text", "formats", "iso"), FORMATS)
def test_formats_of_dates(text: str, formats: list[str], iso: str) -> None:
    assert in_iso_form(text, formats) == iso


def test_a_wordpress_theme(reading: Reading) -> None:
    found = article(wordpress(ONE), reading, profile_file.shipped())
    assert (found.title, found.author, found.date) == (ONE.title, "رامي حداد", "2016-05-09T06:00:00+00:00")
    assert (found.section, found.tags) == ("محليات", ("ماء", "بناء"))
    assert found.sections[0].text == "\n\n".join(ONE.paragraphs)
    assert [(one.author, one.text) for one in found.comments] == [
        (name, text) for name, _, text in ONE.comments
    ]
    assert [one.parent for one in found.comments] == ["", "comment-0", "comment-0"]


def test_a_board_of_tables_without_a_profile(reading: Reading) -> None:
    found = article(encoding.decode(tables(ONE)).text, reading)
    assert [(one.author, one.date and one.date[:10]) for one in found.comments] == [
        (name, f"2016-05-{day}") for name, day, _ in ONE.comments
    ]
    assert all(text in one.text for one, (_, _, text) in zip(found.comments, ONE.comments, strict=True))


def test_the_example_of_the_docs_reads_the_samples(reading: Reading) -> None:
    docs = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    example = profile(docs.partition("```toml\n")[2].partition("```")[0])
    text = encoding.decode((SAMPLES / "html" / "asil-bridge.html").read_bytes()).text
    found = article(text, reading, [example])
    plain = article(text, reading)
    assert found == replace(plain, source="الأصيل", author="مراسل الأصيل")
    assert (found.section, found.date, found.comments_declared) == ("محليات", "2009-10-18", 3)
    assert (len(found.comments), found.lead[:6]) == (3, "أضيئت ")


def test_every_key_is_documented() -> None:
    docs = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    for name in (*profile_file.TOP, *profile_file.ARTICLE, *profile_file.COMMENTS, *profile_file.VALUE):
        assert f"`{name}`" in docs or f"`[{name}]`" in docs, name


def test_a_draft_knows_no_better_than_what_is_said_for_machines(reading: Reading) -> None:
    page = PAGE.replace("<head>", "<head><meta name=author content='ليث'>")
    text = 'hosts = ["sahel.example"]\n[article]\ntext = ".t"\nauthor = "i"'
    assert article(page, reading, [profile(text)]).author.startswith("كتب: رامي")
    assert article(page, reading, forced=profile(f"drafted = true\n{text}")).author == "ليث"


def test_a_pattern_that_takes_too_long_refuses_the_page_and_is_named(reading: Reading) -> None:
    slow = profile("[article]\ntitle = 'h1'\nauthor = { select = 'i', pattern = '((?:a|aa)+)$' }")
    start = time.process_time()
    with pytest.raises(UnfitError, match="took too long on it; simplify it"):
        article(f"<h1>خبر</h1><i>{'a' * 80}b</i><p>نص", reading, forced=slow)
    assert time.process_time() - start < 3
