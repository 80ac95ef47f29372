/* Ground under the pointer: a tip once the pointer rests, a fuller one on a click. */
mapapp.hover = (map, data, ground, phrases) => {
  const REST_MS = 140;
  const ELSEWHERE = ".leaflet-marker-icon, .leaflet-control, .leaflet-popup, .leaflet-tooltip";
  const mouse = window.matchMedia("(hover: hover)");
  const tip = L.tooltip({ className: "ground-tip", direction: "top", offset: [0, -10], opacity: 1, sticky: true });
  let timer = 0;

  function away() {
    clearTimeout(timer);
    tip.remove();
  }

  function rest(latlng) {
    const { span } = ground.at(latlng);
    if (span >= 0) tip.setContent(phrases.groundTip(span)).setLatLng(latlng).addTo(map);
  }

  map.on("mousemove", ({ latlng, originalEvent }) => {
    away();
    if (!mouse.matches || originalEvent.buttons || originalEvent.target.closest(ELSEWHERE)) return;
    timer = setTimeout(rest, REST_MS, latlng);
  });
  map.on("mouseout movestart zoomstart click popupopen", away);

  /* Open what is known of the ground at a point. */
  function open(latlng, choose) {
    const content = phrases.groundCard(ground.at(latlng).span, choose);
    L.popup({ content, autoPan: false, closeButton: false, maxWidth: 320 }).setLatLng(latlng).openOn(map);
  }

  return { away, open };
};
