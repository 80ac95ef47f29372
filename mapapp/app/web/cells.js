// What one facility says in each column. Compact and wide layout share these cells; the style sheet arranges them.

/** Small square in the holder's colour, with its hatch as a second code, and the holder's short name. */
function holder(id, words) {
  if (!id) return el("span", { class: "holder unknown" }, UNKNOWN);
  const actor = words.actors[id] ?? { short: id, name: id, colour: "transparent", hatch: "none" };
  const swatch = el("span", { class: `swatch ${actor.hatch}`, "aria-hidden": "true" });
  swatch.style.setProperty("--actor", actor.colour);
  return el("span", { class: "holder", title: actor.name }, swatch, name(actor.short));
}

function since(iso, words) {
  return iso ? el("span", { class: "since", title: dayText(iso) }, `since ${shortDay(iso, words.year)}`) : null;
}

function status(row, words) {
  const code = row.status;
  return el("span", { class: code ? "status" : "status unknown", title: words.codes.status[code] ?? null }, plain(code));
}

/** Persons with their day; where claims differ the range shows and the number of claims says that they do. */
function persons(row, words) {
  const held = row.persons;
  const number = heads(held);
  if (!number) return [el("span", { class: "unknown", title: held ? "The claims on record are improbable or give no number." : null }, UNKNOWN)];
  const claims = held.claims.length - held.left_out;
  return [
    el("span", { class: "figure" }, number),
    el("span", { class: "since", title: dayText(held.as_of) }, asOf(held.as_of, held.as_of_precision, shortDay(held.as_of, words.year))),
    el("span", { class: "claimant" }, claims > 1 ? `${claims} claims` : name(held.claimed_by.join("; ") || "claimant unknown")),
  ];
}

function contested(actor, words) {
  return actor ? el("span", { class: "contested" }, "claimed by ", name(words.actors[actor]?.short ?? actor)) : null;
}

function verified(row) {
  return el("span", { class: `age ${freshness(row.staleness_days)}`, title: row.last_verified_on ?? null }, age(row.staleness_days));
}

function lastEvent(row, words) {
  if (!row.last_event) return el("span", { class: "unknown" }, "none on record");
  return el("span", { class: "event" },
    el("span", { class: "since" }, shortDay(row.last_event.date, words.year)), " ", name(row.last_event.title));
}

/** Guard and ground do not go together: a sign where it is tight, words elsewhere. */
function contradiction(row) {
  if (!row.contradiction) return null;
  const words = row.guard === "NONE" ? "nobody guards it" : "guard and ground differ";
  return el("span", { class: "contradiction", title: words }, el("span", { class: "sign", "aria-hidden": "true" }, "\u2260"), el("span", { class: "words" }, words));
}

// The columns in reading order: how each sorts and what it shows. Those beside a map leave out what their panel tells.
const COLUMNS = [
  { id: "name", side: true, label: "Site", value: (r) => fold(r.name),
    cell: (r, w) => [symbol(r, w), name(r.name, "title"), r.name_ar ? name(r.name_ar, "arabic") : null] },
  { id: "kind", label: "Kind", value: (r) => r.facility_type, cell: (r) => [plain(r.facility_type)] },
  { id: "status", side: true, label: "Status", value: (r) => r.status, cell: (r, w) => [status(r, w), since(r.status_since, w)] },
  { id: "operator", label: "Operator", value: (r) => r.operator, cell: (r, w) => [holder(r.operator, w)] },
  { id: "guard", side: true, label: "Guard", value: (r) => r.guard, cell: (r, w) => [holder(r.guard, w), since(r.guard_since, w)] },
  { id: "ground", side: true, label: "Ground", value: (r) => r.ground_holder,
    cell: (r, w) => [contradiction(r), holder(r.ground_holder, w), since(r.ground_since, w),
      contested(r.ground_contested_by, w)] },
  { id: "persons", side: true, label: "Persons", cell: persons,
    value: ({ persons: p }) => p?.high ?? p?.best ?? p?.low ?? p?.families_high ?? p?.families_low ?? null },
  { id: "age", side: true, label: "Verified", value: (r) => r.staleness_days, cell: (r) => [verified(r)] },
  { id: "event", label: "Last event", value: (r) => r.last_event?.date ?? null, cell: (r, w) => [lastEvent(r, w)] },
];

/** Unknown comes last, whichever way. */
function sorted(rows, { column, descending }) {
  const { value } = COLUMNS.find((c) => c.id === column);
  const turn = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [value(a) ?? null, value(b) ?? null];
    if (x === y) return fold(a.name) < fold(b.name) ? -1 : 1;
    if (x === null || y === null) return x === null ? 1 : -1;
    return (x < y ? -1 : 1) * turn;
  });
}
