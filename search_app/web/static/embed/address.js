/** A search in the address of the host's page: it can be shared, and the browser's back button undoes it. */

const claimed = new Set(); // names of parameters that an element of this page keeps its search in
const FIELDS = ["in", "source", "section", "author", "tag", "year", "sort"]; // below the parameter's name: q_in, q_source …

export class Address {
  #name; #typing = false; #changed;
  #pop = () => {
    this.#typing = false;
    this.#changed(this.read());
  };

  /** ``name`` of the parameter, empty: nothing is kept. ``changed`` is told of what back and forward lead to. */
  constructor(name, changed) {
    if (!name || claimed.has(name)) return; // of two elements with one name the first has it
    [this.#name, this.#changed] = [name, changed];
    claimed.add(name);
    addEventListener("popstate", this.#pop);
  }

  close() {
    claimed.delete(this.#name);
    removeEventListener("popstate", this.#pop);
  }

  /** The search that the address says: ``text``, empty without one, and what was chosen beside it. */
  read() {
    const given = this.#name ? new URL(location.href).searchParams : new URLSearchParams();
    const chosen = FIELDS.map((field) => [field, given.get(`${this.#name}_${field}`)]).filter(([, value]) => value);
    return { text: (given.get(this.#name) ?? "").trim().slice(0, 1000), chosen: Object.fromEntries(chosen) };
  }

  /** Write a search into the address. What is typed letter by letter is one step of the history. */
  write(text, chosen, typing) {
    if (!this.#name) return;
    const url = new URL(location.href);
    const set = (name, value) => (value ? url.searchParams.set(name, value) : url.searchParams.delete(name));
    set(this.#name, text);
    for (const field of FIELDS) set(`${this.#name}_${field}`, text && chosen[field]);
    const going_on = typing && this.#typing;
    this.#typing = typing;
    if (url.href !== location.href) history[going_on ? "replaceState" : "pushState"](history.state, "", url); // the state is the host's
  }
}
