/** A search in the address of the host's page: it can be shared, and the browser's back button undoes it. */

const claimed = new Set(); // names of parameters that an element of this page keeps its search in

/** Fields of a search beside its text, each below the parameter's name: q, q_in, q_source … */
const LISTS = ["source", "section", "author", "tag"];
const SINGLE = ["in", "year", "sort"];

export class Address {
  #name; #mine; #typing = false; #changed;
  #pop = () => {
    this.#typing = false;
    this.#changed(this.read());
  };

  /** ``name`` of the parameter, empty: nothing is kept. ``changed`` is told of what back and forward lead to. */
  constructor(name, changed) {
    [this.#name, this.#changed] = [name, changed];
    this.#mine = Boolean(name) && !claimed.has(name); // of two elements with one name the first has it
    if (!this.#mine) return;
    claimed.add(name);
    addEventListener("popstate", this.#pop);
  }

  close() {
    if (!this.#mine) return;
    claimed.delete(this.#name);
    removeEventListener("popstate", this.#pop);
  }

  read() {
    const given = new URL(location.href).searchParams;
    const search = { text: "", chosen: {} };
    if (!this.#mine) return search;
    search.text = (given.get(this.#name) ?? "").trim().slice(0, 1000);
    for (const field of LISTS) search.chosen[field] = given.getAll(`${this.#name}_${field}`);
    for (const field of SINGLE) search.chosen[field] = given.getAll(`${this.#name}_${field}`).slice(0, 1);
    return search;
  }

  /** Write a search into the address. What is typed letter by letter is one step of the history. */
  write({ text, chosen }, typing) {
    if (!this.#mine) return;
    const url = new URL(location.href);
    const set = (name, values = []) => {
      url.searchParams.delete(name);
      for (const value of values) if (value) url.searchParams.append(name, value);
    };
    set(this.#name, [text]);
    for (const field of [...LISTS, ...SINGLE]) set(`${this.#name}_${field}`, text ? chosen[field] : []);
    const going_on = typing && this.#typing;
    this.#typing = typing;
    if (url.href === location.href) return;
    history[going_on ? "replaceState" : "pushState"](history.state, "", url); // the state is the host's
  }
}
