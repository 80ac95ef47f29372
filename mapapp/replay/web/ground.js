/* Ground: who held which unit. What looks alike is filled as one, at full strength on a canvas that is itself
   see-through; a line runs only where the holders on its two sides differ. */
mapapp.ground = (map, data, theme) => {
  const { arcs, holding } = data;
  const sketch = mapapp.sketch(map, arcs);
  const outlines = mapapp.outlines(arcs);
  const locate = mapapp.locate(arcs);
  const EDGE = 4;
  const NOT_DRAWN = 0;

  /* A look for each holder with each claimant; 0 is ground that is not drawn. */
  const pairs = [[null, null]];
  const numbers = new Map([["0 0", NOT_DRAWN]]);
  function number(holder, rival) {
    const key = `${holder} ${rival}`;
    if (!numbers.has(key)) numbers.set(key, pairs.push([holder, rival]) - 1);
    return numbers.get(key);
  }
  const lookOf = Int32Array.from(holding.holder, (holder, span) => number(holder, holding.rival[span]));
  const actors = holding.holders.map((id) => id && (data.actorById.get(id) ?? { colour: "#888888", hatch: "none" }));

  let today = null;
  let visible = () => true;
  let looks = new Int32Array(holding.units);

  function looksOn(day) {
    const found = new Int32Array(holding.units);
    for (let unit = 0; unit < found.length; unit++) {
      const span = holding.at(unit, day);
      if (span >= 0 && visible(holding.holders[holding.holder[span]] ?? "unknown")) found[unit] = lookOf[span];
    }
    return found;
  }

  const missing = ([left, top, right, bottom], { boxes }, arc) =>
    boxes[4 * arc] > right || boxes[4 * arc + 2] < left || boxes[4 * arc + 1] > bottom || boxes[4 * arc + 3] < top;

  /* Points of an arc from its start, or back from its end. Of one that lies wholly beside the box only the end counts. */
  function trace(path, drawn, way, box) {
    const arc = way >> 1;
    const { starts, x, y } = drawn;
    const [begin, end] = [starts[arc], starts[arc + 1] - 1];
    if (missing(box, drawn, arc)) path.lineTo(x[way & 1 ? begin : end], y[way & 1 ? begin : end]);
    else if (way & 1) for (let at = end - 1; at >= begin; at--) path.lineTo(x[at], y[at]);
    else for (let at = begin + 1; at <= end; at++) path.lineTo(x[at], y[at]);
  }

  function start(path, { starts, x, y }, way) {
    const at = way & 1 ? starts[(way >> 1) + 1] - 1 : starts[way >> 1];
    path.moveTo(x[at], y[at]);
  }

  function area(drawn, between, look, box) {
    const path = new Path2D();
    outlines.rings(between, looks, look, (ways) => {
      start(path, drawn, ways[0]);
      for (const way of ways) trace(path, drawn, way, box);
      path.closePath();
    });
    return path;
  }

  /* The lines between two holders, or two claims on one. */
  function fronts(drawn, between, box) {
    const path = new Path2D();
    const held = (unit) => unit >= 0 && pairs[looks[unit]][0];
    for (const arc of between) {
      if (!held(arcs.left[arc]) || !held(arcs.right[arc]) || missing(box, drawn, arc)) continue;
      start(path, drawn, 2 * arc);
      trace(path, drawn, 2 * arc, box);
    }
    return path;
  }

  function paint(pen, box) {
    const drawn = sketch.draw();
    const between = outlines.between(looks);
    const ink = theme.colour("hatch");
    pairs.forEach(([holder, rival], look) => {
      if (look === NOT_DRAWN) return;
      mapapp.hatch.ground(pen, area(drawn, between, look, box), actors[holder], actors[rival], ink);
    });
    pen.strokeStyle = theme.colour("front");
    pen.lineWidth = 1.6;
    pen.lineJoin = "round";
    pen.stroke(fronts(drawn, between, box));
  }

  map.createPane("ground").style.zIndex = 220;
  map.getPane("ground").classList.add("still", "see-through");
  const surface = new mapapp.Surface(paint, { pane: "ground" }).addTo(map);

  /* The box around all arcs that have a changed unit on a side. */
  function around(before, after) {
    const { boxes } = sketch.draw();
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    const changed = (unit) => unit >= 0 && before[unit] !== after[unit];
    for (let arc = 0; arc < arcs.count; arc++) {
      if (!changed(arcs.left[arc]) && !changed(arcs.right[arc])) continue;
      box[0] = Math.min(box[0], boxes[4 * arc] - EDGE);
      box[1] = Math.min(box[1], boxes[4 * arc + 1] - EDGE);
      box[2] = Math.max(box[2], boxes[4 * arc + 2] + EDGE);
      box[3] = Math.max(box[3], boxes[4 * arc + 3] + EDGE);
    }
    return box;
  }

  /* Show a day; only the part of the map is drawn in which anything looks different from before. */
  function show(day) {
    const before = looks;
    looks = looksOn(day);
    const anew = today === null;
    today = day;
    if (anew) return surface.redraw();
    const box = around(before, looks);
    return box[0] < box[2] ? surface.redraw(box) : undefined;
  }

  /* Draw the ground of these holders only; of all, where none is named. */
  function filter(holders) {
    visible = (holder) => !holders.length || holders.includes(holder);
    if (today === null) return;
    looks = looksOn(today);
    surface.redraw();
  }

  /* What is known of the ground under a point of the map: its unit and the number of the span, -1 where there is none. */
  function at({ lng, lat }) {
    const unit = locate(lng, lat);
    return { unit, span: unit < 0 ? -1 : holding.at(unit, today) };
  }

  const toggle = (shown) => {
    map.getPane("ground").hidden = !shown;
  };
  return { show, filter, at, toggle, redraw: () => surface.redraw() };
};
