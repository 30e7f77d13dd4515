"""The files of site profiles: what is wrong with one is said in a sentence; which are for which page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.errors import UsageError
from kashshaf.indexer.profiles import profile_file
from kashshaf.indexer.profiles.library import ProfileLibrary

if TYPE_CHECKING:
    from kashshaf.indexer.sources.profile import Profile

BAD = [
    ("no TOML", "hosts = [", "it is no TOML"),
    (
        "an unknown key",
        "host = 'a.b'\n[article]\ntext = 'p'",
        "there is no key host; the keys are name, hosts",
    ),
    (
        "an unknown part",
        "[article]\ntitel = 'h1'",
        "there is no key article.titel; the keys are kicker, title",
    ),
    ("an unknown option", "[article]\ntitle = { css = 'h1' }", "there is no key article.title.css"),
    ("no selector", "[article]\ntitle = 'h1['", "article.title: 'h1[' is no CSS selector"),
    (
        "an unknown pseudo-class",
        "[comments]\nitem = 'p:visited-often'",
        "comments.item: 'p:visited-often' is no CSS",
    ),
    ("a number", "[article]\ntitle = 3", "article.title must be a CSS selector, a table such as"),
    ("an empty list", "[article]\ntext = []", "article.text must be a CSS selector"),
    ("a bad list to remove", "[article]\nremove = [3]", "article.remove must be a CSS selector or a list"),
    (
        "a bad pattern",
        "[article]\ndate = { select = 'p', pattern = '(' }",
        "article.date.pattern: '(' is no regular",
    ),
    (
        "no group",
        "[article]\ndate = { select = 'p', pattern = 'x' }",
        "article.date.pattern must have one group",
    ),
    (
        "a bad format",
        "[article]\ndate = { select = 'p', formats = ['x'] }",
        "article.date.formats must be a list",
    ),
    ("not true", "[article]\ntext = { select = 'p', own = 1 }", "article.text.own must be true or false"),
    ("no text", "[article]\ntext = { select = 'p', attribute = 1 }", "article.text.attribute must be a text"),
    ("no item", "[comments]\ntext = 'p'", "comments.item is missing"),
    ("nothing", "hosts = ['a.example']", "it states nothing"),
    (
        "an address",
        "hosts = ['https://a.example']\n[article]\ntext = 'p'",
        "hosts: 'https://a.example' is no host",
    ),
    (
        "hosts as a text",
        "hosts = 'a.example'\n[article]\ntext = 'p'",
        "hosts must be a list of texts; write hosts =",
    ),
    ("a table's name for a text", "article = 'p'", "article must be a table; write [article]"),
    ("a name that is none", "name = 3\n[article]\ntext = 'p'", "name must be a text in quotes"),
]


@pytest.mark.parametrize(("rule", "text", "says"), BAD, ids=[row[0] for row in BAD])
def test_a_bad_profile_is_told_in_a_sentence(rule: str, text: str, says: str) -> None:
    with pytest.raises(UsageError) as raised:
        profile_file.parse(text, Path("site.toml"))
    assert str(raised.value).startswith(f"the profile site.toml cannot be used: {says}"), rule
    assert "\n" not in str(raised.value)


def test_files_that_are_no_profiles(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes("name = 'é'".encode("latin-1"))
    (tmp_path / "large.toml").write_bytes(b"#" * (profile_file.LARGEST + 1))
    for name, says in (
        ("none.toml", "cannot be read"),
        ("latin.toml", "UTF-8"),
        ("large.toml", "larger than"),
    ):
        with pytest.raises(UsageError, match=says):
            profile_file.load(tmp_path / name)


def test_the_shipped_ones_are_sound() -> None:
    shipped = profile_file.shipped()
    assert {profile.name for profile in shipped} >= {"alriyadh", "wordpress"}
    assert all(profile.hosts or profile.when for profile in shipped)
    assert all(not profile.drafted for profile in shipped)


def profile(text: str) -> Profile:
    return profile_file.parse(f"{text}\n[article]\ntext = 'p'", Path("x.toml"))


def test_which_profiles_are_tried() -> None:
    own, generic, drafted = (
        profile("hosts = ['www.a.example']"), profile("when = 'p'"), profile("drafted = true"),
    )  # fmt: skip
    below = ProfileLibrary([generic, own]).below("")
    assert list(below.of(["m.a.example"])) == [own, generic]
    assert list(below.of(["ba.example"])) == [generic]
    assert list(ProfileLibrary([generic, own], forced=drafted).below("").of(["a.example"])) == [drafted]


def test_another_profile_is_another_key() -> None:
    one, other = profile("hosts = ['a.example']"), profile("hosts = ['b.example']")
    keys = [
        ProfileLibrary().key(),
        ProfileLibrary([one]).key(),
        ProfileLibrary([other]).key(),
        ProfileLibrary([one], forced=other).key(),
    ]
    assert len({*keys[:3]}) == 3
    assert keys[3] == keys[2]
