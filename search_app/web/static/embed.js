/*! <kashshaf-search>: a search box for any page. SPDX-License-Identifier: GPL-3.0-or-later
 * Kashshaf is free software under the GNU General Public License, version 3 or later.
 * Additional permission under section 7 of the GNU GPL version 3: loading this file from a web page, or
 * using the element it defines in one, does not by itself make that page, its site or their other scripts
 * a covered work. You may convey this file with such a page without conveying the page's own source.
 */
const STYLE = `
:host { display: block; direction: rtl; text-align: start; line-height: 1.8;
  --_accent: var(--kashshaf-accent, light-dark(#0b5c55, #6fd0c3));
  --_ink: var(--kashshaf-ink, light-dark(#1d1b18, #e9e5dc));
  --_soft: var(--kashshaf-soft, light-dark(#5f5a51, #a9a397));
  --_paper: var(--kashshaf-paper, light-dark(#fffefb, #1d2024));
  --_line: var(--kashshaf-line, light-dark(#ddd6c8, #34373c));
  --_edge: var(--kashshaf-edge, light-dark(#8b8374, #7c7b76));
  --_mark: var(--kashshaf-mark, light-dark(#fde9a9, #5d4a0b));
  --_font: var(--kashshaf-font, "Noto Naskh Arabic", "Geeza Pro", "Segoe UI", Tahoma, serif);
  --_ui: var(--kashshaf-ui-font, "Noto Sans Arabic", "Geeza Pro", "Segoe UI", Tahoma, sans-serif);
  color: var(--_ink); background: var(--_paper); font: 1.0625rem/1.8 var(--_font);
  border: 1px solid var(--_line); border-radius: 4px; padding: 1rem; overflow-wrap: anywhere; }
:host([hidden]) { display: none; }
* { box-sizing: border-box; }
form { display: flex; margin: 0; border: 1px solid var(--_edge); border-radius: 3px; }
input, button { font: 1rem/1.6 var(--_ui); min-block-size: 2.75rem; border: 1px solid; margin: 0; border-radius: 3px; }
input { flex: 1; min-inline-size: 0; padding-inline: .75rem; color: inherit; background: none; border: 0; appearance: none; }
input:placeholder-shown { direction: rtl; text-align: right; }
form button { border-start-start-radius: 0; border-end-start-radius: 0; margin: -1px; margin-inline-start: 0; }
input::placeholder { color: var(--_soft); opacity: 1; }
button { padding-inline: 1.25rem; font-weight: 600; cursor: pointer; color: var(--_paper);
  background: var(--_accent); border-color: var(--_accent); }
.more, .again { color: var(--_accent); background: none; margin-block-start: .75rem; }
:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }
label { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
a { color: var(--_accent); text-underline-offset: .3em; }
mark { background: var(--_mark); color: var(--_ink); padding: 0; }
ol, ul { list-style: none; margin: 0; padding: 0; }
p, h2 { margin: 0; }
h2 { font-size: 1.15rem; line-height: 1.6; }
ol > li > * { max-inline-size: 42rem; }
ol > li { padding-block: .9rem; border-block-start: 1px solid var(--_line); }
ol > li:last-child { padding-block-end: 0; }
.status, .facts, .count { font: .85rem/1.9 var(--_ui); color: var(--_soft); }
.status:empty { display: none; }
.status { margin-block: .5rem; }
.replies { margin-block-start: .4rem; padding-inline-start: .75rem; border-inline-start: 3px solid var(--_line); }
.replies a { display: block; color: inherit; text-decoration: none; }
.replies a:hover { text-decoration: underline; }`;

const NOUNS = {
  result: ["لا نتائج", "نتيجة واحدة", "نتيجتان", "# نتائج", "# نتيجة", "# نتيجة"],
  matching: ["", "تعليق مطابق واحد", "تعليقان مطابقان", "# تعليقات مطابقة", "# تعليقاً مطابقاً", "# تعليق مطابق"],
  like: ["", "إعجاب واحد", "إعجابان", "# إعجابات", "# إعجاباً", "# إعجاب"],
};
const FORMS = ["zero", "one", "two", "few", "many", "other"];
const PLURAL = new Intl.PluralRules("ar");
const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&#34;": '"', "&#x27;": "'" };
const LOCALE = "ar-u-nu-latn-ca-gregory";
const PARTS = {
  year: { year: "numeric" },
  month: { year: "numeric", month: "long" },
  day: { year: "numeric", month: "long", day: "numeric" },
};

const count = (number, noun) =>
  NOUNS[noun][FORMS.indexOf(PLURAL.select(number))].replace("#", () => number.toLocaleString("en"));

const joined = (nodes, between) => nodes.flatMap((node, index) => (index ? [between, node] : [node]));

/** An element with attributes; children are nodes or text, and text never becomes markup. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== "" && child != null));
  return element;
}

/** Nodes of the API's HTML-safe text: <mark> is the only tag it may hold, everything else stays text. */
function marked(html) {
  let inside = false;
  const nodes = [];
  for (const part of String(html ?? "").split(/(<\/?mark>)/)) {
    if (part === "<mark>" || part === "</mark>") inside = part === "<mark>";
    else if (part) {
      const text = part.replace(/&(?:amp|lt|gt|quot|#39|#34|#x27);/g, (entity) => ENTITIES[entity]);
      nodes.push(inside ? make("mark", {}, text) : text);
    }
  }
  return nodes;
}

/** The address if it is http or https, else null. */
function safe(address) {
  try {
    const url = new URL(address);
    return /^https?:$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** An ISO date as Arabic text, as fine as it is known; below a day, in the reader's own zone. */
function day(iso, precision) {
  const known = precision === "second";
  const date = new Date(known ? iso : String(iso).slice(0, 10));
  if (!iso || Number.isNaN(date.getTime())) return "";
  const parts = PARTS[precision] ?? PARTS.day;
  return new Intl.DateTimeFormat(LOCALE, known ? parts : { ...parts, timeZone: "UTC" }).format(date);
}

class KashshafSearch extends HTMLElement {
  static observedAttributes = ["placeholder"];
  #input = make("input", { type: "search", id: "q", dir: "auto", maxlength: "1000", autocomplete: "off", enterkeyhint: "search" });
  #status = make("p", { class: "status", role: "status", "aria-live": "polite" });
  #list = make("ol");
  #foot = make("div");
  #call = null;
  #text = "";
  #correct = "";
  #page = 0;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const form = make("form", { role: "search", lang: "ar" },
      make("label", { for: "q" }, "ابحث"), this.#input, make("button", { type: "submit" }, "ابحث"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.search(this.#input.value);
    });
    for (const part of [this.#status, this.#list, this.#foot]) part.lang = "ar";
    root.append(form, this.#status, this.#list, this.#foot);
    this.attributeChangedCallback();
  }

  attributeChangedCallback() {
    this.#input.placeholder = this.getAttribute("placeholder") ?? "كلمة أو اسم أو عبارة";
  }

  disconnectedCallback() {
    this.#call?.abort();
  }

  /** Look for a text and show its first results. */
  search(text, correct = "") {
    this.#input.value = text;
    this.#text = text.trim();
    this.#correct = correct;
    this.#page = 0;
    this.#list.replaceChildren();
    this.#foot.replaceChildren();
    this.#status.textContent = "";
    if (this.#text) return this.#next();
    this.#call?.abort();
    this.#status.textContent = "اكتب ما تبحث عنه.";
  }

  /** The address of the search service, ending in a slash. */
  get #base() {
    const given = safe(this.getAttribute("api") || new URL(".", import.meta.url).href);
    return given && given.replace(/[?#].*$/, "").replace(/\/*$/, "/");
  }

  #url(path, parameters = {}, anchor = "") {
    const url = new URL(path, this.#base);
    for (const [name, value] of Object.entries(parameters)) if (value) url.searchParams.set(name, value);
    url.hash = anchor;
    return url.href;
  }

  #article(id, anchor = "") {
    return this.#url("articles/" + String(id).split("/").map(encodeURIComponent).join("/"), { q: this.#text }, anchor);
  }

  async #next() {
    this.#call?.abort();
    const call = (this.#call = new AbortController());
    this.#foot.replaceChildren();
    this.#status.textContent = "يجري البحث…";
    try {
      const parameters = { q: this.#text, in: this.getAttribute("in"), size: this.getAttribute("size"), page: this.#page + 1, correct: this.#correct };
      const answer = await fetch(this.#url("api/v1/search", parameters), { signal: call.signal, credentials: "omit" });
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      const found = await answer.json();
      if (call === this.#call) this.#show(found);
    } catch (error) {
      if (call === this.#call && error.name !== "AbortError") this.#fail();
    }
  }

  #show(found) {
    const typed = found.query.corrected_from;
    if (typed) this.#text = found.query.text;
    this.#page = found.page;
    const items = found.hits.map((hit) => (hit.type === "comment" ? this.#comment(hit) : this.#hit(hit)));
    this.#list.append(...items);
    this.#status.textContent = (typed ? `بحثنا عن «${this.#text}». ` : "") + (found.total
      ? this.#counted(found) + (found.page > 1 ? `، منها ${this.#list.children.length} معروضة` : "")
      : `لم نجد شيئاً عن «${this.#text}». جرّب كلمات أقل.`);
    if (typed) this.#offer(`ابحث عن «${typed}» بدلاً من ذلك`, typed, "no");
    if (found.suggestion) this.#offer(`هل تقصد «${found.suggestion}»؟`, found.suggestion);
    const shown = (found.page - 1) * found.size + found.hits.length;
    if (found.hits.length && shown < found.total + found.total_partial) this.#button("more", "المزيد");
    if (found.page > 1) items[0]?.querySelector("a")?.focus();
  }

  #counted({ total, total_partial, hits }) {
    if (total_partial) return `${count(total, "result")}، و${count(total_partial, "result")} فيها بعض الكلمات`;
    return (hits.some((hit) => hit.match === "partial") ? "لا نتيجة فيها كل الكلمات؛ فيها بعضها: " : "") + count(total, "result");
  }

  /** A button after the count that searches for another text. */
  #offer(label, text, correct) {
    const button = make("button", { type: "button", class: "offer" }, label);
    button.addEventListener("click", () => this.search(text, correct));
    this.#status.append(" ", button);
  }

  #fail() {
    this.#status.textContent = "تعذّر البحث الآن.";
    this.#button("again", "أعد المحاولة");
  }

  #button(kind, label) {
    const button = make("button", { type: "button", class: kind }, label);
    button.addEventListener("click", () => this.#next());
    this.#foot.replaceChildren(button);
  }

  #hit(hit) {
    const title = hit.title_html ? marked(hit.title_html) : ["مقال من غير عنوان"];
    const link = make("a", { href: safe(hit.url) ?? this.#article(hit.id) }, ...title);
    const snippets = hit.snippets.map((snippet) => make("p", { dir: "auto" }, ...marked(snippet)));
    return make("li", {}, make("h2", { dir: "auto" }, link),
      this.#facts([hit.source, hit.section, hit.author, day(hit.date, hit.date_precision)]), this.#missing(hit), ...snippets, this.#also(hit), this.#replies(hit));
  }

  /** The words of the query that a partial match lacks. */
  #missing({ missing }) {
    const words = missing.map((word) => make("bdi", {}, word));
    return words.length ? make("p", { class: "facts" }, "من غير: ", ...joined(words, "، ")) : null;
  }

  /** Where else the text was published: three places at most. */
  #also(hit) {
    if (!hit.also_at.length) return null;
    const links = hit.also_at.slice(0, 3).map((other) => make("a", { href: safe(other.url) ?? this.#article(other.id) },
      make("bdi", {}, (other.source !== hit.source && other.source) || other.title || "مقال من غير عنوان")));
    return make("p", { class: "facts" }, "نُشر أيضاً في: ", ...joined(links, "، "));
  }

  #replies(hit) {
    const { matching, hits, total } = hit.comments;
    if (!matching) return null;
    const lines = hits.map((line) => make("li", {},
      make("a", { href: this.#article(hit.id, "c-" + line.id), dir: "auto" }, ...marked(line.snippet))));
    const counted = make("p", { class: "count" }, `${count(matching, "matching")} من ${total.toLocaleString("en")}`);
    return make("div", { class: "replies" }, counted, make("ul", {}, ...lines));
  }

  #comment(hit) {
    const link = make("a", { href: this.#article(hit.article_id, "c-" + hit.id) }, hit.article_title || "مقال من غير عنوان");
    return make("li", {}, make("h2", { dir: "auto" }, link), this.#missing(hit), make("p", { dir: "auto" }, ...marked(hit.snippet)),
      this.#facts([hit.author, day(hit.date, hit.date_precision), hit.likes > 0 ? count(hit.likes, "like") : ""]));
  }

  #facts(facts) {
    const known = facts.filter(Boolean).map((fact) => make("bdi", {}, fact));
    return make("p", { class: "facts" }, ...joined(known, " · "));
  }
}

if (!customElements.get("kashshaf-search")) customElements.define("kashshaf-search", KashshafSearch);
