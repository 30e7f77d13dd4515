"""The words of the page of the contract, in Arabic and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kashshaf.search_app.web.wording.languages import Language

LABELS: dict[Language, dict[str, str]] = {
    "ar": {
        "title": "واجهة البرمجة",
        "intro": "كل ما يُقرأ يُقرأ بطلب GET، والأجوبة بصيغة JSON وترميز UTF-8. والأخطاء جُمل تقول ما العمل،"
        " بالعربية أو الإنكليزية بحسب الترويسة Accept-Language.",
        "document": "العقد بصيغة OpenAPI 3.1",
        "version": "الإصدار",
        "other": "English",
        "contents": "المحتويات",
        "operations": "العمليات",
        "shapes": "الأشكال",
        "parameters": "المعاملات",
        "name": "الاسم",
        "type": "النوع",
        "meaning": "المعنى",
        "in_path": "في العنوان نفسه",
        "answer": "الجواب",
        "takes": "ما يُرسَل",
        "public": "بمفتاح إن طلبه الخادم",
        "admin": "يلزم مفتاح إدارة",
        "fails": "حالات الخطأ",
        "attempt": "جرّب",
        "optional": "قد يغيب",
        "problems": "المشكلات",
        "problems_intro": "كل خطأ كائن JSON نوعه application/problem+json (RFC 9457)، وحقوله في الشكل"
        " Problem.",
        "status": "الحالة",
        "says": "يقول",
        "skip": "إلى المحتوى",
        "home": "صفحة البحث الأولى",
    },
    "en": {
        "title": "The API",
        "intro": "Everything that is read is read with GET; answers are JSON in UTF-8. Errors are sentences"
        " that say what to do, in Arabic or English by Accept-Language.",
        "document": "The contract as OpenAPI 3.1",
        "version": "Version",
        "other": "العربية",
        "contents": "Contents",
        "operations": "Operations",
        "shapes": "Shapes",
        "parameters": "Parameters",
        "name": "Name",
        "type": "Type",
        "meaning": "Meaning",
        "in_path": "in the path",
        "answer": "Answer",
        "takes": "Body",
        "public": "With a key, where the server asks for one",
        "admin": "Needs an admin key",
        "fails": "May fail by",
        "attempt": "Try it",
        "optional": "may be absent",
        "problems": "Problems",
        "problems_intro": "Every error is a JSON object of type application/problem+json (RFC 9457) with the"
        " fields of the shape Problem.",
        "status": "Status",
        "says": "Says",
        "skip": "Skip to content",
        "home": "The search page",
    },
}
