/* Arcs as the screen can show them: at each zoom those points are left out whose leaving moves the line by less than a
   part of a pixel (Douglas & Peucker 1973). Both sides of a border leave out the same, so no gap opens between them. */
mapapp.sketch = (map, { count, scale, offsets, points }) => {
  const TOLERANCE_PX = 0.4;
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

  /* The points that remain at the map's zoom, in layer points, and the box of each arc. */
  function draw() {
    const key = `${map.getZoom()} ${map.getPixelOrigin()}`;
    if (drawn.key === key) return drawn;
    const size = TILE * 2 ** map.getZoom();
    const { x: left, y: top } = map.getPixelOrigin();
    const least = TOLERANCE_PX / size;
    const starts = new Int32Array(count + 1);
    const x = new Float32Array(total);
    const y = new Float32Array(total);
    const boxes = new Float32Array(4 * count);
    let kept = 0;
    for (let arc = 0; arc < count; arc++) {
      let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
      for (let at = offsets[arc]; at < offsets[arc + 1]; at++) {
        if (weights[at] < least) continue;
        const px = (x[kept] = xs[at] * size - left);
        const py = (y[kept] = ys[at] * size - top);
        kept += 1;
        if (px < west) west = px;
        if (px > east) east = px;
        if (py < north) north = py;
        if (py > south) south = py;
      }
      starts[arc + 1] = kept;
      boxes.set([west, north, east, south], 4 * arc);
    }
    drawn = { key, starts, x, y, boxes };
    return drawn;
  }

  return { draw };
};
