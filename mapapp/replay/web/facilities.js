/* Facilities on the map: one mark each, with its symbol, its name, a line to its true point where it stands beside
   that, and a circle where the point is only known roughly. */
mapapp.facilities = (map, data, symbols, phrases, choose) => {
  const { make, draw, said } = mapapp.dom;
  const ROUGH_KM = 3;
  const AGEING_DAYS = 30;
  const OLD_DAYS = 90;
  const rough = (f) => f.radius_km !== null && f.radius_km > 0 && (f.precision !== "1" || f.radius_km > ROUGH_KM);

  map.createPane("circles").style.zIndex = 240;
  map.getPane("circles").classList.add("still");
  map.createPane("sites").style.zIndex = 620;
  const lines = L.svg({ pane: "circles", padding: 0.5 });

  function create(facility) {
    const mark = mapapp.mark(map, "sites", facility.point, "site", {
      choose: () => choose({ kind: "facility", id: facility.id }),
      tip: () => phrases.facilityTip(facility),
    });
    const symbol = symbols.site(facility.type, "unknown");
    const line = draw("line", { x1: 0, y1: 0 });
    const leader = draw("svg", { class: "leader", "aria-hidden": "true" }, line);
    const label = make("span", { class: "label site-label", "aria-hidden": "true" }, said(facility.name));
    const hit = make("span", { class: "hit" }, symbol);
    mark.body.append(leader, hit, label);
    const [longitude, latitude] = facility.point;
    const circle = rough(facility)
      ? L.circle([latitude, longitude], {
          radius: facility.radius_km * 1000,
          renderer: lines,
          className: "radius",
          interactive: false,
        }).addTo(map)
      : null;
    return { id: facility.id, facility, mark, symbol, line, leader, label, hit, circle, status: null, rival: null, shown: true };
  }

  const all = data.facilities.filter((facility) => facility.point).map(create);
  const byId = new Map(all.map((one) => [one.id, one]));

  /* The status of a facility on a day: a code, `unknown` where none is on record. */
  const statusOn = (facility, day) => mapapp.spans.at(facility.status, day)?.[2] ?? "unknown";
  const rivalOn = (facility, day) => mapapp.spans.at(facility.ground, day)?.[4] ?? null;
  const holderOn = (facility, day) => mapapp.spans.at(facility.ground, day)?.[2] ?? "unknown";

  function passes(facility, { day, filters }) {
    const ok = (chosen, value) => !chosen.length || chosen.includes(value);
    return (
      ok(filters.facility_types, facility.type) &&
      ok(filters.statuses, statusOn(facility, day)) &&
      ok(filters.holders, holderOn(facility, day))
    );
  }

  /* A mark fades by the days since somebody saw the facility: what is only carried forward never looks fresh. */
  function fade(one, day) {
    const ago = mapapp.spans.ago(one.facility.verified, day);
    const { classList } = one.mark.element;
    classList.toggle("ageing", ago !== null && ago > AGEING_DAYS && ago <= OLD_DAYS);
    classList.toggle("old", ago === null || ago > OLD_DAYS);
  }

  /* The symbol of a day, and its name. */
  function dress(one, day) {
    const [status, rival] = [statusOn(one.facility, day), rivalOn(one.facility, day)];
    if (status === one.status && rival === one.rival) return;
    Object.assign(one, { status, rival });
    symbols.paint(one.symbol, status);
    symbols.contest(one.symbol, rival && phrases.colour(rival));
    one.mark.name(phrases.facilityName(one.facility, status, rival));
  }

  /* Bring the marks to a state. Gives true where others are now in sight: then the layout must be redone. */
  function show(state) {
    let moved = false;
    for (const one of all) {
      dress(one, state.day);
      fade(one, state.day);
      const chosen = state.selected?.kind === "facility" && state.selected.id === one.id;
      const shown = state.layers.facilities && (chosen || passes(one.facility, state));
      one.mark.element.classList.toggle("selected", chosen);
      one.mark.marker.setZIndexOffset(chosen ? 10000 : 0);
      if (shown !== one.shown) {
        one.shown = shown;
        one.mark.hide(!shown);
        moved = true;
      }
      if (one.circle) one.circle.getElement()?.classList.toggle("hidden", !(shown && state.layers.circles));
      if (one.circle) one.circle.getElement()?.classList.toggle("selected", chosen);
    }
    return moved;
  }

  /* Stand a mark's symbol at dx, dy pixels from its true point. */
  function stand(one, dx, dy) {
    one.hit.style.translate = `${dx}px ${dy}px`;
    one.line.setAttribute("x2", dx);
    one.line.setAttribute("y2", dy);
    one.leader.toggleAttribute("hidden", Math.hypot(dx, dy) < 4);
    one.mark.shift(dx, dy, 28);
  }

  const inSight = () => all.filter((one) => one.shown);
  return { all, byId, inSight, show, stand, statusOn, holderOn, passes };
};
