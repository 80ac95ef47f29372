/* Places on the map: a dot by kind, with the name in English and, where there is room, in Arabic. */
mapapp.places = (map, data, phrases, choose) => {
  const { make, said } = mapapp.dom;

  /* From which zoom a kind is shown: the fewer people know it, the later. */
  const FROM_ZOOM = { city: 0, town: 6.5, border_crossing: 7.5, military_site: 8, oil_and_gas: 8, infrastructure: 8 };
  const OTHERS_FROM = { village: 8.5, neighbourhood: 10, landmark: 10.5 };
  const fromZoom = (type) => FROM_ZOOM[type] ?? OTHERS_FROM[type] ?? 9;
  const RANKS = ["city", "town", "border_crossing", "village"];

  map.createPane("dots").style.zIndex = 600;

  function create(place) {
    const mark = mapapp.mark(map, "dots", place.point, `place ${place.type}`, {
      choose: () => choose({ kind: "place", id: place.id }),
      tip: () => phrases.placeTip(place),
    });
    const label = make(
      "span",
      { class: "label place-label", "aria-hidden": "true" },
      said(place.name),
      place.name_ar ? said(place.name_ar, { class: "arabic", lang: "ar" }) : null,
    );
    mark.body.append(make("span", { class: "hit" }, make("span", { class: `dot ${place.type}` })), label);
    mark.name(`${place.name}, ${phrases.placeType(place.type)}`);
    mark.shift(0, 0, 12);
    const rank = RANKS.indexOf(place.type);
    return { id: place.id, place, mark, label, rank: rank < 0 ? RANKS.length : rank, shown: true };
  }

  const byImportance = (a, b) =>
    a.rank - b.rank || (b.place.population ?? 0) - (a.place.population ?? 0) || (a.id < b.id ? -1 : 1);
  const all = data.places.filter((place) => place.point).map(create).sort(byImportance);
  const byId = new Map(all.map((one) => [one.id, one]));

  const names = data.countries.map(([name, longitude, latitude]) => {
    const mark = mapapp.mark(map, "dots", [longitude, latitude], "country", null);
    const label = make("span", { class: "label country-label" }, said(name));
    mark.body.append(label);
    return { id: name, mark, label, name };
  });

  /* Gives true where another set is now in sight. */
  function show(state) {
    let moved = false;
    for (const one of all) {
      const chosen = state.selected?.kind === "place" && state.selected.id === one.id;
      const shown = state.layers.places && (chosen || map.getZoom() >= fromZoom(one.place.type));
      one.mark.element.classList.toggle("selected", chosen);
      if (shown === one.shown) continue;
      one.shown = shown;
      one.mark.hide(!shown);
      moved = true;
    }
    return moved;
  }

  const inSight = () => all.filter((one) => one.shown);
  return { all, byId, names, inSight, show };
};
