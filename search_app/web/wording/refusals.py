"""The sentences of UsageError in Arabic, by their ``kind``; the English ones stand where they are raised."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kashshaf.index.errors import UsageError

ARABIC = {
    "unknown": "لا معامل هنا باسم «{param}»؛ المعاملات هي: {known}.",
    "none-taken": "لا معاملات هنا، وقد ورد «{param}»؛ احذفه.",
    "repeated": "ورد المعامل {param} مرات عددها {times}، وأكثر ما يُقبل {most}؛ احذف الزائد.",
    "too-long": "المعامل {param} أطول من {limit} حرف؛ اختصره.",
    "choice": "لا يصلح «{given}» قيمةً للمعامل {param}؛ القيم هي: {among}.",
    "facet": "لا تصنيف باسم «{given}»؛ اكتب في facets ما تريد من هذه وبينها فواصل: {among}.",
    "number": "لا يصلح «{given}» قيمةً للمعامل {param}؛ هو عدد من 1 إلى {high}.",
    "date": "لا يصلح «{given}» تاريخاً للمعامل {param}؛ اكتبه هكذا: 2016 أو 2016-05 أو 2016-05-24 أو"
    " 24/05/2016، أو بسنة هجرية من {first} إلى {last}: 1433 أو 1433-09.",
    "swapped": "تاريخ البداية from ({first}) بعد تاريخ النهاية to ({last})؛ بدّل أحدهما بالآخر.",
    "no-likes": "لا إعجابات للمقالات فتُرتَّب بها؛ أضف in=comments.",
    "too-far": "الصفحة {page} وحجمها {size} وراء أول {window} نتيجة؛ ضيّق البحث بتاريخ أو قسم أو كلمة أخرى.",
}
_LONGEST = 200
"""Characters of a value that is told again."""


def arabic(error: UsageError) -> str:
    """The sentence of an error in Arabic; empty where there is none for its kind."""
    values = {"param": error.param or "", **error.values}
    return ARABIC.get(error.kind, "").format_map({name: _shown(value) for name, value in values.items()})


def _shown(value: object) -> str:
    """A value as text, without characters that are not seen and turn the direction of others."""
    return "".join(
        each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in str(value)[:_LONGEST]
    )
