"""The bench of the order of dates: graded queries, all full matches and those with the words near."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.errors import NotHereError
from bench.typed.by_date import Found, counted, main
from tests.kashshaf.site import Site, row

if TYPE_CHECKING:
    from pathlib import Path


def test_what_nobody_judged_is_neither_right_nor_wrong() -> None:
    first = ["a", "b", "c"], {"a": 2, "b": 0, "elsewhere": 2}
    assert counted([first, (["d"], {"d": 1})]) == Found(4, 3, 1, 1)
    assert counted([]) == Found(0, 0, 0, 0)


def test_queries_are_asked_both_ways(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = Site(tmp_path)
    before = " ".join(f"كلمة{number}" for number in range(30))
    site.build(row("about", "حادث مرور"), row("apart", "خبر", body=f"{before} حادث ثم مرور"))
    (tmp_path / "queries.jsonl").write_text('{"id": "1", "text": "حادث مرور"}\n', encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("1\tabout\t2\n1\tapart\t0\n", encoding="utf-8")
    main([str(site.settings.index), str(tmp_path)])
    assert capsys.readouterr().out.splitlines()[:2] == [
        "1 queries of 2 to 2 words, auto: found 2, judged 2, wrong 1, about it 1",
        "1 queries of 2 to 2 words, near: found 1, judged 1, wrong 0, about it 1",
    ]


def test_an_index_must_be_named() -> None:
    with pytest.raises(NotHereError, match="INDEX"):
        main([])
