/* Who held each unit when. Spans of all units stand one after another, in order of units and days. */
mapapp.holding = (sections, { first_day: firstDay, holders, rests_on: restsOn }) => {
  const ALWAYS = -(2 ** 30);
  const FOREVER = 2 ** 30;
  const counts = sections.next();
  const days = sections.next();
  const holder = sections.next();
  const rival = sections.next();
  const rests = sections.next();

  const offsets = new Int32Array(counts.length + 1);
  counts.forEach((count, unit) => {
    offsets[unit + 1] = offsets[unit] + count;
  });
  const from = new Int32Array(holder.length);
  const to = new Int32Array(holder.length);
  for (let unit = 0; unit < counts.length; unit++) {
    let before = firstDay;
    for (let span = offsets[unit]; span < offsets[unit + 1]; span++) {
      const [start, stop] = [days[2 * span], days[2 * span + 1]];
      from[span] = start ? (before += start - 1) : ALWAYS;
      to[span] = stop ? (before += stop - 1) : FOREVER;
    }
  }

  /* The number of the span of a unit that holds on a day, -1 where none does. The last answer is tried first: from day
     to day few change. */
  const last = new Int32Array(counts.length).fill(-1);
  function at(unit, day) {
    const known = last[unit];
    if (known >= 0 && from[known] <= day && day < to[known]) return known;
    return (last[unit] = find(unit, day));
  }

  function find(unit, day) {
    let low = offsets[unit];
    let high = offsets[unit + 1] - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (from[middle] > day) high = middle - 1;
      else if (to[middle] <= day) low = middle + 1;
      else return middle;
    }
    return -1;
  }

  /* The span of a unit before its span of that number, -1 where it is the first, or ground was not established between. */
  const before = (unit, span) => (span > offsets[unit] && to[span - 1] === from[span] ? span - 1 : -1);

  const unitOf = new Int32Array(holder.length);
  for (let unit = 0; unit < counts.length; unit++) unitOf.fill(unit, offsets[unit], offsets[unit + 1]);

  /* A span in words of the situation: null is unknown, or an open end. */
  function told(span) {
    if (span < 0) return null;
    return {
      number: span,
      unit: unitOf[span],
      from: from[span] === ALWAYS ? null : from[span],
      to: to[span] === FOREVER ? null : to[span],
      holder: holders[holder[span]],
      rival: holders[rival[span]],
      restsOn: restsOn[rests[span]],
    };
  }

  return { units: counts.length, holders, offsets, from, to, holder, rival, at, before, told, ALWAYS, FOREVER };
};
