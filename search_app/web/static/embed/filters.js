/** What is searched, and what of it is shown: articles or comments, facets, order. */
import { bdi, button, make } from "./dom.js";

export const FACETS = ["source", "section", "author", "tag", "year"];
const ALONE = { year: true, sort: true };
const SORTS = ["relevance", "newest", "oldest"];

/** Of what was chosen, the parameters of the search. A year stands for all its days. */
export function parameters(chosen) {
  const { year = [], ...rest } = chosen;
  return { ...rest, from: year, to: year };
}

export class Filters {
  #labels; #names; #changed; #chosen = {}; #tabs = {}; #menus = {};

  /** ``names`` of the facets offered; ``target``: articles or comments, first; ``changed``: called when a choice was made. */
  constructor(labels, names, target, changed) {
    [this.#labels, this.#names, this.#changed] = [labels, names, changed];
    this.target = target;
    for (const name of ["articles", "comments"]) this.#tabs[name] = this.#tab(name);
    for (const name of [...names, "sort"]) this.#menus[name] = this.#menu(name);
    const tabs = make("div", { class: "tabs", part: "tabs", role: "group", "aria-label": labels.text("where") }, ...Object.values(this.#tabs));
    this.node = make("div", { class: "filters", part: "filters", hidden: true }, tabs, make("div", { class: "menus" }, ...Object.values(this.#menus).map((menu) => menu.details)));
    this.node.addEventListener("keydown", (event) => this.#escape(event));
  }

  /** The facets to ask the server for. */
  get asked() {
    return [...this.#names, "type"].join();
  }

  get chosen() {
    return this.#chosen;
  }

  get filtered() {
    return FACETS.some((name) => this.#chosen[name]?.length);
  }

  /** Take a choice from elsewhere; nothing is told. */
  set chosen(chosen) {
    this.#chosen = Object.fromEntries(Object.entries(chosen).filter(([, values]) => values.length));
    if (!SORTS.includes(this.#chosen.sort?.[0])) delete this.#chosen.sort;
    if (!["articles", "comments"].includes(this.#chosen.in?.[0])) delete this.#chosen.in;
    if (!/^\d{4}$/.test(this.#chosen.year?.[0] ?? "")) delete this.#chosen.year;
    this.#press();
  }

  /** Search articles or comments. */
  switch(target) {
    this.#chosen = { ...this.#chosen, in: target === this.target ? [] : [target] };
    this.#press();
    this.#changed();
  }

  clear() {
    for (const name of FACETS) delete this.#chosen[name];
    this.#changed();
  }

  /** Show the counts of an answer. */
  show({ facets }) {
    const totals = new Map((facets.type ?? []).map((each) => [each.value, each.count]));
    for (const [name, { count }] of Object.entries(this.#tabs)) count.textContent = totals.has(name) ? this.#labels.number(totals.get(name)) : "";
    for (const name of this.#names) this.#fill(name, facets[name] ?? []);
    this.#fill("sort", SORTS.map((value) => ({ value, label: this.#labels.text(value) })));
    this.#press();
    this.node.hidden = false;
  }

  /** Close the open menu, unless an event happened in it. */
  close(event) {
    for (const { details } of Object.values(this.#menus)) if (!event?.composedPath().includes(details)) details.open = false;
  }

  get current() {
    return this.#chosen.in?.[0] ?? this.target;
  }

  #tab(name) {
    const count = make("span", { class: "number" });
    const node = button({ class: "tab", part: "tab", "aria-pressed": "false" }, () => this.current === name || this.switch(name), this.#labels.text(name), " ", count);
    return Object.assign(node, { count });
  }

  #press() {
    for (const [name, node] of Object.entries(this.#tabs)) node.setAttribute("aria-pressed", String(name === this.current));
    for (const [name, { told }] of Object.entries(this.#menus)) told.replaceChildren(...this.#told(name));
  }

  /** What a menu's head says of what was chosen in it. */
  #told(name) {
    const values = this.#chosen[name] ?? [];
    if (name === "sort") return [this.#labels.text(values[0] ?? SORTS[0])];
    if (!values.length) return [this.#labels.text(name)];
    return values.length > 1 ? [this.#labels.text(name), " ", make("span", { class: "badge" }, this.#labels.number(values.length))] : [bdi(this.#shown(name, values[0]))];
  }

  #shown(name, value) {
    return name === "year" ? value.replace(/\d/g, (digit) => this.#labels.number(Number(digit))) : value;
  }

  #menu(name) {
    const told = make("span", { class: "told" });
    const panel = make("div", { class: "panel", part: "panel", role: "group", "aria-label": this.#labels.text(name) });
    const details = make("details", { class: `menu ${name}`, part: "facet" }, make("summary", {}, make("span", { class: "unseen" }, this.#labels.text(name)), told), panel);
    panel.addEventListener("change", (event) => this.#choose(name, event.target));
    details.addEventListener("toggle", () => details.open && this.close({ composedPath: () => [details] }));
    return { details, told, panel };
  }

  #fill(name, values) {
    const { details, panel } = this.#menus[name];
    const held = panel.getRootNode().activeElement;
    const again = panel.contains(held) ? held.value : null;
    const chosen = this.#chosen[name] ?? [];
    const gone = chosen.filter((value) => !values.some((each) => each.value === value)).map((value) => ({ value }));
    const every = name === "year" ? [{ value: "", label: this.#labels.text("every") }] : [];
    const newest = name === "year" ? [...values].reverse() : values;
    const boxes = [...every, ...gone, ...newest.slice(0, 50)].map((each) => this.#box(name, each, chosen));
    panel.replaceChildren(...boxes);
    details.hidden = !chosen.length && name !== "sort" && values.length < 2;
    if (again !== null) [...panel.querySelectorAll("input")].find((input) => input.value === again)?.focus();
  }

  #box(name, { value, count, label }, chosen) {
    const one = ALONE[name];
    const checked = chosen.includes(value) || (one && !chosen.length && (value === "" || value === SORTS[0]));
    const input = make("input", { type: one ? "radio" : "checkbox", name: one && name, value, checked });
    return make("label", {}, input, make("bdi", {}, label ?? this.#shown(name, value)), count != null && make("span", { class: "number" }, this.#labels.number(count)));
  }

  #choose(name, input) {
    const others = ALONE[name] ? [] : (this.#chosen[name] ?? []).filter((value) => value !== input.value);
    const nothing = !input.value || (name === "sort" && input.value === SORTS[0]);
    this.#chosen = { ...this.#chosen, [name]: input.checked && !nothing ? [...others, input.value] : others };
    this.#press();
    if (ALONE[name]) this.#leave(name);
    this.#changed();
  }

  #leave(name) {
    const { details } = this.#menus[name];
    details.open = false;
    details.firstChild.focus();
  }

  #escape(event) {
    const open = event.key === "Escape" && Object.keys(this.#menus).find((name) => this.#menus[name].details.open);
    if (!open) return;
    event.preventDefault(); // an overlay around stays open
    event.stopPropagation();
    this.#leave(open);
  }
}
