/* The base map: land and water under the ground, lines over it. It shows with no network and says nothing loudly. */
mapapp.basemap = (map, data, theme) => {
  const { shape } = mapapp.tracer(map);
  const { lines } = data;

  /* Layer, colour token, fill or width of line, dash; in the order of drawing. */
  const UNDER = [
    ["frame", "water", "fill"],
    ["land", "land", "fill"],
    ["area", "area", "fill"],
  ];
  const OVER = [
    ["lakes", "water", "fill"],
    ["rivers", "river", 1.1],
    ["governorate_lines", "inner-border", 0.9, [3, 3]],
    ["borders", "border", 1.3],
  ];

  const extent = (parts) => {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const part of parts) {
      for (let i = 0; i < part.length; i += 2) {
        box[0] = Math.min(box[0], part[i]);
        box[1] = Math.min(box[1], part[i + 1]);
        box[2] = Math.max(box[2], part[i]);
        box[3] = Math.max(box[3], part[i + 1]);
      }
    }
    return box;
  };

  /* Where the base map ends, so does the sea: beyond, nothing is said about land or water. */
  function frame() {
    if (!lines.land) return [];
    const [west, south, east, north] = extent([...lines.land, ...(lines.area ?? [])]);
    return [Float64Array.of(west, south, east, south, east, north, west, north)];
  }
  const source = { ...lines, frame: frame() };

  let traced = { key: "" };
  function paths() {
    const key = `${map.getZoom()} ${map.getPixelOrigin()}`;
    if (traced.key === key) return traced;
    traced = { key };
    for (const [name, , kind] of [...UNDER, ...OVER]) {
      const parts = source[name] ?? [];
      traced[name] = kind === "fill" ? [shape(parts, true)] : parts.map((part) => shape([part], false));
    }
    return traced;
  }

  const painter = (layers) => (pen, squares) => {
    const all = paths();
    for (const [name, token, kind, dash] of layers) {
      pen.fillStyle = pen.strokeStyle = theme.colour(token);
      pen.lineWidth = kind;
      pen.setLineDash(dash ?? []);
      pen.lineJoin = pen.lineCap = "round";
      for (const part of all[name]) {
        if (!squares.meets(...part.box)) continue;
        if (kind === "fill") pen.fill(part.path, "evenodd");
        else pen.stroke(part.path);
      }
    }
  };

  const surface = (pane, z, layers) => {
    map.createPane(pane).style.zIndex = z;
    return new mapapp.Surface(painter(layers), { pane }).addTo(map);
  };
  const under = surface("under", 210, UNDER);
  const over = surface("over", 230, OVER);
  map.getPane("over").classList.add("still");

  function redraw() {
    under.redraw();
    over.redraw();
  }

  const toggle = (shown) => {
    map.getPane("over").hidden = !shown;
  };
  return { redraw, toggle };
};
