// What one facility says in each column. Compact and wide layout share these cells; the style sheet arranges them.

/** A small square in the holder's colour and the holder's short name. */
function holder(id, words) {
  if (!id) return el("span", { class: "holder unknown" }, UNKNOWN);
  const actor = words.actors[id] ?? { short: id, name: id, colour: "transparent" };
  const swatch = el("span", { class: "swatch", "aria-hidden": "true" });
  swatch.style.setProperty("--actor", actor.colour);
  return el("span", { class: "holder", title: actor.name }, swatch, name(actor.short));
}

function short(id, words) {
  return words.actors[id]?.short ?? id;
}

function since(iso, words, precision = null) {
  if (!iso) return null;
  const day = asOf(iso, precision, shortDay(iso, words.year), words.side ? "~" : undefined);
  return el("span", { class: "since", title: asOf(iso, precision) }, `since ${day}`);
}

function status(row, words) {
  const meaning = words.statuses[row.status] ?? null;
  return el("span", { class: row.status ? "status" : "status unknown", title: meaning }, plain(row.status));
}

/** Persons with their day. */
function persons(row, words) {
  const held = row.persons;
  const number = heads(held);
  if (!number) {
    const why = held ? "The claims on record are improbable or give no number." : "No figure is on record.";
    return [el("span", { class: "unknown", title: why }, UNKNOWN)];
  }
  const tight = words.side ? "~" : undefined;
  const day = asOf(held.as_of, held.as_of_precision, shortDay(held.as_of, words.year), tight);
  return [
    el("span", { class: "figure", title: unrounded(heads, held) }, number),
    el("span", { class: "since", title: asOf(held.as_of, held.as_of_precision) }, day),
  ];
}

/** Who says so; where several claims are in the range, how many. */
function claimants({ persons: held }) {
  if (!heads(held)) return null;
  const by = held.claimed_by.join("; ") || "claimant unknown";
  return el("span", { class: "claimant", title: by }, held.in_range > 1 ? `${held.in_range} claims` : name(by));
}

function contested(actor, words) {
  return actor ? el("span", { class: "contested" }, "claimed by ", name(short(actor, words))) : null;
}

function verified(row) {
  const { staleness_days: days, last_verified_on: day } = row;
  return el("span", { class: `age ${freshness(days)}`, title: day ? dayText(day) : null }, age(days));
}

function lastEvent(row, words) {
  const { last_event: event } = row;
  if (!event) return el("span", { class: "unknown" }, "none on record");
  const day = el("span", { class: "since", title: dayText(event.date) }, shortDay(event.date, words.year));
  return el("span", { class: "event" }, day, " ", name(event.title));
}

/** What the records of the site say against one another: a sign where it is tight, words elsewhere. */
function contradiction(row) {
  const against = row.contradictions;
  if (!against.length) return null;
  const sign = el("span", { class: "sign", "aria-hidden": "true" }, "!");
  const rules = [...new Set(against.map((one) => ruleWords(one.rule)))];
  const words = el("span", { class: "words" }, rules.join("; "));
  return el("span", { class: "contradiction", title: against.map((one) => one.text).join(" ") }, sign, words);
}

/** A value faded by the days since somebody last saw it to be so: what is only carried forward never looks fresh. */
function aged(node, row, attribute) {
  if (node.classList.contains("unknown")) return node;
  const seen = row.verified[attribute];
  node.classList.add(freshness(seen?.days));
  if (seen) node.title = statements(node.title, `last seen ${dayText(seen.on)}`, seen.by.join("; "));
  return node;
}

/** The symbol of a site fades as it does on the map: by the days since anything of the site was verified. */
function faded(node, row) {
  node.classList.add(freshness(row.staleness_days));
  return node;
}

/** When a value was last seen to be so; nothing where it is not known, or was seen on the day itself. */
function seenAgo(row, attribute, value) {
  if (value === null) return null;
  const seen = row.verified[attribute];
  if (seen && seen.days <= 0) return null;
  return el("span", { class: "since" }, seen ? `seen ${age(seen.days)}` : "no dated source");
}
