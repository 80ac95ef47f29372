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

  /* Call back with the path of each look, so far as the box shows it. */
  function each(looks, box, paint) {
    const drawn = sketch.draw();
    const between = outlines.between(looks);
    for (const look of new Set(looks)) {
      if (!look) continue;
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
    const { boxes } = sketch.draw();
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    const differs = (unit) => unit >= 0 && before[unit] !== after[unit];
    for (let arc = 0; arc < arcs.count; arc++) {
      if (!differs(arcs.left[arc]) && !differs(arcs.right[arc])) continue;
      box[0] = Math.min(box[0], boxes[4 * arc] - EDGE);
      box[1] = Math.min(box[1], boxes[4 * arc + 1] - EDGE);
      box[2] = Math.max(box[2], boxes[4 * arc + 2] + EDGE);
      box[3] = Math.max(box[3], boxes[4 * arc + 3] + EDGE);
    }
    return box[0] < box[2] ? box : null;
  }

  return { each, lines, changed };
};
