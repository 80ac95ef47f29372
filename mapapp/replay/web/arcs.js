/* The borders between units, each once: its points on the grid, the units on its two sides, the nodes at its ends. */
mapapp.arcs = (sections, scale) => {
  const OUTSIDE = -1;
  const lengths = sections.next();
  const returns = sections.next();
  const own = sections.signed();
  const steps = sections.signed();
  const met = sections.next();

  const count = lengths.length;
  const offsets = new Int32Array(count + 1);
  for (let arc = 0; arc < count; arc++) offsets[arc + 1] = offsets[arc] + lengths[arc] + 2;
  const points = new Int32Array(2 * offsets[count]);

  /* An arc starts at a point of its own, or at one that was passed before. */
  const passed = new Int32Array(4 * count);
  function walk() {
    let [x, y, ownAt, stepAt, passedAt] = [0, 0, 0, 0, 0];
    let [ownX, ownY] = [0, 0];
    const pass = () => {
      passed[passedAt++] = x;
      passed[passedAt++] = y;
    };
    for (let arc = 0; arc < count; arc++) {
      if (returns[arc]) {
        const from = passedAt - 2 * returns[arc];
        [x, y] = [passed[from], passed[from + 1]];
      } else {
        [x, y] = [(ownX += own[ownAt++]), (ownY += own[ownAt++])];
        pass();
      }
      for (let at = offsets[arc]; at < offsets[arc + 1]; at++) {
        if (at > offsets[arc]) {
          x += steps[stepAt++];
          y += steps[stepAt++];
        }
        points[2 * at] = x;
        points[2 * at + 1] = y;
      }
      pass();
    }
  }
  walk();

  /* Sides are told by how many units ago theirs was first met. */
  const left = new Int32Array(count);
  const right = new Int32Array(count);
  let units = 0;
  const side = (code) => (code === 0 ? OUTSIDE : code === 1 ? units++ : units + 1 - code);
  for (let arc = 0; arc < count; arc++) {
    left[arc] = side(met[2 * arc]);
    right[arc] = side(met[2 * arc + 1]);
  }

  /* Ends at one point are one node. */
  const nodes = new Map();
  function node(at) {
    const key = points[2 * at] * 2 ** 27 + points[2 * at + 1];
    if (!nodes.has(key)) nodes.set(key, nodes.size);
    return nodes.get(key);
  }
  const starts = new Int32Array(count);
  const ends = new Int32Array(count);
  for (let arc = 0; arc < count; arc++) {
    starts[arc] = node(offsets[arc]);
    ends[arc] = node(offsets[arc + 1] - 1);
  }
  return { count, units, scale, offsets, points, left, right, starts, ends, nodes: nodes.size };
};
