"""Selectors made for elements, the simplest first; which of them are taken is measured on pages."""

from __future__ import annotations

import pytest
from lxml.cssselect import CSSSelector

from kashshaf.indexer.profiles.selectors import Target, candidates, chosen
from kashshaf.indexer.sources.html.tree import parse

PAGE = (
    "<body><div id=main class='box wide'><article><h1>عنوان</h1><p class=by>رامي</p></article></div>"
    "<ul id=list9><li class='c row1' id=comment-1>أول<li class='c row2' id=comment-2>ثان</ul>"
    "<table><tr><td><b>اسم</b></td></tr></table>"
)
MADE = [
    ("its id", "#main", "div#main"),
    ("what numbered ids begin with", "li", 'li[id^="comment-"]'),
    ("classes that all have", "li", "li.c"),
    ("its class", "p", "p.by"),
    ("its path from a named element", "p", "div#main > article > p.by"),
    ("tags that a page has one of", "h1", "h1"),
    ("a path of tags", "b", "table > tr > td > b"),
]
NEVER = [
    ("a tag alone", "p", "p"),
    ("an id with numbers", "ul", "ul#list9"),
    ("a class of one alone", "li", "li.row1"),
    ("the whole page", "b", "body > table > tr > td > b"),
]


def made(selector: str) -> list[str]:
    root = parse(PAGE)
    return candidates(CSSSelector(selector)(root), root)


@pytest.mark.parametrize(("rule", "selector", "found"), MADE, ids=[row[0] for row in MADE])
def test_what_is_made(rule: str, selector: str, found: str) -> None:
    assert found in made(selector), rule


@pytest.mark.parametrize(("rule", "selector", "found"), NEVER, ids=[row[0] for row in NEVER])
def test_what_is_never_made(rule: str, selector: str, found: str) -> None:
    assert found not in made(selector), rule


@pytest.mark.parametrize("selector", ["#main", "li", "h1", "b", "p"])
def test_each_finds_what_it_was_made_for(selector: str) -> None:
    root = parse(PAGE)
    wanted = CSSSelector(selector)(root)[0]
    assert all(wanted in CSSSelector(one)(root) for one in candidates([wanted], root))


def wanted(html: str, selector: str) -> Target:
    root = parse(f"<body>{html}")
    return Target(root, tuple(CSSSelector(selector)(root)))


def take(pages: list[Target], fewest: int = 3, most_wrong: float = 0.2) -> list[str]:
    return chosen(pages, lambda page, found: found[0] in page.elements, fewest=fewest, most_wrong=most_wrong)


def test_the_simplest_that_holds_on_most_pages_is_taken() -> None:
    pages = [wanted("<p class=a>x<p class=b>y", ".b") for _ in range(5)]
    assert take(pages) == ["p.b"]
    wrong = wanted("<p class=b>z<p class=b>y", "p:nth-child(2)")
    assert take([*pages, wrong]) == ["p.b"]
    assert take([*pages, wrong, wrong]) == []


def test_another_is_taken_for_pages_of_another_make() -> None:
    pages = [wanted("<p class=b>y", ".b")] * 4 + [wanted("<h2 class=t>y", ".t")] * 3
    assert take(pages) == ["p.b", "h2.t"]
    assert take(pages, fewest=4) == ["p.b"]


def test_of_nothing_nothing_is_taken() -> None:
    assert take([]) == []
    assert take([Target(parse("<p>x"), ())] * 5) == []
