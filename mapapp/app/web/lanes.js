// Who and what held when: one lane for each attribute, clipped to the days of the situation, and the same as a table.

const LANES = { status: "Status", operator: "Operator", guard: "Guard", ground_holder: "Ground", holder: "Holder" };

function spanWord(attribute, value, words) {
  if (attribute === "status") return plain(value);
  return value ? short(value, words) : UNKNOWN;
}

function spanDays({ valid_from: from, valid_to: to }) {
  return `${from ? dayText(from) : "before the records"} to ${to ? dayText(to) : "now"}`;
}

/** The lanes as a picture. The table under them says the same in words, so readers of words skip it. */
function lanes(spans, rivals, events, words) {
  const present = Object.keys(LANES).filter((attribute) => spans[attribute]?.length);
  const rows = present.flatMap((attribute) => {
    const against = rivals.filter((rival) => rival.attribute === attribute);
    return [lane(LANES[attribute], "track", spans[attribute].map((span) => spanBar(attribute, span, words))),
      ...parallel(against, words).map((several) =>
        lane("", "track rival", several.map((rival) => spanBar(attribute, rival, words))))];
  });
  rows.push(lane("Events", "track ticks", events.map((event) => eventTick(event, words))));
  const today = el("div", { class: "now" });
  today.style.left = `${percent(words.day, words)}%`;
  const over = el("div", { class: "lane over" }, el("span", { class: "label" }), el("div", { class: "track" }, today));
  const ends = [words.first_day, words.last_day].map((day) => el("span", {}, dayText(isoDay(day))));
  return el("div", { class: "lanes", "aria-hidden": "true" }, ...rows, over, el("div", { class: "scale" }, ...ends));
}

function lane(label, kind, bars) {
  return el("div", { class: "lane" }, el("span", { class: "label" }, label), el("div", { class: kind }, ...bars));
}

/** Rival claims in as few lanes as hold them without covering one another; those outside the days have none. */
function parallel(rivals, { first_day: first, last_day: last }) {
  const tracks = [];
  const from = (rival) => dayNumber(rival.valid_from) ?? -Infinity;
  const to = (rival) => dayNumber(rival.valid_to) ?? Infinity;
  for (const rival of [...rivals].sort((a, b) => from(a) - from(b))) {
    if (from(rival) > last || to(rival) <= first) continue;
    const free = tracks.find((track) => to(track.at(-1)) <= from(rival));
    if (free) free.push(rival);
    else tracks.push([rival]);
  }
  return tracks;
}

/** An event of the days as a tick. */
function eventTick(event, words) {
  const day = dayNumber(event.date);
  if (!inDays(day, words) || event.superseded_by) return null;
  const tick = el("span", { class: "tick", title: `${dayText(event.date)}: ${event.title}` });
  tick.style.left = `${percent(day + 0.5, words)}%`;
  return tick;
}

/** How far into the days of the situation a day is, from 0 to 100. */
function percent(day, { first_day: first, last_day: last }) {
  return Math.min(Math.max((day - first) / (last + 1 - first), 0), 1) * 100;
}

/** One span in its lane, in the colour of its status or holder; null where it lies outside the days. */
function spanBar(attribute, span, words) {
  const from = percent(dayNumber(span.valid_from) ?? words.first_day, words);
  const to = percent(dayNumber(span.valid_to) ?? words.last_day + 1, words);
  if (to <= from) return null;
  const word = spanWord(attribute, span.value, words);
  const bar = el("div", { class: "span", title: `${word}, ${spanDays(span)}` }, name(word));
  bar.style.left = `${from}%`;
  bar.style.width = `calc(${to - from}% - 1px)`;
  const look = attribute === "status" ? words.symbols.statuses[span.value] : null;
  const actor = words.actors[span.value];
  if (look) toned(bar, look).classList.add("by-status");
  else if (actor) bar.style.setProperty("--actor", actor.colour);
  else bar.classList.add("unknown");
  return bar;
}

function spanTable(spans, rivals, words, panel) {
  const rows = Object.keys(LANES).flatMap((attribute) => {
    const lane = [...(spans[attribute] ?? [])].reverse();
    const against = rivals.filter((rival) => rival.attribute === attribute).map((rival) => ({ ...rival, rival: true }));
    return [...lane, ...against].map((span, i, all) => {
      const title = i ? null : el("th", { scope: "rowgroup", rowspan: all.length }, LANES[attribute]);
      return el("tr", { class: span.current ? "current" : null }, title, ...spanCells(attribute, span, words, panel));
    });
  });
  const heads = ["What", "Value", "Days", "Records"].map((title) => el("th", { scope: "col" }, title));
  return el("table", { class: "plain" }, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...rows));
}

/** How reliable the source and how credible the statement is graded (Admiralty code). */
function grades({ source_reliability: source, information_credibility: information }) {
  return statements(source && `reliability ${source}`, information && `credibility ${information}`) || null;
}

function spanCells(attribute, span, words, panel) {
  const value = attribute === "status" ? el("span", {}, plain(span.value)) : holder(span.value, words);
  const said = [
    span.rival ? "set aside" : null,
    span.claim_state ? plain(span.claim_state) : null,
    span.claimed_by?.length ? `claimed by ${span.claimed_by.join("; ")}` : null,
    span.denied_by?.length ? `denied by ${span.denied_by.join("; ")}` : null,
    grades(span),
  ];
  const own = span.detail && span.detail !== span.value ? name(span.detail, "detail") : null;
  return [
    el("td", {}, value, contested(span.contested_by, words), own, name(said.filter(Boolean).join(" · "), "detail")),
    el("td", { class: "days" }, spanDays(span)),
    el("td", {}, panel.refs(span.source_ids ?? [], span.event_ids)),
  ];
}
