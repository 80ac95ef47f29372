/* Arcs as the screen can show them: at each zoom those points are left out whose leaving moves the line by less than a
   part of a pixel (Douglas & Peucker 1973), and the rest stand on a grid finer than the pixels, so that what is smaller
   than a pixel folds up. Both sides of a border have the same points, so no gap opens between them. */
mapapp.sketch = (map, { count, units, scale, offsets, points, left: lefts, right: rights }) => {
  const TOLERANCE_PX = 0.4;
  const STEPS_PER_PIXEL = 2;
  const TILE = 256;
  const total = offsets[count];

  /* Points on the Mercator square, whose side is 1. */
  const xs = new Float64Array(total);
  const ys = new Float64Array(total);
  for (let at = 0; at < total; at++) {
    const latitude = (points[2 * at + 1] / scale) * (Math.PI / 180);
    xs[at] = points[2 * at] / scale / 360 + 0.5;
    ys[at] = 0.5 - Math.asinh(Math.tan(latitude)) / (2 * Math.PI);
  }

  function off(at, first, last) {
    const [dx, dy] = [xs[last] - xs[first], ys[last] - ys[first]];
    const [px, py] = [xs[at] - xs[first], ys[at] - ys[first]];
    const square = dx * dx + dy * dy;
    const along = square ? Math.min(1, Math.max(0, (px * dx + py * dy) / square)) : 0;
    return Math.hypot(px - along * dx, py - along * dy);
  }

  /* How far the line moves where a point is left out; no point matters more than those it stands between. */
  const weights = new Float32Array(total).fill(Infinity);
  function weigh(begin, end) {
    const open = [[begin, end, Infinity]];
    while (open.length) {
      const [first, last, most] = open.pop();
      if (last - first < 2) continue;
      let [far, at] = [-1, first];
      for (let i = first + 1; i < last; i++) {
        const distance = off(i, first, last);
        if (distance > far) [far, at] = [distance, i];
      }
      weights[at] = Math.min(far, most);
      open.push([first, at, weights[at]], [at, last, weights[at]]);
    }
  }
  for (let arc = 0; arc < count; arc++) weigh(offsets[arc], offsets[arc + 1] - 1);

  let drawn = { key: "" };

  /* The points that remain at the map's zoom, in layer points, and the boxes of each arc and of each unit. */
  function draw() {
    const key = `${map.getZoom()} ${map.getPixelOrigin()}`;
    if (drawn.key === key) return drawn;
    const size = TILE * 2 ** map.getZoom();
    const { x: left, y: top } = map.getPixelOrigin();
    const least = TOLERANCE_PX / size;
    const fine = STEPS_PER_PIXEL * Math.ceil(window.devicePixelRatio);
    const starts = new Int32Array(count + 1);
    const x = new Float32Array(total);
    const y = new Float32Array(total);
    const boxes = new Float32Array(4 * count);
    let kept = 0;
    for (let arc = 0; arc < count; arc++) {
      let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
      for (let at = offsets[arc]; at < offsets[arc + 1]; at++) {
        if (weights[at] < least) continue;
        const px = Math.round((xs[at] * size - left) * fine) / fine;
        const py = Math.round((ys[at] * size - top) * fine) / fine;
        if (kept > starts[arc] && x[kept - 1] === px && y[kept - 1] === py) continue;
        x[kept] = px;
        y[kept++] = py;
        if (px < west) west = px;
        if (px > east) east = px;
        if (py < north) north = py;
        if (py > south) south = py;
      }
      starts[arc + 1] = kept;
      boxes.set([west, north, east, south], 4 * arc);
    }
    drawn = { key, starts, x, y, boxes, extents: extents(boxes) };
    return drawn;
  }

  /* The box of each unit is that of all arcs around it. */
  function extents(boxes) {
    const found = new Float32Array(4 * units);
    for (let unit = 0; unit < units; unit++) found.set([Infinity, Infinity, -Infinity, -Infinity], 4 * unit);
    for (let arc = 0; arc < count; arc++) {
      if (lefts[arc] >= 0) stretch(found, 4 * lefts[arc], boxes, 4 * arc);
      if (rights[arc] >= 0) stretch(found, 4 * rights[arc], boxes, 4 * arc);
    }
    return found;
  }

  function stretch(found, at, boxes, by) {
    for (const [side, further] of [[0, Math.min], [1, Math.min], [2, Math.max], [3, Math.max]]) {
      found[at + side] = further(found[at + side], boxes[by + side]);
    }
  }

  return { draw };
};
