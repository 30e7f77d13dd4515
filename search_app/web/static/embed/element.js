/** The element itself: reads its attributes, asks, shows, tells the page what happened. */
import { Address } from "./address.js";
import { Api, Failure } from "./api.js";
import { Completion } from "./completion.js";
import { button, icon, make, web } from "./dom.js";
import { FACETS, Filters } from "./filters.js";
import { Hits } from "./hits.js";
import { Labels } from "./labels.js";
import { Overlay } from "./overlay.js";
import { Fault, nothing, skeleton } from "./states.js";
import STYLE from "./style.css";

const DEBOUNCE = 200; // milliseconds
const PATIENCE = 150; // milliseconds until old results are dimmed
const INSTANT = 2; // letters from which results come while typing
const ATTRIBUTES = ["api", "api-key", "digits", "facets", "in", "key", "lang", "mode", "pages", "param", "pictures", "placeholder", "results-url", "size", "author", "section", "source", "tag"];
const DEFAULT_FACETS = "source,section,year";
const FIXED = ["source", "section", "author", "tag"]; // filters that an attribute sets for good

export class KashshafSearch extends HTMLElement {
  static observedAttributes = ATTRIBUTES;
  #root = this.attachShadow({ mode: "open" });
  #built = false; #stale = false;
  #labels; #api; #address; #completion; #filters; #hits; #overlay; #fault; #call; #timer; #dim;
  #input; #status; #list; #foot; #body;
  #text = ""; #correct = ""; #page = 0;
  #barred = false; // the operator has something to mend: only who asks for it calls again

  constructor() {
    super();
    dress(this.#root);
  }

  connectedCallback() {
    if (this.#built) return;
    this.#build();
    const { text, chosen } = this.#address.read();
    if (!text) return;
    this.#body.classList.add("reserved"); // what stands below is not moved when the results come
    this.#take(text, chosen);
    this.#overlay?.open();
  }

  disconnectedCallback() {
    this.#leave();
  }

  /** Several attributes may change in one go: they are read once, afterwards. */
  attributeChangedCallback() {
    if (!this.#built || this.#stale) return;
    this.#stale = true;
    queueMicrotask(() => {
      this.#stale = false;
      if (this.#built) this.#rebuild();
    });
  }

  /** Look for a text and show its first results. */
  search(text) {
    return this.#search(String(text), { typing: false });
  }

  /** Open the overlay, or go to the field. */
  open() {
    if (this.#overlay) this.#overlay.open();
    else this.focus();
  }

  /** Close the overlay. */
  close() {
    this.#overlay?.close();
  }

  focus(options) {
    (this.#overlay && !this.#overlay.is_open ? this.#overlay.trigger : this.#input)?.focus(options);
  }

  // Building, and leaving no trace.

  #build() {
    this.#built = true;
    this.#labels = new Labels(this.getAttribute("lang"), this.getAttribute("digits"));
    this.#api = new Api(this.getAttribute("api") || import.meta.url.replace(/embed(\/[^/]*)?\.js([?#].*)?$/, ""), this.getAttribute("pages"), this.getAttribute("key") ?? this.getAttribute("api-key"), this.#labels.language);
    this.#address = new Address(this.#elsewhere() ? "" : (this.getAttribute("param") ?? "q"), ({ text, chosen }) => {
      this.#take(text, chosen);
      this.#overlay?.[text ? "open" : "close"]();
    });
    this.#hits = new Hits(this.#labels, this.#api, this.getAttribute("pictures") ?? "own", (event, told) => this.#tell("select", told, true) || event.preventDefault());
    this.#filters = new Filters(this.#labels, this.#facets(), this.getAttribute("in") === "comments" ? "comments" : "articles", () => this.#search(this.#text, { typing: false, correct: this.#correct }));
    const search = make("div", { class: "search" }, this.#form(), this.#results());
    const root = make("div", { class: "root", part: "root", dir: this.#labels.direction, lang: this.#labels.language });
    if (this.getAttribute("mode") === "overlay") {
      this.#overlay = new Overlay(this.#labels, this.#placeholder, search, () => (this.#input.focus(), this.#input.select()), () => this.#clear(true));
      root.append(...this.#overlay.nodes);
    } else root.append(search);
    this.#root.append(root);
  }

  #leave() {
    if (!this.#built) return;
    this.#built = false;
    this.#stop();
    this.#completion.close();
    this.#address.close();
    this.#api.close();
    this.#overlay?.leave();
    this.#overlay = null;
    this.#root.querySelector(".root").remove();
  }

  #rebuild() {
    const text = this.#text, chosen = this.#filters.chosen, held = this.#root.activeElement === this.#input, value = this.#input.value;
    const open = this.#overlay?.is_open;
    this.#leave();
    this.#build();
    this.#take(text, chosen);
    if (open) this.#overlay?.open();
    this.#input.value = value;
    if (held) this.#input.focus();
  }

  /** End what is under way: the call, the timers, a failure that counts down. */
  #stop() {
    this.#call?.abort();
    this.#fault?.close();
    clearTimeout(this.#timer);
    clearTimeout(this.#dim);
  }

  get #placeholder() {
    return this.getAttribute("placeholder") ?? this.#labels.text("placeholder");
  }

  /** The facets offered; of what an attribute sets there is no choice. */
  #facets() {
    const asked = (this.getAttribute("facets") ?? DEFAULT_FACETS).split(/[\s,]+/);
    return FACETS.filter((name) => asked.includes(name) && !this.hasAttribute(name));
  }

  #form() {
    this.#input = make("input", { id: "q", part: "input", type: "text", inputmode: "search", dir: "auto", maxlength: "1000", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search", placeholder: this.#placeholder });
    this.#completion = new Completion(this.#input, this.#labels, (text, signal) => this.#api.suggest(text, signal), (text) => this.#submit(text));
    const wipe = button({ class: "wipe", part: "clear", "aria-label": this.#labels.text("clear") }, () => this.#wipe(), icon("close"));
    const send = make("button", { type: "submit", class: "send", part: "submit" }, icon("search"), make("span", { class: "unseen" }, this.#labels.text("search")));
    const form = make("form", { role: "search", part: "form" }, make("label", { for: "q", class: "unseen" }, this.#labels.text("search")),
      make("div", { class: "field", part: "field" }, this.#input, wipe, send), ...this.#completion.nodes);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit(this.#input.value);
    });
    this.#input.addEventListener("input", (event) => event.isComposing || this.#typed());
    this.#input.addEventListener("compositionend", () => this.#typed());
    return form;
  }

  #results() {
    this.#status = make("p", { class: "status", part: "status", role: "status" });
    this.#list = make("ol", { class: "hits", part: "results" });
    this.#foot = make("div", { class: "foot" });
    this.#body = make("div", { class: "body", hidden: true }, this.#filters.node, this.#status, this.#list, this.#foot);
    return this.#body;
  }

  // What the reader does.

  #typed() {
    clearTimeout(this.#timer);
    const text = this.#input.value.trim();
    if (!text) return this.#clear(true);
    if (text.length < INSTANT || this.#barred || this.#elsewhere()) return;
    this.#timer = setTimeout(() => this.#search(text, { typing: true }), DEBOUNCE);
  }

  #submit(text) {
    this.#completion.close();
    this.#input.value = text;
    const page = text.trim() && this.#elsewhere();
    if (!page) return this.#search(text, { typing: false });
    page.searchParams.set(this.getAttribute("param") || "q", text.trim());
    location.assign(page);
  }

  /** The page that shows the results, where it is another one than this. */
  #elsewhere() {
    const given = this.getAttribute("results-url");
    return given ? web(given, document.baseURI) : null;
  }

  #wipe() {
    this.#input.value = "";
    this.#clear(true);
    this.#input.focus();
  }

  #tell(name, detail, cancelable = false) {
    return this.dispatchEvent(new CustomEvent(`kashshaf:${name}`, { detail, bubbles: true, composed: true, cancelable }));
  }

  // Searching.

  /** Show what an address says. */
  #take(text, chosen) {
    this.#filters.chosen = chosen;
    this.#input.value = text;
    if (text) this.#search(text, { kept: true });
    else this.#clear(false);
  }

  /** ``kept``: the address says so already; ``correct``: "no" for what was typed, letter by letter. */
  #search(text, { typing = false, kept = false, correct = "" }) {
    text = text.trim();
    if (!typing) this.#input.value = text;
    if (!text) return this.#clear(false, this.#labels.text("type_something"));
    if (typing && text === this.#text && !this.#fault) return undefined;
    [this.#text, this.#correct, this.#page] = [text, correct, 0];
    if (!kept) this.#address.write(text, this.#filters.chosen, typing);
    return this.#next();
  }

  /** Back to the empty field; ``write``: in the address too; ``advice``: what to do. */
  #clear(write, advice = "") {
    this.#stop();
    this.#text = "";
    this.#fault = null;
    this.#filters.node.hidden = true;
    this.#body.hidden = !advice;
    this.#body.classList.remove("reserved");
    for (const part of [this.#list, this.#foot]) part.replaceChildren();
    this.#status.textContent = advice;
    if (write) this.#address.write("", {}, true);
  }

  #parameters() {
    const fixed = Object.fromEntries(FIXED.map((name) => [name, (this.getAttribute(name) ?? "").split("|").map((each) => each.trim())]).filter(([, values]) => values[0]));
    const { facets, ...chosen } = this.#filters.parameters;
    return { ...chosen, ...fixed, q: this.#text, size: this.getAttribute("size"), page: this.#page + 1, correct: this.#correct, facets: this.#page ? "" : facets.join() };
  }

  async #next() {
    this.#stop();
    const call = (this.#call = new AbortController());
    this.#load();
    try {
      const found = await this.#api.search(this.#parameters(), call.signal);
      if (!call.signal.aborted) this.#show(found);
    } catch (failure) {
      if (!call.signal.aborted) this.#fail(failure);
    } finally {
      if (!call.signal.aborted) this.#loaded();
    }
  }

  /** Lines in place of results that are not there yet; results of another text stay until they are dimmed. */
  #load() {
    this.#body.hidden = false;
    this.#body.setAttribute("aria-busy", "true");
    this.#filters.wait();
    if (this.#page || this.#list.children.length) this.#dim = setTimeout(() => this.#body.classList.add("loading"), PATIENCE);
    else {
      this.#status.textContent = this.#labels.text("loading");
      this.#end(skeleton(Math.min(Math.max(Number(this.getAttribute("size")) || 4, 1), 10)));
    }
  }

  #loaded() {
    clearTimeout(this.#dim);
    this.#body.removeAttribute("aria-busy");
    this.#body.classList.remove("loading");
  }

  #show(found) {
    this.#fault = null;
    this.#barred = this.#completion.off = false;
    const typed = found.query.corrected_from;
    if (typed) this.#text = found.query.text;
    const first = found.page === 1, before = (found.page - 1) * found.size;
    const items = found.hits.map((hit, index) => this.#hits.item(hit, this.#text, before + index + 1));
    this.#page = found.page;
    if (first) this.#list.replaceChildren();
    if (first) this.#filters.show(found);
    this.#list.append(...items);
    this.#say(found, typed, before);
    this.#end(this.#rest(found, before));
    if (!first) items[0]?.querySelector("a")?.focus();
    this.#tell("search", { query: this.#text, typed: typed ?? this.#text, total: found.total, page: found.page, in: this.#filters.target, answer: found });
  }

  /** The line above the results: how many, and how the query was read. */
  #say(found, typed, before) {
    const labels = this.#labels, offer = (key, text, correct) => [" ", button({ class: "offer" }, () => this.#search(text, { correct }), ...labels.said(key, text))];
    this.#status.replaceChildren(
      ...(typed ? [...labels.said("corrected", this.#text), ...offer("literally", typed, "no"), " "] : []),
      ...(found.total ? [before ? labels.text("shown", this.#counted(found), labels.number(before + found.hits.length)) : this.#counted(found)] : []),
      ...(found.suggestion ? offer("meant", found.suggestion) : []));
  }

  #counted({ total, total_partial, hits }) {
    const results = (number) => this.#labels.count(number, "result");
    if (total_partial) return this.#labels.text("partly", results(total), results(total_partial));
    return hits.some((hit) => hit.match === "partial") ? this.#labels.text("only_partial", results(total)) : results(total);
  }

  /** Put something below the results; in a place of its own, since what was there would seem to move. */
  #end(...nodes) {
    const foot = make("div", { class: "foot" }, ...nodes);
    this.#foot.replaceWith(foot);
    this.#foot = foot;
  }

  /** More results, or that there are none. */
  #rest(found, before) {
    const more = found.hits.length && before + found.hits.length < found.total + found.total_partial;
    if (!found.total) return nothing(this.#labels, this.#text, this.#ways(found));
    return more ? button({ class: "more", part: "more" }, () => this.#next(), this.#labels.text("more")) : "";
  }

  #ways({ facets }) {
    const other = this.#filters.target === "articles" ? "comments" : "articles";
    const there = facets.type?.some((each) => each.value === other && each.count);
    const ways = this.#filters.filtered ? [["unfiltered", () => this.#filters.clear()]] : [];
    return there ? [...ways, [`in_${other}`, () => this.#filters.choose("in", other)]] : ways;
  }

  #fail(failure) {
    if (!failure.kind) reportError(failure); // an answer that is none, or a fault of the element: for the console
    failure = failure.kind ? failure : new Failure("broken");
    this.#fault = new Fault(failure, this.#labels, () => this.#next());
    this.#barred = this.#completion.off = Boolean(failure.remedy);
    if (!this.#page) this.#list.replaceChildren();
    this.#filters.leave();
    this.#status.replaceChildren();
    this.#end(this.#fault.node);
    this.#tell("error", { kind: failure.kind, status: failure.status, wait: failure.wait, remedy: failure.remedy, query: this.#text });
  }
}

/** The element's own style sheet; no inline style, so that the strictest policy of a page lets it be. */
function dress(root) {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  } catch { // browsers before 2023
    root.append(make("style", {}, STYLE));
  }
}

if (!customElements.get("kashshaf-search")) customElements.define("kashshaf-search", KashshafSearch);
