/* Ground: who held which unit. Drawn at full strength on a canvas that is itself see-through, so that units side by
   side show no seam; a line runs only where the holders on its two sides differ. */
mapapp.ground = (map, data, theme) => {
  const { shape, meets } = mapapp.tracer(map);
  const { arcs, scale, units, spans } = data.ground;
  const degrees = arcs.map((arc) => mapapp.situation.undelta(arc, scale));

  function ring(numbers) {
    const points = [];
    for (const number of numbers) {
      const arc = degrees[number < 0 ? -1 - number : number];
      const last = arc.length / 2 - 1;
      for (let i = 0; i < last; i++) {
        const at = 2 * (number < 0 ? last - i : i);
        points.push(arc[at], arc[at + 1]);
      }
    }
    return points;
  }
  const rings = units.map((polygons) => polygons.flat().map(ring));

  /* The units on the two sides of each arc. */
  const sides = arcs.map(() => []);
  units.forEach((polygons, unit) => {
    for (const number of polygons.flat(2)) sides[number < 0 ? -1 - number : number].push(unit);
  });

  let traced = { key: "" };
  function paths() {
    const key = `${map.getZoom()} ${map.getPixelOrigin()}`;
    if (traced.key !== key) {
      traced = { key, units: rings.map((r) => shape(r, true)), arcs: degrees.map((arc) => shape([arc], false)) };
    }
    return traced;
  }

  let held = [];
  let visible = () => true;
  const code = (span) => (span && visible(span[2] ?? "unknown") ? `${span[2]} ${span[3]}` : "");

  const actor = (id) => (id === null ? null : (data.actorById.get(id) ?? { colour: "#888888", hatch: "none" }));

  function paint(pen, box) {
    const all = paths();
    units.forEach((_, unit) => {
      if (!code(held[unit]) || !meets(all.units[unit].box, box)) return;
      const [, , holder, rival] = held[unit];
      mapapp.hatch.ground(pen, all.units[unit].path, actor(holder), actor(rival), theme.colour("hatch"));
    });
    pen.strokeStyle = theme.colour("front");
    pen.lineWidth = 1.6;
    pen.lineJoin = "round";
    sides.forEach(([one, other], arc) => {
      const differ = other !== undefined && code(held[one]) !== code(held[other]);
      const both = differ && held[one]?.[2] && held[other]?.[2];
      if (both && meets(all.arcs[arc].box, box)) pen.stroke(all.arcs[arc].path);
    });
  }

  map.createPane("ground").style.zIndex = 220;
  map.getPane("ground").classList.add("still", "see-through");
  const surface = new mapapp.Surface(paint, { pane: "ground" }).addTo(map);

  const EDGE = 4;
  function redraw(changed) {
    if (!changed) return surface.redraw();
    if (!changed.length) return undefined;
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const unit of changed) {
      const [left, top, right, bottom] = paths().units[unit].box;
      box[0] = Math.min(box[0], left - EDGE);
      box[1] = Math.min(box[1], top - EDGE);
      box[2] = Math.max(box[2], right + EDGE);
      box[3] = Math.max(box[3], bottom + EDGE);
    }
    return surface.redraw(box);
  }

  /* Show a day; only the units that look different from before are drawn. */
  function show(day) {
    const before = held.map(code);
    held = spans.map((list) => mapapp.spans.at(list, day));
    redraw(before.length ? held.map((_, unit) => unit).filter((unit) => code(held[unit]) !== before[unit]) : null);
  }

  /* Draw the ground of these holders only; of all, where none is named. */
  function filter(holders) {
    visible = (holder) => !holders.length || holders.includes(holder);
    redraw(null);
  }

  /* The span of the unit under a point of the map, null on ground of no unit. */
  function at(latlng) {
    const { x, y } = map.latLngToLayerPoint(latlng);
    const pen = surface.pen;
    pen.save();
    pen.resetTransform();
    const found = paths().units.findIndex(({ path }) => pen.isPointInPath(path, x, y, "evenodd"));
    pen.restore();
    return found < 0 ? null : held[found];
  }

  const toggle = (shown) => {
    map.getPane("ground").hidden = !shown;
  };
  return { show, filter, at, toggle, redraw: () => redraw(null) };
};
