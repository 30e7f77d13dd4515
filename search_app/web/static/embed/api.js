/** Calls to the search server, and what may be wrong when one fails. */
import { web } from "./dom.js";

const LONGEST = 15_000; // milliseconds for an answer
const PROBE = 4_000;
const WAIT = 5; // seconds before trying again where the server does not say
const LONGEST_WAIT = 120;
const KINDS = { 400: "refused", 401: "key", 403: "key", 413: "refused", 414: "refused", 422: "refused", 429: "busy", 502: "resting", 503: "resting", 504: "resting" };

/** A failed call: ``kind`` is a key of the labels; ``wait`` in seconds, ``remedy`` what the operator has to set. */
export class Failure extends Error {
  constructor(kind, { status = 0, wait = 0, detail = "", remedy = "" } = {}) {
    super(detail || kind);
    Object.assign(this, { kind, status, wait, detail, remedy });
  }
}

export class Api {
  #key; #blocked = false; #answered = false;
  #violation = (event) => {
    if (event.effectiveDirective === "connect-src" && event.blockedURI.startsWith(new URL(this.base).origin)) this.#blocked = true;
  };

  /** ``address`` of the server as the page wrote it; ``pages``: of its pages, if they are elsewhere. */
  constructor(address, pages, key, language) {
    this.written = address;
    this.base = folder(address);
    this.pages = folder(pages) ?? this.base;
    this.language = language;
    this.#key = key;
    document.addEventListener("securitypolicyviolation", this.#violation);
  }

  close() {
    document.removeEventListener("securitypolicyviolation", this.#violation);
  }

  /** The answer of /api/v1/search to parameters; a list stands for a parameter that repeats. */
  search(parameters, signal) {
    return this.#get("api/v1/search", parameters, signal);
  }

  /** Completions of a text. */
  async suggest(text, signal) {
    return (await this.#get("api/v1/suggest", { q: text }, signal)).suggestions;
  }

  /** The address of a page of the server: an article, or results. */
  page(path, parameters, anchor = "") {
    const url = at(this.pages, path, parameters);
    url.hash = anchor;
    return url.href;
  }

  article(id, text, anchor) {
    return this.page("articles/" + String(id).split("/").map(encodeURIComponent).join("/"), { q: text }, anchor);
  }

  async #get(path, parameters, signal) {
    if (!this.base) throw new Failure("setup", { remedy: `<kashshaf-search api="https://…"> <!-- api="${this.written}" -->` });
    const headers = { Accept: "application/json", "Accept-Language": this.language };
    const url = at(this.base, path, { ...parameters, key: this.#key }); // in a header, browsers would ask first, at each address
    const answer = await this.#fetch(url, headers, signal);
    this.#answered = true;
    const body = await answer.json().catch((error) => {
      if (signal.aborted) throw error;
    });
    if (answer.ok && body) return body;
    throw this.#refusal(answer, body);
  }

  /** An answer, whatever its status; Failure where there is none; the error of ``signal`` where it aborted. */
  async #fetch(url, headers, signal) {
    const call = new AbortController();
    const stop = () => call.abort();
    const timer = setTimeout(stop, LONGEST);
    signal.addEventListener("abort", stop);
    try {
      return await fetch(url, { headers, signal: call.signal, credentials: "omit", referrerPolicy: "strict-origin-when-cross-origin" });
    } catch (error) {
      if (signal.aborted) throw error;
      throw await this.#diagnosis(call.signal.aborted);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    }
  }

  #refusal(answer, body) {
    const kind = KINDS[answer.status] ?? "broken";
    const asked = Number(answer.headers.get("Retry-After")) || WAIT; // a date there reads as NaN
    const wait = kind === "busy" || kind === "resting" ? Math.min(Math.max(Math.ceil(asked), 1), LONGEST_WAIT) : 0;
    const detail = typeof body?.detail === "string" ? body.detail.slice(0, 300) : "";
    return new Failure(kind, { status: answer.status, wait, detail, remedy: kind === "key" ? `kashshaf keys create web --origin ${location.origin}\n<kashshaf-search key="…">` : "" });
  }

  /** A browser does not say why a call failed. A second one, for what any page may load, tells whether the server is there. */
  async #diagnosis(late) {
    const origin = new URL(this.base).origin;
    if (!navigator.onLine) return new Failure("offline");
    if (late || this.#answered || origin === location.origin) return new Failure("unreachable");
    const there = await fetch(at(this.base, "embed.js"), { method: "HEAD", mode: "no-cors", credentials: "omit", signal: AbortSignal.timeout?.(PROBE) }).then(() => true, () => false);
    await new Promise((done) => setTimeout(done, 50)); // the page's policy is told of later than the call fails
    if (this.#blocked) return new Failure("policy", { remedy: `Content-Security-Policy: connect-src ${origin}` });
    if (there) return new Failure("cors", { remedy: `# kashshaf.toml\ncors_origins = ["${location.origin}"]` });
    if (location.protocol === "https:" && origin.startsWith("http:")) return new Failure("mixed", { remedy: `<kashshaf-search api="${origin.replace("http:", "https:")}">` });
    return new Failure("unreachable");
  }
}

/** An address that ends in a slash, without query and anchor; null if it is not of the web. */
function folder(address) {
  const url = address && web(address, document.baseURI);
  return url ? (url.origin + url.pathname).replace(/\/*$/, "/") : null;
}

function at(base, path, parameters = {}) {
  const url = new URL(path, base);
  for (const [name, values] of Object.entries(parameters)) for (const value of [values].flat()) if (value) url.searchParams.append(name, value);
  return url;
}
