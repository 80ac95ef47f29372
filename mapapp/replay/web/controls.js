/* What stands on the map's edges: title, zoom, layers, legend, scale, and the line of credits. */
mapapp.controls = (map, data, { sheets, legend, layers, home, embedded, finder, compare, chart }) => {
  const { make, said, icon } = mapapp.dom;
  const wide = window.matchMedia("(min-width: 1000px)");
  const PLUS = "M12 5V19M5 12H19";
  const MINUS = "M5 12H19";
  const HOME = "M4 9V4H9M15 4H20V9M20 15V20H15M9 20H4V15";
  const FIND = "M15 15L21 21M17 10A7 7 0 1 1 3 10A7 7 0 1 1 17 10";
  const COMPARE = "M12 3V21M3 6H9V18H3ZM15 6H21V18H15Z";
  const CHART = "M4 4V20H20M4 16L9 11L13 14L20 7";
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

  /* A button that opens and closes what it is given; from elsewhere `show` does. */
  function opens(head, id, body, open) {
    const show = (wanted) => {
      head.setAttribute("aria-expanded", String(wanted));
      body.hidden = !wanted;
    };
    head.setAttribute("aria-controls", id);
    body.id = id;
    head.addEventListener("click", () => show(body.hidden));
    show(open);
    return show;
  }

  function title() {
    const { about } = data;
    const level = about.tlp ? make("span", { class: "tlp" }, said(`TLP:${about.tlp}`)) : null;
    const lines = [
      make("h1", {}, said(about.title)),
      make("p", {}, about.organisation ? said(about.organisation) : null, level),
      about.withheld ? make("p", {}, about.withheld) : null,
    ];
    return make("header", { class: "panel title" }, lines);
  }

  /* Zoom and layers are one column; the choice of layers opens beside it. */
  function tools() {
    const choice = layers.body;
    const open = button("Layers", LAYERS, null);
    opens(open, "layers", choice, false);
    const find = Object.assign(button("Find a site or place", FIND, null), { id: "open-find" });
    opens(find, "find", finder.body, false);
    find.addEventListener("click", () => finder.input.focus());
    const analysis = make(
      "div",
      { class: "panel zoom" },
      finder.any ? find : null,
      Object.assign(button("Compare with another day", COMPARE, compare), { id: "open-compare" }),
      Object.assign(button("Chart of ground held", CHART, chart), { id: "open-chart" }),
    );
    const zoom = [button("Zoom in", PLUS, () => map.zoomIn()), button("Zoom out", MINUS, () => map.zoomOut())];
    const column = make("div", { class: "panel zoom" }, zoom, button("Whole area", HOME, home), open);
    const columns = make("div", { class: "columns" }, column, analysis);
    return make("div", { class: "tools", role: "group", "aria-label": "View" }, finder.body, choice, columns);
  }

  /* The legend is open where there is room for it, until the reader decides. A host settles the width after the start. */
  function key() {
    const head = make("button", { type: "button", class: "plain fold" }, "Legend");
    const show = opens(head, "legend", legend.body, wide.matches);
    const follow = () => show(wide.matches);
    wide.addEventListener("change", follow);
    head.addEventListener("click", () => wide.removeEventListener("change", follow));
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
