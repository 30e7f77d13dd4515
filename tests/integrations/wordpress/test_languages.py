"""The plugin's words: every one in Arabic, compiled as WordPress reads them."""

from __future__ import annotations

import re

from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from tests.integrations.wordpress.site import PLUGIN

LANGUAGES = PLUGIN / "languages"
_CALL = re.compile(r"__\( '((?:[^'\\]|\\.)+)', 'kashshaf' \)")


def translations() -> dict[str, str]:
    with (LANGUAGES / "kashshaf-ar.po").open("rb") as file:
        return {str(each.id): str(each.string) for each in read_po(file) if each.id}


def test_every_word_has_its_arabic() -> None:
    used = {word for path in PLUGIN.rglob("*.php") for word in _CALL.findall(path.read_text())}
    assert used == translations().keys()
    assert all(translations().values())


def test_what_is_put_into_a_sentence_stands_in_both() -> None:
    for english, arabic in translations().items():
        assert sorted(re.findall(r"%[\d$]*[sd]", english)) == sorted(re.findall(r"%[\d$]*[sd]", arabic))


def test_the_compiled_file_is_of_these_words() -> None:
    with (LANGUAGES / "kashshaf-ar.mo").open("rb") as file:
        compiled = {str(each.id): str(each.string) for each in read_mo(file) if each.id}
    assert compiled == translations()
