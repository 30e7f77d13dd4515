"""A small site with an editor's files beside it, on each engine."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.kashshaf.site import Site, row

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.search_app.results.shapes import ArticleHit, CommentHit

ARTICLES = [
    row(
        "bridge",
        "افتتاح جسر المدينة الجديد",
        ("c1", "الجسر كويس والله"),
        body="حضر الوزراء الافتتاح.",
        source="أ",
    ),
    row("road", "إغلاق جسر المدينة", ("c1", "الجسر جيد"), body="يغلق الجسر أسبوعاً.", source="ب"),
    row("copy", "إغلاق جسر المدينة", body="يغلق الجسر أسبوعاً.", source="ج"),
    row("river", "فيضان النهر", body="ارتفع الماء تحت جسر في القرية.", source="أ"),
    row("school", "يونسكو تكرم مدرسة", body="كرمت المنظمة الدولية مدرسة القرية.", source="أ"),
    row(
        "culture", "مهرجان", body="نظمته منظمة الأمم المتحدة للتربية والعلم والثقافة في المدينة.", source="ب"
    ),
    row("market", "أخبار السوق", body="سعر الخضار. الشركة المحلية.", source="ب"),
]


class EditedSite(Site):
    """A site whose settings name ``synonyms.txt`` and ``pins.toml`` in its folder."""

    def __init__(self, folder: Path, engine: str) -> None:
        super().__init__(folder)
        self.synonyms, self.pins = folder / "synonyms.txt", folder / "pins.toml"
        self.edit(self.synonyms, "")
        self.edit(self.pins, "")
        self.settings = replace(
            self.settings, engine=engine, synonyms=self.synonyms, pins=self.pins, synonyms_shipped="no"
        )
        self.build(*ARTICLES)

    def edit(self, path: Path, text: str) -> None:
        """A newer version of a file, also within one tick of the clock."""
        before = path.stat().st_mtime_ns if path.exists() else 0
        path.write_text(text, "utf-8")
        os.utime(path, ns=(before + 1_000, before + 1_000))

    def hit(self, text: str, id_: str, **parameters: str) -> ArticleHit | CommentHit:
        """One of the hits of a search, by its id."""
        return next(hit for hit in self.ask(text, **parameters)["hits"] if hit["id"] == id_)
