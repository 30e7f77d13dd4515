"""What fields bring: one is left out at a time, and all are back afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.fields import __main__ as fields
from kashshaf.analyzers.arabic import STEM
from kashshaf.index.ranking import WEIGHTS
from kashshaf.index.schema import LEAD, TITLE, Field

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_field_that_is_left_out_adds_nothing_for_a_while() -> None:
    before = dict(WEIGHTS["articles"])
    with fields._without([Field(TITLE, STEM)]):
        assert WEIGHTS["articles"][Field(TITLE, STEM)] == 0
        assert WEIGHTS["articles"][Field(LEAD, STEM)] == before[Field(LEAD, STEM)]
    assert WEIGHTS["articles"] == before


def test_sets_that_are_not_there_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fields, "ROOT", tmp_path / "project")
    fields.main()
    said = capsys.readouterr().out
    assert said.startswith("Nothing was measured: ")
    assert "pool_qa" in said
