/** Nodes made by hand: nothing here, nor anywhere in the element, reads foreign text as markup. */

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&#34;": '"', "&#x27;": "'" };
const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  search: "M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11Zm4 9.5 4 4",
  close: "m5 5 10 10M15 5 5 15",
  comment: "M3.5 4.5h13v9h-7l-3.5 3v-3h-2.5z",
  alert: "M10 3.2 17.6 16.5H2.4ZM10 8.2v4M10 14.2v.2",
};

/** An element with attributes (null and false: left out) and children; children are nodes or text. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value != null && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== "" && child !== false));
  return element;
}

/** A button that does something. */
export function button(attributes, deed, ...children) {
  const element = make("button", { type: "button", ...attributes }, ...children);
  element.addEventListener("click", deed);
  return element;
}

/** A drawing of a line, which says nothing to readers of the screen. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  for (const [key, value] of Object.entries({ class: "icon", viewBox: "0 0 20 20", "aria-hidden": "true" })) svg.setAttribute(key, value);
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** Nodes of the API's HTML-safe text: <mark> is the only tag it may hold, everything else stays text. */
export function marked(html) {
  let inside = false;
  const nodes = [];
  for (const part of String(html ?? "").split(/(<\/?mark>)/)) {
    if (part === "<mark>" || part === "</mark>") inside = part === "<mark>";
    else if (part) {
      const text = part.replace(/&(?:amp|lt|gt|quot|#39|#34|#x27);/g, (entity) => ENTITIES[entity]);
      nodes.push(inside ? make("mark", { part: "mark" }, text) : text);
    }
  }
  return nodes;
}

/** A URL if the address is one of http or https, else null; ``base``: what a relative one is relative to. */
export function web(address, base) {
  try {
    const url = new URL(address, base);
    return /^https?:$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

export const bdi = (text) => make("bdi", {}, text);

/** Nodes with something between each two. */
export const joined = (nodes, between) => nodes.flatMap((node, index) => (index ? [between, node] : [node]));
