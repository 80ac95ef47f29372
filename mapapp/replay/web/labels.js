/* Labels: written in order of importance, each at the first side of its point where it covers nothing; else not.
   Where a second row fits as well, it is added once all first rows stand. */
mapapp.labels = (() => {
  const GAP = 3;

  const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

  /* Boxes around a point x, y for a text of width w and height h: beside the first of the crowds, then the next. */
  function sides({ x, y, width: w, height: h, crowds, centred }) {
    if (centred) return [["middle", [x - w / 2, y - h / 2, x + w / 2, y + h / 2]]];
    const beside = (from, middle) => [from, middle - h / 2, from + w, middle + h / 2];
    return crowds.flatMap(([left, top, right, bottom]) => [
      ["right", beside(right + GAP, y)],
      ["left", beside(left - GAP - w, y)],
      ["above", beside(x - w / 2, top - GAP - h / 2)],
      ["below", beside(x - w / 2, bottom + GAP + h / 2)],
      ["right", beside(right, top)],
      ["right", beside(right, bottom)],
      ["left", beside(left - w, top)],
      ["left", beside(left - w, bottom)],
    ]);
  }

  /* The box with a second row under the first, or over the point where the label stands above it. */
  function grown([left, top, right, bottom], side, { width, height }) {
    const wider = Math.max(0, width - (right - left));
    const toLeft = { left: wider, right: 0 }[side] ?? wider / 2;
    const box = [left - toLeft, top, right + wider - toLeft, bottom + height];
    return side === "above" ? [box[0], top - height, box[2], bottom] : box;
  }

  const free = (box, taken, own) => !taken.some((other) => other !== own && overlap(box, other));

  /* How much of a box others cover. */
  function covered(box, others) {
    const shared = (other, from, to) => Math.max(0, Math.min(box[to], other[to]) - Math.max(box[from], other[from]));
    return others.reduce((sum, other) => sum + shared(other, 0, 2) * shared(other, 1, 3), 0);
  }

  /* labels: {id, x, y, width, height, crowds, centred, second} in order; crowds: boxes around x, y that the label may
     stand beside; taken: boxes that stay free; under: boxes it keeps out of as far as it can.
     Gives id -> {side, box, second}: where it stands, and whether with its second row. */
  function place(labels, taken, under) {
    const boxes = [...taken];
    const placed = new Map();
    for (const label of labels) {
      const open = sides(label).filter(([, box]) => free(box, boxes));
      if (!open.length) continue;
      const found = open.reduce((best, one) => (covered(one[1], under) < covered(best[1], under) ? one : best));
      placed.set(label.id, { side: found[0], box: found[1], second: false });
      boxes.push(found[1]);
    }
    for (const label of labels) {
      const spot = placed.get(label.id);
      if (!spot || !label.second) continue;
      const box = grown(spot.box, spot.side, label.second);
      if (!free(box, boxes, spot.box)) continue;
      boxes[boxes.indexOf(spot.box)] = box;
      Object.assign(spot, { box, second: true });
    }
    return placed;
  }

  return { place, overlap };
})();
