/** The results: articles with the comments that match, or comments with their article. */
import { bdi, icon, joined, make, marked, web } from "./dom.js";

const PLACES = 3; // of the other publications of a text, those that are named

export class Hits {
  #labels; #api; #pictures; #opened;

  /** ``pictures``: own, all or no; ``opened``: told of a click with its event and what was found there. */
  constructor(labels, api, pictures, opened) {
    [this.#labels, this.#api, this.#pictures, this.#opened] = [labels, api, pictures, opened];
  }

  /** The list item of a hit; ``rank`` from 1. */
  item(hit, text, rank) {
    const told = { type: hit.type, id: hit.id, query: text, rank };
    return make("li", { part: "result" }, ...(hit.type === "comment" ? this.#comment(hit, told) : this.#article(hit, told)));
  }

  #article(hit, told) {
    const title = hit.title_html ? marked(hit.title_html) : [this.#labels.text("untitled")];
    const best = [...hit.snippets].sort((one, other) => other.split("<mark>").length - one.split("<mark>").length);
    const passage = joined(best.map(marked), " ");
    return [
      this.#picture(hit),
      make("div", { class: "said" },
        make("h2", { dir: "auto", part: "title" }, this.#link(web(hit.url)?.href ?? this.#api.article(hit.id, told.query), told, ...title)),
        passage.length > 0 && make("p", { class: "snippet", part: "snippet", dir: "auto" }, ...passage),
        this.#facts(hit.source, this.#labels.time(hit.date, hit.date_precision), hit.section, hit.author),
        this.#missing(hit), this.#also(hit, told), this.#replies(hit, told)),
    ];
  }

  #comment(hit, told) {
    const href = this.#api.article(hit.article_id, told.query, "c-" + hit.id);
    const likes = hit.likes > 0 && this.#labels.count(hit.likes, "like");
    const title = hit.article_title || this.#labels.text("untitled");
    return [make("div", { class: "said" },
      make("blockquote", { part: "snippet", dir: "auto" }, ...marked(hit.snippet)),
      this.#facts(hit.author, this.#labels.time(hit.date, hit.date_precision), likes),
      make("h2", { class: "on", part: "title", dir: "auto" }, make("span", { class: "what" }, this.#labels.text("on")), this.#link(href, told, title)),
      this.#missing(hit))];
  }

  #link(href, told, ...content) {
    const link = make("a", { href, rel: "noopener" }, ...content);
    link.addEventListener("click", (event) => this.#opened(event, { ...told, url: href }));
    return link;
  }

  /** Source, age, section, author: what is known. */
  #facts(...facts) {
    const known = facts.filter(Boolean).map((fact) => make("bdi", {}, fact));
    return known.length > 0 && make("p", { class: "facts", part: "facts" }, ...joined(known, " · "));
  }

  /** The words of the query that a partial match lacks. */
  #missing({ missing }) {
    const words = missing.map((word) => make("s", {}, bdi(word)));
    return words.length > 0 && make("p", { class: "facts" }, this.#labels.text("lacks"), ...joined(words, this.#labels.text("comma")));
  }

  /** Where else the text was published. */
  #also(hit, told) {
    const links = hit.also_at.slice(0, PLACES).map((other) => {
      const name = (other.source !== hit.source && other.source) || other.title || this.#labels.text("untitled");
      return this.#link(web(other.url)?.href ?? this.#api.article(other.id, told.query), { ...told, id: other.id }, bdi(name));
    });
    return links.length > 0 && make("p", { class: "facts" }, this.#labels.text("also"), ...joined(links, this.#labels.text("comma")));
  }

  /** The best matching comment, the others folded; each leads to its place on the article's page. */
  #replies(hit, told) {
    const { matching, hits, total } = hit.comments;
    if (!matching || !hits.length) return null;
    const [first, ...others] = hits.map((line) => this.#reply(hit, line, told));
    const counted = this.#labels.text("of", this.#labels.count(matching, "matching"), this.#labels.number(total));
    const every = this.#api.page("search", { in: "comments", article: hit.id, q: told.query });
    return make("div", { class: "replies", part: "comments" }, icon("comment"), first,
      matching > 1 && make("details", {}, make("summary", {}, counted), ...others,
        matching > hits.length && make("p", {}, make("a", { href: every, rel: "noopener" }, this.#labels.text("all_comments")))));
  }

  #reply(hit, line, told) {
    const href = this.#api.article(hit.id, told.query, "c-" + line.id);
    const link = this.#link(href, { ...told, type: "comment", id: line.id }, ...marked(line.snippet));
    link.dir = "auto";
    return make("div", { class: "reply" }, link, this.#facts(line.author, this.#labels.time(line.date, line.date_precision)));
  }

  /** The picture of an article where it may be shown; one that does not load goes. */
  #picture(hit) {
    const source = this.#shown(hit) && web(hit.image);
    if (!source) return null;
    const image = make("img", { src: source.href, alt: "", part: "picture", width: 160, height: 120, loading: "lazy", decoding: "async", referrerpolicy: "no-referrer" });
    image.addEventListener("error", () => image.remove());
    return image;
  }

  /** Pictures of the article's own site, and of the page's, unless told otherwise: other hosts would see who reads. */
  #shown(hit) {
    const picture = web(hit.image);
    if (!picture || this.#pictures === "no" || (picture.protocol === "http:" && location.protocol === "https:")) return false;
    const sites = [web(hit.url)?.hostname, location.hostname].filter(Boolean).map((host) => host.replace(/^www\./, ""));
    return this.#pictures === "all" || sites.some((site) => picture.hostname === site || picture.hostname.endsWith(`.${site}`));
  }
}
