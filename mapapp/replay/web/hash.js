/* The view in the address of the page: a copied link or a reopened file shows the same again. */
mapapp.hash = (map, data, store, view, player) => {
  const { days } = mapapp;
  const SETTLED_MS = 250;
  const KINDS = { facility: "facilityById", place: "placeById", event: "eventById" };
  if (window.parent !== window) return { read: () => {}, moved: () => {} }; // there the address belongs to the host

  function written() {
    const { day, selected, compare, shade, chart, filters } = store.get();
    const { lat, lng } = map.getCenter();
    const said = { day: days.iso(day), at: [lat.toFixed(4), lng.toFixed(4), map.getZoom()].join() };
    if (selected) said[selected.kind] = selected.id;
    if (compare !== null) said.compare = days.iso(compare);
    if (shade === "age") said.shade = shade;
    if (chart) said.chart = "1";
    for (const [name, list] of Object.entries(filters)) if (list.length) said[name] = list.join();
    return `#${new URLSearchParams(said)}`;
  }

  let timer = 0;
  let own = "";
  function write() {
    own = written();
    if (own !== window.location.hash) window.history.replaceState(null, "", own);
  }
  function moved() {
    clearTimeout(timer);
    timer = setTimeout(write, SETTLED_MS);
  }

  function place(text) {
    const [lat, lng, zoom] = (text ?? "").split(",").map(Number);
    if ([lat, lng, zoom].every(Number.isFinite) && text.split(",").length === 3) view.go(lat, lng, zoom);
  }

  function record(asked) {
    for (const [kind, table] of Object.entries(KINDS)) {
      if (data[table].has(asked.get(kind))) return { kind, id: asked.get(kind) };
    }
    return null;
  }

  /* What is not there, or makes no sense, is as at the start. */
  function read() {
    const asked = new URLSearchParams(window.location.hash.slice(1));
    const dayOf = (name) => days.parse(asked.get(name) ?? "");
    const list = (name) => (asked.get(name) ?? "").split(",").filter(Boolean);
    const compare = dayOf("compare");
    const patch = {
      selected: record(asked),
      compare: compare === null ? null : player.within(compare),
      shade: asked.get("shade") === "age" ? "age" : "holder",
      chart: asked.get("chart") === "1",
      filters: Object.fromEntries(Object.keys(store.get().filters).map((name) => [name, list(name)])),
    };
    const day = dayOf("day");
    if (day !== null) patch.day = player.within(day);
    store.set(patch);
    place(asked.get("at"));
  }

  window.addEventListener("hashchange", () => {
    if (window.location.hash !== own) read();
  });
  map.on("moveend", moved);
  return { read, moved };
};
