// The symbol of a site, the same as on the map: shape by kind, colour and mark by status.

function symbol(row, words) {
  const { size, shapes, statuses } = words.symbols;
  const shape = shapes[row.facility_type] ?? shapes.unknown;
  const look = statuses[row.status] ?? statuses.unknown;
  const at = `translate(${shape.middle.join(" ")})`;
  const node = svg(
    "svg",
    {
      class: `symbol${look.hollow ? " hollow" : ""}`,
      viewBox: `0 0 ${size} ${size}`,
      role: "img",
      "aria-label": `${shape.label}, ${look.label}`,
    },
    svg("path", { class: "outline", d: shape.outline }),
    look.mark ? svg("path", { class: "mark", d: look.mark, transform: at }) : null,
  );
  return toned(node, look);
}

/** Give a node the two colours of a look; the style sheet takes the one for the theme. */
function toned(node, look) {
  node.style.setProperty("--light", look.light);
  node.style.setProperty("--dark", look.dark);
  return node;
}
