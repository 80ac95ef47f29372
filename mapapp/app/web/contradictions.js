// Where the records of a day contradict one another: rule by rule, both sides of each, and for how long.

class Contradictions extends Reading {
  parts() {
    const { counts, day } = this.data;
    const title = el("h1", {}, plural(this.total(), "contradiction"), " on ", el("time", {}, dayText(isoDay(day))));
    if (!this.total()) return [title, this.quiet("No records contradict one another on this day.")];
    this.rules = new Map();
    this.take();
    const parts = [...this.rules].map(([rule, several]) => [ruleWords(rule), counts[rule],
      this.part(ruleWords(rule), el("p", { class: "quiet" }, several[0].sentence),
        this.list("clashes", several, (row) => this.clash(row)))]);
    return [title, this.contents(parts), ...parts.map(([, , node]) => node)];
  }

  total() {
    return Object.values(this.data.counts).reduce((sum, one) => sum + one, 0);
  }

  isFirst() {
    return this.data.rows.length < this.total();
  }

  /** The rows by rule, behind those that are there. */
  take() {
    const given = new Map(this.data.rows.map(({ rule }) => [rule, []]));
    for (const row of this.data.rows) given.get(row.rule).push(row);
    for (const [rule, several] of given) {
      const there = this.rules.get(rule) ?? [];
      there.push(...several.slice(there.length));
      this.rules.set(rule, there);
    }
  }

  clash(row) {
    const { facility_ids: facilities, place_ids: places, names } = row;
    const about = [...facilities.map((id) => ["facility", id]), ...places.map((id) => ["place", id])];
    const links = about.map(([kind, id], i) => el("li", {}, this.known(kind, id)
      ? this.to(kind, id, names[i]) : name(names[i])));
    const until = row.until ? `until ${dayText(row.until)}` : null;
    return el("li", {},
      el("h3", {}, name(row.text)),
      el("p", { class: "quiet" }, statements(lasted(row.since, row.days), until, row.conflict_group)),
      links.length ? el("ul", { class: "about", "aria-label": "About" }, ...links) : null,
      el("div", { class: "sides" }, ...row.sides.map((side) => this.side(side))),
      row.positions ? el("p", {}, el("span", { class: "quiet" }, "Said: "), name(row.positions)) : null,
      row.handling ? el("p", {}, el("span", { class: "quiet" }, "Shown so: "), name(row.handling)) : null);
  }

  known(kind, id) {
    return kind === "place" || id in this.data.names;
  }

  side({ says, records }) {
    const items = records.map((one) => el("li", {},
      one.title ? this.to("event", one.id, one.id) : el("span", {}, one.id), one.title ? name(one.title, "said") : null,
      el("p", { class: "quiet" }, name(statements(one.date ? dayText(one.date) : "day not known", one.standing,
        one.claimed_by && `claimed by ${one.claimed_by}`, one.denied_by && `denied by ${one.denied_by}`))),
      this.sources(one.source_ids)));
    const none = records.length ? null : this.quiet("no record");
    return el("div", { class: "side" }, el("h4", {}, name(says)), el("ul", {}, ...items), none);
  }
}

export default mounting(Contradictions);
