/* Outlines of everything that looks alike: the arcs between it and what looks different, joined into rings. */
mapapp.outlines = ({ count, units, left, right, starts, ends, nodes }) => {
  const first = new Int32Array(nodes).fill(-1);
  const following = new Int32Array(2 * count);

  /* The arcs whose two sides look different. looks: for each unit a number, 0 for what is not drawn; never altered, so
     that who asks again is told at once. */
  const kept = new Int32Array(count);
  const within = (unit) => (unit < 0 ? units : unit);
  const [ones, others] = [left.map(within), right.map(within)];
  const looked = new Int32Array(units + 1); // the last is the outside: it looks like what is not drawn
  let asked = null;
  let found = 0;
  function between(looks) {
    if (looks === asked) return kept.subarray(0, found);
    asked = looks;
    looked.set(looks.subarray(0, units));
    found = 0;
    for (let arc = 0; arc < count; arc++) if (looked[ones[arc]] !== looked[others[arc]]) kept[found++] = arc;
    return kept.subarray(0, found);
  }

  /* An arc walked with the look on its left is 2 * arc, one walked backwards 2 * arc + 1. */
  const begin = (way) => (way & 1 ? ends[way >> 1] : starts[way >> 1]);
  const end = (way) => (way & 1 ? starts[way >> 1] : ends[way >> 1]);

  function leave(way) {
    following[way] = first[begin(way)];
    first[begin(way)] = way;
  }

  function ways(arcs, looks, look) {
    const found = [];
    for (const arc of arcs) {
      if (left[arc] >= 0 && looks[left[arc]] === look) found.push(2 * arc);
      else if (right[arc] >= 0 && looks[right[arc]] === look) found.push(2 * arc + 1);
    }
    return found;
  }

  /* Call back for each ring of a look with its ways in order. As many ways lead to a node as from it, so rings close. */
  function rings(arcs, looks, look, ring) {
    const all = ways(arcs, looks, look);
    for (const way of all) leave(way);
    for (const way of all) {
      const chain = [];
      let node = begin(way);
      while (first[node] >= 0) {
        const next = first[node];
        first[node] = following[next];
        chain.push(next);
        node = end(next);
      }
      if (chain.length) ring(chain);
    }
  }

  return { between, rings };
};
