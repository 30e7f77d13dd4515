/** A button that opens the search over the page, and the keys that do: Ctrl+K, on a Mac ⌘K, and /. */
import { button, icon, make } from "./dom.js";

let keeper = null; // of several overlays on a page, the first has the keys

const MAC = /Mac|iP(hone|ad|od)/.test(navigator.platform);

export class Overlay {
  #dialog; #opened; #closed;
  #key = (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const command = (MAC ? event.metaKey : event.ctrlKey) && event.code === "KeyK" && !event.shiftKey;
    const slash = /^[/ظ]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !typing(event.composedPath()[0]); // ظ: the key / of Arabic keyboards
    if (!command && !slash) return;
    event.preventDefault();
    if (command && this.is_open) this.close();
    else this.open();
  };

  /** ``content`` is shown in the dialog; ``opened`` and ``closed``: called when it is, and no longer. */
  constructor(labels, placeholder, content, opened, closed) {
    [this.#opened, this.#closed] = [opened, closed];
    const hint = make("kbd", { dir: "ltr", "aria-hidden": "true" }, MAC ? "⌘K" : "Ctrl K");
    const shut = button({ class: "shut", part: "close" }, () => this.close(), labels.text("close"));
    this.trigger = button({ class: "trigger", part: "button", "aria-haspopup": "dialog", "aria-keyshortcuts": MAC ? "Meta+K /" : "Control+K /" },
      () => this.open(), icon("search"), make("span", { class: "told" }, placeholder), hint);
    this.#dialog = make("dialog", { part: "dialog", "aria-label": labels.text("open") }, make("div", { class: "sheet" }, shut, content));
    this.#dialog.addEventListener("click", (event) => event.target === this.#dialog && this.close()); // beside the sheet
    this.#dialog.addEventListener("close", () => this.#closed());
    this.nodes = [this.trigger, this.#dialog];
    if (keeper) return;
    keeper = this;
    document.addEventListener("keydown", this.#key);
  }

  get is_open() {
    return this.#dialog.open;
  }

  open() {
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#opened();
  }

  close() {
    this.#dialog.close();
  }

  /** Give the keys back. */
  leave() {
    this.#closed = () => {};
    if (this.#dialog.open) this.#dialog.close();
    if (keeper !== this) return;
    keeper = null;
    document.removeEventListener("keydown", this.#key);
  }
}

const typing = (node) => node?.matches?.("input, textarea, select") || node?.isContentEditable;
