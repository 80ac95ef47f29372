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

  const plural = (count, one, many = `${one}s`) => `${NUMBER.format(count)} ${count === 1 ? one : many}`;
  const placeType = (type) => PLACE_TYPES[type] ?? type.replaceAll("_", " ");
  const claimState = (state) => CLAIM_STATES[state] ?? state;
  const actorName = (id) => data.actorById.get(id)?.name ?? id;
  const holder = (id) => (id === null ? "not established" : actorName(id));
  const actor = (id) => data.actorById.get(id) ?? { colour: mapapp.theme.colour("nobody"), hatch: "none" };
  const colour = (id) => actor(id).colour;

  const short = (id) => (id === null ? "not established" : (data.actorById.get(id)?.short ?? id));

  /* Square kilometres: tenths only where they say something. */
  const TENTHS = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });
  const area = (number) => (number < 10 ? TENTHS.format(number) : NUMBER.format(Math.round(number)));
  const km2 = (number) => `${area(number)} km²`;

  /* A day as well as it is known: 20 Jan 2026, about 20 Jan 2026, January 2026. */
  function dated(day, precision) {
    if (precision === "3") return days.month(day);
    return `${precision === "2" ? "about " : ""}${days.short(day)}`;
  }
  const since = (day, precision) => (day === null ? "start not known" : `since ${dated(day, precision)}`);

  function when({ day, end, time_precision: precision }) {
    return dated(day, precision) + (end !== null && end > day ? ` to ${days.short(end)}` : "");
  }

  /* A count to the last person, and as it is read: rounded by the rule of the data, half up. */
  const exact = (number) => NUMBER.format(number);
  function read(number) {
    const [, step] = data.rounding.steps.find(([below]) => number < below) ?? [0, data.rounding.coarsest];
    return NUMBER.format(Math.floor(number / step + 0.5) * step);
  }

  /* A number or a range with how it was worded: 1,500; about 200; 23,000 to 24,700; empty where there is none. */
  function range({ low, best, high, qualifier }, say = read) {
    const wording = WORDING[qualifier] ?? "";
    if (best !== null) return wording + say(best);
    if (low !== null && low === high) return wording + say(low);
    if (low !== null && high !== null) return say(low) === say(high) ? say(low) : `${say(low)} to ${say(high)}`;
    if (low !== null) return `at least ${say(low)}`;
    return high === null ? "" : `up to ${say(high)}`;
  }

  /* How many people, or else how many families. */
  function people(count, say = read) {
    const told = { low: count.families_low, best: null, high: count.families_high, qualifier: null };
    const families = range(told, say);
    return range(count, say) || (families && `${families} families`);
  }

  /* The exact words beside rounded ones, null where both are the same. */
  const unrounded = (tell, count) => (tell(count, exact) === tell(count) ? null : `exactly ${tell(count, exact)}`);

  /* With whom a site or a place is on the day, and since when; `none` where that is not known. */
  function held(list, none) {
    const span = spans.at(list, today());
    if (!span || span[2] === null) return [none, ""];
    return [actorName(span[2]), span.length > 5 ? since(span[5], span[6]) : since(span[0])];
  }

  const facilityName = (facility, status, rival) =>
    `${facility.name}, ${symbols.shapeLabel(facility.type)}, ${symbols.statusLabel(status)}` +
    (rival ? `, on ground contested by ${actorName(rival)}` : "");

  const tip = (...lines) => make("div", { class: "tip" }, lines.map((line) => line && make("p", {}, line)));
  function title({ name, name_ar: arabic }) {
    return make("p", { class: "tip-title" }, said(name), arabic ? said(arabic, { lang: "ar", class: "arabic" }) : null);
  }

  function facilityTip(facility) {
    const status = spans.at(facility.status, today());
    const known = status?.[2] ? ` ${since(status[5], status[6])}` : "";
    const state = `${symbols.shapeLabel(facility.type)}, ${symbols.statusLabel(status?.[2] ?? "unknown")}${known}`;
    const [guard] = held(facility.guard, "unknown");
    return make("div", { class: "tip" }, title(facility), tip(state, ["guard: ", said(guard)], verified(facility)));
  }

  /* When somebody last saw the facility, by the day. */
  function verified({ verified: seen }) {
    const ago = spans.ago(seen, today());
    if (ago === null) return "not verified on any known day";
    return ago ? `last verified ${days.short(today() - ago)}, ${plural(ago, "day")} before` : "verified on this day";
  }

  function placeTip(place) {
    const [holder, from] = held(place.holders, "not established");
    const words = [`${placeType(place.type)}, held by `, said(holder), from ? ` ${from}` : ""];
    return make("div", { class: "tip" }, title(place), tip(words));
  }

  /* Since when ground is held. The first of daily maps says only that it was so by then. */
  function heldSince(from) {
    if (from !== null && from === data.maps[0]?.[0]) return `since ${days.short(from)} or before: the first map`;
    return since(from);
  }

  /* The map file that ground rests on from a day. */
  const fileOf = (from) => data.maps.findLast(([day]) => day <= (from ?? data.days.first))?.[1];

  function restsOn({ from, restsOn: ids }) {
    const claims = ids.filter((id) => data.eventById.has(id) || !data.maps.length);
    if (!ids.length) return fileOf(from) ? ["from the map ", said(fileOf(from))] : null;
    return claims.length ? `computed from ${plural(claims.length, "claim")} at places` : null;
  }

  function formerly(span) {
    const { unit, number } = span;
    if (span.from === null || span.from === data.maps[0]?.[0]) return null;
    const earlier = data.holding.told(data.holding.before(unit, number));
    if (!earlier || earlier.holder === null) return "before: not established";
    return ["before: ", said(actorName(earlier.holder)), earlier.from === null ? "" : `, ${heldSince(earlier.from)}`];
  }

  function groundLines(number) {
    const span = data.holding.told(number);
    if (!span || (!span.holder && !span.rival)) return ["Holder not established here"];
    const name = span.holder ? said(actorName(span.holder)) : "holder not established";
    return [
      [make("strong", {}, name), span.holder ? ` holds this ground, ${heldSince(span.from)}` : ""],
      span.rival ? ["contested by ", said(actorName(span.rival))] : null,
      formerly(span),
      span.holder ? restsOn(span) : null,
    ];
  }

  /* What is known of the ground under a point, given the number of its span, -1 where there is none. */
  const groundTip = (number) => tip(...groundLines(number));

  /* The same with the claims that it rests on, each to be opened. */
  function groundCard(number, choose) {
    const ids = data.holding.told(number)?.restsOn ?? [];
    const claims = ids.filter((id) => data.eventById.has(id)).map((id) => data.eventById.get(id));
    const row = (event) => {
      const onclick = () => choose({ kind: "event", id: event.id });
      return make("li", {}, make("button", { type: "button", class: "link", onclick }, said(event.title)));
    };
    const list = claims.length ? make("ul", { class: "claims" }, claims.slice(0, SHOWN).map(row)) : null;
    const more = claims.length > SHOWN ? make("p", { class: "quiet" }, `and ${claims.length - SHOWN} more`) : null;
    return make("div", { class: "ground-card" }, groundTip(number), list, more);
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
    facilityName, facilityTip, placeTip, groundTip, groundCard, holder, short, actor, colour,
    area, km2, eventsTip, eventsName, unrounded,
  };
};
