/* Regions: units that look alike, as one path each, at the zoom of the map. Looks are numbers, one for each unit; 0 is
   not drawn. */
mapapp.regions = (map, arcs) => {
  const sketch = mapapp.sketch(map, arcs);
  const outlines = mapapp.outlines(arcs);
  const EDGE = 4;

  const shown = ({ boxes }, arc, squares) =>
    squares.meets(boxes[4 * arc] - EDGE, boxes[4 * arc + 1] - EDGE, boxes[4 * arc + 2] + EDGE, boxes[4 * arc + 3] + EDGE);

  /* A pen that draws arcs one after another. A point on the one before it adds nothing. */
  function pencil({ starts, x, y, boxes }, squares) {
    const path = new Path2D();
    let [lastX, lastY] = [NaN, NaN];

    function line(at) {
      if (x[at] === lastX && y[at] === lastY) return;
      path.lineTo((lastX = x[at]), (lastY = y[at]));
    }

    function start(way) {
      const at = way & 1 ? starts[(way >> 1) + 1] - 1 : starts[way >> 1];
      path.moveTo((lastX = x[at]), (lastY = y[at]));
    }

    /* Points of an arc from its start, or back from its end. Of one that lies in no marked square only the end counts:
       the straight way there lies in none either. */
    function trace(way) {
      const arc = way >> 1;
      const [begin, end] = [starts[arc], starts[arc + 1] - 1];
      if (!shown({ boxes }, arc, squares)) line(way & 1 ? begin : end);
      else if (way & 1) for (let at = end - 1; at >= begin; at--) line(at);
      else for (let at = begin + 1; at <= end; at++) line(at);
    }

    return { path, start, trace };
  }

  /* The looks that are there, in order. */
  function seen(looks) {
    let most = 0;
    for (let unit = 0; unit < looks.length; unit++) if (looks[unit] > most) most = looks[unit];
    const there = new Uint8Array(most + 1);
    for (let unit = 0; unit < looks.length; unit++) there[looks[unit]] = 1;
    return [...there.keys()].filter((look) => look && there[look]);
  }

  /* Call back with the path of each look, so far as squares are marked. */
  function each(looks, squares, paint) {
    const drawn = sketch.draw();
    const between = outlines.between(looks);
    for (const look of seen(looks)) {
      const { path, start, trace } = pencil(drawn, squares);
      outlines.rings(between, looks, look, (ways) => {
        start(ways[0]);
        ways.forEach(trace);
        path.closePath();
      });
      paint(look, path);
    }
  }

  /* The path along all arcs whose two sides differ in a way that matters: differ(one, other) is asked of looks. */
  function lines(looks, squares, differ) {
    const drawn = sketch.draw();
    const { path, start, trace } = pencil(drawn, squares);
    for (const arc of outlines.between(looks)) {
      const [one, other] = [arcs.left[arc], arcs.right[arc]];
      if (one < 0 || other < 0 || !differ(looks[one], looks[other])) continue;
      if (drawn.starts[arc + 1] - drawn.starts[arc] < 2 || !shown(drawn, arc, squares)) continue;
      start(2 * arc);
      trace(2 * arc);
    }
    return path;
  }

  /* Mark the squares of all that looks different. */
  function mark(before, after, squares) {
    const { extents } = sketch.draw();
    for (let unit = 0; unit < after.length; unit++) {
      if (before[unit] === after[unit]) continue;
      const at = 4 * unit;
      squares.mark(extents[at] - EDGE, extents[at + 1] - EDGE, extents[at + 2] + EDGE, extents[at + 3] + EDGE);
    }
  }

  return { each, lines, mark };
};
