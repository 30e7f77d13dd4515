"""Notes on a query: Arabic sentences on what was not understood, or was read otherwise than typed."""

UNCLOSED_BRACKET = "قوس فُتح ولم يُغلق، فعُدّ مغلقاً في آخر البحث."
UNOPENED_BRACKET = "قوس أُغلق ولم يُفتح، فلم يُحسب."
DEEP_BRACKETS = "الأقواس متداخلة أكثر مما يُفهم، فلم تُحسب."
LONE_QUOTE = "علامة تنصيص لا تقابلها أخرى، فلم تُحسب."
INSIDE_OR = "ما يقيّد البحث كلّه، كالمصدر والتاريخ، لا يدخل في «أو»، فقيّد البحث كلّه."
EXCLUDED_DATE = "لا يُستثنى تاريخ؛ حدّد المدة بـ«من:» و«إلى:»."
SWAPPED_DATES = "أول المدة بعد آخرها، فعُكسا."


def without_operand(typed: str) -> str:
    """The note on an operator or a field without an operand."""
    return f"لا شيء تعمل فيه «{typed}» في موضعها، فلم تُحسب."


def unknown_date(typed: str) -> str:
    """The note on a text after ``من:`` or ``إلى:`` that is no date, and is searched for."""
    return f"«{typed}» ليس تاريخاً نفهمه، فبحثنا عنه؛ اكتب مثلاً 2016 أو 2016-05 أو 24/05/2016."
