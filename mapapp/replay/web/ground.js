/* Ground: who held which unit. What looks alike is filled as one, at full strength on a canvas that is itself
   see-through; a line runs only where the holders on its two sides differ. */
mapapp.ground = (map, data, theme, regions) => {
  const { arcs, holding } = data;
  const locate = mapapp.locate(arcs);
  const { AGES, STRENGTHS } = mapapp.ground;
  const UNKNOWN = 0;

  /* A look for each holder with each claimant and each age of control; 0 is ground that is not drawn. */
  const pairs = [[UNKNOWN, UNKNOWN]];
  const numbers = new Map([["0 0", 0]]);
  function number(holder, rival) {
    const key = `${holder} ${rival}`;
    if (!numbers.has(key)) numbers.set(key, pairs.push([holder, rival]) - 1);
    return numbers.get(key);
  }
  const pairOf = Int32Array.from(holding.holder, (holder, span) => number(holder, holding.rival[span]));
  const actors = holding.holders.map((id) => id && (data.actorById.get(id) ?? { colour: "#888888", hatch: "none" }));

  let today = null;
  let byAge = false;
  let visible = () => true;
  let looks = new Int32Array(holding.units);
  const pair = (look) => pairs[Math.floor(look / STRENGTHS.length)];

  function age(span) {
    if (!byAge) return 0;
    const found = AGES.findIndex((days) => today - holding.from[span] < days);
    return found < 0 ? AGES.length : found;
  }

  function now() {
    const found = new Int32Array(holding.units);
    const seen = holding.holders.map((holder) => visible(holder ?? "unknown"));
    for (let unit = 0; unit < found.length; unit++) {
      const span = holding.at(unit, today);
      if (span >= 0 && pairOf[span] && seen[holding.holder[span]]) found[unit] = pairOf[span] * STRENGTHS.length + age(span);
    }
    return found;
  }

  function differ(one, other) {
    const [a, b] = [pair(one), pair(other)];
    return a[0] && b[0] && a !== b;
  }

  function paint(pen, squares) {
    const ink = theme.colour("hatch");
    regions.each(looks, squares, (look, path) => {
      const [holder, rival] = pair(look);
      pen.globalAlpha = STRENGTHS[look % STRENGTHS.length];
      mapapp.hatch.ground(pen, path, actors[holder], actors[rival], ink);
    });
    pen.globalAlpha = 1;
    pen.strokeStyle = theme.colour("front");
    pen.lineWidth = 1.6;
    pen.lineJoin = "round";
    pen.stroke(regions.lines(looks, squares, differ));
  }

  map.createPane("ground").style.zIndex = 220;
  const pane = map.getPane("ground");
  pane.classList.add("still", "see-through");
  const surface = new mapapp.Surface(paint, { pane: "ground" }).addTo(map);

  /* Show a day; only the parts of the map are drawn in which anything looks different from before. */
  function show(day) {
    const before = looks;
    today = day;
    looks = now();
    const squares = surface.squares();
    regions.mark(before, looks, squares);
    if (squares.any()) surface.redraw(squares);
  }

  function redraw() {
    if (today === null) return;
    looks = now();
    surface.redraw();
  }

  /* Draw the ground of these holders only; of all, where none is named. */
  function filter(holders) {
    visible = (holder) => !holders.length || holders.includes(holder);
    redraw();
  }

  /* Shade by how long ground has been held, the longer the paler. */
  function shade(how) {
    byAge = how === "age";
    pane.classList.toggle("by-age", byAge);
    redraw();
  }

  /* What is known of the ground under a point of the map: its unit and the number of the span, -1 where there is none. */
  function at({ lng, lat }) {
    const unit = locate.unitAt(lng, lat);
    return { unit, span: unit < 0 ? -1 : holding.at(unit, today) };
  }

  /* What takes a while the first time the pointer asks is done while nobody waits. */
  const prepare = () => (window.requestIdleCallback ?? setTimeout)(locate.prepare);

  const toggle = (shown) => {
    pane.hidden = !shown;
  };
  return { show, filter, shade, at, toggle, prepare, redraw: () => surface.redraw() };
};

/* Ground held for less than so many days is drawn so strongly; the last is for all that is older. */
mapapp.ground.AGES = [7, 30, 90, 365];
mapapp.ground.STRENGTHS = [1, 0.74, 0.54, 0.37, 0.22];
