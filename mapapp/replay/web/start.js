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
    compare: null,
    shade: "holder",
    chart: false,
  });
  const page = mapapp.parts(map, data, store, embedded);
  store.on((state, changed) => mapapp.bring(page, state, changed));
  page.view.home();
  mapapp.listen(map, store, page);
  store.set({ day: data.days.last });
  page.hash.read();
  page.layout.run();
  document.documentElement.dataset.ready = "";
  page.bridge.ready();
  page.ground.prepare();
};

/* Everything the page consists of. */
mapapp.parts = (map, data, store, embedded) => {
  const { theme } = mapapp;
  const choose = (selected) => store.set({ selected });
  const view = mapapp.view(map, data);
  const symbols = mapapp.symbols(data);
  const phrases = mapapp.phrases(data, symbols, () => store.get().day);
  const basemap = mapapp.basemap(map, data, theme);
  const facilities = mapapp.facilities(map, data, symbols, phrases, choose);
  const places = mapapp.places(map, data, phrases, choose);
  const events = mapapp.events(map, data, phrases, choose);
  const layout = mapapp.layout(map, store, facilities, places, events);
  const card = embedded ? null : mapapp.card(data, symbols, phrases, store);
  const dayList = mapapp.dayList(data, phrases, store, events);
  const legend = mapapp.legend(data, symbols, phrases, store, theme);
  const sheets = mapapp.sheets(data, phrases);
  const player = mapapp.player(data, store);
  const bridge = mapapp.bridge(map, data, store, player, theme, view);
  const hash = mapapp.hash(map, data, store, view, player);
  const layers = mapapp.layers(store);
  const analysis = mapapp.analysis(map, data, store, phrases, player);
  const finder = mapapp.finder(data, symbols, phrases, choose);
  const chart = () => store.set({ chart: !store.get().chart });
  const compare = analysis.compare.toggle;
  mapapp.controls(map, data, { sheets, legend, layers, home: view.home, embedded, finder, compare, chart });
  const drawn = { basemap, facilities, places, events, layout, ...analysis };
  return { ...drawn, view, phrases, card, dayList, legend, player, bridge, hash, layers, choose };
};

/* Everything that has to do with ground alone. */
mapapp.analysis = (map, data, store, phrases, player) => {
  const { theme } = mapapp;
  const regions = mapapp.regions(map, data.arcs);
  const ledger = mapapp.ledger(data);
  const axis = mapapp.axis(data.days);
  const go = (day) => {
    store.set({ playing: false });
    player.go(day);
  };
  const ground = mapapp.ground(map, data, theme, regions);
  const gains = mapapp.gains(map, data, phrases, regions);
  const compare = mapapp.compare(map, data, phrases, store, mapapp.patches(data, ledger), gains);
  mapapp.ticks(data, theme, axis);
  const hands = mapapp.hands(data, ledger, phrases, axis, go);
  const shares = mapapp.shares(data, ledger, phrases, axis, store);
  const hover = mapapp.hover(map, data, ground, phrases);
  return { ground, gains, compare, hands, shares, hover };
};

/* Bring the page to a state. What a change does not concern stays as it is drawn. */
mapapp.bring = (page, state, changed) => {
  const has = (...names) => names.some((name) => changed.has(name));
  if (has("day")) page.view.quieten();
  if (has("day")) page.hover.away();
  mapapp.bringGround(page, state, changed);
  const sites = page.facilities.show(state);
  const towns = has("selected", "layers") && page.places.show(state);
  if (sites || towns || has("selected", "layers")) page.layout.run();
  page.events.show(state, page.facilities);
  if (has("day", "filters", "shade")) page.legend.show(state, page.facilities);
  page.player.show(state, changed);
  if (has("day")) page.dayList.show(state);
  if (has("day", "selected")) page.card?.show(state, has("selected"));
  if (has("selected") && state.selected) page.view.look(state.selected);
  if (has("day", "selected", "filters", "playing")) page.bridge.moved(state);
  page.hash.moved();
};

mapapp.bringGround = ({ ground, basemap, layers, hands, shares, compare }, state, changed) => {
  const has = (...names) => names.some((name) => changed.has(name));
  if (has("filters")) ground.filter(state.filters.holders);
  if (has("shade")) ground.shade(state.shade);
  if (has("day")) ground.show(state.day);
  if (has("layers")) {
    ground.toggle(state.layers.ground);
    basemap.toggle(state.layers.lines);
  }
  if (has("shade")) layers.show(state);
  if (has("day")) hands.show(state);
  if (has("day", "chart")) shares.show(state, changed);
  compare.show(state, changed);
};

/* What the reader, the window and the theme do. */
mapapp.listen = (map, store, page) => {
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
    page.hover.open(latlng, page.choose);
  }

  mapapp.keys(page.player, close);
  map.on("zoomend resize", layOut);
  map.on("click", clicked);
  theme.on(() => {
    page.basemap.redraw();
    page.ground.redraw();
    page.gains.redraw();
  });
  layOut();
};
