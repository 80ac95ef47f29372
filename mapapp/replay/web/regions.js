/* Regions: units that look alike, as one path each, at the zoom of the map. Looks are numbers, one for each unit; 0 is
   not drawn. */
mapapp.regions = (map, arcs) => {
  const sketch = mapapp.sketch(map, arcs);
  const outlines = mapapp.outlines(arcs);
  const EDGE = 4;

  const beside = ([left, top, right, bottom], { boxes }, arc) =>
    boxes[4 * arc] > right || boxes[4 * arc + 2] < left || boxes[4 * arc + 1] > bottom || boxes[4 * arc + 3] < top;

  /* Points of an arc from its start, or back from its end. Of one that lies wholly beside the box only the end counts. */
  function trace(path, drawn, way, box) {
    const arc = way >> 1;
    const { starts, x, y } = drawn;
    const [begin, end] = [starts[arc], starts[arc + 1] - 1];
    if (beside(box, drawn, arc)) path.lineTo(x[way & 1 ? begin : end], y[way & 1 ? begin : end]);
    else if (way & 1) for (let at = end - 1; at >= begin; at--) path.lineTo(x[at], y[at]);
    else for (let at = begin + 1; at <= end; at++) path.lineTo(x[at], y[at]);
  }

  function start(path, { starts, x, y }, way) {
    const at = way & 1 ? starts[(way >> 1) + 1] - 1 : starts[way >> 1];
    path.moveTo(x[at], y[at]);
  }

  /* The looks that are there, in order. */
  function seen(looks) {
    let most = 0;
    for (let unit = 0; unit < looks.length; unit++) if (looks[unit] > most) most = looks[unit];
    const there = new Uint8Array(most + 1);
    for (let unit = 0; unit < looks.length; unit++) there[looks[unit]] = 1;
    return [...there.keys()].filter((look) => look && there[look]);
  }

  /* Call back with the path of each look, so far as the box shows it. */
  function each(looks, box, paint) {
    const drawn = sketch.draw();
    const between = outlines.between(looks);
    for (const look of seen(looks)) {
      const path = new Path2D();
      outlines.rings(between, looks, look, (ways) => {
        start(path, drawn, ways[0]);
        for (const way of ways) trace(path, drawn, way, box);
        path.closePath();
      });
      paint(look, path);
    }
  }

  /* The path along all arcs whose two sides differ in a way that matters: differ(one, other) is asked of looks. */
  function lines(looks, box, differ) {
    const drawn = sketch.draw();
    const path = new Path2D();
    for (const arc of outlines.between(looks)) {
      const [one, other] = [arcs.left[arc], arcs.right[arc]];
      if (one < 0 || other < 0 || !differ(looks[one], looks[other]) || beside(box, drawn, arc)) continue;
      start(path, drawn, 2 * arc);
      trace(path, drawn, 2 * arc, box);
    }
    return path;
  }

  /* The box around all that looks different, null where nothing does. */
  function changed(before, after) {
    const differs = new Uint8Array(after.length + 1); // the last is the outside, where nothing changes
    let any = false;
    for (let unit = 0; unit < after.length; unit++) {
      if (before[unit] !== after[unit]) any = differs[unit] = 1;
    }
    if (!any) return null;
    const { boxes } = sketch.draw();
    const { left, right } = arcs;
    const outside = after.length;
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let arc = 0; arc < arcs.count; arc++) {
      const one = left[arc] < 0 ? outside : left[arc];
      const other = right[arc] < 0 ? outside : right[arc];
      if (!differs[one] && !differs[other]) continue;
      if (boxes[4 * arc] < west) west = boxes[4 * arc];
      if (boxes[4 * arc + 1] < north) north = boxes[4 * arc + 1];
      if (boxes[4 * arc + 2] > east) east = boxes[4 * arc + 2];
      if (boxes[4 * arc + 3] > south) south = boxes[4 * arc + 3];
    }
    return [west - EDGE, north - EDGE, east + EDGE, south + EDGE];
  }

  return { each, lines, changed };
};
