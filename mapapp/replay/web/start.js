/* The start: everything is made once, and told of each change of state. */
mapapp.start = (map, { embedded }) => {
  const data = mapapp.situation.read(window.unpacked);
  delete window.unpacked;
  const store = mapapp.store({
    day: null,
    selected: null,
    filters: { facility_types: [], statuses: [], holders: [] },
    layers: mapapp.layers.all,
    playing: false,
  });
  const page = mapapp.parts(map, data, store, embedded);
  store.on((state, changed) => mapapp.bring(page, state, changed));
  page.view.home();
  mapapp.listen(map, data, store, page);
  store.set({ day: data.days.last });
  page.layout.run();
  document.documentElement.dataset.ready = "";
  page.bridge.ready();
};

/* Everything the page consists of. */
mapapp.parts = (map, data, store, embedded) => {
  const { theme } = mapapp;
  const choose = (selected) => store.set({ selected });
  const view = mapapp.view(map, data);
  const symbols = mapapp.symbols(data);
  const phrases = mapapp.phrases(data, symbols, () => store.get().day);
  const basemap = mapapp.basemap(map, data, theme);
  const ground = mapapp.ground(map, data, theme);
  const facilities = mapapp.facilities(map, data, symbols, phrases, choose);
  const places = mapapp.places(map, data, phrases, choose);
  const events = mapapp.events(map, data, phrases, choose);
  const layout = mapapp.layout(map, store, facilities, places, events);
  const card = embedded ? null : mapapp.card(data, symbols, phrases, store);
  const dayList = mapapp.dayList(data, phrases, store, events);
  const legend = mapapp.legend(data, symbols, phrases, store, theme);
  const sheets = mapapp.sheets(data, phrases);
  const player = mapapp.player(data, store);
  const bridge = mapapp.bridge(data, store, player, theme);
  mapapp.controls(map, data, { sheets, legend, layers: mapapp.layers(store), home: view.home, embedded });
  mapapp.ticks(data, theme);
  const drawn = { basemap, ground, facilities, places, events, layout };
  return { ...drawn, view, phrases, card, dayList, legend, player, bridge };
};

/* Bring the page to a state. What a change does not concern stays as it is drawn. */
mapapp.bring = (page, state, changed) => {
  const has = (...names) => names.some((name) => changed.has(name));
  if (has("day")) page.view.quieten();
  if (has("filters")) page.ground.filter(state.filters.holders);
  if (has("day")) page.ground.show(state.day);
  if (has("layers")) {
    page.ground.toggle(state.layers.ground);
    page.basemap.toggle(state.layers.lines);
  }
  const sites = page.facilities.show(state);
  const towns = has("selected", "layers") && page.places.show(state);
  if (sites || towns || has("selected", "layers")) page.layout.run();
  page.events.show(state, page.facilities);
  if (has("day", "filters")) page.legend.show(state, page.facilities);
  page.player.show(state, changed);
  if (has("day")) page.dayList.show(state);
  if (has("day", "selected")) page.card?.show(state, has("selected"));
  if (has("selected") && state.selected) page.view.look(state.selected);
  if (has("day", "selected", "filters", "playing")) page.bridge.moved(state);
};

/* What the reader, the window and the theme do. */
mapapp.listen = (map, data, store, page) => {
  const { theme } = mapapp;

  function close() {
    map.closePopup();
    store.set({ selected: null });
    page.dayList.close();
  }

  function layOut() {
    page.places.show(store.get());
    page.layout.run();
    page.events.show(store.get(), page.facilities);
  }

  function clicked({ latlng }) {
    store.set({ selected: null });
    const content = page.phrases.groundTip(data.holding.told(page.ground.at(latlng).span));
    L.popup({ content, autoPan: false, closeButton: false }).setLatLng(latlng).openOn(map);
  }

  mapapp.keys(page.player, close);
  map.on("zoomend resize", layOut);
  map.on("click", clicked);
  theme.on(() => {
    page.basemap.redraw();
    page.ground.redraw();
  });
  layOut();
};
