/* The ledger of the ground: how large each unit is, how much changed hands on each day and to whom, and how much each
   holder had. Holders are places in the list of holders; 0 is ground whose holder is not established. */
mapapp.ledger = ({ arcs, holding, days }) => {
  const { first, last } = days;
  const length = last - first + 1;
  const UNKNOWN = 0;
  const RADIUS_KM = 6378.137;
  const SQUARE = 0.00669437999014; // of the eccentricity of WGS84
  const E = Math.sqrt(SQUARE);

  /* Latitude on the cylindrical equal-area projection (Snyder 1987, equation 3-12), in kilometres. */
  function north(degrees) {
    const sine = Math.sin((degrees * Math.PI) / 180);
    return (((1 - SQUARE) * (sine / (1 - SQUARE * sine * sine) + Math.atanh(E * sine) / E)) / 2) * RADIUS_KM;
  }

  /* What an arc adds to the unit on its left, and takes from the one on its right. */
  function swept(arc) {
    const { offsets, points, scale } = arcs;
    let [x, y, sum] = [0, 0, 0];
    for (let at = offsets[arc]; at < offsets[arc + 1]; at++) {
      const nextX = ((points[2 * at] / scale) * Math.PI * RADIUS_KM) / 180;
      const nextY = north(points[2 * at + 1] / scale);
      if (at > offsets[arc]) sum += x * nextY - nextX * y;
      [x, y] = [nextX, nextY];
    }
    return sum / 2;
  }

  const km2 = new Float64Array(holding.units);
  for (let arc = 0; arc < arcs.count; arc++) {
    const area = swept(arc);
    if (arcs.left[arc] >= 0) km2[arcs.left[arc]] += area;
    if (arcs.right[arc] >= 0) km2[arcs.right[arc]] -= area;
  }

  const series = () => holding.holders.map(() => new Float64Array(length));
  const gained = series();
  const held = series();

  function gain(day, holder, area) {
    if (day > first && day <= last) gained[holder][day - first] += area;
  }

  function enter(unit, span) {
    const { from, to, holder, offsets } = holding;
    const who = holder[span];
    const before = holding.before(unit, span);
    if (who !== (before < 0 ? UNKNOWN : holder[before])) gain(from[span], who, km2[unit]);
    const goesOn = span + 1 < offsets[unit + 1] && from[span + 1] === to[span];
    if (!goesOn && who !== UNKNOWN) gain(to[span], UNKNOWN, km2[unit]);
    const [start, stop] = [Math.max(from[span], first) - first, Math.min(to[span], last + 1) - first];
    if (start >= stop) return;
    held[who][start] += km2[unit];
    if (stop < length) held[who][stop] -= km2[unit];
  }

  for (let unit = 0; unit < holding.units; unit++) {
    for (let span = holding.offsets[unit]; span < holding.offsets[unit + 1]; span++) enter(unit, span);
  }
  for (const each of held) for (let day = 1; day < length; day++) each[day] += each[day - 1];

  const onDay = (table, day) =>
    table
      .map((each, holder) => ({ holder: holding.holders[holder], km2: each[day - first] }))
      .filter((one) => one.km2 > 0)
      .sort((one, other) => other.km2 - one.km2);

  /* Who gained how much on a day, and who had how much: {holder, km2}, the most first; null is nobody known. */
  const handsOn = (day) => onDay(gained, day);
  const sharesOn = (day) => onDay(held, day).filter(({ holder }) => holder !== null);

  return { km2, gained, held, length, handsOn, sharesOn };
};
