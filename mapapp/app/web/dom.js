// Elements from data. Text goes in as text nodes only: nothing that a situation folder says can become markup.

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element; attributes that are functions become listeners, null ones are left out. */
function el(tag, attributes = {}, ...children) {
  return furnish(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
function svg(tag, attributes = {}, ...children) {
  return furnish(document.createElementNS(SVG, tag), attributes, children);
}

function furnish(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

const idle = window.requestIdleCallback?.bind(window) ?? setTimeout; // some browsers know only the latter

/** Work through a long list piece by piece while the browser has nothing else to do. Gives what stops it. */
function piecemeal(items, many, work) {
  let at = 0;
  const next = () => {
    if (at >= items.length) return;
    work(items.slice(at, at + many), at);
    at += many;
    idle(next);
  };
  idle(next);
  return () => { at = Infinity; };
}

/** Text of unknown direction (a name may be English, Arabic or both) that cannot turn its neighbours around. */
function name(text, className = null) {
  return el("bdi", { dir: "auto", class: className }, text);
}

/** A link out of the app. Only web addresses become links; anything else a record holds stays plain text. */
function outside(url, text) {
  if (!/^https?:\/\//i.test(url ?? "")) return el("span", {}, text);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, name(text));
}
