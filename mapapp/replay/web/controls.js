/* What stands on the map's edges: title, layers, zoom, legend, scale, and the line of credits. */
mapapp.controls = (map, data, store, sheets, legend, layers, home, embedded) => {
  const { make, said, icon } = mapapp.dom;
  const wide = window.matchMedia("(min-width: 1000px)");
  const PLUS = "M12 5V19M5 12H19";
  const MINUS = "M5 12H19";
  const LAYERS = "M12 3L21 8L12 13L3 8ZM3 12.5L12 17.5L21 12.5M3 17L12 22L21 17";
  const HOME = "M4 9V4H9M15 4H20V9M20 15V20H15M9 20H4V15";

  function corner(position, element) {
    const Control = L.Control.extend({ options: { position }, onAdd: () => element });
    L.DomEvent.disableClickPropagation(element);
    L.DomEvent.disableScrollPropagation(element);
    return new Control().addTo(map);
  }

  const button = (label, path, act) => make("button", { type: "button", class: "step", "aria-label": label, title: label, onclick: act }, icon(path));

  /* A panel behind a button. It opens where there is room for it. */
  function folding(id, label, body, open) {
    const head = make("button", { type: "button", class: "plain fold", "aria-controls": id, "aria-expanded": String(open) }, label);
    body.id = id;
    body.hidden = !open;
    head.addEventListener("click", () => {
      body.hidden = !body.hidden;
      head.setAttribute("aria-expanded", String(!body.hidden));
    });
    return make("div", { class: "panel folding" }, head, body);
  }

  function title() {
    const { about } = data;
    return make("header", { class: "panel title" }, make("h1", {}, said(about.title)), make("p", {}, said(about.organisation), about.tlp ? make("span", { class: "tlp" }, `TLP:${about.tlp}`) : null));
  }

  function credits() {
    const { not_shown: count, disclaimer, tlp } = data.about;
    return make(
      "div",
      { class: "credits" },
      embedded || !count ? null : make("button", { type: "button", class: "plain", onclick: sheets.notShown }, String(count), make("span", { class: "long" }, count === 1 ? " record" : " records"), " not shown"),
      make("span", { class: "disclaimer" }, said(disclaimer)),
      make("button", { type: "button", class: "plain", onclick: sheets.about, "aria-haspopup": "dialog" }, "About", make("span", { class: "long" }, " and credits")),
    );
  }

  /* Zoom and layers are one column; the choice of layers opens beside it. */
  function tools() {
    const choice = layers.body();
    choice.id = "layers";
    choice.hidden = true;
    const open = button("Layers", LAYERS, () => {
      choice.hidden = !choice.hidden;
      open.setAttribute("aria-expanded", String(!choice.hidden));
    });
    open.setAttribute("aria-controls", "layers");
    open.setAttribute("aria-expanded", "false");
    const zoom = [button("Zoom in", PLUS, () => map.zoomIn()), button("Zoom out", MINUS, () => map.zoomOut())];
    const column = make("div", { class: "panel zoom" }, zoom, button("Whole area", HOME, home), open);
    return make("div", { class: "tools", role: "group", "aria-label": "View" }, choice, column);
  }

  if (!embedded) corner("topleft", title());
  corner("topright", tools());
  corner("bottomright", credits());
  L.control.scale({ imperial: false, position: "bottomright", maxWidth: 120 }).addTo(map);
  corner("bottomleft", folding("legend", "Legend", legend.body, wide.matches));
};
