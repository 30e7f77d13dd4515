"""Text as hostile as people and machines type it, for properties of the language."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

TODAY = date(2016, 5, 24)
"""A Tuesday."""
_SIGNS = ["|", "-", "(", ")", '"', "«", "»", "“", "”", "„", "=", "*", "~", ":", "،", "؟", "—", "_", "\n", " "]
_HIDDEN = ["\u200f", "\u0640", "\u064e", "\ud800", "\x00"]
_OPERATORS = ["أو", "و", "بدون", "OR", "AND", "NOT"]
_FIELDS = ["عنوان:", "نص:", "تعليق :", "كاتب:", "مصدر:", "وسم:", "من:", "إلى:", "to:", "جذر:"]
_WORDS = ["كلمة", "نفط", "x", "a.b", "10:30", "طيار", "متى", "هل", "1433", "2016", "2016-05", "24/05/2016"]
_TIME = [
    "أمس",
    "اليوم",
    "الشهر",
    "الماضي",
    "آخر",
    "3",
    "أيام",
    "صيف",
    "رمضان",
    "هـ",
    "مايو",
    "سنة",
    "كانون",
    "الثاني",
]
_PIECES = st.lists(st.sampled_from([*_SIGNS, *_HIDDEN, *_OPERATORS, *_FIELDS, *_WORDS, *_TIME]), max_size=20)
TYPED = _PIECES.map("".join) | _PIECES.map(" ".join) | st.text(max_size=60)
