// The symbol of a site, the same as on the map: shape by kind, colour and mark by status.

function symbol(row, words) {
  const { size, shapes, statuses } = words.symbols;
  const shape = shapes[row.facility_type] ?? shapes.unknown;
  const look = statuses[row.status] ?? statuses.unknown;
  const node = svg("svg", { class: `symbol${look.hollow ? " hollow" : ""}`, viewBox: `0 0 ${size} ${size}`, role: "img",
    "aria-label": `${shape.label}, ${look.label}` }, svg("path", { class: "outline", d: shape.outline }));
  if (look.mark) node.append(svg("path", { class: "mark", d: look.mark, transform: `translate(${shape.middle.join(" ")})` }));
  node.style.setProperty("--light", look.light);
  node.style.setProperty("--dark", look.dark);
  return node;
}
