/* The unit under a point: a ray to the west meets a border first, and the unit on this side of it is the one. Borders
   stand in rows by latitude, so that few are looked at. */
mapapp.locate = ({ count, scale, offsets, points, left, right }) => {
  const ROWS = 512;
  const OUTSIDE = -1;
  let rows = null;
  let south = Infinity;
  let north = -Infinity;
  const row = (y) => Math.min(ROWS - 1, Math.max(0, Math.floor(((y - south) / (north - south + 1)) * ROWS)));

  function extent(arc) {
    let [low, high] = [Infinity, -Infinity];
    for (let at = offsets[arc]; at < offsets[arc + 1]; at++) {
      low = Math.min(low, points[2 * at + 1]);
      high = Math.max(high, points[2 * at + 1]);
    }
    return [low, high];
  }

  /* The arcs of each row, one row after another. */
  let firsts = null;
  function sort() {
    const extents = new Int32Array(2 * count);
    for (let arc = 0; arc < count; arc++) {
      const [low, high] = extent(arc);
      extents.set([low, high], 2 * arc);
      if (low < south) south = low;
      if (high > north) north = high;
    }
    firsts = new Int32Array(ROWS + 1);
    const each = (act) => {
      for (let arc = 0; arc < count; arc++) {
        const end = row(extents[2 * arc + 1]);
        for (let at = row(extents[2 * arc]); at <= end; at++) act(at, arc);
      }
    };
    each((at) => (firsts[at + 1] += 1));
    for (let at = 0; at < ROWS; at++) firsts[at + 1] += firsts[at];
    const next = firsts.slice();
    rows = new Int32Array(firsts[ROWS]);
    each((at, arc) => (rows[next[at]++] = arc));
  }

  /* The nearest crossing of an arc with the ray: where, and whether the arc runs north there. */
  function crossing(arc, x, y, best) {
    for (let at = offsets[arc]; at < offsets[arc + 1] - 1; at++) {
      const [y0, y1] = [points[2 * at + 1], points[2 * at + 3]];
      if (y0 <= y === y1 <= y) continue;
      const [x0, x1] = [points[2 * at], points[2 * at + 2]];
      const where = x0 + ((y - y0) / (y1 - y0)) * (x1 - x0);
      if (where > x || where <= best.where) continue;
      best.where = where;
      best.unit = y1 > y0 ? right[arc] : left[arc];
    }
  }

  const prepare = () => rows ?? sort();

  /* The number of the unit, -1 outside of all. */
  function unitAt(longitude, latitude) {
    prepare();
    const best = { where: -Infinity, unit: OUTSIDE };
    const [x, y] = [longitude * scale, latitude * scale];
    if (y < south || y > north) return OUTSIDE;
    const at = row(y);
    for (let i = firsts[at]; i < firsts[at + 1]; i++) crossing(rows[i], x, y, best);
    return best.unit;
  }

  return { unitAt, prepare };
};
