/** The element's own words in Arabic and English, its numbers, its dates. */
import { bdi, make } from "./dom.js";

/** Each of the element's own words and sentences, in Arabic and in English. */
const WORDS = {
  search: ["ابحث", "Search"],
  placeholder: ["كلمة أو اسم أو عبارة", "Word, name or phrase"],
  open: ["ابحث في الموقع", "Search this site"],
  close: ["أغلق", "Close"],
  clear: ["امسح", "Clear"],
  suggestions: ["اقتراحات", "Suggestions"],
  loading: ["يجري البحث…", "Searching…"],
  where: ["ما يُبحث فيه", "Search in"],
  articles: ["المقالات", "Articles"],
  comments: ["التعليقات", "Comments"],
  source: ["المصدر", "Source"],
  section: ["القسم", "Section"],
  year: ["السنة", "Year"],
  author: ["الكاتب", "Author"],
  tag: ["الوسم", "Tag"],
  sort: ["الترتيب", "Order"],
  relevance: ["الأوثق صلة", "Most relevant"],
  newest: ["الأحدث أولاً", "Newest first"],
  oldest: ["الأقدم أولاً", "Oldest first"],
  more: ["المزيد", "More"],
  untitled: ["مقال من غير عنوان", "Untitled article"],
  lacks: ["من غير: ", "Without: "],
  also: ["نُشر أيضاً في: ", "Also in: "],
  on: ["على مقال: ", "On: "],
  comma: ["، ", ", "],
  of: ["{0} من {1}", "{0} of {1}"],
  all_comments: ["كل التعليقات المطابقة", "All matching comments"],
  shown: ["{0}، منها {1} معروضة", "{0}, {1} of them shown"],
  partly: ["{0}، و{1} فيها بعض الكلمات", "{0}, and {1} with some of the words"],
  only_partial: ["لا نتيجة فيها كل الكلمات؛ فيها بعضها: {0}", "Nothing has all of the words; some of them: {0}"],
  corrected: ["بحثنا عن «{0}».", "Showing “{0}”."],
  literally: ["ابحث عن «{0}» بدلاً من ذلك", "Search for “{0}” instead"],
  meant: ["هل تقصد «{0}»؟", "Did you mean “{0}”?"],
  nothing: ["لم نجد شيئاً عن «{0}»", "Nothing found for “{0}”"],
  fewer: ["جرّب كلمات أقل، أو كلمة أخرى بمعناها.", "Try fewer words, or another word for it."],
  unfiltered: ["أزل التصفية", "Clear the filters"],
  in_comments: ["ابحث في التعليقات", "Search the comments"],
  in_articles: ["ابحث في المقالات", "Search the articles"],
  type_something: ["اكتب ما تبحث عنه.", "Type what you are looking for."],
  again: ["أعد المحاولة", "Try again"],
  wait: ["نعيد المحاولة بعد {0}.", "Trying again in {0}."],
  admin: ["على من يدير الموقع أن يضع هذا:", "Whoever runs this site has to set this:"],
  later: ["أعد المحاولة بعد قليل.", "Try again in a moment."],
  word: ["كلمة", "word"],
  phrase: ["عبارة", "phrase"],
  name: ["اسم", "name"],
  title: ["عنوان", "title"],
  query: ["بحث شائع", "often searched"],
  offline: ["لا اتصال بالإنترنت", "You are offline"],
  online: ["سنبحث من جديد حالما يعود الاتصال.", "The search goes on as soon as you are connected."],
  unreachable: ["تعذّر الوصول إلى البحث", "The search cannot be reached"],
  busy: ["طلبات كثيرة في وقت قصير", "Too many searches in a short time"],
  resting: ["البحث متوقف للحظات", "The search is resting for a moment"],
  refused: ["تعذّر فهم هذا البحث", "This search cannot be understood"],
  broken: ["حدث خطأ في البحث", "The search failed"],
  not_here: ["البحث لا يعمل في هذه الصفحة بعد", "Search does not work on this page yet"],
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
        this.locale = `${this.language}-u-ca-gregory-nu-${digits === "arabic" ? "arab" : "latn"}`;
    this.plural = new Intl.PluralRules(this.language);
    this.numbers = new Intl.NumberFormat(this.locale);
  }

  /** A word of the table, undefined if there is none. */
  word(key) {
    return WORDS[key]?.[Number(this.language === "en")];
  }

  number = (value) => this.numbers.format(value);

  /** ``3 نتائج``, ``3 results``. */
  count(value, noun) {
    const shown = this.number(value);
    if (this.language === "en") return `${shown} ${ENGLISH_NOUNS[noun]}${value === 1 ? "" : "s"}`;
    return ARABIC_NOUNS[noun][FORMS.indexOf(this.plural.select(value))].replace("#", () => shown);
  }

  /** A sentence of the table as text, with what stands for {0} and {1}. */
  text(key, ...values) {
    return this.word(key).replace(/\{(\d)\}/g, (_, at) => values[at]);
  }

  /** The same as nodes, foreign text isolated from the direction of the sentence. */
  said(key, ...values) {
    return this.word(key).split(/(\{\d\})/).map((part) => (/^\{\d\}$/.test(part) ? bdi(values[part[1]]) : part));
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
