/* What differs between two days: units that changed hands, joined into patches of one gainer and one loser. */
mapapp.patches = ({ arcs, holding }, { km2 }) => {
  const UNKNOWN = 0;

  const holderOn = (unit, day) => {
    const span = holding.at(unit, day);
    return span < 0 ? UNKNOWN : holding.holder[span];
  };

  /* For each unit who gained it (a place in the list of holders), or -1, and who lost it. */
  function gains(before, after) {
    const gainer = new Int32Array(holding.units).fill(-1);
    const loser = new Int32Array(holding.units).fill(-1);
    for (let unit = 0; unit < holding.units; unit++) {
      const [from, to] = [holderOn(unit, before), holderOn(unit, after)];
      if (from !== to) [gainer[unit], loser[unit]] = [to, from];
    }
    return { gainer, loser };
  }

  function joined({ gainer, loser }) {
    const parent = Int32Array.from(gainer, (_, unit) => unit);
    const root = (unit) => {
      let at = unit;
      while (parent[at] !== at) at = parent[at] = parent[parent[at]];
      return at;
    };
    for (let arc = 0; arc < arcs.count; arc++) {
      const [one, other] = [arcs.left[arc], arcs.right[arc]];
      if (one < 0 || other < 0 || gainer[one] < 0) continue;
      if (gainer[one] === gainer[other] && loser[one] === loser[other]) parent[root(one)] = root(other);
    }
    return root;
  }

  /* The patches, the largest first: gainer and loser (ids, null unknown), km2, the box [west, south, east, north]. */
  function between(before, after) {
    const found = gains(before, after);
    const root = joined(found);
    const patches = new Map();
    found.gainer.forEach((to, unit) => {
      if (to < 0) return;
      const key = root(unit);
      const names = { gainer: holding.holders[to], loser: holding.holders[found.loser[unit]] };
      if (!patches.has(key)) patches.set(key, { ...names, km2: 0, box: [Infinity, Infinity, -Infinity, -Infinity] });
      patches.get(key).km2 += km2[unit];
    });
    for (let arc = 0; arc < arcs.count; arc++) {
      for (const unit of [arcs.left[arc], arcs.right[arc]]) {
        if (unit >= 0 && found.gainer[unit] >= 0) stretch(patches.get(root(unit)).box, arc);
      }
    }
    return { ...found, patches: [...patches.values()].sort((one, other) => other.km2 - one.km2) };
  }

  function stretch(box, arc) {
    const { offsets, points, scale } = arcs;
    for (let at = offsets[arc]; at < offsets[arc + 1]; at++) {
      const [x, y] = [points[2 * at] / scale, points[2 * at + 1] / scale];
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
  }

  return { between };
};
