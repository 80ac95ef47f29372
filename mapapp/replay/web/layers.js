/* The choice of layers. */
mapapp.layers = (store) => {
  const { make } = mapapp.dom;
  const NAMES = {
    ground: "Ground",
    facilities: "Sites",
    circles: "Circles of uncertainty",
    events: "Events",
    places: "Places",
    labels: "Names",
    lines: "Borders, rivers, lakes",
  };
  const all = Object.fromEntries(Object.keys(NAMES).map((name) => [name, true]));

  function box(name) {
    const input = make("input", { type: "checkbox", id: `layer-${name}`, checked: true });
    input.addEventListener("change", () => store.set({ layers: { ...store.get().layers, [name]: input.checked } }));
    return make("label", {}, input, make("span", {}, NAMES[name]));
  }

  const body = () => make("div", { class: "panel layers-body" }, Object.keys(NAMES).map(box));
  return { all, body };
};
mapapp.layers.all = mapapp.layers({ get: () => ({}), set: () => {} }).all;
