// What changed between two days: facilities, places, ground, contradictions, figures, and what became known in between.

const SAID = {
  status: "status", operator: "operator", guard: "guard", ground_holder: "ground", holder: "holder",
  ground_contested_by: "ground claimed by", contested_by: "claimed by",
};
const CLAIMS = ["ground_contested_by", "contested_by"];
const NOTES = { first: "first on record, or known again", gone: "no longer known", back: "changed and changed back" };
const NOT_ESTABLISHED = "not established";

class Changes extends Reading {
  parts() {
    const { changes: found } = this.data;
    if (!found) return [this.form(), this.quiet("The first day is after the last. Choose an earlier first day.")];
    const { facilities, places, ground, contradictions: { new: fresh, settled }, figures, counts, late } = found;
    const parts = [
      ["Ground", ground.passed.length, () => this.ground(ground)],
      ["Facilities", new Set(facilities.map((row) => row.id)).size, () => this.changed("facility", facilities)],
      ["Places", new Set(places.map((row) => row.id)).size, () => this.changed("place", places)],
      ["New contradictions", fresh.length, () => this.clashes(fresh)],
      ["Settled contradictions", settled.length, () => this.clashes(settled)],
      ["Head counts", figures.length, () => this.figures(figures)],
      ["Counts of people", counts.length, () => this.counts(counts)],
      ["Became known in between", late.length, () => this.late(late)],
    ].filter(([, count]) => count).map(([title, count, make]) => [title, count, this.part(title, make())]);
    if (!parts.length) return [this.form(), this.quiet("Nothing changed between these days.")];
    return [this.form(), this.contents(parts), ...parts.map(([, , node]) => node)];
  }

  // The two days

  form() {
    const { first, day, since_known: sinceKnown, known, changes: found } = this.data;
    this.from = this.field("from", isoDay(first), "YYYY-MM-DD");
    this.until = this.field("to", isoDay(day), "YYYY-MM-DD");
    const as = known === null ? "today" : isoDay(known);
    this.fromKnown = this.field("from-known", sinceKnown === null ? "" : isoDay(sinceKnown), as);
    const title = el("h1", {}, "What changed ", ...this.between(found));
    const submit = (event) => { event.preventDefault(); this.choose(); };
    return el("header", {}, title, el("form", { class: "days", novalidate: true, submit },
      el("label", {}, "From", this.from), el("label", {}, "to", this.until),
      el("label", {}, "First day as known on", this.fromKnown),
      el("button", { type: "submit", [KEEPS_PLACE]: "show" }, "Show"), this.visit()),
      el("p", { class: "quiet" }, "The last day is as known ", as === "today" ? "today" : `on ${dayText(as)}`,
        " (see the head of the page); the first alike, unless a day is given."));
  }

  between(found) {
    const known = (day) => (day ? ` (as known on ${dayText(day)})` : "");
    if (!found) return ["between two days"];
    const told = found.known_from !== found.known_to;
    return ["from ", el("time", {}, dayText(found.from)), told ? known(found.known_from) || " (as known today)" : "",
      " to ", el("time", {}, dayText(found.to)), told ? known(found.known_to) || " (as known today)" : ""];
  }

  field(key, value, placeholder) {
    return el("input", { type: "text", inputmode: "numeric", maxlength: 10, size: 10, value, placeholder,
      autocomplete: "off", spellcheck: "false", [KEEPS_PLACE]: key });
  }

  /** A day that is none, or lies outside, is marked and kept for the reader to mend. */
  choose() {
    const { words, data: { last_known: lastKnown } } = this;
    const checked = [[this.from, words.last_day], [this.until, words.last_day], [this.fromKnown, lastKnown]];
    const wrong = checked.filter(([field, last]) => {
      const empty = field === this.fromKnown && !field.value;
      const day = /^\d{4}-\d\d-\d\d$/.test(field.value) ? dayNumber(field.value) : NaN;
      const bad = !empty && !(day >= words.first_day && day <= last);
      field.setAttribute("aria-invalid", String(bad));
      field.title = bad ? `A day from ${dayText(isoDay(words.first_day))} to ${dayText(isoDay(last))}` : "";
      return bad;
    });
    if (wrong.length) return wrong[0][0].focus();
    const keys = { from: this.from.value, date: this.until.value, "from-known": this.fromKnown.value || null };
    say(SHOW, { day: dayNumber(keys.date) });
    return this.ask(keys);
  }

  /** The visit before this one. Where records have come since, it is compared with what was known then. */
  visit() {
    const { words, data: { visit, last_known: lastKnown } } = this;
    const last = lastVisit(visit);
    if (!last || !inDays(last.day, words)) return null;
    const day = isoDay(last.day);
    const known = last.digest === visit.digest ? null : isoDay(Math.min(last.known, lastKnown));
    const ask = () => this.ask({ from: day, "from-known": known, date: isoDay(Math.max(last.day, this.data.day)) });
    return el("button", { type: "button", class: "visit", [KEEPS_PLACE]: "visit", click: ask },
      `Since my last visit (${shortDay(day, words.year)})`);
  }

  // What changed

  ground({ holders, passed }) {
    const km2 = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    const { from, to } = this.data.changes;
    const number = (label, value) => el("td", { class: "number", "data-label": label }, km2.format(value));
    const line = (row) => el("tr", {}, el("th", { scope: "row" }, holder(row.holder, this.words)),
      number(dayText(from), row.before_km2), number(dayText(to), row.after_km2),
      number("gained", row.gained_km2), number("lost", row.lost_km2));
    const heads = ["Holder", `${dayText(from)}, km²`, `${dayText(to)}, km²`, "gained, km²", "lost, km²"];
    const ways = passed.map((row) => el("li", {}, this.value("holder", row.from ?? null, NOT_ESTABLISHED), arrow(),
      this.value("holder", row.to ?? null, NOT_ESTABLISHED), ` ${km2.format(row.km2)} km²`));
    const table = this.table("Ground of each holder", heads, holders, line);
    return el("div", { class: "ground" }, table, el("ul", {}, ...ways));
  }

  /** One block for each site or place, one row for each value of it that changed. */
  changed(kind, rows) {
    const line = (row, i) => {
      const again = i > 0 && rows[i - 1].id === row.id;
      const arabic = row.name_ar ? name(row.name_ar, "arabic") : null;
      const head = el("th", { scope: "row", class: again ? "again" : null }, this.to(kind, row.id, row.name), arabic);
      const note = NOTES[row.kind] && row.kind !== "first" ? el("p", { class: "quiet" }, NOTES[row.kind]) : null;
      return el("tr", {}, head, cell("What", SAID[row.attribute]), cell("Change", this.way(row), note),
        this.grounds(row.event_ids, row.source_ids));
    };
    const [title, first] = kind === "facility"
      ? ["Facilities that changed", "Site"] : ["Places that changed hands", "Place"];
    return this.table(title, [first, "What", "Change", "Records and sources"], rows, line);
  }

  /** From the value of the first day, over each in between with its day, to that of the last. */
  way({ attribute, before, after, steps }) {
    const none = CLAIMS.includes(attribute) ? "nobody" : UNKNOWN;
    const to = steps.length && steps.at(-1).value === after ? steps : [...steps, { value: after, on: null }];
    const told = to.flatMap(({ value, on }) => [arrow(), this.value(attribute, value, none),
      on ? el("span", { class: "since" }, shortDay(on, this.words.year)) : null]);
    return el("div", { class: "way" }, this.value(attribute, before, none), ...told);
  }

  value(attribute, value, none = UNKNOWN) {
    if (value === null) return el("span", { class: "unknown" }, none);
    return attribute === "status" ? el("span", {}, plain(value)) : holder(value, this.words);
  }

  clashes(rows) {
    return this.list("rows", rows, (row) => el("li", {}, name(row.text), " ",
      el("span", { class: "quiet" }, lasted(row.since, row.days)),
      el("ul", { class: "quiet" }, ...row.sides.map((side) => el("li", {}, name(side.says), ": ",
        ...this.listed(side.records))))));
  }

  listed(records) {
    if (!records.length) return ["no record"];
    return records.flatMap((one, i) => [i ? ", " : "", one.id in this.data.titles || one.title
      ? this.to("event", one.id, one.id) : one.id]);
  }

  figures(rows) {
    const row = (one) => el("tr", {},
      el("th", { scope: "row" }, one.facility_id in this.data.names
        ? this.to("facility", one.facility_id, one.name) : name(one.name)),
      cell("As of", dayText(one.as_of_date)),
      cell("Persons", el("span", { class: "figure" }, `${one.said} ${one.unit}`),
        one.revises ? this.quiet(`before: ${one.revises.said} on ${dayText(one.revises.as_of_date)}`) : null),
      this.whose(one),
      cell("Record and sources", one.figure_id, this.sources(one.source_ids)));
    return this.table("Head counts", ["Site", "As of", "Persons", "Says who", "Record and sources"], rows, row);
  }

  counts(rows) {
    const row = (one) => el("tr", {}, el("th", { scope: "row" }, name(one.title)), cell("Day", dayText(one.date)),
      cell("Count", el("span", { class: "figure" }, one.said), ` ${plain(one.quantity)}`,
        one.cumulative ? ", running total" : ""),
      this.whose(one),
      this.grounds([one.event_id], one.source_ids));
    const titles = ["What happened", "Day", "Count", "Says who", "Records and sources"];
    return this.table("Counts of people", titles, rows, row);
  }

  whose({ claimed_by: claimant, denied_by: denier }) {
    return cell("Says who", name(claimant ?? UNKNOWN), denier ? name(`denied by ${denier}`, "said") : null);
  }

  late(rows) {
    return this.list("rows", rows, (row) => el("li", {},
      el("span", { class: "since" }, row.known_on ? dayText(row.known_on) : "day not known"), " ",
      row.table === "events" ? this.to("event", row.id, row.id) : row.id, " ", name(row.title), " ",
      el("span", { class: "quiet" }, row.was ? `${row.was} → ${row.now}` : row.now)));
  }
}

function arrow() {
  return el("span", { class: "arrow" }, " → ");
}

export default mounting(Changes);
