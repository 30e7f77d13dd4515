/** The element's own words in Arabic and English, its numbers, its dates. */
import { bdi, make } from "./dom.js";

const ARABIC = {
  search: "ابحث", placeholder: "كلمة أو اسم أو عبارة", open: "ابحث في الموقع", close: "أغلق", clear: "امسح", suggestions: "اقتراحات",
  loading: "يجري البحث…", where: "ما يُبحث فيه", articles: "المقالات", comments: "التعليقات",
  source: "المصدر", section: "القسم", year: "السنة", author: "الكاتب", tag: "الوسم", month: "الشهر", every: "الكل",
  sort: "الترتيب", relevance: "الأوثق صلة", newest: "الأحدث أولاً", oldest: "الأقدم أولاً",
  more: "المزيد", untitled: "مقال من غير عنوان", lacks: "من غير: ", also: "نُشر أيضاً في: ", on: "على مقال: ", comma: "، ",
  of: "{0} من {1}", all_comments: "كل التعليقات المطابقة", shown: "{0}، منها {1} معروضة", partly: "{0}، و{1} فيها بعض الكلمات",
  only_partial: "لا نتيجة فيها كل الكلمات؛ فيها بعضها: {0}", all_results: "كل النتائج",
  corrected: "بحثنا عن «{0}».", literally: "ابحث عن «{0}» بدلاً من ذلك", meant: "هل تقصد «{0}»؟",
  nothing: "لم نجد شيئاً عن «{0}»", fewer: "جرّب كلمات أقل، أو كلمة أخرى بمعناها.", unfiltered: "أزل التصفية", in_comments: "ابحث في التعليقات", in_articles: "ابحث في المقالات",
  type_something: "اكتب ما تبحث عنه.", again: "أعد المحاولة", wait: "نعيد المحاولة بعد {0}.", admin: "لمن يدير الموقع", key_hint: "Ctrl K",
  word: "كلمة", phrase: "عبارة", name: "اسم", title: "عنوان", query: "بحث شائع",
  offline: "لا اتصال بالإنترنت", offline_advice: "سنبحث من جديد حالما يعود الاتصال.",
  cors: "البحث لا يعمل في هذه الصفحة بعد", cors_advice: "خادم البحث لا يجيب صفحات هذا الموقع. أضف هذا السطر إلى kashshaf.toml على الخادم وأعد تشغيله:",
  policy: "البحث لا يعمل في هذه الصفحة بعد", policy_advice: "سياسة أمان هذه الصفحة (Content-Security-Policy) تمنع الاتصال بخادم البحث. أضف إليها:",
  mixed: "البحث لا يعمل في هذه الصفحة بعد", mixed_advice: "هذه الصفحة https وخادم البحث http، والمتصفح يمنع ذلك. قدّم خادم البحث عبر https.",
  setup: "البحث لا يعمل في هذه الصفحة بعد", setup_advice: "ليس في السمة api عنوان http أو https:",
  key: "البحث لا يعمل في هذه الصفحة بعد", key_advice: "رفض خادم البحث المفتاح الذي في السمة key، أو ليس فيها مفتاح:",
  unreachable: "تعذّر الوصول إلى البحث", unreachable_advice: "تحقّق من اتصالك ثم أعد المحاولة.",
  busy: "طلبات كثيرة في وقت قصير", busy_advice: "تمهّل قليلاً.",
  resting: "البحث متوقف للحظات", resting_advice: "الخادم مشغول أو يُعدّ فهرسه.",
  refused: "تعذّر فهم هذا البحث", refused_advice: "اختصر النص أو اكتبه بطريقة أخرى.",
  broken: "حدث خطأ في البحث", broken_advice: "الخطأ عندنا لا عندك. أعد المحاولة بعد قليل.",
};
const ENGLISH = {
  search: "Search", placeholder: "Word, name or phrase", open: "Search this site", close: "Close", clear: "Clear", suggestions: "Suggestions",
  loading: "Searching…", where: "Search in", articles: "Articles", comments: "Comments",
  source: "Source", section: "Section", year: "Year", author: "Author", tag: "Tag", month: "Month", every: "All",
  sort: "Order", relevance: "Most relevant", newest: "Newest first", oldest: "Oldest first",
  more: "More", untitled: "Untitled article", lacks: "Without: ", also: "Also in: ", on: "On: ", comma: ", ",
  of: "{0} of {1}", all_comments: "All matching comments", shown: "{0}, {1} of them shown", partly: "{0}, and {1} with some of the words",
  only_partial: "Nothing has all of the words; some of them: {0}", all_results: "All results",
  corrected: "Showing “{0}”.", literally: "Search for “{0}” instead", meant: "Did you mean “{0}”?",
  nothing: "Nothing found for “{0}”", fewer: "Try fewer words, or another word for it.", unfiltered: "Clear the filters", in_comments: "Search the comments", in_articles: "Search the articles",
  type_something: "Type what you are looking for.", again: "Try again", wait: "Trying again in {0}.", admin: "For whoever runs this site", key_hint: "Ctrl K",
  word: "word", phrase: "phrase", name: "name", title: "title", query: "often searched",
  offline: "You are offline", offline_advice: "The search goes on as soon as you are connected.",
  cors: "Search does not work on this page yet", cors_advice: "The search server does not answer pages of this site. Add this line to its kashshaf.toml and restart it:",
  policy: "Search does not work on this page yet", policy_advice: "The page's Content-Security-Policy does not allow calls to the search server. Add to it:",
  mixed: "Search does not work on this page yet", mixed_advice: "This page is https and the search server http, which browsers do not allow. Serve the search by https.",
  setup: "Search does not work on this page yet", setup_advice: "The attribute api is no http or https address:",
  key: "Search does not work on this page yet", key_advice: "The search server refused the key in the attribute key, or there is none:",
  unreachable: "The search cannot be reached", unreachable_advice: "Check your connection and try again.",
  busy: "Too many searches in a short time", busy_advice: "Please wait a little.",
  resting: "The search is resting for a moment", resting_advice: "The server is busy, or its index is being made.",
  refused: "This search cannot be understood", refused_advice: "Shorten the text, or put it otherwise.",
  broken: "The search failed", broken_advice: "The fault is ours, not yours. Try again in a moment.",
};
/** Counted nouns, in the plural forms of each language (CLDR). */
const FORMS = ["zero", "one", "two", "few", "many", "other"];
const ARABIC_NOUNS = {
  result: ["لا نتائج", "نتيجة واحدة", "نتيجتان", "# نتائج", "# نتيجة", "# نتيجة"],
  matching: ["", "تعليق مطابق واحد", "تعليقان مطابقان", "# تعليقات مطابقة", "# تعليقاً مطابقاً", "# تعليق مطابق"],
  like: ["", "إعجاب واحد", "إعجابان", "# إعجابات", "# إعجاباً", "# إعجاب"],
  suggestion: ["لا اقتراحات", "اقتراح واحد", "اقتراحان", "# اقتراحات", "# اقتراحاً", "# اقتراح"],
  second: ["لحظة", "ثانية", "ثانيتين", "# ثوانٍ", "# ثانية", "# ثانية"],
};
const ENGLISH_NOUNS = { result: "result", matching: "matching comment", like: "like", suggestion: "suggestion", second: "second" };

const PARTS = {
  year: { year: "numeric" },
  month: { year: "numeric", month: "long" },
  day: { year: "numeric", month: "long", day: "numeric" },
};
const DAY = 86_400_000;
const RECENT = 7 * DAY; // up to this age, an age says more than a date
const STEPS = [["day", DAY], ["hour", 3_600_000], ["minute", 60_000]];

/** Words, numbers and dates in one language: ``ar`` unless told ``en``; ``digits``: latin, or arabic (٢٠١٦). */
export class Labels {
  constructor(language, digits) {
    this.language = /^en\b/i.test(language ?? "") ? "en" : "ar";
    this.direction = this.language === "en" ? "ltr" : "rtl";
    this.words = this.language === "en" ? ENGLISH : ARABIC;
    this.locale = `${this.language}-u-ca-gregory-nu-${digits === "arabic" ? "arab" : "latn"}`;
    this.plural = new Intl.PluralRules(this.language);
    this.numbers = new Intl.NumberFormat(this.locale);
  }

  number(value) {
    return this.numbers.format(value);
  }

  /** ``3 نتائج``, ``3 results``. */
  count(value, noun) {
    const shown = this.number(value);
    if (this.language === "en") return `${shown} ${ENGLISH_NOUNS[noun]}${value === 1 ? "" : "s"}`;
    return ARABIC_NOUNS[noun][FORMS.indexOf(this.plural.select(value))].replace("#", () => shown);
  }

  /** A sentence of the table as text, with what stands for {0} and {1}. */
  text(key, ...values) {
    return this.words[key].replace(/\{(\d)\}/g, (_, at) => values[at]);
  }

  /** The same as nodes, foreign text isolated from the direction of the sentence. */
  said(key, ...values) {
    return this.words[key].split(/(\{\d\})/).map((part) => (/^\{\d\}$/.test(part) ? bdi(values[part[1]]) : part));
  }

  /** A <time> of an ISO date: its age where that is short, with the whole date as title; null if unknown. */
  time(iso, precision) {
    const exact = precision === "second";
    const date = new Date(exact ? iso : String(iso).slice(0, 10));
    if (!iso || Number.isNaN(date.getTime())) return null;
    const parts = PARTS[precision] ?? PARTS.day;
    const whole = new Intl.DateTimeFormat(this.locale, exact ? parts : { ...parts, timeZone: "UTC" }).format(date);
    const stamp = exact ? iso : String(iso).slice(0, { year: 4, month: 7 }[precision] ?? 10);
    return make("time", { datetime: stamp, title: whole }, this.#age(date, precision) || whole);
  }

  #age(date, precision) {
    if (precision === "month" || precision === "year") return "";
    const age = Date.now() - date;
    if (age < 0 || age > RECENT) return "";
    const relative = new Intl.RelativeTimeFormat(this.locale, { numeric: "auto" });
    if (precision !== "second") return relative.format(-Math.floor(age / DAY), "day");
    const [unit, length] = STEPS.find((step) => age >= step[1]) ?? STEPS.at(-1);
    return relative.format(-Math.floor(age / length), unit);
  }
}
