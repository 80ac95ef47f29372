/* Words: what is known on the day, said in short. Data stands in elements of its own, so that its direction stays with
   it. */
mapapp.phrases = (data, symbols, today) => {
  const { make, said } = mapapp.dom;
  const { days, spans } = mapapp;
  const NUMBER = new Intl.NumberFormat("en-GB");
  const PLACE_TYPES = { neighbourhood: "quarter", oil_and_gas: "oil or gas field" };
  const CLAIM_STATES = {
    reported: "reported",
    claimed: "claimed by one side",
    corroborated: "independent sources agree",
    confirmed: "confirmed",
    refuted: "contradicted by better sources",
  };
  const WORDING = { about: "about ", more_than: "more than ", up_to: "up to ", estimate: "estimated " };
  const SHOWN = 4;

  const plural = (count, one) => `${NUMBER.format(count)} ${one}${count === 1 ? "" : "s"}`;
  const placeType = (type) => PLACE_TYPES[type] ?? type.replaceAll("_", " ");
  const claimState = (state) => CLAIM_STATES[state] ?? state;
  const actorName = (id) => data.actorById.get(id)?.name ?? id;

  /* A day as well as it is known: 20 Jan 2026, about 20 Jan 2026, January 2026. */
  function dated(day, precision) {
    if (precision === "3") return days.month(day);
    return `${precision === "2" ? "about " : ""}${days.short(day)}`;
  }
  const since = (day, precision) => (day === null ? "start not known" : `since ${dated(day, precision)}`);

  function when({ day, end, time_precision: precision }) {
    return dated(day, precision) + (end !== null && end > day ? ` to ${days.short(end)}` : "");
  }

  /* A number or a range with how it was worded: 1,500; about 200; 23,000 to 24,700; empty where there is none. */
  function range({ low, best, high, qualifier }) {
    const wording = WORDING[qualifier] ?? "";
    if (best !== null) return wording + NUMBER.format(best);
    if (low !== null && low === high) return wording + NUMBER.format(low);
    if (low !== null && high !== null) return `${NUMBER.format(low)} to ${NUMBER.format(high)}`;
    if (low !== null) return `at least ${NUMBER.format(low)}`;
    return high === null ? "" : `up to ${NUMBER.format(high)}`;
  }

  /* How many people, or else how many families. */
  function people(count) {
    const families = range({ low: count.families_low, best: null, high: count.families_high, qualifier: null });
    return range(count) || (families && `${families} families`);
  }

  /* With whom a site or a place is on the day, and since when; `none` where that is not known. */
  function held(list, none) {
    const span = spans.at(list, today());
    if (!span || span[2] === null) return [none, ""];
    return [actorName(span[2]), span.length > 5 ? since(span[5], span[6]) : since(span[0])];
  }

  const facilityName = (facility, status) =>
    `${facility.name}, ${symbols.shapeLabel(facility.type)}, ${symbols.statusLabel(status)}`;

  const tip = (...lines) => make("div", { class: "tip" }, lines.map((line) => line && make("p", {}, line)));
  function title({ name, name_ar: arabic }) {
    return make("p", { class: "tip-title" }, said(name), arabic ? said(arabic, { lang: "ar", class: "arabic" }) : null);
  }

  function facilityTip(facility) {
    const status = spans.at(facility.status, today());
    const known = status?.[2] ? ` ${since(status[5], status[6])}` : "";
    const state = `${symbols.shapeLabel(facility.type)}, ${symbols.statusLabel(status?.[2] ?? "unknown")}${known}`;
    const [guard] = held(facility.guard, "unknown");
    return make("div", { class: "tip" }, title(facility), tip(state, ["guard: ", said(guard)]));
  }

  function placeTip(place) {
    const [holder, from] = held(place.holders, "not established");
    const words = [`${placeType(place.type)}, held by `, said(holder), from ? ` ${from}` : ""];
    return make("div", { class: "tip" }, title(place), tip(words));
  }

  /* What is known of the ground under a point: the span of its unit, or null. */
  function groundTip(span) {
    const { from, holder, rival, restsOn } = span ?? { holder: null, rival: null };
    if (!holder && !rival) return tip("Holder not established here");
    const name = holder ? said(actorName(holder)) : "holder not established";
    return tip(
      [make("strong", {}, name), holder ? ` holds this ground, ${since(from)}` : ""],
      rival ? ["contested by ", said(actorName(rival))] : null,
      holder && restsOn.length ? `computed from ${plural(restsOn.length, "claim")} at places` : null,
    );
  }

  function eventsTip(events) {
    const rows = events.slice(0, SHOWN).map((event) => [`${days.brief(event.day)}: `, said(event.title)]);
    return tip(...rows, events.length > SHOWN ? `and ${events.length - SHOWN} more` : null);
  }

  function eventsName(events) {
    if (!events.length) return "";
    const more = events.length > 1 ? `, and ${plural(events.length - 1, "more event")} here` : "";
    return `Event, ${when(events[0])}: ${events[0].title}${more}`;
  }

  function precision({ precision: code, radius_km: radius }) {
    if (code === "1") return radius ? `a published point, good to ${radius} km` : "a published point";
    return radius ? `approximate: the true place lies within ${radius} km` : "how well it is known is not recorded";
  }

  return {
    plural, placeType, claimState, actorName, dated, since, when, range, people, held, precision,
    facilityName, facilityTip, placeTip, groundTip, eventsTip, eventsName,
  };
};
