/* The layout of everything that stands on the map at one zoom: the facilities, their names and those of cities, the
   badges, then as many other names as there is room for. It depends on what is in sight and on the zoom, never on the
   day alone. */
mapapp.layout = (map, store, facilities, places, events) => {
  const { out } = mapapp.fan;
  const { place } = mapapp.labels;
  const coarse = window.matchMedia("(pointer: coarse)");
  const BESIDE = 15;
  const DOT = 3;
  const WIDEST = 168;
  const ROWS = { first: 15, second: 14, country: 17 };
  const CLOSE = 6.9;
  const ruler = document.createElement("canvas").getContext("2d");
  const widths = new Map();

  function width(element, text) {
    const key = `${element.className} ${text}`;
    if (!widths.has(key)) {
      const { fontWeight, fontSize, fontFamily, letterSpacing } = getComputedStyle(element);
      ruler.font = `${fontWeight} ${fontSize} ${fontFamily}`;
      const spacing = (parseFloat(letterSpacing) || 0) * text.length;
      widths.set(key, Math.min(WIDEST, Math.ceil(ruler.measureText(text).width + spacing) + 2));
    }
    return widths.get(key);
  }

  const isCity = (one) => one.rank === 0;
  const point = ({ mark }) => map.latLngToLayerPoint(mark.marker.getLatLng());
  const around = ({ x, y }, reach) => [x - reach, y - reach, x + reach, y + reach];

  function standFacilities(size) {
    const inSight = facilities.inSight();
    const points = new Map(inSight.map((one) => [one.id, point(one)]));
    const items = inSight.map(({ id }) => ({ id, x: points.get(id).x, y: points.get(id).y }));
    const spots = out(items, size);
    for (const one of inSight) {
      const at = points.get(one.id);
      const spot = spots.get(one.id);
      facilities.stand(one, Math.round(spot.x - at.x), Math.round(spot.y - at.y));
    }
    return spots;
  }
  /* Badges of facilities stand on the symbol's shoulder, the others beside their place. */
  function standBadges(spots, size, taken) {
    const atSite = ({ kind }) => kind === "facility";
    const sites = events.all.filter(atSite).map((one) => {
      return { at: spots.get(one.id) ?? point(one), members: [one], step: size * 0.58, own: one.id };
    });
    const open = events.all.filter((one) => !atSite(one)).map((one) => ({ at: point(one), one }));
    const beside = mapapp.badges.gather(open).map((group) => ({ ...group, step: BESIDE }));
    for (const { spot, members } of mapapp.badges.place([...sites, ...beside], taken)) {
      members.forEach((one, i) => {
        const at = point(one);
        events.stand(one, Math.round(spot.x - at.x), Math.round(spot.y - at.y), i ? [] : members);
      });
    }
  }

  /* The box around a city and the sites on it: its name may stand beside all of them. */
  function crowd(city, spots, size) {
    if (!isCity(city)) return [];
    const at = point(city);
    const box = around(at, DOT);
    for (const site of facilities.inSight()) {
      const own = point(site);
      if (Math.hypot(own.x - at.x, own.y - at.y) > size) continue;
      const [left, top, right, bottom] = around(spots.get(site.id), size / 2);
      box[0] = Math.min(box[0], left);
      box[1] = Math.min(box[1], top);
      box[2] = Math.max(box[2], right);
      box[3] = Math.max(box[3], bottom);
    }
    return [box];
  }

  /* A text and the crowds it may stand beside; what is chosen comes first. */
  function label(one, text, row, rest) {
    return { id: `${one.label.className} ${one.id}`, one, height: row, width: width(one.label, text), ...rest };
  }

  function siteLabel(one, spots, size) {
    const { x, y } = spots.get(one.id);
    return label(one, one.facility.name, ROWS.first, { x, y, crowds: [around({ x, y }, size / 2 - 2)] });
  }

  function placeLabel(one, spots, size) {
    const { x, y } = point(one);
    const { name, name_ar: arabic } = one.place;
    const second = arabic ? { width: width(one.label, arabic), height: ROWS.second } : null;
    return label(one, name, ROWS.first, { x, y, second, crowds: [around({ x, y }, DOT), ...crowd(one, spots, size)] });
  }

  function countryLabel(one) {
    const { x, y } = point(one);
    return label(one, one.name, ROWS.country, { x, y, centred: true });
  }

  /* All names, the most important first. */
  function labelsOf(spots, size) {
    const { selected, layers } = store.get();
    if (!layers.labels) return [];
    const towns = places.inSight();
    const sites = facilities.inSight().filter((one) => map.getZoom() >= CLOSE || one.id === selected?.id);
    const ordered = [
      ...towns.filter(isCity).map((one) => placeLabel(one, spots, size)),
      ...sites.map((one) => siteLabel(one, spots, size)),
      ...places.names.map(countryLabel),
      ...towns.filter((one) => !isCity(one)).map((one) => placeLabel(one, spots, size)),
    ];
    const chosen = ({ one }) => (one.id === selected?.id ? 0 : 1);
    return ordered.sort((a, b) => chosen(a) - chosen(b));
  }

  function write({ one }, placed) {
    one.label.hidden = !placed;
    if (!placed) return;
    const at = point(one);
    const [left, top] = placed.box;
    one.label.style.translate = `${Math.round(left - at.x)}px ${Math.round(top - at.y)}px`;
    one.label.style.width = `${placed.box[2] - left}px`;
    one.label.dataset.side = placed.side;
    one.label.classList.toggle("two-rows", Boolean(placed.second));
  }

  /* Seen from afar symbols are small, so that the ground stays in sight; close by, large enough for a finger. */
  function symbolSize() {
    if (map.getZoom() < CLOSE) return 23;
    return coarse.matches ? 36 : 28;
  }

  /* What stands over the map, as boxes: names keep clear of it where they can. */
  function panels() {
    const { left, top } = map.getContainer().getBoundingClientRect();
    return [...map.getContainer().querySelectorAll(".leaflet-control-container .panel, .credits")].map((panel) => {
      const box = panel.getBoundingClientRect();
      const [start, end] = [[box.left - left, box.top - top], [box.right - left, box.bottom - top]];
      const [from, to] = [start, end].map((corner) => map.containerPointToLayerPoint(corner));
      return [from.x, from.y, to.x, to.y];
    });
  }

  /* Place everything anew. */
  function run() {
    const size = symbolSize();
    map.getContainer().style.setProperty("--symbol", `${size}px`);
    const spots = standFacilities(size);
    const taken = [...spots].map(([id, spot]) => Object.assign(around(spot, size / 2 - 1), { id }));
    for (const one of places.inSight()) taken.push(around(point(one), DOT));
    const labels = labelsOf(spots, size);
    const first = labels.filter(({ one }) => one.facility || isCity(one));
    const over = panels();
    const placed = place(first, taken, over);
    for (const { box } of placed.values()) taken.push(box);
    standBadges(spots, size, taken);
    const rest = place(labels.filter((label) => !first.includes(label)), taken, over);
    for (const one of [...facilities.all, ...places.all, ...places.names]) one.label.hidden = true;
    for (const label of labels) write(label, placed.get(label.id) ?? rest.get(label.id));
  }

  return { run };
};
