/** Completion of the field, by the pattern for an editable combobox of the ARIA Authoring Practices Guide. */
import { make } from "./dom.js";

const PAUSE = 120; // milliseconds
const MOST = 6;

export class Completion {
  #input; #list; #live; #labels; #options = []; #active = -1; #call = null; #timer = 0; #ask; #choose;
  off = false; // no completions: the operator has something to mend first

  /** ``ask``: text and signal to completions; ``choose``: what to do with the text of one. */
  constructor(input, labels, ask, choose) {
    [this.#input, this.#labels, this.#ask, this.#choose] = [input, labels, ask, choose];
    this.#list = make("ul", { id: "completions", class: "completions", part: "completions", role: "listbox", "aria-label": labels.text("suggestions"), hidden: true });
    this.#live = make("p", { class: "unseen", "aria-live": "polite" });
    this.nodes = [this.#list, this.#live];
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "completions", "aria-haspopup": "listbox" };
    for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
    input.addEventListener("input", (event) => event.isComposing || this.#later());
    input.addEventListener("compositionend", () => this.#later());
    input.addEventListener("keydown", (event) => event.isComposing || event.keyCode === 229 || this.#key(event));
    input.addEventListener("blur", () => this.close());
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.#list.addEventListener("click", (event) => this.#take(this.#options.indexOf(event.target.closest("li"))));
  }

  get open() {
    return !this.#list.hidden;
  }

  close() {
    clearTimeout(this.#timer);
    this.#call?.abort();
    this.#list.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#point(-1);
  }

  #later() {
    clearTimeout(this.#timer);
    this.#point(-1);
    if (this.#input.value.trim() && !this.off) this.#timer = setTimeout(() => this.#suggest(), PAUSE);
    else this.close();
  }

  async #suggest(first = -1) {
    this.#call?.abort();
    const call = (this.#call = new AbortController());
    const text = this.#input.value;
    if (!text.trim()) return;
    try {
      const found = await this.#ask(text, call.signal);
      if (!call.signal.aborted && this.#input.getRootNode().activeElement === this.#input) this.#show(found.slice(0, MOST), text, first);
    } catch (error) {
      if (call.signal.aborted) return;
      this.close(); // completion is a help: without it one types on
      this.off = Boolean(error.remedy); // what the operator has to mend, no further call does
    }
  }

  #show(found, text, first) {
    this.#options = found.map((each, index) => make("li", { role: "option", id: `completion-${index}`, part: "completion", "aria-selected": "false" },
      make("span", { class: "text", dir: "auto" }, ...typedApart(each.text, text)),
      make("span", { class: "kind" }, this.#labels.word(each.kind))));
    this.#options.forEach((option, index) => { option.completion = found[index].text; });
    this.#list.replaceChildren(...this.#options);
    if (!found.length) return this.close();
    this.#list.hidden = false;
    this.#input.setAttribute("aria-expanded", "true");
    this.#live.textContent = this.#labels.count(found.length, "suggestion");
    this.#point(first < 0 ? first : first % found.length);
  }

  #point(index) {
    this.#active = index;
    this.#options.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    if (index < 0) this.#input.removeAttribute("aria-activedescendant");
    else {
      this.#input.setAttribute("aria-activedescendant", this.#options[index].id);
      this.#options[index].scrollIntoView({ block: "nearest" });
    }
  }

  #take(index) {
    if (index < 0) return;
    const text = this.#options[index].completion;
    this.close();
    this.#choose(text);
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const last = this.#options.length - 1;
    const keys = {
      ArrowDown: () => (this.open ? event.altKey || this.#point(this.#active < last ? this.#active + 1 : 0) : this.#suggest(event.altKey ? -1 : 0)),
      ArrowUp: () => (this.open ? (event.altKey ? this.close() : this.#point(this.#active > 0 ? this.#active - 1 : last)) : this.#suggest(MOST - 1)),
      Enter: () => this.#active >= 0 && (event.preventDefault(), this.#take(this.#active)),
      Escape: () => this.open && (event.preventDefault(), this.close()), // a second one is for what is around
    };
    if (/^Arrow(Up|Down)$/.test(event.key)) event.preventDefault();
    if (keys[event.key]) keys[event.key]();
    else if (/^(Arrow(Left|Right)|Home|End)$/.test(event.key)) this.#point(-1); // back to the text
  }
}

/** A completion with what is added to the typed text in bold. */
const typedApart = (text, typed) => (text.startsWith(typed) ? [typed, make("b", {}, text.slice(typed.length))] : [text]);
