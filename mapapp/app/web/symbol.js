// The symbol of a site, the same as on the map: shape by kind, colour and mark by status, and where its ground is
// contested an edge of stripes in the claimant's colour.

function symbol(row, words) {
  const { size, shapes, statuses } = words.symbols;
  const shape = shapes[row.facility_type] ?? shapes.unknown;
  const look = statuses[row.status] ?? statuses.unknown;
  const at = `translate(${shape.middle.join(" ")})`;
  const rival = row.ground_contested_by;
  const edges = rival ? ["edge", "rival", "casing"].map((part) => svg("path", { class: part, d: shape.outline })) : [];
  const contested = rival ? `, on ground contested by ${words.actors[rival]?.name ?? rival}` : "";
  const node = svg(
    "svg",
    {
      class: `symbol${look.hollow ? " hollow" : ""}`,
      viewBox: `0 0 ${size} ${size}`,
      role: "img",
      "aria-label": `${shape.label}, ${look.label}${contested}`,
    },
    ...edges,
    svg("path", { class: "outline", d: shape.outline }),
    look.mark ? svg("path", { class: "mark", d: look.mark, transform: at }) : null,
  );
  if (rival) node.style.setProperty("--rival", words.actors[rival]?.colour ?? "currentColor");
  return toned(node, look);
}

/** Give a node the two colours of a look; the style sheet takes the one for the theme. */
function toned(node, look) {
  node.style.setProperty("--light", look.light);
  node.style.setProperty("--dark", look.dark);
  return node;
}
