"""Articles and comments written for the tests: long titles, replies, dates of every precision."""

from __future__ import annotations

from kashshaf.index.documents import Article, Comment, Precision, Section

HOSTILE = "<script>document.title='taken'</script><img src=x onerror=alert(1)> & \"'"
CROWD = "2019-crowd"
HARBOUR = "2016-harbour"
HOSTILE_ID = "hostile"


def _comments(*rows: tuple[str, str, str, str]) -> tuple[Comment, ...]:
    """Comments from rows of id, author, text and the id answered."""
    return tuple(
        Comment(id=name, author=author, text=text, parent=parent, date="2016-05-25", date_precision="day")
        for name, author, text, parent in rows
    )


_HARBOUR = Article(
    id=HARBOUR,
    url="https://news.example/economy/2016/harbour",
    kicker="تحقيق",
    title="ميناء المدينة القديم ينتظر التوسعة منذ عشر سنوات، والصيادون يسألون: من سيدفع ثمن المراكب"
    " التي حطّمتها عاصفة الشتاء الماضي؟",
    lead="وعود متكررة بتوسعة الميناء لم يُنفَّذ منها سوى لافتة عند المدخل، وأكثر من مئتي صياد بلا رصيف آمن.",
    sections=(
        Section(
            "",
            "يقف الصيادون كل فجر عند رصيف الميناء القديم ينظرون إلى مراكبهم المتزاحمة. وقال أحدهم إن الميناء"
            " كان يتسع لخمسين مركباً، وفيه اليوم مئتان وثلاثون.\n\n"
            "وأعلنت البلدية عام 2006 خطة لتوسعة الميناء بكلفة قُدّرت بثلاثة ملايين دينار، ثم توقفت الأعمال بعد"
            " أشهر قليلة من بدئها بسبب خلاف مع المقاول.",
        ),
        Section(
            "العاصفة وما بعدها",
            "في كانون الثاني الماضي ضربت عاصفة الساحل وحطّمت سبعة عشر مركباً داخل الميناء نفسه."
            " ويقول رئيس جمعية الصيادين إن التعويضات لم تصل حتى الآن.\n\n"
            "وردّت الوزارة بأن ملف التعويضات «قيد الدراسة»، وأن مناقصة جديدة ستُطرح قبل نهاية العام.",
        ),
        Section("أرقام", "يعمل في الصيد بالمدينة نحو 1,400 شخص، بحسب إحصاء عام 2015."),
    ),
    date="2016-05-24T10:00:00+03:00",
    date_precision="second",
    date_source="stated",
    source="صحيفة الساحل",
    section="اقتصاد",
    author="ليلى الحموي",
    tags=("الميناء", "الصيد البحري"),
    comments_declared=9,
    comments=(
        Comment(
            id="1",
            author="أبو يوسف",
            date="2016-05-24T19:20:00+03:00",
            date_precision="second",
            text="أنا صياد في هذا الميناء من ثلاثين سنة، وكل سنة نسمع نفس الكلام.\n\n"
            "اللي بدنا ياه رصيف واحد بس!",
            likes=14,
        ),
        *_comments(
            ("2", "قارئة من الشمال", "الله يعينكم، حال كل ميناء في البلد واحد.", "1"),
            ("3", "مهندس متقاعد", "عملت في مشروع التوسعة عام 2006، والدراسات موجودة في أدراج البلدية.", "2"),
            ("4", "أبو يوسف", "يا ريت تنشرها يا أستاذ.", "3"),
            ("5", "سامر", "وهل من ردّ؟", "4"),
            ("6", "", "الموضوع قديم.", "5"),
        ),
        Comment(id="7", author="زائر", text="الميناء الميناء الميناء", copies=2, likes=1),
        Comment(
            id="8",
            author="Ahmad K.",
            date="2016-06-01",
            date_precision="month",
            text="Great report! تقرير ممتاز عن الميناء",
        ),
    ),
)
_HOSTILE = Article(
    id=HOSTILE_ID,
    url="javascript:alert(1)",
    kicker=HOSTILE,
    title=f"عنوان فيه {HOSTILE}",
    lead=HOSTILE,
    sections=(Section(HOSTILE, f"نص فيه وسوم {HOSTILE}"),),
    source=HOSTILE,
    section=HOSTILE,
    author=HOSTILE,
    tags=(HOSTILE,),
    comments=(Comment(id='x"><b>', author=HOSTILE, text=f"تعليق وسوم {HOSTILE}", date="nonsense"),),
)
_CROWD_WORDS = (
    "لا بدّ من حل سريع لأزمة المرور في العاصمة.",
    "أقضي ساعتين كل يوم في الطريق.",
    "الباصات هي الحل، لا الجسور.",
    "كلام سليم وشكراً للكاتبة.",
)
_CROWD = Article(
    id=CROWD,
    url="https://news.example/capital/traffic",
    title="أزمة المرور في العاصمة: القرّاء يكتبون",
    lead="طلبنا من قرّائنا أن يصفوا طريقهم إلى العمل، فوصلتنا مئات الرسائل.",
    sections=(Section("", "فتحنا باب التعليقات أسبوعاً كاملاً، وهذه هي الحصيلة."),),
    date="2019-01-01",
    date_precision="year",
    source="صحيفة الساحل",
    section="محليات",
    comments=tuple(
        Comment(
            id=str(number),
            author=f"قارئ {number}",
            text=_CROWD_WORDS[number % len(_CROWD_WORDS)],
            parent=str(number - 1) if number % 5 == 2 else "",
        )
        for number in range(1, 621)
    ),
)
_BRIEFS: tuple[tuple[str, str, str, str | None, Precision | None], ...] = (
    ("افتتاح معرض الكتاب الثاني والعشرين بمشاركة 300 دار نشر", "ثقافة", "المعارض", "2018-09-12", "day"),
    (
        "أمطار غزيرة وسيول على المناطق الساحلية، والميناء يغلق أبوابه",
        "محليات",
        "الطقس",
        "2018-01-01",
        "month",
    ),
    ("المنتخب يتأهل إلى نصف النهائي بركلات الترجيح", "رياضة", "كرة القدم", "2017-08-03T21:15:00Z", "second"),
    ("ارتفاع أسعار الخبز في الأسواق", "اقتصاد", "الأسعار", "2017-02-11", "day"),
    ("جامعة المدينة تعلن نتائج القبول", "تعليم", "الجامعات", None, None),
    ("حوار مع آخر صانعي المراكب الخشبية في الميناء", "ثقافة", "الحرف", "2015-01-01", "year"),
    ("ندوة عن مستقبل الصحافة الورقية", "ثقافة", "الصحافة", "2015-11-20", "day"),
    ("خط بحري جديد يصل الميناء بالجزر", "اقتصاد", "النقل", "2014-04-02", "day"),
    ("قصة الميناء في مئة صورة", "ثقافة", "التصوير", "2013-06-30", "day"),
    ("حملة تطوعية لتنظيف شاطئ الميناء", "محليات", "البيئة", "2012-10-10", "day"),
)


def _brief(number: int, row: tuple[str, str, str, str | None, Precision | None]) -> Article:
    title, section, tag, date, precision = row
    return Article(
        id=f"brief/{number}",
        url=f"https://www.second.example/{number}" if number % 2 else "",
        title=title,
        sections=(
            Section(
                "",
                f"{title}، كما أفادت مصادر محلية. وتابع مراسلنا خبر {tag} من مكانه، وسأل عنه أهل المدينة."
                f" وفي قسم {section} تفاصيل عن {tag}: {title}.",
            ),
        ),
        date=date,
        date_precision=precision,
        source="وكالة الجبل" if number % 2 else "صحيفة الساحل",
        section=section,
        tags=(tag,),
        author="" if number % 3 else "هيئة التحرير",
    )


ARTICLES: tuple[Article, ...] = (
    _CROWD,
    *(_brief(number, row) for number, row in enumerate(_BRIEFS, 1)),
    _HARBOUR,
    _HOSTILE,
)
