/* The legend: the very symbols of the map. Entries with a number are filters: pressed ones are shown, and where none of
   a kind is pressed, all are. The number is of the sites they stand for on the day. */
mapapp.legend = (data, symbols, phrases, store, theme) => {
  const { make, draw } = mapapp.dom;
  const { first, last } = data.days;
  const NONE = { facility_types: [], statuses: [], holders: [] };

  /* A swatch of ground, painted as on the map. */
  function swatch(holder, rival) {
    const canvas = make("canvas", { width: 52, height: 32, class: "see-through" });
    function paint() {
      const pen = canvas.getContext("2d");
      pen.setTransform(2, 0, 0, 2, 0, 0);
      pen.clearRect(0, 0, 26, 16);
      mapapp.hatch.ground(pen, new Path2D("M0 0H26V16H0Z"), holder, rival, theme.colour("hatch"));
    }
    paint();
    theme.on(paint);
    return make("span", { class: "swatch" }, canvas);
  }

  function toggle(filter, code) {
    const { filters } = store.get();
    const chosen = filters[filter];
    const next = chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code];
    store.set({ filters: { ...filters, [filter]: next } });
  }

  function entry(filter, code, symbol, label) {
    const count = make("span", { class: "count" });
    const button = make(
      "button",
      { type: "button", "aria-pressed": "false", onclick: () => toggle(filter, code) },
      symbol,
      make("span", { dir: "auto", class: "name" }, label),
      count,
    );
    return { filter, code, button, count, row: make("li", {}, button) };
  }

  function explained(symbol, label) {
    return make("li", { class: "explained" }, symbol, make("span", { class: "name" }, label));
  }

  /* Only what these days can show. */
  const { holding } = data;
  const shown = [...holding.from.keys()].filter((span) => holding.from[span] <= last && holding.to[span] > first);
  const holders = new Set(shown.map((span) => holding.holders[holding.holder[span]]));
  const contested = holding.told(shown.find((span) => holding.holder[span] && holding.rival[span]) ?? -1);
  const states = new Set(data.facilities.flatMap((facility) => facility.status.map((span) => span[2] ?? "unknown")));
  const kinds = new Set(data.facilities.map((facility) => facility.type));
  const placeKinds = new Set(data.places.filter((place) => place.point).map((place) => place.type));
  const present = (codes, used) => Object.keys(codes).filter((code) => used.has(code));

  const ground = data.actors
    .filter((actor) => holders.has(actor.id))
    .map((actor) => entry("holders", actor.id, swatch(actor, null), actor.name));
  ground.push(entry("holders", "unknown", swatch(null, null), "not established"));
  const sites = present(symbols.shapes, kinds).map((code) =>
    entry("facility_types", code, symbols.kind(code), symbols.shapeLabel(code)),
  );
  /* A status stands on a plain disc: it goes with every kind. */
  const status = present(symbols.statuses, states).map((code) =>
    entry("statuses", code, symbols.site("unknown", code), symbols.statusLabel(code)),
  );
  const entries = [...ground, ...sites, ...status];

  function rivals() {
    const [holder, rival] = [contested.holder, contested.rival].map((id) => data.actorById.get(id));
    return explained(swatch(holder, rival), "contested: stripes in the claimant's colour");
  }

  const within = (className) => make("span", { class: "swatch" }, make("span", { class: className }));
  function circle() {
    const ring = draw("circle", { cx: 13, cy: 13, r: 9.5, class: "radius" });
    return draw("svg", { viewBox: "0 0 26 26", class: "symbol" }, ring);
  }
  function faded() {
    const symbol = symbols.site("unknown", "open");
    symbol.classList.add("pale");
    return symbol;
  }
  const claimed = data.facilities.flatMap((facility) => facility.ground).find((span) => span[4]);
  function edged() {
    const symbol = symbols.site("unknown", "open");
    symbols.contest(symbol, phrases.colour(claimed[4]));
    return symbol;
  }
  const badges = () => [
    explained(within("badge today"), "event on this day, or several"),
    explained(within("badge faded"), "event in the week before"),
    explained(within("badge today claimed"), "only claimed, or contradicted"),
  ];
  const circles = () => [
    ...(claimed ? [explained(edged(), "contested: edge in the claimant's colour")] : []),
    explained(faded(), "pale: not verified in the last 30 days"),
    explained(circle(), "true place lies within this circle"),
  ];
  const others = () => [...(data.events.length ? badges() : []), ...(data.facilities.length ? circles() : [])];

  /* Ages of control, in any colour: the longer held, the paler. */
  function ages() {
    const { AGES, STRENGTHS } = mapapp.ground;
    const spans = ["under a week", "under a month", "under 3 months", "under a year", "a year or more, or not known"];
    return STRENGTHS.slice(0, AGES.length + 1).map((strength, i) => {
      const dye = make("span", { class: "dye age" });
      dye.style.opacity = strength;
      return explained(make("span", { class: "swatch" }, dye), spans[i]);
    });
  }

  const section = (title, rows) =>
    rows.length ? make("section", {}, make("h3", {}, title), make("ul", {}, rows)) : null;
  const rows = (list) => list.map((one) => one.row);
  const reset = make("button", { type: "button", class: "plain reset", hidden: true }, "Show all");
  reset.addEventListener("click", () => store.set({ filters: NONE }));
  const held = section("Held for", ages());
  const body = make(
    "div",
    { class: "legend-body" },
    reset,
    section("Who holds the ground", [...rows(ground), ...(contested ? [rivals()] : [])]),
    held,
    section("Sites by kind", rows(sites)),
    section("Sites by status", rows(status)),
    section("Also on the map", others()),
    section("Places", [...placeKinds].map((type) => explained(within(`dot ${type}`), phrases.placeType(type)))),
  );

  function tally(state, facilities) {
    const counts = { facility_types: {}, statuses: {}, holders: {} };
    const add = (filter, code) => {
      counts[filter][code] = (counts[filter][code] ?? 0) + 1;
    };
    for (const { facility } of facilities.all) {
      add("facility_types", facility.type);
      add("statuses", facilities.statusOn(facility, state.day));
      add("holders", facilities.holderOn(facility, state.day));
    }
    return counts;
  }

  function show(state, facilities) {
    const counts = tally(state, facilities);
    for (const { filter, code, button, count } of entries) {
      const text = data.facilities.length ? String(counts[filter][code] ?? 0) : "";
      if (count.textContent !== text) count.textContent = text;
      button.setAttribute("aria-pressed", String(state.filters[filter].includes(code)));
    }
    held.hidden = state.shade !== "age";
    reset.hidden = Object.values(state.filters).every((list) => !list.length);
  }

  return { body, show };
};
