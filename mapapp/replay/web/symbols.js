/* Symbols: the same drawing on the map, in the legend and in the card. */
mapapp.symbols = (data) => {
  const { draw } = mapapp.dom;
  const { size, shapes, statuses } = data.symbols;

  const shape = (code) => shapes[code] ?? shapes.unknown;
  const look = (code) => statuses[code] ?? statuses.unknown;

  /* A facility: shape by kind, colour and mark by status. Colours come as classes, so that a theme can change them. */
  function site(type, status) {
    const { outline, middle } = shape(type);
    const svg = draw("svg", { viewBox: `-2 -2 ${size + 4} ${size + 4}`, class: "symbol", "aria-hidden": "true" });
    svg.append(
      draw("path", { d: outline, class: "casing" }),
      draw("path", { d: outline, class: "shape" }),
      draw("path", { class: "mark", transform: `translate(${middle.join(" ")})` }),
    );
    paint(svg, status);
    return svg;
  }

  function paint(svg, status) {
    const { light, dark, mark, hollow } = look(status);
    svg.style.setProperty("--light", light);
    svg.style.setProperty("--dark", dark);
    svg.classList.toggle("hollow", hollow);
    svg.lastChild.setAttribute("d", mark);
  }

  /* Contested ground: its stripes in the claimant's colour (null: nobody claims it) are the edge of the site on it. */
  function contest(svg, colour) {
    for (const old of svg.querySelectorAll(".edge, .rival")) old.remove();
    if (!colour) return;
    const d = svg.querySelector(".shape").getAttribute("d");
    svg.style.setProperty("--rival", colour);
    svg.prepend(draw("path", { d, class: "edge" }), draw("path", { d, class: "rival" }));
  }

  /* A kind on its own, without a status. */
  function kind(type) {
    const svg = site(type, "open");
    svg.classList.add("kind");
    svg.lastChild.setAttribute("d", "");
    return svg;
  }

  const shapeLabel = (code) => shape(code).label;
  const statusLabel = (code) => look(code).label;
  return { site, paint, contest, kind, shapeLabel, statusLabel, shapes, statuses };
};
