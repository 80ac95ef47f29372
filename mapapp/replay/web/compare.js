/* Comparing the day with another: the panel that says what was gained and lost since, by whom and where. */
mapapp.compare = (map, data, phrases, store, patches, gains) => {
  const { make, said, find, icon } = mapapp.dom;
  const { days } = mapapp;
  const { first, last } = data.days;
  const panel = find("compare");
  const CLOSE = "M6 6L18 18M18 6L6 18";
  const LISTED = 8;
  const LEAST_KM2 = 0.05;

  const close = () => store.set({ compare: null });
  const toggle = () => store.set({ compare: store.get().compare === null ? first : null });

  /* The place nearest to the middle of a patch, where one lies in or near it. */
  function near([west, south, east, north]) {
    const [x, y] = [(west + east) / 2, (south + north) / 2];
    const shrink = Math.cos((y * Math.PI) / 180);
    const far = ({ point }) => Math.hypot((point[0] - x) * shrink, point[1] - y);
    const placed = data.places.filter((place) => place.point);
    const degrees = (angle, [one, other]) => `${Math.abs(angle).toFixed(2)}° ${angle < 0 ? other : one}`;
    if (!placed.length) return `${degrees(y, "NS")}, ${degrees(x, "EW")}`;
    return placed.reduce((one, other) => (far(other) < far(one) ? other : one)).name;
  }

  const pair = (dye, ...words) => {
    const swatch = make("span", { class: "dye" });
    swatch.style.background = phrases.colour(dye);
    return [swatch, ...words];
  };

  function patchRow({ gainer, loser, km2, box: [west, south, east, north] }) {
    const bounds = [[south, west], [north, east]];
    const onclick = () => map.fitBounds(bounds, { maxZoom: 11, padding: [60, 60], animate: false });
    const sides = [said(phrases.short(gainer)), " from ", said(phrases.short(loser))];
    const where = make("span", { class: "more" }, "near ", said(near([west, south, east, north])));
    return make(
      "li",
      {},
      make("button", { type: "button", onclick }, make("span", {}, pair(gainer, sides), where), phrases.km2(km2)),
    );
  }

  /* Gained, lost and the balance of each holder. */
  function balance(found) {
    const sums = new Map();
    const sum = (id) => {
      if (!sums.has(id)) sums.set(id, { id, gained: 0, lost: 0 });
      return sums.get(id);
    };
    for (const { gainer, loser, km2 } of found) {
      sum(gainer).gained += km2;
      sum(loser).lost += km2;
    }
    return [...sums.values()].sort((one, other) => other.gained - one.gained);
  }

  function table(found) {
    const heads = ["km²", "Gained", "Lost", "Net"].map((name) => make("th", { scope: "col" }, name));
    const signed = (km2) => (km2 > 0 ? "+" : km2 < 0 ? "\u2212" : "") + phrases.area(Math.abs(km2));
    const rows = balance(found).map(({ id, gained, lost }) => {
      const figures = [phrases.area(gained), phrases.area(lost), signed(gained - lost)];
      const head = make("th", { scope: "row" }, pair(id, said(phrases.short(id))));
      return make("tr", {}, head, figures.map((figure) => make("td", {}, figure)));
    });
    return make("table", {}, make("thead", {}, make("tr", {}, heads)), make("tbody", {}, rows));
  }

  function results(found) {
    const shown = found.filter(({ km2 }) => km2 >= LEAST_KM2);
    if (!shown.length) return [make("p", { class: "quiet" }, "No ground changed hands between these two days.")];
    const rest = shown.length - LISTED;
    return [
      table(found),
      make("h3", {}, "Where"),
      make("ul", { class: "patch-rows" }, shown.slice(0, LISTED).map(patchRow)),
      rest > 0 ? make("p", { class: "quiet" }, `and ${phrases.plural(rest, "smaller patch", "smaller patches")}`) : null,
    ];
  }

  /* The head with the other day stays as it is while the day moves: who types in it is not disturbed. */
  const body = make("div", { "aria-live": "polite" });
  const other = make("input", { type: "text", maxlength: 10, inputmode: "numeric", spellcheck: "false", id: "other" });
  const error = make("p", { class: "wrong", role: "alert" });
  const now = make("span", {});
  function typed(event) {
    event.preventDefault();
    const day = days.parse(other.value);
    const bad = day === null || day < first || day > last;
    error.textContent = bad ? `Write a day from ${days.iso(first)} to ${days.iso(last)}.` : "";
    other.setAttribute("aria-invalid", String(bad));
    if (!bad) store.set({ compare: day });
  }
  const head = make(
    "header",
    {},
    make("h2", { tabindex: "-1", id: "compare-title" }, "What changed hands"),
    make("button", { type: "button", class: "close", "aria-label": "Close comparison", onclick: close }, icon(CLOSE)),
  );
  const form = make(
    "form",
    { class: "since", novalidate: true, autocomplete: "off", onsubmit: typed },
    make("label", {}, make("span", {}, "From"), other),
    make("button", { type: "submit", class: "plain" }, "Set"),
    make("span", { class: "until" }, "to ", now),
    error,
  );
  panel.append(head, form, body);

  function show({ day, compare }, changed) {
    if (!changed.has("day") && !changed.has("compare")) return;
    panel.hidden = compare === null;
    find("open-compare").setAttribute("aria-pressed", String(compare !== null));
    const found = compare === null ? null : patches.between(compare, day);
    gains.mark(found && found.gainer);
    if (!found) return;
    if (changed.has("compare")) other.value = days.iso(compare);
    now.textContent = days.short(day);
    body.replaceChildren(...results(found.patches).filter(Boolean));
  }

  return { show, toggle, close };
};
