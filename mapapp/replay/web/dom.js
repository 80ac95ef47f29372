/* Elements. They are made here and nowhere else, and text goes in as text nodes: nothing of the data becomes HTML. */
"use strict";
window.mapapp = {};

mapapp.dom = (() => {
  const SVG = "http://www.w3.org/2000/svg";

  function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value === true ? "" : value);
    }
    const nothing = (child) => child === null || child === undefined || child === "";
    element.append(...children.flat(Infinity).filter((child) => !nothing(child)));
    return element;
  }

  const make = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
  const draw = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

  /* A piece of data inside our own words: it keeps its direction to itself, whatever it holds. */
  const said = (text, attributes = {}) => make("bdi", { dir: "auto", ...attributes }, String(text));

  const find = (id) => document.getElementById(id);

  /* An icon from a path in a square of 24 units. */
  const icon = (path) =>
    draw("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }, draw("path", { d: path }));

  return { make, draw, said, find, icon };
})();
