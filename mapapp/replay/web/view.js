/* The view: which part of the map is seen, at the start and when a record is chosen. */
mapapp.view = (map, data) => {
  const WHOLE_WORLD = [-180, -60, 180, 75];
  const [west, south, east, north] = data.view ?? WHOLE_WORLD;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (still) Object.assign(map.options, { zoomAnimation: false, fadeAnimation: false, inertia: false });
  map.setView([(south + north) / 2, (west + east) / 2], 7, { animate: false });

  /* The part of the map that no panel covers. */
  function clear() {
    const legend = document.querySelector("#legend:not([hidden])");
    return { paddingTopLeft: [24 + (legend?.offsetWidth ?? 0), 40], paddingBottomRight: [Math.min(130, map.getSize().x / 4), 30] };
  }

  let hasRoom = false;

  /* Show the whole area. It may be left only so far as anything is drawn. */
  function home() {
    hasRoom = map.invalidateSize({ animate: false }).getSize().y > 0;
    const bounds = L.latLngBounds([[south, west], [north, east]]);
    map.setMinZoom(0).fitBounds(bounds, { ...clear(), animate: false });
    map.setMinZoom(Math.min(map.getZoom() - 1.5, 6));
    for (const { point } of [...data.facilities, ...data.places]) if (point) bounds.extend([point[1], point[0]]);
    bounds.extend(map.getBounds()); // what is shown now is never too far, else the map would move by itself
    map.setMaxBounds(bounds.pad(0.3));
  }

  const POINTS = {
    facility: (id) => data.facilityById.get(id).point,
    place: (id) => data.placeById.get(id).point,
    event: (id) => mapapp.situation.anchor(data, data.eventById.get(id))?.point,
  };

  /* How much of the map the card covers, on the right or at the foot. */
  function covered() {
    const card = document.getElementById("card");
    if (card.hidden) return [0, 0];
    const beside = card.offsetWidth < map.getSize().x / 2;
    return beside ? [card.offsetWidth, 0] : [0, card.offsetHeight];
  }

  /* Bring a chosen record into sight, where it is not. */
  function look({ kind, id }) {
    const point = POINTS[kind](id);
    if (!point) return;
    const [right, foot] = covered();
    const margins = { paddingTopLeft: [60, 80], paddingBottomRight: [60 + right, 40 + foot] };
    map.panInside([point[1], point[0]], { ...margins, animate: !still });
  }

  /* Take away what speaks of another day. */
  let tip = null;
  map.on("tooltipopen", (event) => {
    tip = event.tooltip;
  });
  function quieten() {
    map.closePopup();
    if (tip) map.closeTooltip(tip);
    tip = null;
  }

  /* Show a part of the map that was asked for, once there is room. */
  let asked = null;
  function go(lat, lng, zoom) {
    asked = [lat, lng, zoom];
    if (hasRoom) map.setView([lat, lng], zoom, { animate: false });
  }

  /* A frame may be given its room only after the start: what the area looks like in it is known only then. */
  new ResizeObserver(() => {
    if (hasRoom) return void map.invalidateSize({ animate: false });
    home();
    if (asked) go(...asked);
  }).observe(map.getContainer());
  return { home, look, quieten, go };
};
