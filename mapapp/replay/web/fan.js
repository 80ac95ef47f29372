/* Fanning out: sites on one spot stand in a ring around it, and rings that would cover one another are pushed apart, as
   little as needed. Each symbol keeps a line to its true point. The outcome depends on points and ids alone. */
mapapp.fan = (() => {
  const TURN = 2 * Math.PI;
  const SAME_SPOT = 0.55;
  const ROUNDS = 200;
  const SLACK = 0.5;

  /* How far from the middle n symbols of a size stand: side by side, and clear of the spot itself. */
  const reach = (count, size) => (count === 1 ? 0 : Math.max(size * 0.62, size / 2 / Math.sin(Math.PI / count)));

  /* Sites whose points are about half a symbol apart or closer share a spot. */
  function spots(items, size) {
    const found = [];
    for (const item of items) {
      const near = found.find((spot) => Math.hypot(spot.x - item.x, spot.y - item.y) < size * SAME_SPOT);
      if (!near) {
        found.push({ x: item.x, y: item.y, members: [item] });
        continue;
      }
      near.members.push(item);
      near.x += (item.x - near.x) / near.members.length;
      near.y += (item.y - near.y) / near.members.length;
    }
    for (const spot of found) spot.radius = reach(spot.members.length, size) + size / 2;
    return found;
  }

  /* Push two rings apart until they touch; on one and the same point, the second goes to the right. */
  function part(one, other) {
    const [dx, dy] = [other.x - one.x, other.y - one.y];
    const apart = Math.hypot(dx, dy);
    const missing = one.radius + other.radius - apart;
    if (missing < SLACK) return false;
    const [ux, uy] = apart ? [dx / apart, dy / apart] : [1, 0];
    one.x -= (ux * missing) / 2;
    one.y -= (uy * missing) / 2;
    other.x += (ux * missing) / 2;
    other.y += (uy * missing) / 2;
    return true;
  }

  function settle(rings) {
    for (let round = 0, moved = true; moved && round < ROUNDS; round++) {
      moved = false;
      rings.forEach((one, i) => {
        for (const other of rings.slice(i + 1)) if (part(one, other)) moved = true;
      });
    }
  }

  /* The members of a ring, each about on the side on which its point lies; those on one point by ids, from the top. */
  function ring({ members, x, y }, size) {
    const angle = (item) => Math.atan2(item.y - y, item.x - x);
    const off = (item) => Math.hypot(item.x - x, item.y - y) > size / 8;
    const turned = members.every(off) ? [...members].sort((a, b) => angle(a) - angle(b)) : members;
    const start = turned === members ? -TURN / 4 : angle(turned[0]);
    const radius = reach(members.length, size);
    return turned.map((item, i) => {
      const at = start + (TURN * i) / members.length;
      return [item.id, { x: x + radius * Math.cos(at), y: y + radius * Math.sin(at) }];
    });
  }

  /* items: {id, x, y} in pixels. Gives a map of id to {x, y}: where each symbol of that size stands. */
  function out(items, size) {
    const rings = spots([...items].sort((a, b) => (a.id < b.id ? -1 : 1)), size);
    settle(rings);
    return new Map(rings.flatMap((one) => ring(one, size)));
  }

  return { out };
})();
