/** What is searched, and what of it is shown: articles or comments, facets, order. */
import { button, make } from "./dom.js";

export const FACETS = ["source", "section", "author", "tag", "year"];
const BY_DATE = ["newest", "oldest"], SORTS = ["relevance", ...BY_DATE];
const TARGETS = ["articles", "comments"];

export class Filters {
  #labels; #names; #changed; #first; #tabs; #lists;
  /** The choice, by name: ``in``, ``sort`` and facets; what is not chosen is not there. */
  chosen = {};

  /** ``names`` of the facets offered; ``first``: articles or comments; ``changed``: called when a choice was made. */
  constructor(labels, names, first, changed) {
    [this.#labels, this.#names, this.#first, this.#changed] = [labels, names, first, changed];
    this.#tabs = TARGETS.map((name) => button({ class: "tab", part: "tab" }, () => name === this.target || this.choose("in", name), make("b", {}, labels.text(name)), " ", make("span")));
    this.#lists = [...names, "sort"].map((name) => this.#list(name));
    this.node = make("div", { class: "filters", part: "filters", hidden: true },
      make("div", { class: "tabs", role: "group", "aria-label": labels.text("where") }, ...this.#tabs), make("div", { class: "lists" }, ...this.#lists));
  }

  get target() {
    return TARGETS.includes(this.chosen.in) ? this.chosen.in : this.#first;
  }

  get filtered() {
    return FACETS.some((name) => this.chosen[name]);
  }

  /** The parameters of the search. A year stands for all its days; by date a few words are to be near each other. */
  get parameters() {
    const { year, sort, ...others } = this.chosen;
    const days = /^\d{4}$/.test(year) ? year : "", order = SORTS.includes(sort) ? sort : "";
    const match = BY_DATE.includes(order) ? "near" : "";
    return { ...others, in: this.target, from: days, to: days, sort: order, match, facets: [...this.#names, "type"] };
  }

  choose(name, value) {
    this.chosen = { ...this.chosen, [name]: value };
    this.#changed();
  }

  clear() {
    this.chosen = { in: this.chosen.in };
    this.#changed();
  }

  /** Take the place that the counts of the first answer will have. */
  wait() {
    if (this.node.hidden) this.node.classList.add("blank");
    this.node.hidden = false;
  }

  /** Give it back where there was no answer. */
  leave() {
    if (this.node.classList.contains("blank")) this.node.hidden = true;
  }

  /** Show the counts of an answer. */
  show({ facets }) {
    const { number } = this.#labels;
    const first = this.node.classList.contains("blank");
    TARGETS.forEach((name, at) => {
      const total = facets.type?.find((each) => each.value === name);
      this.#tabs[at].setAttribute("aria-pressed", String(name === this.target));
      this.#tabs[at].lastChild.textContent = total ? number(total.count) : "";
    });
    this.#names.forEach((name, at) => this.#fill(name, this.#lists[at], facets[name] ?? [], first));
    this.#lists.at(-1).value = this.parameters.sort || SORTS[0];
    this.node.classList.remove("blank");
  }

  #list(name) {
    const list = make("select", { part: "facet", "aria-label": this.#labels.text(name) });
    if (name === "sort") list.append(...SORTS.map((value) => make("option", { value }, this.#labels.text(value))));
    list.addEventListener("change", () => this.choose(name, list.value));
    return list;
  }

  /** The values of a facet with their counts, below its name, which stands for all. */
  #fill(name, list, values, first) {
    const chosen = this.chosen[name] ?? "";
    const shown = name === "year" ? [...values].reverse() : values;
    const there = !chosen || values.some(({ value }) => value === chosen);
    const { number } = this.#labels;
    const said = (value) => (name === "year" ? value.replace(/\d/g, (digit) => number(Number(digit))) : `\u2068${value}\u2069`); // isolated
    const option = ({ value, count }) => make("option", { value }, said(value), count != null && ` (${number(count)})`);
    list.replaceChildren(make("option", { value: "" }, this.#labels.text(name)), ...(there ? [] : [option({ value: chosen })]), ...shown.map(option));
    list.value = chosen;
    list.classList.toggle("on", chosen !== "");
    list.disabled = !chosen && values.length < 2;
    list.hidden = list.disabled && (first || list.hidden); // one that was shown keeps its place
  }
}
