/* Badges: each stands at a free corner of its spot. Spots too close to tell apart share one, and where there is no room
   for another, the nearest speaks for it too. */
mapapp.badges = (() => {
  const HALF = [12, 10];

  /* Where a badge may stand, in steps from its spot, from near to far. */
  const NEAR = [[1, -1], [-1, -1], [1, 1], [-1, 1], [1.4, 0], [-1.4, 0]];
  const FAR = [[1.6, -1.6], [-1.6, -1.6], [1.6, 1.6], [-1.6, 1.6], [2.6, 0], [-2.6, 0]];
  const CORNERS = [...NEAR, ...FAR];

  const box = ({ x, y }) => [x - HALF[0], y - HALF[1], x + HALF[0], y + HALF[1]];
  const apart = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);

  /* spots: {at, one}. Gives groups {at, members} of those closer than a badge is wide, each at its first spot. */
  function gather(spots) {
    const groups = [];
    for (const { at, one } of spots) {
      const near = groups.find((group) => apart(group.at, at) < 2 * HALF[0]);
      if (near) near.members.push(one);
      else groups.push({ at, members: [one] });
    }
    return groups;
  }

  function corner({ at, step, own }, taken) {
    const others = taken.filter((other) => !own || other.id !== own);
    const corners = CORNERS.map(([dx, dy]) => ({ x: at.x + dx * step, y: at.y + dy * step }));
    return corners.find((spot) => !others.some((other) => mapapp.labels.overlap(box(spot), other)));
  }

  /* groups: {at, members, step, own}: own is the id of a box that the badge may lean on. Boxes of badges are added to
     taken. Gives {spot, members} for each badge. */
  function place(groups, taken) {
    const badges = [];
    const without = [];
    for (const group of groups) {
      const spot = corner(group, taken);
      if (!spot) without.push(group);
      else badges.push({ spot, members: [...group.members] });
      if (spot) taken.push(box(spot));
    }
    for (const { at, members } of without) {
      const nearer = (one, other) => (apart(other.spot, at) < apart(one.spot, at) ? other : one);
      if (badges.length) badges.reduce(nearer).members.push(...members);
      else badges.push({ spot: at, members: [...members] });
    }
    return badges;
  }

  return { gather, place };
})();
