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

  function box(name) {
    const input = make("input", { type: "checkbox", id: `layer-${name}`, checked: store.get().layers[name] });
    input.addEventListener("change", () => store.set({ layers: { ...store.get().layers, [name]: input.checked } }));
    return make("label", {}, input, make("span", {}, NAMES[name]));
  }

  const age = make("input", { type: "checkbox", id: "shade-age" });
  age.addEventListener("change", () => store.set({ shade: age.checked ? "age" : "holder" }));
  const shade = make("label", { class: "shade" }, age, make("span", {}, "Shade by time held"));
  const show = ({ shade: how }) => {
    age.checked = how === "age";
  };
  return { body: make("div", { class: "panel layers-body" }, Object.keys(NAMES).map(box), shade), show };
};

/* All of them, shown. */
mapapp.layers.all = Object.freeze({
  ground: true,
  facilities: true,
  circles: true,
  events: true,
  places: true,
  labels: true,
  lines: true,
});
