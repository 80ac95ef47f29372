/* The chart over the slider: how much ground each holder had on each day, one upon another, with the day marked. */
mapapp.shares = (data, ledger, phrases, axis, store) => {
  const { find, make, said } = mapapp.dom;
  const { first } = data.days;
  const panel = find("shares");
  const list = find("shares-now");
  const canvas = find("shares-canvas");
  const marker = find("shares-day");

  /* The largest at the foot. Ground whose holder is not established has no edge, and so no area. */
  const sum = (each) => each.reduce((total, km2) => total + km2, 0);
  const order = ledger.held
    .map((each, holder) => ({ each, id: data.holding.holders[holder], all: sum(each) }))
    .filter(({ id, all }) => id !== null && all > 0)
    .sort((one, other) => other.all - one.all);
  const tops = new Float64Array(ledger.length);
  for (const { each } of order) each.forEach((km2, day) => (tops[day] += km2));
  const most = Math.max(...tops);

  function paint(pen, width, height) {
    const floor = new Float64Array(ledger.length);
    const y = (km2) => height - (km2 / most) * height;
    for (const { each, id } of order) {
      const path = new Path2D();
      each.forEach((km2, day) => path.lineTo(axis.at(first + day, width), y(floor[day] + km2)));
      for (let day = ledger.length - 1; day >= 0; day--) path.lineTo(axis.at(first + day, width), y(floor[day]));
      each.forEach((km2, day) => (floor[day] += km2));
      mapapp.hatch.ground(pen, path, phrases.actor(id), null, mapapp.theme.colour("hatch"));
    }
  }
  const draw = axis.canvas(canvas, paint);

  function show({ day, chart }, changed) {
    panel.hidden = !chart;
    find("open-chart").setAttribute("aria-pressed", String(chart));
    if (!chart) return;
    if (changed.has("chart")) draw();
    marker.style.left = `${axis.at(day, canvas.clientWidth)}px`;
    const rows = ledger.sharesOn(day).map(({ holder, km2 }) => {
      const swatch = make("span", { class: "dye" });
      swatch.style.background = phrases.colour(holder);
      return make("span", { class: "share" }, swatch, said(phrases.short(holder)), ` ${phrases.km2(km2)}`);
    });
    list.replaceChildren(...rows);
    canvas.setAttribute("aria-label", `Ground of each holder over time. On this day: ${list.textContent}`);
  }

  canvas.addEventListener("click", ({ offsetX }) => {
    store.set({ playing: false, day: axis.dayAt(offsetX, canvas.clientWidth) });
  });
  return { show };
};
