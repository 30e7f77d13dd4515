/*! The one script of the pages. Without it every page works; with it, the field completes what is typed, results
 * change in place, matches can be stepped through, and texts copied. SPDX-License-Identifier: GPL-3.0-or-later */
"use strict";
(() => {
  const KINDS = { word: "كلمة", title: "عنوان", name: "اسم", phrase: "عبارة", query: "بحث شائع" };
  const OFFERED = { zero: "لا اقتراحات", one: "اقتراح واحد", two: "اقتراحان", few: "# اقتراحات", many: "# اقتراحاً", other: "# اقتراح" };
  const PLURAL = new Intl.PluralRules("ar");
  const DEBOUNCE = 120, PATIENCE = 150, TOLD = 2000; // milliseconds
  const KEPT = 50; // completions and pages remembered, each

  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  /** An element with attributes; children are nodes or text, and text never becomes markup. */
  function make(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  function remember(memory, key, value) {
    if (memory.size >= KEPT) memory.delete(memory.keys().next().value);
    memory.set(key, value);
    return value;
  }

  const live = make("p", { class: "hidden", "aria-live": "polite" });
  /** Tell readers of the screen; emptied first, so that the same words are told again. */
  function say(text) {
    live.textContent = "";
    setTimeout(() => { live.textContent = text.replace(/\s+/g, " ").trim(); }, 60);
  }

  /** Addresses stand beside the search's own, wherever the program is mounted. */
  const beside = (path) => new URL(path, find("#search")?.action ?? location.href);

  // Completion, by the pattern for an editable combobox of the ARIA Authoring Practices Guide.

  class Completion {
    #input; #list; #options = []; #active = -1; #call = null; #timer = 0; #memory = new Map();

    constructor(input) {
      this.#input = input;
      this.#list = make("ul", { id: "completions", role: "listbox", class: "completions", "aria-label": "اقتراحات", hidden: "" });
      const box = input.closest(".box") ?? input.parentElement;
      box.classList.add("completed");
      box.append(this.#list);
      input.type = "text"; // a search field may not be a combobox
      const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "completions", "aria-haspopup": "listbox" };
      for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
      input.addEventListener("input", (event) => event.isComposing || this.#later());
      input.addEventListener("compositionend", () => this.#later());
      input.addEventListener("keydown", (event) => event.isComposing || event.keyCode === 229 || this.#key(event));
      input.addEventListener("blur", () => this.close());
      input.form?.addEventListener("submit", () => this.close());
      this.#list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
      this.#list.addEventListener("click", (event) => this.#choose(this.#options.indexOf(event.target.closest("li"))));
      addEventListener("pagehide", () => this.close());
    }

    get #open() { return !this.#list.hidden; }

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
      if (this.#input.value.trim()) this.#timer = setTimeout(() => this.#ask(), DEBOUNCE);
      else this.close();
    }

    async #ask(first = -1) {
      this.#call?.abort();
      const call = (this.#call = new AbortController());
      const text = this.#input.value;
      if (!text.trim()) return;
      try {
        const found = this.#memory.get(text) ?? remember(this.#memory, text, await this.#fetch(text, call.signal));
        if (!call.signal.aborted && document.activeElement === this.#input) this.#show(found, text, first);
      } catch (error) {
        if (error.name !== "AbortError") this.close(); // completion is a help: without it one types on
      }
    }

    async #fetch(text, signal) {
      const url = beside("api/v1/suggest");
      url.searchParams.set("q", text);
      const answer = await fetch(url, { signal });
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      return (await answer.json()).suggestions;
    }

    #show(found, text, first) {
      this.#options = found.map((each, index) => make("li", { role: "option", id: `completion-${index}`, "aria-selected": "false" },
        make("span", { class: "completion", dir: "auto" }, ...typedApart(each.text, text)),
        make("span", { class: "kind" }, KINDS[each.kind] ?? "")));
      this.#options.forEach((option, index) => { option.dataset.text = found[index].text; });
      this.#list.replaceChildren(...this.#options);
      if (!found.length) return this.close();
      this.#list.hidden = false;
      this.#input.setAttribute("aria-expanded", "true");
      say(OFFERED[PLURAL.select(found.length)].replace("#", found.length));
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

    #choose(index) {
      if (index < 0) return;
      this.#input.value = this.#options[index].dataset.text;
      this.close();
      this.#input.form.requestSubmit();
    }

    #key(event) {
      const last = this.#options.length - 1;
      const keys = {
        ArrowDown: () => (this.#open ? event.altKey || this.#point(this.#active < last ? this.#active + 1 : 0) : this.#ask(event.altKey ? -1 : 0)),
        ArrowUp: () => (this.#open ? (event.altKey ? this.close() : this.#point(this.#active > 0 ? this.#active - 1 : last)) : this.#ask(KEPT - 1)),
        Enter: () => this.#active >= 0 && (event.preventDefault(), this.#choose(this.#active)),
        Escape: () => (this.#open ? this.close() : this.#input.blur()),
      };
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (/^(Arrow(Up|Down)|Escape)$/.test(event.key)) event.preventDefault();
      if (keys[event.key]) keys[event.key]();
      else if (/^(Arrow(Left|Right)|Home|End)$/.test(event.key)) this.#point(-1); // back to the text
    }
  }

  /** A completion with what is added to the typed text in bold. */
  const typedApart = (text, typed) => (text.startsWith(typed) ? [typed, make("b", {}, text.slice(typed.length))] : [text]);

  // Results in place: fetched as a page, of which the part that changes is taken over.

  const lasting = (element) => element.matches("dialog, details[id], #facets details") || element.querySelector("#facets");

  /** Make an element like a fresh one, keeping what is open and what is being typed. */
  function morph(old, fresh) {
    const own = (name) => name === "open" && lasting(old);
    for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && !own(name)) old.removeAttribute(name);
    for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value && !own(name)) old.setAttribute(name, value);
    const left = [...old.childNodes];
    for (const child of [...fresh.childNodes]) {
      const was = left.shift();
      if (!was) old.append(child);
      else if (alike(was, child)) was.nodeType === Node.ELEMENT_NODE ? morph(was, child) : (was.data = child.data);
      else was.replaceWith(child);
    }
    left.forEach((node) => node.remove());
    if (!/^(INPUT|SELECT)$/.test(old.nodeName)) return;
    if (old.value !== fresh.value && old !== document.activeElement) old.value = fresh.value;
    old.checked = fresh.checked;
  }

  /** Lists of hits are taken over whole: neither a picture nor an open detail may pass to another hit. */
  const alike = (one, other) => one.nodeName === other.nodeName && one.id === other.id && !one.matches?.("ol, img");

  /** A selector by which a field that has the focus is found again, wherever it has gone. */
  const mark = ({ id, name, value }) =>
    id ? `#${CSS.escape(id)}` : name ? `[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]` : "";

  const address = (url) => url.href.split("#")[0];

  class Results {
    #call = null; #shown = address(location); #pages = new Map();

    constructor() {
      document.addEventListener("submit", (event) => this.#submit(event));
      document.addEventListener("change", (event) => {
        const form = event.target.form;
        if (form?.id === "facets") this.go(asked(form));
      });
      document.addEventListener("click", (event) => this.#click(event));
      addEventListener("popstate", () => this.#back());
      addEventListener("scrollend", () => history.replaceState({ y: scrollY }, ""));
    }

    #submit(event) {
      const form = event.target;
      if (event.defaultPrevented || !["search", "facets"].includes(form.id)) return;
      event.preventDefault();
      const url = asked(form);
      if (form.id === "facets") putAway(form);
      else if (matchMedia("(pointer: coarse)").matches) document.activeElement?.blur(); // the keyboard covers the results
      if (form.id === "search" || url.href !== this.#shown) this.go(url, { top: true });
    }

    #click(event) {
      const link = event.target.closest?.("#results a[href]");
      if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      if (link.target || link.hasAttribute("download") || link.origin !== location.origin || link.pathname !== location.pathname || link.hash) return;
      event.preventDefault();
      this.go(new URL(link.href), { top: true });
    }

    #back() {
      if (address(location) === this.#shown) return; // only the anchor changed
      this.go(new URL(location.href), { push: false, y: history.state?.y ?? 0 });
    }

    /** Show the results at an address; ``top``: from their beginning; ``y``: scrolled there. */
    async go(url, { push = true, top = false, y = null } = {}) {
      this.#call?.abort();
      const call = (this.#call = new AbortController());
      const results = find("#results");
      results.setAttribute("aria-busy", "true");
      const timer = setTimeout(() => results.classList.add("loading"), PATIENCE);
      try {
        const page = await this.#fetch(url, call.signal, push);
        if (call.signal.aborted) return;
        if (push) this.#push(url);
        this.#shown = address(url);
        this.#show(results, page);
        if (y !== null) scrollTo(0, y);
        else if (top) scrollTo(0, 0);
      } catch (error) {
        if (!call.signal.aborted) location.assign(url);
      } finally {
        clearTimeout(timer);
      }
    }

    async #fetch(url, signal, anew) {
      const known = !anew && this.#pages.get(address(url));
      const text = known || remember(this.#pages, address(url), await (await fetch(url, { signal })).text());
      const page = new DOMParser().parseFromString(text, "text/html");
      if (!find("#results", page)) throw new Error("no results in the answer");
      return page;
    }

    #push(url) {
      if (address(url) === this.#shown) return;
      history.replaceState({ y: scrollY }, "");
      history.pushState(null, "", url);
    }

    #show(results, page) {
      const held = document.activeElement;
      const inside = results.contains(held), again = mark(held), href = held.getAttribute("href");
      document.title = page.title;
      morph(results, find("#results", page));
      takeOver(find("#search"), find("#search", page));
      const stays = again ? find(again, results) : held.isConnected && held.getAttribute("href") === href && held;
      if (inside) focusOn(stays || results); // a link that leads elsewhere now is another link
      say(find("[role=status]", results)?.textContent ?? "");
    }
  }

  function focusOn(element) {
    if (element === document.activeElement) return;
    if (element.id === "results") element.tabIndex = -1;
    element.focus({ preventScroll: true });
  }

  /** The text and the unseen parameters of the search field, which stands outside the results. */
  function takeOver(form, fresh) {
    const [input, other] = [form, fresh].map((each) => each && find("#q", each.ownerDocument));
    if (!input || !other) return;
    if (input !== document.activeElement || matchMedia("(pointer: coarse)").matches) input.value = other.value;
    all("input[type=hidden]", form).forEach((field) => field.remove());
    form.append(...all("input[type=hidden]", fresh));
  }

  /** The address that a form asks for, without its empty fields. */
  function asked(form) {
    const url = new URL(form.action);
    url.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
    return url;
  }

  /** Close the sheet that a form of filters lies in. */
  function putAway(form) {
    const sheet = form.closest("dialog, [popover]") ?? form.querySelector("dialog, [popover]");
    if (sheet?.matches("dialog")) sheet.close();
    else if (sheet) sheet.hidePopover();
    else (form.closest("details") ?? find(".sheet", form) ?? {}).open = false;
  }

  // Reading: stepping through the matches, opening what a link points into.

  class Matches {
    #marks = all(".paper header > :not(nav) mark, .text mark, .comments mark"); #at = -1; #count; #digits; #hash = "";

    constructor(bar) {
      this.#count = find(".count", bar);
      if (!this.#marks.length) return;
      bar.hidden = false;
      find(".previous", bar).addEventListener("click", () => this.step(-1));
      find(".next", bar).addEventListener("click", () => this.step(1));
      this.#digits = new Intl.NumberFormat(`ar-u-nu-${bar.dataset.digits}`);
      this.#count.textContent = `المواضع: ${this.#digits.format(this.#marks.length)}`;
    }

    step(by) {
      const many = this.#marks.length;
      if (!many) return;
      this.#marks[this.#at]?.classList.remove("current");
      const target = location.hash !== this.#hash && find(":target mark"); // go on from where a link has led
      this.#hash = location.hash;
      if (target) this.#at = this.#marks.indexOf(target) - (by > 0 ? 1 : 0);
      this.#at = this.#at < 0 && by < 0 ? many - 1 : (this.#at + by + many) % many;
      const mark = this.#marks[this.#at];
      mark.classList.add("current");
      open(mark);
      mark.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
      this.#count.textContent = [this.#at + 1, many].map((number) => this.#digits.format(number)).join(" من ");
      say(this.#count.textContent);
    }
  }

  /** Open whatever is folded around a node. */
  function open(node) {
    for (let around = node.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
  }

  function reveal() {
    let name;
    try { name = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const target = document.getElementById(name);
    if (!target?.closest("details:not([open])")) return;
    open(target);
    target.scrollIntoView();
  }

  // Buttons: copy, share, print.

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch { // without https there is no clipboard but the old way
      const field = make("textarea", { class: "hidden" });
      field.value = text;
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      if (!done) throw new Error("the text cannot be copied");
    }
  }

  const DEEDS = {
    copy: (button) => copy(find(button.dataset.of)?.textContent.trim() ?? location.href),
    print: () => print(),
    share: async (button) => {
      const what = { title: document.title, url: button.dataset.url || location.href };
      if (!navigator.share) return copy(what.url);
      await navigator.share(what).catch((error) => { if (error.name !== "AbortError") throw error; });
      return "shared";
    },
  };

  async function act(button) {
    const label = find(".label", button) ?? button, words = label.textContent;
    if (button.dataset.busy) return;
    button.dataset.busy = "yes";
    let told;
    try {
      const silent = await DEEDS[button.dataset.do](button);
      told = silent === "shared" || button.dataset.do === "print" ? "" : "نُسخ";
    } catch {
      told = "تعذّر النسخ";
    }
    if (told) {
      label.textContent = told;
      say(told);
      await new Promise((done) => setTimeout(done, TOLD));
      label.textContent = words;
    }
    delete button.dataset.busy;
  }

  // Which result was opened, where the site counts it.

  function count(event) {
    const link = event.target.closest?.(".hits .hit :is(h2 a, .copy, .reply a)");
    if (!link || event.button > 1) return;
    const hit = link.closest(".hit"), list = hit.closest("ol");
    const rank = list.start + [...list.children].indexOf(hit.closest("li"));
    const q = (list.dataset.q ?? new URLSearchParams(location.search).get("q") ?? "").trim();
    if (q) navigator.sendBeacon(beside("clicks"), new URLSearchParams({ q, id: hit.dataset.id, rank }));
  }

  /** Close the menus that an event does not concern. */
  function closeMenus(outside = () => true) {
    for (const menu of all("details:is(.menu, .cite)[open]").filter(outside)) {
      if (menu.contains(document.activeElement)) find("summary", menu).focus();
      menu.open = false;
    }
  }

  // Keys. Each stands with the letter that the Arabic keyboard has in its place.

  const typing = (node) => node?.matches?.("input, textarea, select, [contenteditable]");

  function key(event, field, matches) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    const deeds = { Escape: () => closeMenus(), "/": () => { field?.focus(); field?.select(); }, n: () => matches?.step(1), p: () => matches?.step(-1) };
    const deed = deeds[{ "ظ": "/", "ى": "n", "ح": "p" }[event.key] ?? event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  }

  function start() {
    const field = find("#q"), bar = find(".matches");
    document.documentElement.classList.add("scripted");
    document.body.append(live);
    if (field) new Completion(field);
    if (find("#results")) new Results();
    const matches = bar && new Matches(bar);
    reveal();
    addEventListener("hashchange", reveal);
    document.addEventListener("keydown", (event) => key(event, field, matches));
    document.addEventListener("click", (event) => {
      closeMenus((menu) => !menu.contains(event.target));
      const button = event.target.closest?.("button[data-do]");
      if (button) act(button);
    });
    if (document.body.dataset.clicks === "yes") ["click", "auxclick"].forEach((kind) => document.addEventListener(kind, count, true));
  }

  start();
})();
