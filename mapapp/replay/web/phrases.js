/* Words: what is known on the day, said in short. Data stands in elements of its own, so that its direction stays with it. */
mapapp.phrases = (data, symbols, today) => {
  const { make, said } = mapapp.dom;
  const { days, spans } = mapapp;
  const NUMBER = new Intl.NumberFormat("en-GB");
  const PLACE_TYPES = { neighbourhood: "quarter", oil_and_gas: "oil or gas field", border_crossing: "border crossing" };
  const CLAIM_STATES = {
    claimed: "claimed by one side",
    refuted: "contradicted by better sources",
    corroborated: "independent sources agree",
    confirmed: "confirmed",
    reported: "reported",
  };
  const ABOUT = { about: "about ", more_than: "more than ", up_to: "up to ", estimate: "estimated " };

  const plural = (count, one, many = `${one}s`) => `${NUMBER.format(count)} ${count === 1 ? one : many}`;
  const placeType = (type) => PLACE_TYPES[type] ?? type.replaceAll("_", " ");
  const claimState = (state) => CLAIM_STATES[state] ?? state;
  const actorName = (id) => (id === null ? "unknown" : (data.actorById.get(id)?.name ?? id));
  const actorShort = (id) => (id === null ? "unknown" : (data.actorById.get(id)?.short || actorName(id)));
  const since = (day) => (day === null ? "start not known" : `since ${days.short(day)}`);

  /* The day of an event as well as it is known. */
  function when(event) {
    const day = event.time_precision === "3" ? days.month(event.day) : days.short(event.day);
    const to = event.end !== null && event.end > event.day ? ` to ${days.short(event.end)}` : "";
    return `${event.time_precision === "2" ? "about " : ""}${day}${to}`;
  }

  /* A number or a range with how it was worded: 1,500; about 200; 23,000 to 24,700. */
  function range({ low, best, high, qualifier }) {
    const about = ABOUT[qualifier] ?? "";
    if (best !== null) return about + NUMBER.format(best);
    if (low !== null && high !== null && low !== high) return `${NUMBER.format(low)} to ${NUMBER.format(high)}`;
    if (low !== null && high !== null) return about + NUMBER.format(low);
    if (low !== null) return `at least ${NUMBER.format(low)}`;
    return high === null ? "" : `up to ${NUMBER.format(high)}`;
  }

  /* Whom the ground, the guard or the running of a site is with on the day, as [value, since]. */
  function held(list, none) {
    const span = spans.at(list, today());
    if (!span || span[2] === null) return [none, ""];
    return [actorName(span[2]), since(span.length > 5 ? span[5] : span[0])];
  }

  function facilityName(facility, status) {
    return `${facility.name}, ${symbols.shapeLabel(facility.type)}, ${symbols.statusLabel(status)}`;
  }

  function title(record) {
    return make(
      "p",
      { class: "tip-title" },
      said(record.name),
      record.name_ar ? said(record.name_ar, { lang: "ar", class: "arabic" }) : null,
    );
  }

  function facilityTip(facility) {
    const status = spans.at(facility.status, today());
    const [guard] = held(facility.guard, "unknown");
    const state = symbols.statusLabel(status?.[2] ?? "unknown");
    return make(
      "div",
      { class: "tip" },
      title(facility),
      make("p", {}, `${symbols.shapeLabel(facility.type)}, ${state}`, status?.[2] ? ` ${since(status[5])}` : ""),
      make("p", {}, "guard: ", said(guard)),
    );
  }

  function placeTip(place) {
    const [holder, from] = held(place.holders, "not established");
    return make(
      "div",
      { class: "tip" },
      title(place),
      make("p", {}, `${placeType(place.type)}, held by `, said(holder), from ? ` ${from}` : ""),
    );
  }

  function groundTip(span) {
    if (!span || span[2] === null) return make("div", { class: "tip" }, make("p", {}, "Holder not established here"));
    return make(
      "div",
      { class: "tip" },
      make("p", { class: "tip-title" }, said(actorName(span[2]))),
      make("p", {}, `holds this ground, ${since(span[0])}`),
      span[3] ? make("p", {}, "contested by ", said(actorName(span[3]))) : null,
      make("p", { class: "quiet" }, `computed from ${plural(span[4], "claim")} at places`),
    );
  }

  const SHOWN = 4;
  function eventsTip(events) {
    const rows = events.slice(0, SHOWN).map((event) => make("p", {}, `${days.brief(event.day)}: `, said(event.title)));
    const more = events.length > SHOWN ? make("p", { class: "quiet" }, `and ${events.length - SHOWN} more`) : null;
    return make("div", { class: "tip" }, rows, more);
  }

  function eventsName(events) {
    if (!events.length) return "";
    const more = events.length > 1 ? `, and ${plural(events.length - 1, "more event")} here` : "";
    return `Event, ${when(events[0])}: ${events[0].title}${more}`;
  }

  function precision({ precision: code, radius_km: radius }) {
    if (radius !== null && radius > 0 && code !== "1") return `approximate: the true place may lie within ${radius} km`;
    if (code === "1") return radius ? `a published point, good to ${radius} km` : "a published point";
    return "how well it is known is not recorded";
  }

  return {
    plural, placeType, claimState, actorName, actorShort, since, when, range, held, precision,
    facilityName, facilityTip, placeTip, groundTip, eventsTip, eventsName,
  };
};
