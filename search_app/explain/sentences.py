"""Sentences in Arabic for the rules of the analysis, for the page ``/analyze``.

Each rule has one sentence, by its name; ``{lost}`` stands for the letters it took off. A test holds that
every rule there is has its sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.analyzers.letters import ARTICLE, LAM

if TYPE_CHECKING:
    from kashshaf.search_app.explain.shapes import Attested, RuleApplied

LEVEL_NAMES = {"exact": "الحروف", "folded": "الرسم", "stem": "الجذع", "root": "الجذر"}
LEVEL_MEANINGS = {
    "exact": "الكلمة كما كُتبت من غير حركات. بها يُبحث عن اللفظ بعينه، بعد علامة =",
    "folded": "من غير همزات، والتاء المربوطة هاء. بها يُبحث عن العبارة بين «قوسين».",
    "stem": "من غير ما اتصل بأولها وآخرها. به تلتقي الكلمات في البحث.",
    "root": "الحروف التي بُني عليها الجذع، على وجه التقريب. لترتيب النتائج وحده.",
}
SENTENCES = {
    # letters as written
    "bound_marks": "حُذف ما زاد على أربع حركات فوق الحرف",
    "compose": "كُتبت أشكال الحروف وتراكيبها حروفاً مفردة",
    "strip_invisible": "حُذفت محارف لا تُرى",
    "unify_letters": "أُبدلت حروف فارسية أو أردية بنظائرها العربية",
    "spell_small_letters": "كُتبت الحروف الصغيرة في رسم المصحف كما تُكتب اليوم",
    "strip_marks": "حُذفت الحركات",
    "strip_tatweel": "حُذف التطويل",
    "strip_dots": "حُذفت النقط بين الحروف المختصرة",
    "western_digits": "كُتبت الأرقام بصورة واحدة",
    "plain_number": "كُتب العدد بلا فواصل للآلاف، وفاصلته العشرية نقطة",
    "fold_case": "كُتبت الحروف اللاتينية صغيرة",
    "cut": "أُبقي على أول مئة حرف مما هو أطول من كلمة",
    # what readers do not tell apart
    "fold_last_hamza": "كُتبت الهمزة المتطرفة على الياء لا بعدها",
    "fold_wrong_seat": "نُقلت الهمزة إلى كرسيها الصحيح",
    "fold_alef": "كُتبت الألف مجردة من الهمزة والمدّة",
    "fold_hamza_seats": "كُتبت الواو أو الياء من غير همزتها",
    "fold_alef_maksura": "كُتبت الألف المقصورة ياءً",
    "fold_teh_marbuta": "كُتبت التاء المربوطة هاءً",
    "fold_borrowed": "أُبدل الحرف الأعجمي بأقرب حرف عربي",
    "strip_accents": "حُذفت علامات الحروف اللاتينية",
    # stems
    "is_stop_word": "كلمة شائعة لا تميّز نصاً من نص: لا جذع لها، وتبقى في العبارات",
    "number": "عدد مكتوب بالكلمات، يلتقي به العدد المكتوب بالأرقام",
    "name": "اسم من كلمتين، يُكتب أيضاً كلمة واحدة أو له اسم آخر من كلمة",
    "month": "اسم آخر للشهر نفسه",
    "strip_leading_zeros": "حُذفت الأصفار من أول العدد",
    "stem_latin": "رُدّت الكلمة إلى جذعها الإنكليزي",
    "parts_of": "حروف ورقم متصلان، هما كلمتان كما لو فُصلا",
    "unstretched": "حُذف تكرار الحروف للتوكيد",
    "two_words": "كلمتان سقطت المسافة بينهما",
    "shown": "الهمزة المكتوبة تفرّق بين كلمتين، فأُخذ بها",
    "likely_spellings": "كلمة تُكتب بهمزة أو بمدّة، فتُقرأ على ما يُحتمل من ذلك",
    "from_hamza": "الهمزة المكتوبة على الألف تبيّن أول الكلمة",
    "definite": "حُذف «{lost}» من أول الكلمة",
    "single": "حُذف «{lost}» من أول الكلمة",
    "stacked": "حُذف «{lost}» من أول الكلمة",
    "one_spelling": "رسم آخر للكلمة نفسها",
    "from_list": "صيغة مذكورة في قائمة الصيغ الشاذة",
    "country": "نسبة إلى بلد، فتُرد إليه",
    "from_table": "صيغة مذكورة في معجم الصيغ",
    "past": "رُدّ الفعل الماضي إلى صيغة الغائب",
    "present": "رُدّ الفعل المضارع إلى ماضيه",
    "feminine_plural": "رُدّ جمع المؤنث إلى مفرده",
    "dual_or_plural": "رُدّ المثنى أو الجمع السالم إلى مفرده",
    "construct": "رُدّ الجمع الذي سقطت نونه للإضافة إلى مفرده",
    "pronoun": "حُذف الضمير المتصل بآخر الكلمة",
    "accusative": "حُذفت ألف التنوين",
    "feminine": "رُدّ المؤنث إلى مذكره",
    "broken_plural": "رُدّ جمع التكسير إلى مفرده",
    "by_snowball": "كلمة لا شاهد لها، أُخذ جذعها من الخوارزمية العامة",
    # roots
    "without_last": "حُذفت علامة التأنيث أو النسبة أو ألف آخر الكلمة",
    "without_prefix": "حُذفت الزيادة من أول الكلمة",
    "without_infixes": "حُذفت حروف المدّ من وسط الكلمة",
    "weak_alike": "كُتبت حروف العلة كلها واواً",
}
_ARTICLE_OFF = "حُذفت «ال» التعريف"
_LAM_GIVEN_BACK = "حُذف التعريف، ورُدّت لام سقطت منه"
WITNESSES = 4
"""Attested words shown for a rule."""


def sentence(rule: RuleApplied) -> str:
    """The effect of a rule, in Arabic."""
    lost = taken_off(rule["before"], rule["after"])
    if rule["rule"] == "definite" and lost == ARTICLE:
        return _ARTICLE_OFF
    if rule["rule"] == "definite" and rule["before"].startswith(ARTICLE) and rule["after"].startswith(LAM):
        return _LAM_GIVEN_BACK
    return SENTENCES[rule["rule"]].format(lost=lost)


def taken_off(before: str, after: str) -> str:
    """The letters that a rule took off the beginning of a word."""
    return before.removesuffix(after) if before.endswith(after) else before[:1]


def witnesses(rule: RuleApplied) -> list[Attested]:
    """The evidence to show: the word after the rule, before it, then the best attested others."""
    told = (rule["after"], rule["before"])
    order = {word: place for place, word in enumerate((*rule["after"].split(), rule["before"]))}
    rows = sorted(rule["evidence"], key=lambda seen: (order.get(seen["word"], len(told)), -seen["times"]))
    return rows[:WITNESSES]
