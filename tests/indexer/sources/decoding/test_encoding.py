"""Bytes as sites left them: what encoding they are read in, and what is refused."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashshaf.indexer.sources.decoding.encoding import clean, decode
from kashshaf.indexer.sources.outcome import UnfitError

TEXT = "مرحباً بكم في الموقع\nسطر آخر فيه كلمات تكفي لمعرفة الترميز، وفيه أرقام ٣ و 4."
LEGACY = "مرحبا بكم في الموقع\nسطر آخر فيه كلمات تكفي لمعرفة الترميز وفيه أرقام 4"


@pytest.mark.parametrize(
    ("written", "encoding", "guessed"),
    [
        ("utf-8", "utf-8", False),
        ("utf-8-sig", "utf-8", False),
        ("utf-16", "utf-16-le", False),
        ("utf-16-le", "utf-16-le", True),
        ("utf-16-be", "utf-16-be", True),
        ("utf-32", "utf-32-le", False),
    ],
)
def test_unicode_is_told_by_mark_and_pattern(written: str, encoding: str, guessed: bool) -> None:
    found = decode(TEXT.encode(written))
    assert (found.text, found.encoding, bool(found.mended)) == (TEXT, encoding, guessed)


@pytest.mark.parametrize("written", ["cp1256", "iso8859-6"])
def test_a_legacy_encoding_is_detected_and_said(written: str) -> None:
    found = decode(LEGACY.encode(written))
    assert found.text == LEGACY
    assert found.encoding in found.mended[0]


def test_a_declared_encoding_is_no_guess() -> None:
    page = f'<meta charset="windows-1256"><p>{LEGACY}'
    assert decode(page.encode("cp1256")).mended == ()


@pytest.mark.parametrize("declared", ["utf-8", "windows-1252", "iso-8859-6", "utf-16", "x-unknown"])
def test_a_wrong_declaration_is_not_believed(declared: str) -> None:
    page = f'<?xml version="1.0" encoding="{declared}"?><p>{LEGACY}'
    found = decode(page.encode("cp1256"))
    assert (found.text, found.encoding) == (page, "windows-1256")
    assert "windows-1256" in found.mended[0]
    assert decode(page.encode()).text == page


def test_a_declaration_settles_a_text_too_short_to_detect() -> None:
    page = '<meta charset="ISO-8859-6"><p>تطبيقات الاسبوع'
    found = decode(page.encode("iso8859-6"))
    assert (found.text, found.encoding, found.mended) == (page, "iso-8859-6", ())


def test_a_file_of_two_encodings_is_read_by_lines() -> None:
    found = decode(f"{LEGACY}\n".encode("cp1256") * 3 + f"{TEXT}\n".encode())
    assert found.text == f"{LEGACY}\n" * 3 + f"{TEXT}\n"
    assert len(found.mended) == 2


@pytest.mark.parametrize("codec", ["cp1256", "latin-1"])
def test_a_file_saved_after_a_wrong_decoding_is_read_back_and_said(codec: str) -> None:
    found = decode(TEXT.encode().decode(codec).encode())
    assert (found.text, found.encoding) == (TEXT, "utf-8")
    assert len(found.mended) == 1
    assert "was read back" in found.mended[0]


def test_a_mark_that_was_decoded_as_text_is_taken_off() -> None:
    assert decode(TEXT.encode("utf-8-sig").decode("cp1256").encode()).text == TEXT


def test_a_few_bad_bytes_leave_it_utf8() -> None:
    found = decode((TEXT * 3).encode() + b"\xff" + TEXT.encode())
    assert found.encoding == "utf-8"
    assert found.text.count("\ufffd") == 1
    assert "1 bytes" in found.mended[0]


@pytest.mark.parametrize(
    "raw", [b"", b" \n\t", b"\0" * 9, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", bytes(range(256)) * 4]
)
def test_empty_and_binary_files_are_refused(raw: bytes) -> None:
    with pytest.raises(UnfitError, match=r"empty|binary"):
        decode(raw)


def test_text_leaves_in_nfc_without_controls() -> None:
    assert clean("\u0627\u0653\0\x07\r\nب\u2028ج\ud800") == "\u0622\nب\nج"


def test_marks_that_pile_up_are_cut_before_they_cost_time() -> None:
    start = time.perf_counter()
    assert len(clean("\u0628" + "\u064b\u0651" * 300_000)) == 31
    assert time.perf_counter() - start < 5
    assert clean("\u0628\u064b\u0651" * 50) == clean("\u0628\u064b\u0651") * 50


@pytest.mark.parametrize("before", ["", "a" * 5, "نص " * 9])
@pytest.mark.parametrize("length", [29, 30, 31, 32, 45])
def test_piled_marks_are_found_wherever_they_stand(before: str, length: int) -> None:
    assert len(clean(before + "\u0628" + "\u064b" * length)) == len(before) + 1 + min(length, 30)


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_clean_text_or_refused(raw: bytes) -> None:
    try:
        text = decode(raw).text
    except UnfitError:
        return
    assert "\0" not in text
    assert unicodedata.is_normalized("NFC", text)
    text.encode("utf-8")


@given(st.text(st.characters(), max_size=200))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
