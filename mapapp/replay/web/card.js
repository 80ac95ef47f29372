/* The card: what is on record about the chosen facility, place or event on the day. */
mapapp.card = (data, symbols, phrases, store) => {
  const { make, said, find, icon } = mapapp.dom;
  const { days, spans } = mapapp;
  const { when, range, held, plural, unrounded } = phrases;
  const panel = find("card");
  const CLOSE = "M6 6L18 18M18 6L6 18";
  const WEB = /^https?:\/\//i;
  const LISTED = 6;

  const open = (kind, id) => store.set({ selected: { kind, id } });
  const close = () => store.set({ selected: null });
  const now = (list) => spans.at(list, store.get().day);
  const listed = (...words) => words.filter(Boolean).join(" · ");

  function row(name, value, more, title = null) {
    const under = more ? make("span", { class: "more" }, more) : null;
    return [make("dt", {}, name), make("dd", { title }, said(value), under)];
  }

  function head(record, symbol, kind) {
    const arabic = record.name_ar ? said(record.name_ar, { lang: "ar", class: "arabic" }) : null;
    return make(
      "header",
      {},
      symbol,
      make("h2", { tabindex: "-1" }, said(record.name ?? record.title), arabic),
      make("button", { type: "button", class: "close", "aria-label": "Close details", onclick: close }, icon(CLOSE)),
      make("p", { class: "kind" }, kind),
    );
  }

  function eventRow(event) {
    const time = make("time", { datetime: days.iso(event.day) }, when(event));
    const onclick = () => open("event", event.id);
    return make("li", {}, make("button", { type: "button", onclick }, time, said(event.title)));
  }

  function eventRows(heading, list) {
    const rest = list.length - LISTED;
    return [
      make("h3", {}, heading),
      make("ul", { class: "event-rows" }, list.slice(0, LISTED).map(eventRow)),
      rest > 0 ? make("p", { class: "quiet" }, `and ${plural(rest, "more event")}`) : null,
    ];
  }

  function past(test) {
    const list = data.events.filter((event) => event.day <= store.get().day && test(event)).reverse();
    if (list.length) return eventRows("Events up to this day", list);
    return make("p", { class: "quiet" }, "No dated event is on record up to this day.");
  }

  /* Only an address of the web becomes a link. */
  function source({ title, publisher, published, url }) {
    const link = { href: url, target: "_blank", rel: "noopener noreferrer", dir: "auto" };
    const name = WEB.test(url ?? "") ? make("a", link, title) : said(title);
    const about = [publisher, published].filter(Boolean).join(", ");
    return make("li", {}, name, about ? make("span", { class: "more" }, said(about)) : null);
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

  function status({ status: list }) {
    const [, , value, note, , from, precision] = now(list) ?? [null, null, null];
    if (value === null) return row("Status", "unknown");
    return row("Status", symbols.statusLabel(value), listed(phrases.since(from, precision), note));
  }

  function guard({ guard: list }) {
    const [value, since] = held(list, "unknown");
    return row("Guard", value, listed(since, now(list)?.[3]));
  }

  function ground({ ground: list }) {
    const [value, since] = held(list, "not established");
    const rival = now(list)?.[4];
    return row("Ground", value, listed(since, rival && `contested by ${phrases.actorName(rival)}`));
  }

  function persons({ persons: list }) {
    const count = spans.since(list, store.get().day)?.[1];
    const number = count ? phrases.people(count) : "";
    if (!number) return row("Persons", "unknown");
    const asOf = `as of ${phrases.dated(count.as_of, count.as_of_precision)}`;
    return row("Persons", number, listed(asOf, count.claimed_by.join("; ")), unrounded(phrases.people, count));
  }

  function facilityCard(facility) {
    const symbol = symbols.site(facility.type, now(facility.status)?.[2] ?? "unknown");
    const rival = now(facility.ground)?.[4];
    symbols.contest(symbol, rival && phrases.colour(rival));
    const facts = [
      status(facility),
      row("Operator", ...held(facility.operator, "unknown")),
      guard(facility),
      ground(facility),
      persons(facility),
      row("Point", phrases.precision(facility)),
    ];
    return [
      head(facility, symbol, symbols.shapeLabel(facility.type)),
      make("dl", {}, facts),
      past((event) => event.facility === facility.id || event.to_facility === facility.id),
      sourceRows(facility.sources),
    ];
  }

  function placeCard(place) {
    const [holder, since] = held(place.holders, "not established");
    const rival = now(place.holders)?.[3];
    const inhabitants = { low: null, best: place.population, high: null };
    return [
      head(place, null, phrases.placeType(place.type)),
      make(
        "dl",
        {},
        row("Held by", holder, listed(since, rival && `contested by ${phrases.actorName(rival)}`)),
        row("Inhabitants", range(inhabitants) || "unknown", place.population_source, unrounded(range, inhabitants)),
      ),
      past((event) => event.place === place.id),
      sourceRows(place.sources),
    ];
  }

  function where(event) {
    const [kind, record] = data.facilityById.has(event.facility)
      ? ["facility", data.facilityById.get(event.facility)]
      : ["place", data.placeById.get(event.place)];
    if (!record) return event.location ? row("Where", event.location) : null;
    const onclick = () => open(kind, record.id);
    const link = make("button", { type: "button", class: "link", onclick }, said(record.name));
    return [make("dt", {}, "Where"), make("dd", {}, link)];
  }

  function number(event) {
    const words = range(event);
    const text = event.unit === "families" ? `${words} families` : words;
    return words && row(event.quantity ?? "Number", text, null, unrounded(range, event));
  }

  function eventCard(event) {
    const { conflict_group: group } = event;
    const rivals = data.events.filter((other) => other !== event && group !== null && other.conflict_group === group);
    const told = (name, text) => text && row(name, text);
    return [
      head(event, null, `${when(event)} · ${event.event_type}`),
      make(
        "dl",
        {},
        where(event),
        number(event),
        told("How sure", event.claim_state && phrases.claimState(event.claim_state)),
        told("Said by", event.claimed_by),
        told("Denied by", event.denied_by),
        told("Notes", event.notes),
      ),
      rivals.length ? eventRows("Records that disagree with this one", rivals) : null,
      sourceRows(event.sources),
    ];
  }

  const CARDS = {
    facility: (id) => facilityCard(data.facilityById.get(id)),
    place: (id) => placeCard(data.placeById.get(id)),
    event: (id) => eventCard(data.eventById.get(id)),
  };

  /* Who comes by the keyboard is taken to the card, and back to the mark when it closes. */
  let opener = null;
  function follow(anew) {
    if (!anew) return;
    panel.scrollTop = 0;
    const { activeElement: active } = document;
    if (!active.matches(":focus-visible")) return;
    if (!panel.contains(active)) opener = active;
    panel.querySelector("h2").focus();
  }

  function show({ selected }, anew) {
    const unfolded = !anew && panel.querySelector("details")?.open;
    panel.hidden = !selected;
    panel.replaceChildren(...(selected ? CARDS[selected.kind](selected.id).flat(2).filter(Boolean) : []));
    if (unfolded) panel.querySelector("details").open = true;
    if (selected) return follow(anew);
    opener?.focus();
    opener = null;
    return undefined;
  }

  return { show };
};
