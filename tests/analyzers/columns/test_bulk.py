"""Many lines read at once: the very same as each by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kashshaf.analyzers.columns import bulk
from kashshaf.analyzers.columns.bulk import BulkEncoder
from kashshaf.analyzers.columns.pieces import LONGEST
from tests.analyzers.columns.test_terms import ENCODER, table
from tests.analyzers.texts import ANY_TEXT, unhurried

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kashshaf.analyzers.encoded_terms import EncodedText

NUMBERS = (
    "دفع ثلاثة ملايين و 500 ألف، ثلاثة",
    "آلاف في 2016 مئة",
    "وخمسين ألفا  عشرين\u00a0ألفا 5",
    "واي - فاي — ثلاثة - آلاف",
)
KNOWN = "دفع ثلاثة ملايين و في ألف، الوزير «الوزير»: والجسر f16 2016 ألسنة الام — ،"
LINES = st.lists(ANY_TEXT.map(lambda text: text.replace("\n", " ")), max_size=6)


def together(encoder: BulkEncoder, lines: Sequence[str]) -> dict[str, EncodedText]:
    return dict(encoder.read(lines))


def alone(lines: Sequence[str]) -> dict[str, EncodedText]:
    return {line: ENCODER.read(line) for line in lines}


def encoder() -> BulkEncoder:
    return BulkEncoder(table(KNOWN.split()), ENCODER)


@given(lines=LINES)
@example(lines=[*NUMBERS])
@example(lines=["", " ", "—", "", "الوزير"])
@example(lines=["ثلاثة", "ملايين", "ثلاثة ملايين"])
@example(lines=["شبكة واي - فاي، و«واي – فاي» ثلاثة ،", "- آلاف - -", "5 ثلاثة جسر مئة", "- واي -"])
@example(lines=["  والجسر" + " " * 300 + "الام", "b.c\x1cd\u2028e\u3000f", "ط" * 70 + " والجسر " + "ط" * 70])
@unhurried
def test_lines_read_together_are_as_each_alone(lines: list[str]) -> None:
    assert together(encoder(), lines) == alone(lines)
    assert together(BulkEncoder(table([]), ENCODER), lines) == alone(lines)


def test_what_was_read_before_changes_nothing() -> None:
    kept = encoder()
    for lines in (NUMBERS, [KNOWN, *NUMBERS], ["نهر جديد", "نهر"], [KNOWN], NUMBERS):
        assert together(kept, lines) == alone(lines)


def test_what_is_kept_behind_the_table_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "REMEMBERED", 20)
    kept = encoder()
    for at in range(30):
        lines = [f"كلمة{at} جسر{at} نهر{at}", KNOWN, *NUMBERS]
        assert together(kept, lines) == alone(lines)
        assert len(kept._own) < 60


def test_what_is_kept_is_bounded_in_letters_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MOST_UNITS", 1_000)
    kept = encoder()
    for at in range(20):
        lines = ["/".join(f"كلمة{at}{each}" for each in range(100)), KNOWN, *NUMBERS]
        assert together(kept, lines) == alone(lines)
        assert len(kept._terms.levels[0].units) < 6_000
    assert max(map(len, kept._own)) <= LONGEST


@pytest.mark.parametrize("characters", [1, 30, 60, 1_000])
def test_lines_are_read_some_at_a_time(characters: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "TOGETHER", characters)
    lines = [KNOWN, "", *NUMBERS, "الوزير"]
    assert together(encoder(), lines) == alone(lines)
