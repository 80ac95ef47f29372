/* The legend: the very symbols of the map. Entries that can be chosen are filters: pressed ones are shown, and where
   none is pressed, all are. */
mapapp.legend = (data, symbols, phrases, store, theme) => {
  const { make, draw } = mapapp.dom;
  const EXPLAINED = "explained";

  /* A swatch of ground, painted as on the map. */
  function swatch(holder, rival) {
    const canvas = make("canvas", { width: 52, height: 32, class: "see-through" });
    const paint = () => {
      const pen = canvas.getContext("2d");
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.clearRect(0, 0, 52, 32);
      pen.scale(2, 2);
      mapapp.hatch.ground(pen, new Path2D("M0 0H26V16H0Z"), holder, rival, theme.colour("hatch"));
    };
    paint();
    theme.on(paint);
    return make("span", { class: "swatch" }, canvas);
  }

  function entry(filter, code, symbol, label) {
    const count = make("span", { class: "count" });
    const button = make("button", { type: "button", "aria-pressed": "false" }, symbol, make("span", { dir: "auto", class: "name" }, label), count);
    button.addEventListener("click", () => {
      const { filters } = store.get();
      const chosen = filters[filter];
      const next = chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code];
      store.set({ filters: { ...filters, [filter]: next } });
    });
    return { filter, code, button, count, row: make("li", {}, button) };
  }

  const explained = (symbol, label) => make("li", { class: EXPLAINED }, symbol, make("span", { class: "name" }, label));
  const section = (title, rows) => (rows.length ? make("section", {}, make("h3", {}, title), make("ul", {}, rows)) : null);

  const { first, last } = data.days;
  const shown = data.ground.spans.flat().filter(([from, to]) => (from ?? first) <= last && (to ?? last) >= first);
  const holders = new Set(shown.map((span) => span[2]).filter((id) => id !== null));
  const contested = shown.find((span) => span[2] && span[3]);
  const actors = data.actors.filter((actor) => holders.has(actor.id));
  const present = (codes, used) => Object.keys(codes).filter((code) => used.has(code));
  const kinds = present(symbols.shapes, new Set(data.facilities.map((f) => f.type)));
  const reached = new Set(data.facilities.flatMap((f) => (f.status.length ? f.status.map((s) => s[2] ?? "unknown") : ["unknown"])));
  const states = present(symbols.statuses, reached);
  const placeKinds = [...new Set(data.places.filter((p) => p.point).map((p) => p.type))];

  const ground = actors.map((actor) => entry("holders", actor.id, swatch(actor, null), actor.name));
  ground.push(entry("holders", "unknown", swatch(null, null), "not established"));
  const sites = kinds.map((code) => entry("facility_types", code, symbols.kind(code), symbols.shapeLabel(code)));
  const status = states.map((code) => entry("statuses", code, statusSymbol(code), symbols.statusLabel(code)));
  const entries = [...ground, ...sites, ...status];

  /* A status on its own stands on a plain disc: it goes with every kind. */
  function statusSymbol(code) {
    return symbols.site("unknown", code);
  }

  const rivalRow = () => {
    const [holder, rival] = [contested[2], contested[3]].map((id) => data.actorById.get(id));
    return explained(swatch(holder, rival), "contested: stripes in the claimant's colour");
  };
  const badge = (classes) => make("span", { class: "swatch" }, make("span", { class: `badge ${classes}` }));
  const circle = draw("svg", { viewBox: "0 0 26 26", class: "symbol" }, draw("circle", { cx: 13, cy: 13, r: 9.5, class: "radius" }));
  const dot = (type) => make("span", { class: "swatch" }, make("span", { class: `dot ${type}` }));

  const reset = make("button", { type: "button", class: "plain reset", hidden: true, onclick: () => store.set({ filters: { facility_types: [], statuses: [], holders: [] } }) }, "Show all");
  const body = make(
    "div",
    { class: "legend-body" },
    reset,
    section("Who holds the ground", [...ground.map((e) => e.row), contested ? rivalRow() : null].filter(Boolean)),
    section("Sites by kind", sites.map((e) => e.row)),
    section("Sites by status", status.map((e) => e.row)),
    section("Also on the map", [
      explained(badge("today"), "event on this day, or several"),
      explained(badge("faded"), "event in the 7 days before"),
      explained(badge("today claimed"), "only claimed, or contradicted"),
      explained(circle, "true place lies within this circle"),
    ]),
    section("Places", placeKinds.map((type) => explained(dot(type), phrases.placeType(type)))),
  );

  function show(state, facilities) {
    const counts = new Map();
    const add = (filter, code) => counts.set(`${filter} ${code}`, (counts.get(`${filter} ${code}`) ?? 0) + 1);
    for (const { facility } of facilities.all) {
      add("facility_types", facility.type);
      add("statuses", facilities.statusOn(facility, state.day));
      add("holders", facilities.holderOn(facility, state.day));
    }
    for (const { filter, code, button, count } of entries) {
      const number = counts.get(`${filter} ${code}`) ?? 0;
      const text = String(number);
      if (count.textContent !== text) count.textContent = text;
      button.setAttribute("aria-pressed", String(state.filters[filter].includes(code)));
      button.classList.toggle("none", number === 0 && filter === "statuses");
    }
    reset.hidden = !Object.values(state.filters).some((list) => list.length);
  }

  return { body, show };
};
