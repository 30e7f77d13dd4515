"""Addresses of pictures: what can be one, made whole, and what cannot."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kashshaf.indexer.sources.pictures.address import (
    LONGEST,
    first_usable,
    is_large_enough,
    is_picture_file,
    resolved,
)

BASE = "https://a.example/news/1.html"
RIGHT = [
    ("https://a.example/p.jpg", "https://a.example/p.jpg"),
    ("http://a.example/p", "http://a.example/p"),
    (" https://A.Example/P.JPG\n", "https://a.example/P.JPG"),
    ("/p.jpg", "https://a.example/p.jpg"),
    ("p.jpg?w=3&h=4#top", "https://a.example/news/p.jpg?w=3&h=4"),
    ("//img.example/p.jpg", "https://img.example/p.jpg"),
    ("https://a.example:8080/p.jpg", "https://a.example:8080/p.jpg"),
    (
        "https://a.example/صورة الميناء.jpg",
        "https://a.example/%D8%B5%D9%88%D8%B1%D8%A9%20%D8%A7%D9%84%D9%85%D9%8A%D9%86%D8%A7%D8%A1.jpg",
    ),
    ("https://a.example/%D8%B5.jpg", "https://a.example/%D8%B5.jpg"),
    ('https://a.example/"><script>.jpg', "https://a.example/%22%3E%3Cscript%3E.jpg"),
    ("https://صحيفة.example/p.jpg", "https://صحيفة.example/p.jpg"),
    ("https://a.example", "https://a.example/"),
    ("https://a.example/pixels-of-gaza.jpg", "https://a.example/pixels-of-gaza.jpg"),
    ("https://a.example/11x12.jpg", "https://a.example/11x12.jpg"),
]
WRONG = [
    "",
    " ",
    "data:image/gif;base64,R0lGOD",
    "javascript:alert(1)",
    "ftp://a.example/p.jpg",
    "file:///etc/passwd",
    "https://user:word@a.example/p.jpg",
    "https://a.example:0/p.jpg",
    "https://a.example:99999/p.jpg",
    "https://a.example:x/p.jpg",
    "https://[::1/p.jpg",
    "https://a b.example/p.jpg",
    "https://a.example\\@b.example/p.jpg",
    "https://a.example/p\u202egpj.exe",
    "https://a.example/p\x00.jpg",
    "https://a.example/logo.svg",
    "https://a.example/logo.SVG?v=2",
    "https://a.example/1x1.gif",
    "https://a.example/img/blank.png",
    "https://a.example/track/pixel-3.gif",
    "https://a.example/spacer",
    "https://a.example/" + "p" * LONGEST,
    "https://a.example/" + "ص" * (LONGEST // 3),
]


@pytest.mark.parametrize(("stated", "made"), RIGHT)
def test_an_address_is_made_whole(stated: str, made: str) -> None:
    assert resolved(stated, BASE) == made
    assert resolved(made, BASE) == made


@pytest.mark.parametrize("stated", WRONG, ids=[each[:40] for each in WRONG])
def test_what_can_be_no_picture_is_none(stated: str) -> None:
    assert resolved(stated, BASE) == ""


def test_without_a_base_only_whole_addresses_count() -> None:
    assert resolved("/p.jpg") == ""
    assert resolved("https:///p.jpg") == ""
    assert resolved("p.jpg", "not an address") == ""


@given(st.text(max_size=60), st.sampled_from(["", BASE, "http://[", "https://صحيفة.example/"]))
@example("it's.jpg?a='b'", BASE)
@example("https://a'b.example/p.jpg", "")
@example('https://a"<b>.example/p.jpg', "")
def test_any_text_is_an_address_or_none(stated: str, base: str) -> None:
    made = resolved(stated, base)
    assert not made or (made.startswith(("http://", "https://")) and made.isprintable())
    assert not set(made) & set(" \"<>'\\")


def test_the_first_that_can_be_a_picture_counts() -> None:
    assert first_usable(("data:x", "/logo.svg", " /p.jpg ", "/q.jpg")) == "/p.jpg"
    assert first_usable(("data:x", "")) == ""


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("https://a.example/p.JPG?v=1", True),
        ("/p.webp", True),
        ("/p.mp4", False),
        ("/jpg", False),
        ("http://[", False),
    ],
)
def test_files_that_are_pictures_by_their_names(name: str, is_one: bool) -> None:
    assert is_picture_file(name) is is_one


@pytest.mark.parametrize(
    ("sides", "enough"),
    [
        ((None, None), True),
        (("", "300"), True),
        (("50", "300"), True),
        (("49", "300"), False),
        (("1", "1"), False),
        (("300", "1"), False),
        (("0",), False),
        (("wide", "²"), True),
    ],
)
def test_a_short_side_is_too_small(sides: tuple[str | None, ...], enough: bool) -> None:
    assert is_large_enough(*sides) is enough
