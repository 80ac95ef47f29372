/* What stands on the map's edges: title, zoom, layers, legend, scale, and the line of credits. */
mapapp.controls = (map, data, { sheets, legend, layers, home, embedded }) => {
  const { make, said, icon } = mapapp.dom;
  const wide = window.matchMedia("(min-width: 1000px)");
  const PLUS = "M12 5V19M5 12H19";
  const MINUS = "M5 12H19";
  const HOME = "M4 9V4H9M15 4H20V9M20 15V20H15M9 20H4V15";
  const LAYERS = "M12 3L21 8L12 13L3 8ZM3 12.5L12 17.5L21 12.5M3 17L12 22L21 17";

  function corner(position, element) {
    const Control = L.Control.extend({ options: { position }, onAdd: () => element });
    L.DomEvent.disableClickPropagation(element);
    L.DomEvent.disableScrollPropagation(element);
    new Control().addTo(map);
  }

  function button(label, path, onclick) {
    return make("button", { type: "button", class: "step", "aria-label": label, title: label, onclick }, icon(path));
  }

  /* A button that opens and closes what it is given. */
  function opens(head, id, body, open) {
    head.setAttribute("aria-controls", id);
    head.setAttribute("aria-expanded", String(open));
    body.id = id;
    body.hidden = !open;
    head.addEventListener("click", () => {
      body.hidden = !body.hidden;
      head.setAttribute("aria-expanded", String(!body.hidden));
    });
  }

  function title() {
    const { about } = data;
    const level = about.tlp ? make("span", { class: "tlp" }, said(`TLP:${about.tlp}`)) : null;
    const lines = [make("h1", {}, said(about.title)), make("p", {}, said(about.organisation), level)];
    return make("header", { class: "panel title" }, lines);
  }

  /* Zoom and layers are one column; the choice of layers opens beside it. */
  function tools() {
    const choice = layers.body;
    const open = button("Layers", LAYERS, null);
    opens(open, "layers", choice, false);
    const zoom = [button("Zoom in", PLUS, () => map.zoomIn()), button("Zoom out", MINUS, () => map.zoomOut())];
    const column = make("div", { class: "panel zoom" }, zoom, button("Whole area", HOME, home), open);
    return make("div", { class: "tools", role: "group", "aria-label": "View" }, choice, column);
  }

  function key() {
    const head = make("button", { type: "button", class: "plain fold" }, "Legend");
    opens(head, "legend", legend.body, wide.matches);
    return make("div", { class: "panel" }, head, legend.body);
  }

  const opener = (onclick, ...words) =>
    make("button", { type: "button", class: "plain", "aria-haspopup": "dialog", onclick }, words);
  const long = (words) => make("span", { class: "long" }, words);

  function credits() {
    const { not_shown: count, disclaimer } = data.about;
    const hidden = [String(count), long(count === 1 ? " record" : " records"), " not shown"];
    return make(
      "div",
      { class: "credits" },
      embedded || !count ? null : opener(sheets.notShown, hidden),
      make("span", { class: "disclaimer" }, said(disclaimer)),
      opener(sheets.about, "About", long(" and credits")),
    );
  }

  if (!embedded) corner("topleft", title());
  corner("topright", tools());
  corner("bottomright", credits());
  L.control.scale({ imperial: false, position: "bottomright", maxWidth: 120 }).addTo(map);
  corner("bottomleft", key());
};
