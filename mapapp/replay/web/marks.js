/* A mark on the map: an element of no size at its point, which holds a symbol, a label, or both. Where it can be
   chosen, it takes the keyboard's focus, Enter and space are a click, and a tip says what it is. */
mapapp.mark = (map, pane, [longitude, latitude], className, act) => {
  const { make } = mapapp.dom;
  const body = make("div", { class: "mark-body" });
  const marker = L.marker([latitude, longitude], {
    pane,
    icon: L.divIcon({ html: body, className, iconSize: [0, 0], iconAnchor: [0, 0] }),
    keyboard: Boolean(act),
    interactive: Boolean(act),
    bubblingMouseEvents: false,
    riseOnHover: Boolean(act),
  }).addTo(map);
  const element = marker.getElement();

  function choose() {
    marker.closeTooltip();
    act.choose();
  }

  function key(event) {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    choose();
  }

  if (act) {
    marker.bindTooltip(act.tip, { direction: "top", opacity: 1 });
    marker.on("click", choose); // after the tip, which opens on a click as well
    element.addEventListener("keydown", key);
  }

  /* Shift what it holds by dx, dy pixels, and the tip with it, clear of a symbol of that height. */
  function shift(dx, dy, height) {
    marker.getTooltip().options.offset = L.point(dx, dy - height / 2);
  }

  const name = (text) => element.setAttribute("aria-label", text);
  const hide = (hidden) => {
    element.hidden = hidden;
  };
  return { body, element, marker, name, hide, shift };
};
