/* The start: everything is made once and told of each change of state. */
mapapp.start = (map, { embedded }) => {
  const { find } = mapapp.dom;
  const { theme } = mapapp;
  const data = mapapp.situation.read(find("situation").textContent);
  const NO_FILTERS = { facility_types: [], statuses: [], holders: [] };
  const store = mapapp.store({
    day: null, selected: null, filters: NO_FILTERS, layers: mapapp.layers.all, playing: false,
  });
  const choose = (selected) => store.set({ selected });

  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (still) Object.assign(map.options, { zoomAnimation: false, fadeAnimation: false, inertia: false });

  /* The part of the map that no panel covers. */
  function clear() {
    const legend = document.querySelector("#legend:not([hidden])");
    return { paddingTopLeft: [24 + (legend?.offsetWidth ?? 0), 40], paddingBottomRight: [60, 30] };
  }
  const [west, south, east, north] = data.view ?? [-180, -60, 180, 75];
  const home = () => map.fitBounds([[south, west], [north, east]], { ...clear(), animate: false });
  map.setView([(south + north) / 2, (west + east) / 2], 7, { animate: false });

  const symbols = mapapp.symbols(data);
  const phrases = mapapp.phrases(data, symbols, () => store.get().day);
  const basemap = mapapp.basemap(map, data, theme);
  const ground = mapapp.ground(map, data, theme);
  const facilities = mapapp.facilities(map, data, symbols, phrases, choose);
  const places = mapapp.places(map, data, phrases, choose);
  const events = mapapp.events(map, data, phrases, choose);
  const layout = mapapp.layout(map, store, facilities, places, events);
  const card = mapapp.card(data, symbols, phrases, store, events);
  const dayList = mapapp.dayList(data, phrases, store, events);
  const sheets = mapapp.sheets(data, phrases);
  const legend = mapapp.legend(data, symbols, phrases, store, theme);
  const player = mapapp.player(data, store);
  const bridge = mapapp.bridge(data, store, player, theme);
  mapapp.controls(map, data, store, sheets, legend, mapapp.layers(store), home, embedded);
  mapapp.ticks(data, theme);
  mapapp.keys(player, store, () => { choose(null); dayList.close(); });

  /* Keep the map where something is: its own ground and whatever has a point. */
  const bounds = L.latLngBounds(basemap.bounds);
  for (const { point } of [...data.facilities, ...data.places]) if (point) bounds.extend([point[1], point[0]]);
  map.setMaxBounds(bounds.pad(0.15));

  function pan(selected) {
    const table = { facility: data.facilityById, place: data.placeById };
    const point = selected.kind === "event"
      ? mapapp.situation.anchor(data, data.eventById.get(selected.id))?.point
      : table[selected.kind].get(selected.id).point;
    if (point) map.panInside([point[1], point[0]], { padding: [80, 80], animate: !still });
  }

  const passing = (filters) => (holder) => !filters.holders.length || filters.holders.includes(holder);
  store.on((state, changed) => {
    const has = (...names) => names.some((name) => changed.has(name));
    if (has("filters")) ground.filter(passing(state.filters));
    if (has("day")) ground.show(state.day);
    if (has("layers")) {
      ground.toggle(state.layers.ground);
      basemap.showLines(state.layers.lines);
    }
    const sites = facilities.show(state);
    const towns = has("selected", "layers") && places.show(state);
    if (sites || towns || has("selected", "layers")) layout.run();
    events.show(state, facilities);
    if (has("day", "filters")) legend.show(state, facilities);
    player.show(state, changed);
    if (has("day")) dayList.show(state);
    if (!embedded && has("day", "selected")) card.show(state, has("selected"));
    if (has("selected") && state.selected) pan(state.selected);
    if (has("day", "selected", "filters")) bridge.moved(state);
  });

  map.on("zoomend resize", () => {
    places.show(store.get());
    layout.run();
    events.show(store.get(), facilities);
  });
  map.on("click", (event) => {
    choose(null);
    L.popup({ content: phrases.groundTip(ground.at(event.latlng)), autoPan: false, closeButton: false }).setLatLng(event.latlng).openOn(map);
  });
  theme.on(() => {
    basemap.redraw();
    ground.redraw();
  });

  home();
  map.setMinZoom(Math.min(map.getZoom() - 1.5, 6));
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  places.show({ ...store.get() });
  store.set({ day: data.days.last });
  layout.run();
  document.documentElement.dataset.ready = "";
  bridge.ready();
};
