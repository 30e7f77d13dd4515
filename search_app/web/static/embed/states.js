/** What stands in the place of results: a skeleton while they load, nothing found, a failure. */
import { button, icon, make } from "./dom.js";

/** Grey lines as high as the results to come, so that nothing moves when they are there. */
export function skeleton(size) {
  const row = () => make("li", {}, make("i"), make("i"), make("i"));
  return make("ol", { class: "skeleton", "aria-hidden": "true" }, ...Array.from({ length: size }, row));
}

/** Nothing found: ``ways`` are pairs of a label's key and what to do. */
export function nothing(labels, text, ways) {
  return make("div", { class: "empty", part: "empty" }, make("h2", {}, ...labels.said("nothing", text)),
    make("p", {}, labels.text("fewer")),
    make("p", { class: "ways" }, ...ways.map(([key, deed]) => button({ class: "quiet" }, deed, labels.text(key)))));
}

/** A failure: what it is, what to do. Only what may pass is tried again, by itself where the server says when. */
export class Fault {
  #timer = 0; #online;

  constructor(failure, labels, again) {
    const { kind, wait, remedy, detail } = failure;
    this.node = make("div", { class: "empty fault", part: "error", role: "alert" }, make("h2", {}, icon("alert"), labels.text(remedy ? "not_here" : kind)), remedy && told(labels, remedy));
    if (kind === "refused") this.node.append(make("p", { dir: "auto" }, detail));
    if (wait) this.#countdown(wait, labels, again);
    else if (kind === "offline") this.#await_network(labels, again);
    else if (!remedy && kind !== "refused") this.node.append(make("p", {}, labels.text("later")), make("p", { class: "ways" }, button({ class: "again" }, again, labels.text("again"))));
  }

  close() {
    clearInterval(this.#timer);
    removeEventListener("online", this.#online);
  }

  #countdown(seconds, labels, again) {
    const line = make("p", { class: "count", role: "timer", "aria-live": "off" }, labels.text("wait", labels.count(seconds, "second")));
    this.#timer = setInterval(() => {
      seconds -= 1;
      if (seconds > 0) return (line.textContent = labels.text("wait", labels.count(seconds, "second")));
      this.close();
      return again();
    }, 1000);
    this.node.append(line);
  }

  #await_network(labels, again) {
    this.node.append(make("p", {}, labels.text("online")));
    this.#online = () => {
      this.close();
      again();
    };
    addEventListener("online", this.#online);
  }
}

/** What the operator has to set, to the letter. */
const told = (labels, remedy) => [make("p", { class: "admin" }, labels.text("admin")), make("pre", { dir: "ltr", tabindex: "0" }, make("code", {}, remedy))];
