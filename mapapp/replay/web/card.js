/* The card: what is on record about the chosen facility, place or event on the day. */
mapapp.card = (data, symbols, phrases, store, events) => {
  const { make, said, find, icon } = mapapp.dom;
  const { days, spans } = mapapp;
  const { when, range, held, plural } = phrases;
  const panel = find("card");
  const CLOSE = "M6 6L18 18M18 6L6 18";
  const LISTED = 6;

  const close = () => store.set({ selected: null });
  const open = (kind, id) => store.set({ selected: { kind, id } });

  function row(name, value, more) {
    return [make("dt", {}, name), make("dd", {}, said(value), more ? make("span", { class: "more" }, more) : null)];
  }

  function head(record, symbol, kind) {
    return make(
      "header",
      {},
      symbol,
      make(
        "h2",
        { tabindex: "-1", id: "card-title" },
        said(record.name ?? record.title),
        record.name_ar ? said(record.name_ar, { lang: "ar", class: "arabic" }) : null,
      ),
      make("button", { type: "button", class: "close", "aria-label": "Close details", onclick: close }, icon(CLOSE)),
      make("p", { class: "kind" }, kind),
    );
  }

  const mentions = (test) => data.events.filter((event) => event.day <= store.get().day && test(event)).reverse();

  function eventRows(list, heading) {
    if (!list.length) return make("p", { class: "quiet" }, "No dated event on record up to this day.");
    const item = (event) =>
      make(
        "li",
        {},
        make(
          "button",
          { type: "button", onclick: () => open("event", event.id) },
          make("time", { datetime: days.iso(event.day) }, when(event)),
          said(event.title),
        ),
      );
    const rest = list.length - LISTED;
    return [
      make("h3", {}, heading),
      make("ul", { class: "event-rows" }, list.slice(0, LISTED).map(item)),
      rest > 0 ? make("p", { class: "quiet" }, `and ${plural(rest, "earlier event")}`) : null,
    ];
  }

  const WEB = /^https?:\/\//i;
  function source({ title, publisher, published, url }) {
    const name = WEB.test(url ?? "")
      ? make("a", { href: url, target: "_blank", rel: "noopener noreferrer", dir: "auto" }, title)
      : said(title);
    const about = [publisher, published].filter(Boolean);
    return make("li", {}, name, about.length ? make("span", { class: "more" }, said(about.join(", "))) : null);
  }

  function sourceRows(numbers) {
    if (!numbers.length) return make("p", { class: "quiet" }, "No source is named.");
    return make(
      "details",
      { class: "sources" },
      make("summary", {}, plural(numbers.length, "source")),
      make("ol", {}, numbers.map((number) => source(data.sources[number]))),
    );
  }

  function persons(facility) {
    const entry = spans.since(facility.persons, store.get().day);
    const count = entry?.[1];
    const number = count ? range(count) : "";
    if (!number) return row("Persons", "unknown");
    const by = count.claimed_by.length ? ` · ${count.claimed_by.join("; ")}` : "";
    return row("Persons", number, `as of ${days.short(count.as_of)}${by}`);
  }

  function status(facility) {
    const span = spans.at(facility.status, store.get().day);
    if (!span || span[2] === null) return row("Status", "unknown");
    return row("Status", symbols.statusLabel(span[2]), [phrases.since(span[5]), span[3]].filter(Boolean).join(" · "));
  }

  function guard(facility) {
    const detail = spans.at(facility.guard, store.get().day)?.[3];
    const [value, since] = held(facility.guard, "unknown");
    return row("Guard", value, [since, detail].filter(Boolean).join(" · "));
  }

  function ground(facility) {
    const rival = spans.at(facility.ground, store.get().day)?.[4];
    const [value, since] = held(facility.ground, "not established");
    return row("Ground", value, [since, rival ? `contested by ${phrases.actorName(rival)}` : ""].filter(Boolean).join(" · "));
  }

  function facilityCard(facility) {
    const now = spans.at(facility.status, store.get().day)?.[2] ?? "unknown";
    return [
      head(facility, symbols.site(facility.type, now), symbols.shapeLabel(facility.type)),
      make("dl", {}, status(facility), row("Operator", ...held(facility.operator, "unknown")), guard(facility),
        ground(facility), persons(facility), row("Point", phrases.precision(facility))),
      eventRows(mentions((event) => event.facility === facility.id || event.to_facility === facility.id), "Events up to this day"),
      sourceRows(facility.sources),
    ];
  }

  function placeCard(place) {
    const span = spans.at(place.holders, store.get().day);
    const [holder, since] = held(place.holders, "not established");
    const rival = span?.[3] ? `contested by ${phrases.actorName(span[3])}` : "";
    const people = place.population === null ? "unknown" : range({ best: place.population, qualifier: "" });
    return [
      head(place, null, phrases.placeType(place.type)),
      make("dl", {}, row("Held by", holder, [since, rival].filter(Boolean).join(" · ")),
        row("Inhabitants", people, place.population_source ?? "")),
      eventRows(mentions((event) => event.place === place.id), "Events up to this day"),
      sourceRows(place.sources),
    ];
  }

  function rivals(event) {
    const others = data.events.filter(
      (other) => other !== event && event.conflict_group !== null && other.conflict_group === event.conflict_group,
    );
    return others.length ? eventRows(others, "Records that disagree with this one") : null;
  }

  function eventCard(event) {
    const facility = data.facilityById.get(event.facility);
    const place = data.placeById.get(event.place);
    const where = facility ?? place;
    const go = () => open(facility ? "facility" : "place", where.id);
    const number = range(event);
    return [
      head(event, null, when(event)),
      make("dl", {},
        where ? [make("dt", {}, "Where"), make("dd", {}, make("button", { type: "button", class: "link", onclick: go }, said(where.name)))] : null,
        !where && event.location ? row("Where", event.location) : null,
        number ? row(event.quantity ?? "Number", number) : null,
        event.claim_state ? row("How sure", phrases.claimState(event.claim_state)) : null,
        event.claimed_by ? row("Said by", event.claimed_by) : null,
        event.denied_by ? row("Denied by", event.denied_by) : null,
        event.notes ? row("Notes", event.notes) : null),
      rivals(event),
      sourceRows(event.sources),
    ];
  }

  const WRITE = {
    facility: (id) => [data.facilityById.get(id), facilityCard],
    place: (id) => [data.placeById.get(id), placeCard],
    event: (id) => [data.eventById.get(id), eventCard],
  };

  /* Write the card anew; focus goes to its title only when another record was chosen. */
  function show({ selected }, chosenAnew) {
    const [record, write] = selected ? WRITE[selected.kind](selected.id) : [null];
    panel.hidden = !record;
    if (!record) return panel.replaceChildren();
    const unfolded = panel.querySelector("details")?.open && !chosenAnew;
    panel.replaceChildren(...write(record).flat(3).filter(Boolean));
    if (unfolded) panel.querySelector("details").open = true;
    if (chosenAnew) panel.scrollTop = 0;
    return undefined;
  }

  return { show };
};
