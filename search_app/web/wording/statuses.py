"""The statuses of HTTP that answers fail by without an error of ours, told to programs and to readers."""

from __future__ import annotations

from typing import NamedTuple


class Status(NamedTuple):
    """A status: what to do about it, in English; its title, and what to do, in Arabic."""

    detail: str
    heading: str
    advice: str


STATUSES = {
    400: Status(
        "The request cannot be read; compare it with /docs.",
        "تعذّر فهم الطلب",
        "في الطلب ما لا يُقرأ. قارنه بما في ‎/docs.",
    ),
    401: Status(
        "This needs an API key: Authorization: Bearer KEY.",
        "يلزم مفتاح",
        "أرسل مفتاحاً في الترويسة Authorization.",
    ),
    403: Status(
        "This request is not allowed from where it comes.",
        "هذا الطلب غير مسموح",
        "ارجع إلى الصفحة وأعد المحاولة منها.",
    ),
    404: Status(
        "There is nothing at this address; the addresses are in /docs.",
        "الصفحة غير موجودة",
        "ربما تغيّر العنوان أو كُتب خطأً.",
    ),
    405: Status(
        "This address does not take that method; Allow names those that it takes.",
        "لا يُقبل هذا النوع من الطلبات هنا",
        "هذه الصفحة للقراءة فقط.",
    ),
    406: Status(
        "The answer is not to be had in the form asked for; ask for any (Accept: */*).",
        "لا يتوفر الجواب بالصيغة المطلوبة",
        "اطلب أي صيغة.",
    ),
    408: Status("The request took too long to arrive; send it again.", "تأخر الطلب", "أعد إرساله."),
    411: Status(
        "The request must say how long its body is; send Content-Length.",
        "طول الطلب غير معروف",
        "أرسل الطلب مع الترويسة Content-Length.",
    ),
    413: Status(
        "The body is too large; send less at a time.", "الطلب أكبر مما يُقبل", "أرسل أقل منه في المرة."
    ),
    414: Status("The address is too long; shorten the query.", "العنوان أطول مما يُقبل", "اختصر عبارة البحث."),
    415: Status(
        "The body is of a type that is not read here; /docs names those that are.",
        "نوع المحتوى غير مقبول",
        "الأنواع المقبولة في ‎/docs.",
    ),
    416: Status("There is no such range; ask for the whole.", "لا وجود لهذا النطاق", "اطلب الملف كله."),
    422: Status("The body cannot be read as what it says it is.", "تعذّرت قراءة المحتوى", "تأكد من صيغته."),
    429: Status("Too many requests; wait and try again.", "طلبات كثيرة", "انتظر قليلاً ثم أعد المحاولة."),
    431: Status("The headers are too long; send fewer.", "الترويسات أطول مما يُقبل", "أرسل أقل منها."),
}
OTHER = Status(
    "The request cannot be carried out; compare it with /docs.", "تعذّر تنفيذ الطلب", "أعد المحاولة."
)
"""Said of any other status below 500."""
