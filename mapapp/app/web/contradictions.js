// Where the records of a day contradict one another: rule by rule, both sides of each, and for how long.

class Contradictions extends Reading {
  parts() {
    const { rows, day } = this.data;
    const title = el("h1", {}, plural(rows.length, "contradiction"), " on ", el("time", {}, dayText(isoDay(day))));
    if (!rows.length) return [title, this.quiet("No records contradict one another on this day.")];
    const rules = new Map();
    for (const row of rows) rules.set(row.rule, [...(rules.get(row.rule) ?? []), row]);
    const parts = [...rules].map(([rule, several]) => [ruleWords(rule), several.length,
      this.part(ruleWords(rule), el("p", { class: "quiet" }, several[0].sentence),
        this.list("clashes", several, (row) => this.clash(row)))]);
    return [title, this.contents(parts), ...parts.map(([, , node]) => node)];
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
